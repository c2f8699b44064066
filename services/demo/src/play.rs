//! Telling a story: what each party's own system hands in and what each person does through the
//! API, while the clock moves. Everything goes through the doors that are there in production too
//! (HTTP) plus the dev ports that move the clock, so that one process and five are driven alike.
//!
//! A [`Story`] is read and checked as a whole before anything is done; [`play()`] then carries it
//! out on a world that is reached through [`Doors`], and gives the [`Report`].

mod addresses;
mod doors;
mod line;
mod narrate;
mod player;
mod quiet;
mod report;
mod shift;
mod story;
mod variables;

pub use addresses::{Addresses, AddressesError, PartyAddress};
pub use doors::{Doors, DoorsError, Reply, Request};
pub use line::{Act, Call, Door, Event, Line};
pub use narrate::{Narrator, table};
pub use player::{PlayError, Played, Told, play, play_on};
pub use quiet::{NotQuiet, PATIENCE, until_quiet};
pub use report::{CaseEnd, Happening, Quarantined, Report, schema};
pub use story::{Fault, Story, StoryError};
pub use variables::Bound;
