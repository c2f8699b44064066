//! From an organisation's own pseudonym back to the case.

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Event, Organisation};
use proto::Pseudonym;
use sqlx::Row;

use super::{Change, involvement};
use crate::pseudonym::Pseudonyms;

const ADD: Statement = Statement::same(
    "pseudonym_view.add",
    "INSERT INTO pseudonym_view (organisation, pseudonym, case_id) VALUES ($1, $2, $3)
     ON CONFLICT (organisation, pseudonym) DO NOTHING",
);
const CASE: Statement = Statement::same(
    "pseudonym_view.case",
    "SELECT case_id FROM pseudonym_view WHERE organisation = $1 AND pseudonym = $2",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, CASE];

pub(super) async fn write(
    tx: &mut Tx,
    change: &Change<'_>,
    pseudonyms: &Pseudonyms,
) -> Result<(), JournalError> {
    let engine = tx.engine();
    for (organisation, pseudonym) in brought(change, pseudonyms)? {
        sqlx::query(ADD.text(engine))
            .bind(organisation.as_str())
            .bind(pseudonym.as_str())
            .bind(change.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// Who may name the case from now on, and how.
///
/// # Errors
/// [`JournalError::Unreadable`].
pub(crate) fn brought(
    change: &Change<'_>,
    pseudonyms: &Pseudonyms,
) -> Result<Vec<(Organisation, Pseudonym)>, JournalError> {
    let known = involvement::parts(change.before);
    let newcomers = involvement::parts(change.after)
        .into_iter()
        .map(|(organisation, _)| organisation)
        .filter(|organisation| !known.iter().any(|(before, _)| before == organisation));
    let told = change.events.iter().filter_map(told_without_a_part);
    let named = newcomers.chain(told.cloned()).map(|organisation| {
        let pseudonym = pseudonyms
            .of(&organisation, change.id)
            .map_err(|_| JournalError::Unreadable { what: "pseudonym" })?;
        Ok((organisation, pseudonym))
    });
    named.collect()
}

/// Who hears of the case without having a part in it: a letter brings it the pseudonym, so it may
/// use that.
fn told_without_a_part(event: &Event) -> Option<&Organisation> {
    match event {
        Event::AdviceAsked(asked) => Some(&asked.of),
        Event::EscalationRequested(request) => Some(&request.body),
        Event::RungSkipped(skipped) => skipped.body.as_ref(),
        Event::DeescalationProposed(proposal) => Some(&proposal.receiver.organisation),
        _ => None,
    }
}

/// The case that an organisation means by a pseudonym.
///
/// # Errors
/// [`JournalError`].
pub async fn case_of(
    db: &Db,
    organisation: &str,
    pseudonym: &str,
) -> Result<Option<String>, JournalError> {
    let row = sqlx::query(CASE.text(db.engine()))
        .bind(organisation)
        .bind(pseudonym)
        .fetch_optional(db.reader())
        .await?;
    row.map(|row| Ok(row.try_get("case_id")?)).transpose()
}

/// The id of a case that an organisation names by id or by its own pseudonym.
///
/// # Errors
/// [`JournalError`].
pub async fn resolve(
    db: &Db,
    organisation: &str,
    name: &str,
) -> Result<Option<String>, JournalError> {
    if name.starts_with("case_") {
        return Ok(Some(name.to_owned()));
    }
    case_of(db, organisation, name).await
}
