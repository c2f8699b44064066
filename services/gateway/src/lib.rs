//! What the services of all parties share: publishing what happened, taking what the platform
//! tells, matching identities at the source, and the liaison's API.
//!
//! A party crate implements [`Party`] (its words and its secrecy rule, both pure) and calls
//! [`main_for`]. From there:
//!
//! * `hand_in` takes what the party's own systems tell (`POST /v1/events`): words of the party's
//!   own stay inside as held facts, events of the contract go out;
//! * `outbox` and `work` give what goes out its gapless sequence, in the transaction that decides
//!   it; `relay` sends it until the platform has answered;
//! * `heartbeat` gives a sign of life through the same outbox;
//! * `inbound` takes each message of the platform's once, `react` says what it changes;
//! * `rest` keeps personal data sealed in the party's database, under keys of the party's own;
//! * `identity` shares, opens and matches; `release` lets held facts out, as far as the party's
//!   secrecy rule allows;
//! * `checkpoints` keeps what the platform signs of its log, and `verify` holds that log against it.

mod api;
mod checkpoints;
mod cli;
mod core;
mod dev;
mod error;
mod hand_in;
mod heartbeat;
mod idempotency;
mod identity;
mod inbound;
mod letters;
mod matching;
mod outbox;
mod party;
mod quarantine;
mod react;
mod register;
mod relay;
mod release;
mod resend;
mod rest;
mod service;
mod shut;
mod sql;
mod verify;
mod work;

pub use cli::main_for;
pub use dev::Hooks;
pub use heartbeat::{HeartbeatInterval, NoInterval};
pub use matching::ClientKey;
pub use party::{Disclosure, Known, OwnEvent, Party, RegisteredPerson};
pub use resend::{ResendConfig, ResendError, Resent, resend};
pub use service::{Config, RESEND_AFTER, Service, StartError, migrations, statements};
pub use verify::{Report, VerifyConfig, VerifyError, verify};
