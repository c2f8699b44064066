//! The contract between Doorbraak and the organisations around it, as types.
//!
//! - [`Envelope`]: the CloudEvents envelope (NL GOV profile), structured and binary.
//! - [`FromParty`] and [`ToParty`]: every event that may cross the border, one file per event in
//!   `event/`. To add a field, edit that file; the golden file and the schema then fail until
//!   they show the change.
//! - [`Oin`], [`Bsn`], [`Pseudonym`], [`HandoffId`], [`RequestId`]: identifiers that cannot hold
//!   an invalid value.
//! - [`check()`]: the one decoder that reports all mistakes of a JSON value at once.
//! - [`sealed`]: what one organisation encrypts for another, unread by the platform.
//! - [`documents`]: JSON Schemas and the AsyncAPI document, generated from the types.
//!
//! Nothing here does I/O, reads a clock or draws a random number.

mod acted_by;
mod bsn;
pub mod check;
pub mod codes;
pub mod documents;
mod envelope;
pub mod event;
mod event_type;
mod from_party;
mod identifier;
mod oin;
mod person;
mod role;
pub mod sealed;
mod source;
mod subject;
mod text;
mod to_party;

pub use acted_by::ActedBy;
pub use bsn::Bsn;
pub use check::{InvalidParam, check};
pub use codes::{
    AgeBand, Answer, BlockType, Category, DeclineReason, HandoffKind, Origin, Outcome, PersonRole,
    ProvisionResult, SuspensionReason, Tier, TriageReason,
};
pub use envelope::{BATCH_CONTENT_TYPE, Binary, CONTENT_TYPE, Envelope, EnvelopeError, MAX_BYTES};
pub use event::DecodeError;
pub use event_type::EventType;
pub use from_party::FromParty;
pub use identifier::{HandoffId, IdentifierError, Pseudonym, RequestId};
pub use oin::Oin;
pub use person::{Person, SharedPerson, SharedPersons};
pub use role::Role;
pub use source::Source;
pub use subject::{Direction, Subject, in_subject, out_subject, parse_subject};
pub use text::Text;
pub use to_party::ToParty;
