//! The rules of the table that meets.

mod checkers_bite;
pub(crate) mod generated;
mod harness;
mod invariants;
mod mandates;
mod minutes;
mod planning;
mod properties;
mod recusals;
mod refusals;
mod samples;
mod table;
