//! Whether a case is there for the caller. What is out of sight does not exist: the answer is the
//! same as for an id that nobody ever gave out.

use chassis::problem::Problem;
use gate::{Action, CaseFacts};
use ladder::{CaseId, Organisation};
use proto::Oin;

use super::caller::Caller;
use super::refusal::unavailable;
use super::{Platform, passes};
use crate::seal::CaseSealer;
use crate::views::{self, CaseRow};

/// A case in sight.
pub(super) struct Sight {
    /// Where it stands.
    pub(super) row: CaseRow,
    /// What the gate decides on.
    pub(super) facts: CaseFacts,
    /// Its id.
    pub(super) id: CaseId,
}

impl Sight {
    /// Seals texts of this case.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn sealer(&self, platform: &Platform) -> Result<CaseSealer, Problem> {
        let ground = &platform.ground;
        CaseSealer::load(
            &platform.vault,
            &ground.entropy,
            &self.id,
            &[],
            ground.clock.now(),
        )
        .await
        .map_err(unavailable)
    }
}

/// The answer for every case that is not there.
pub(super) fn no_such_case() -> Problem {
    Problem::not_found("There is no such case.")
}

/// The case that the caller names by its id or by the own pseudonym, to be read.
///
/// # Errors
/// 404 when it is not there for this caller.
pub(super) async fn read(
    platform: &Platform,
    caller: &Caller,
    name: &str,
) -> Result<Sight, Problem> {
    let sight = find(platform, caller, name).await?;
    if can_read(platform, caller, &sight.facts) {
        Ok(sight)
    } else {
        Err(no_such_case())
    }
}

/// The same, to do something with it. Somebody who may do it need not be able to read the case:
/// who is asked to take it back learns of it by that. `target` is the organisation that the
/// action is about.
///
/// # Errors
/// 404 when it is not there for this caller.
pub(super) async fn act(
    platform: &Platform,
    caller: &Caller,
    name: &str,
    action: Action,
    target: Option<&str>,
) -> Result<Sight, Problem> {
    let sight = find(platform, caller, name).await?;
    let facts = CaseFacts {
        target: target.map(str::to_owned),
        ..sight.facts.clone()
    };
    let may = || {
        platform
            .ground
            .gate
            .may(&caller.actor, action, &facts)
            .is_ok()
    };
    if can_read(platform, caller, &sight.facts) || may() {
        Ok(sight)
    } else {
        Err(no_such_case())
    }
}

/// The case under that name, whoever may see it: the caller answers for the rest.
///
/// # Errors
/// 404 when there is none.
pub(super) async fn find(
    platform: &Platform,
    caller: &Caller,
    name: &str,
) -> Result<Sight, Problem> {
    let db = &platform.ground.db;
    let id = views::resolve(db, caller.oin.as_str(), name)
        .await
        .map_err(unavailable)?;
    let id = id
        .and_then(|id| CaseId::parse(&id).ok())
        .ok_or_else(no_such_case)?;
    let row = views::find_case(db, id.as_str())
        .await
        .map_err(unavailable)?;
    let row = row.ok_or_else(no_such_case)?;
    caller.logbook.found(id.as_str());
    let facts = views::facts(db, &row).await.map_err(unavailable)?;
    let passes = passes::open_now(platform, &id).await?;
    let facts = CaseFacts { passes, ..facts };
    Ok(Sight { row, facts, id })
}

/// Whether the case exists for this caller.
pub(super) fn can_read(platform: &Platform, caller: &Caller, facts: &CaseFacts) -> bool {
    platform
        .ground
        .gate
        .may(&caller.actor, Action::ReadCase, facts)
        .is_ok()
}

/// The organisation's own name for a case.
///
/// # Errors
/// 500 in theory only: the text always fits a pseudonym.
pub(super) fn pseudonym(
    platform: &Platform,
    organisation: &Oin,
    case: &CaseId,
) -> Result<String, Problem> {
    Organisation::parse(organisation.as_str())
        .ok()
        .and_then(|organisation| platform.ground.pseudonyms.of(&organisation, case).ok())
        .map(|pseudonym| pseudonym.to_string())
        .ok_or_else(Problem::internal)
}
