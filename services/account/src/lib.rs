//! The two logs by which an organisation accounts for what it does with personal data, in a
//! database of their own. This crate knows nothing about cases: an object is a text, a data
//! subject a pseudonym.
//!
//! * The **processing log** ([`ProcessingLine`]) has the fields of the Logboek Dataverwerkingen:
//!   one line per operation and under it one per data subject, none of an employee. Nothing is
//!   sampled.
//! * The **access log** ([`AccessLine`]) has the fields of BIO2 8.15.01 and NEN 7513: who looked,
//!   in which role, when, for which purpose, at what, and how much was shown.
//!
//! [`Account::write`] returns when the lines are stored for good; whoever shows something waits
//! for that. Which processing activity an operation belongs to stands in the [`Register`] (AVG
//! article 30).

mod error;
mod line;
mod logs;
mod register;
mod request;
mod sql;
mod subject;
mod trace;
mod writer;

pub use error::{AccountError, RegisterError};
pub use line::{AccessLine, Lines, Outcome, ProcessingLine, Shown, Status};
pub use logs::{Account, After, Asked};
pub use register::{Activity, Controller, Register};
pub use request::AccessRequest;
pub use sql::{migrations, statements};
pub use subject::{SUBJECT_ID_TYPE, SubjectKeys};
pub use trace::{Span, Trace};
