//! An erasure that was ordered: its keys are deleted, and then it is said so. The order stands in
//! the log before a key goes, so nothing is erased that nobody ordered; deleting twice changes
//! nothing and counts the same.

use journal::{CauseKey, StoredEvent};
use ladder::{CaseId, Command, CompleteErasure, ErasureId, Event};

use super::{ReactError, Reactor};
use crate::aggregate;
use crate::execute::Work;
use crate::seal::subjects_of;

/// The sender of the cause under which an erasure is completed.
const SENDER: &str = "erasure";

/// The name of an erasure in the key vault.
pub(crate) fn vault_name(case: &CaseId, erasure: &ErasureId) -> String {
    format!("case/{case}/erasure/{erasure}")
}

/// Deletes the keys, and says how many went.
pub(super) async fn carry_out(
    reactor: &Reactor,
    case: &CaseId,
    stored: &StoredEvent,
) -> Result<(), ReactError> {
    let Event::ErasureOrdered(order) = aggregate::event(stored)? else {
        return Ok(());
    };
    let name = vault_name(case, &order.erasure);
    let subjects = subjects_of(case, &order.scope);
    let keys = reactor.vault.erase(&name, &subjects).await?;
    let command = Command::CompleteErasure(CompleteErasure {
        erasure: order.erasure.clone(),
        keys: u64::try_from(keys.len()).unwrap_or(u64::MAX),
    });
    let cause = CauseKey::new(SENDER, name);
    let work = Work::case(case, command);
    reactor.give(gate::Actor::Clock, cause, work).await
}

/// Deletes the keys of what was written of a signal or a meeting; `owner` is whose keys they are.
/// The order stands in the log before, and says enough: there is nobody to certify it to. Carried
/// out again it leaves what was written since: that has another key of the same owner.
pub(super) async fn texts(
    reactor: &Reactor,
    owner: &str,
    stored: &StoredEvent,
) -> Result<(), ReactError> {
    let name = format!("{owner}/erasure/{}", stored.id);
    let vault = &reactor.vault;
    let subjects = match vault.erased_by(&name).await?.is_empty() {
        true => vec![owner.to_owned()],
        false => Vec::new(),
    };
    // Also when nothing is left to delete: what was deleted may not be overwritten yet.
    vault.erase(&name, &subjects).await?;
    Ok(())
}
