//! The pages: one file per screen.

mod advice;
mod away;
mod board;
mod case;
mod climb;
mod deed;
mod desk;
mod door;
mod glossary;
mod inbox;
mod insights;
mod mine;
mod operation;
mod pack;
mod privacy;
mod problem;
mod raise;
mod search;
mod sharing;
mod signal;
mod table;
mod unsent;
mod weigh;
mod work;

pub use advice::{AdviceLine, AskedAdvice};
pub use away::{Absent, Away, OwnEntry};
pub use board::{Board, Promise};
pub use case::{
    BlockLine, Bridge, Case, Clock, CommitmentLine, Ending, Found, HandoffLine, Happening, Moment,
    PartyLine, PersonLine, Perspective, Place, Returned, Said, Share, Sight, Step, Story, Task,
};
pub use climb::{Climb, Higher};
pub use deed::Deed;
pub use desk::{Desk, Request, Shown};
pub use door::{Group, Home, Persona, Personas};
pub(crate) use glossary::Piece;
pub use glossary::{Accessibility, Glossary, Term, words_in};
pub use inbox::{Accepted, Inbox, Offer, OwnPromise};
pub use insights::{Chart, Counted, Insights, Stay};
pub use mine::{Agreed, Look, Mine, MineDoor, MineList, Objected, OwnCase, Visit};
pub use operation::{InForce, Operation, Quarantined, Receiver, TakesPart, WaitingKind};
pub use pack::{Pack, PackBlock, PackCase, PackSeen};
pub use privacy::{
    AskedToSee, KeptLine, LedgerLine, LookLine, PassLine, Privacy, PrivacyKept, PrivacyLog,
    PrivacyShared, ProcessingLine, SharedLine, Sheet, SheetPart, Verified,
};
pub use problem::{Begun, Problem};
pub use raise::{Alike, Provision, Raise};
pub use search::{FoundCase, FoundCases, Place as FoundPlace, Search};
pub use sharing::{Answered, Reasoned, Sharing};
pub use signal::{CycleStep, RaiseSignal, Signal, SignalItem, SignalMoment, Signals};
pub use table::{
    Agenda, AskedThere, Invited, Meeting, Meets, ObstacleLine, OnAgenda, Tables, Waits,
};
pub use unsent::{Unsent, Written};
pub use weigh::{MethodLine, PartForm, PartLine, Weigh, Weighing};
pub use work::{Draft, Item, Known, Wanted, Work};
