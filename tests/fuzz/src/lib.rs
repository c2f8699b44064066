//! Input that nobody would write, for everything that reads what comes from outside: envelopes,
//! events and tokens.
//!
//! [`mutate`] changes specimens of the [`corpus`] from a seed; [`reading`] says what a reader made
//! of the result. What once broke a reader is kept in the corpus for good.

pub mod corpus;
pub mod mutate;
pub mod reading;
