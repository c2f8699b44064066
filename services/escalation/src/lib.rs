//! The escalation service: takes in what organisations report, carries it up the ladder, shows
//! it to whoever may see it, and tells each organisation what it may know.
//!
//! The straight line: [`intake`] → [`translate`] → [`execute`] → [`views`] → [`api`]; out by
//! [`relay`]; time comes in through [`clock`]. Only [`execute`] appends events. [`web`] shows it to
//! people, through [`api`].

pub mod accounting;
mod actor;
pub mod addressee;
pub mod aggregate;
pub mod api;
mod awaited;
mod called;
pub mod checkpoints;
pub mod citizen_codes;
pub mod clock;
pub mod execute;
mod expiry;
mod follow;
pub mod found;
mod history;
pub mod intake;
mod live;
pub mod mails;
pub mod mandate;
mod metrics;
pub mod person_free;
pub mod policy;
pub mod pseudonym;
pub mod react;
pub mod relay;
pub mod restored;
pub mod seal;
mod search;
mod seeds;
pub mod service;
pub mod translate;
pub mod views;
pub mod web;

pub use journal::vault::MasterKey;
pub use service::{Config, Exchange, Service, StartError, open_log};
