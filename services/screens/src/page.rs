//! The pages: one file per screen.

mod case;
mod climb;
mod deed;
mod desk;
mod door;
mod glossary;
mod inbox;
mod mine;
mod problem;
mod raise;
mod sharing;
mod table;
mod work;

pub use case::{
    BlockLine, Case, Clock, CommitmentLine, Found, HandoffLine, Happening, Moment, PartyLine,
    PersonLine, Place, Returned, Said, Share, Sight, Step, Story, Task,
};
pub use climb::{Climb, Higher};
pub use deed::Deed;
pub use desk::{Desk, Request, Shown};
pub use door::{Group, Home, Persona, Personas};
pub use glossary::{Accessibility, Glossary, Term};
pub use inbox::{Accepted, Inbox, Offer};
pub use mine::{Agreed, Look, Mine, MineDoor, Objected};
pub use problem::Problem;
pub use raise::{Provision, Raise};
pub use sharing::{Answered, Reasoned, Sharing};
pub use table::{Agenda, AskedThere, Invited, Meeting, Meets, OnAgenda, Tables, Waits};
pub use work::{Draft, Item, Known, Work};
