//! What is found about stuck cases: from the log of the case itself, the catalogue of rules, and
//! the signs of life of the organisations that somebody waits for.

use chassis::parties::Parties;
use jiff::Timestamp;
use journal::JournalError;
use ladder::catalogue::RuleCatalogue;
use ladder::findings::{Finding, LastHeard, findings};
use ladder::{CaseId, Organisation, Rules};

use crate::aggregate::{Folded, Subject};
use crate::execute::Ground;
use crate::views::{self, CaseRow};

/// The findings of one case, now. Nothing is stored: they follow from what is.
///
/// # Errors
/// [`JournalError`].
pub async fn in_case(
    ground: &Ground,
    catalogue: &RuleCatalogue,
    parties: &Parties,
    row: &CaseRow,
) -> Result<Vec<Finding>, JournalError> {
    let unreadable = || JournalError::Unreadable {
        what: "event of a case",
    };
    let id = CaseId::parse(&row.case_id).map_err(|_| unreadable())?;
    let stream = Subject::Case(id).to_string();
    let events = ground.db.read_stream(&stream).await?;
    let case = Folded::<Rules>::of(&events)
        .map_err(|_| unreadable())?
        .state;
    let mut waited_for = Vec::new();
    if let Some(file) = case.file() {
        waited_for.extend(file.offered());
        waited_for.extend(file.asked());
    }
    let reported_at: Timestamp = row.reported_at.parse().map_err(|_| unreadable())?;
    let heard = last_heard(ground, parties, &waited_for, reported_at).await?;
    let now = ground.clock.now();
    Ok(findings(&ground.rules, catalogue, &case, &heard, now))
}

/// Of these organisations those that run a service: when each last gave a sign of life. One that
/// never did counts from `otherwise`.
async fn last_heard(
    ground: &Ground,
    parties: &Parties,
    organisations: &[&Organisation],
    otherwise: Timestamp,
) -> Result<LastHeard, JournalError> {
    let mut heard = LastHeard::new();
    for organisation in organisations {
        let has_service = parties
            .iter()
            .any(|party| party.oin.as_str() == organisation.as_str() && party.hears());
        if !has_service || heard.contains_key(*organisation) {
            continue;
        }
        let register = views::register(&ground.db, organisation.as_str()).await?;
        let at = register
            .and_then(|register| register.heartbeat_at)
            .and_then(|at| at.parse().ok());
        heard.insert((*organisation).clone(), at.unwrap_or(otherwise));
    }
    Ok(heard)
}
