//! Keeping the platform running, for its operator: health, what was not delivered, quarantine and the
//! settings in force. Counts, ages, codes and names of organisations; never a case or a person.

mod health;
mod quarantine;
mod settings;
mod undelivered;

use chassis::problem::Problem;
use gate::{Action, RegisterFacts};

pub(super) use health::{HealthSeen, health};
pub(super) use quarantine::{EntrySeen, Replayed, list as list_quarantine, replay};
pub(super) use settings::{SettingsSeen, settings};
pub(super) use undelivered::{UndeliveredSeen, undelivered};

use super::Platform;
use super::caller::Caller;
use super::written::not_allowed;

/// Whether the caller may do this for the platform as a whole: an operator of the organisation that
/// runs it.
///
/// # Errors
/// 403 for everybody else.
fn watching(platform: &Platform, caller: &Caller, action: Action) -> Result<(), Problem> {
    let facts = RegisterFacts {
        organisation: platform.accounting.platform().to_owned(),
    };
    let may = platform.ground.gate.may(&caller.actor, action, &facts);
    may.map(|_| ()).map_err(|_| not_allowed())
}
