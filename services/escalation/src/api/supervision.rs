//! What a privacy officer oversees of the own organisation: what it shared and on which ground, what it
//! keeps and until when, who asked to see what is kept, and what was done with whose data.

mod disclosures;
mod kept;
mod processings;
mod requests;

use chassis::problem::Problem;
use gate::{Action, RegisterFacts};

pub(super) use disclosures::{DisclosureSeen, list as list_disclosures};
pub(super) use kept::{KeptSeen, OrderSeen, orders, retention};
pub(super) use processings::{ProcessingSeen, list as list_processings};
pub(super) use requests::{AskedSeen, list as list_requests};

use super::Platform;
use super::caller::Caller;
use super::written::not_allowed;

/// Whether the caller oversees the own organisation.
///
/// # Errors
/// 403 for everybody but its privacy officer.
fn overseeing(platform: &Platform, caller: &Caller) -> Result<(), Problem> {
    let facts = RegisterFacts {
        organisation: caller.oin.to_string(),
    };
    let gate = &platform.ground.gate;
    let may = gate.may(&caller.actor, Action::Supervise, &facts);
    may.map(|_| ()).map_err(|_| not_allowed())
}
