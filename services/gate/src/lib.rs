//! The gate: who may do what, and who may see what.
//!
//! An [`Actor`] asks to do something ([`Gate::may`]) or to see a category of data
//! ([`Gate::read`]); Cedar policies in `deploy/policies` answer, and what no policy permits is
//! denied. Every answer carries the policies' ids, so that a screen can say why. Data of a
//! category is kept in a [`Classified`] and comes out only with a [`Grant`] for that category,
//! which only the gate makes. The table that the policies amount to stands in `matrix.md`.

mod action;
mod actor;
mod category;
mod classified;
mod entities;
mod explain;
mod facts;
mod gate;
mod purpose;
mod role;
mod sources;
mod who;
mod words;

#[cfg(test)]
mod tests;

pub use action::Action;
pub use actor::{ActedBy, Actor, Organisation, Person};
pub use category::{
    Bsn, Care, Category, Criminal, Decision, Family, Finance, Health, Identity, Lesson, Marker,
    Process, Tax, ThirdParty,
};
pub use classified::{Classified, Grant, Reading, Shown, Strength};
pub use explain::{Grounds, NotShown};
pub use facts::{
    Admitting, CaseFacts, Facts, MeetingFacts, PassFacts, PassOpens, RegisterFacts, SignalFacts,
};
pub use gate::{Denial, DenialCode, Gate, Permit};
pub use purpose::Purpose;
pub use role::Role;
pub use sources::{LoadError, Sources};
