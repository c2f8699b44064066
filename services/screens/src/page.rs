//! The pages: one file per screen.

mod case;
mod door;
mod glossary;
mod inbox;
mod problem;
mod raise;
mod work;

pub use case::{
    BlockLine, Case, Clock, CommitmentLine, Found, HandoffLine, Happening, Moment, PartyLine,
    PersonLine, Place, Share, Sight, Step, Story, Task,
};
pub use door::{Group, Home, Persona, Personas};
pub use glossary::{Accessibility, Glossary, Term};
pub use inbox::{Accepted, Inbox, Offer};
pub use problem::Problem;
pub use raise::{Provision, Raise};
pub use work::{Draft, Item, Work};
