//! Who has which part in which case: the scope of every list.

use std::collections::BTreeSet;

use journal::{Db, JournalError, Statement, Tx};
use ladder::{Case, Organisation, Stage};
use sqlx::Row;

use super::Change;

const ADD: Statement = Statement::same(
    "involvement_view.add",
    "INSERT INTO involvement_view (organisation, part, case_id) VALUES ($1, $2, $3)",
);
const REMOVE: Statement = Statement::same(
    "involvement_view.remove",
    "DELETE FROM involvement_view WHERE organisation = $1 AND part = $2 AND case_id = $3",
);
const OF_CASE: Statement = Statement::same(
    "involvement_view.of_case",
    "SELECT organisation, part FROM involvement_view WHERE case_id = $1 ORDER BY organisation, part",
);

pub(super) const STATEMENTS: &[Statement] = &[ADD, REMOVE, OF_CASE];

/// A part that an organisation has in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Owns it.
    Owner,
    /// Raised it.
    Raiser,
    /// Handles it on the rung where it stands.
    Handler,
    /// Answers a request for admission.
    Admitting,
    /// Was offered a handoff and has not answered.
    Offered,
    /// Accepted a handoff.
    Accepted,
    /// Was asked for a commitment.
    Asked,
    /// Heard of it only because silence climbed: sees the card, and is in sight only with another
    /// part beside this one.
    CardOnly,
}

impl Part {
    /// The word in the view.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Raiser => "raiser",
            Self::Handler => "handler",
            Self::Admitting => "admitting",
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Asked => "asked",
            Self::CardOnly => "card_only",
        }
    }
}

/// Every part that follows from a state. After closing only the owner and the raiser keep theirs:
/// access ends the moment a case closes.
pub(super) fn parts(case: &Case) -> BTreeSet<(Organisation, Part)> {
    let Some(file) = case.file() else {
        return BTreeSet::new();
    };
    let mut parts = BTreeSet::from([
        (file.owner.clone(), Part::Owner),
        (file.raiser.clone(), Part::Raiser),
    ]);
    let Case::Underway(underway) = case else {
        return parts;
    };
    parts.insert((file.handler.clone(), Part::Handler));
    if let Stage::EscalationRequested(request) = &underway.stage {
        parts.insert((request.admitting.clone(), Part::Admitting));
    }
    parts.extend(
        file.offered()
            .into_iter()
            .map(|o| (o.clone(), Part::Offered)),
    );
    parts.extend(
        file.participants()
            .into_iter()
            .map(|o| (o.clone(), Part::Accepted)),
    );
    parts.extend(file.asked().into_iter().map(|o| (o.clone(), Part::Asked)));
    parts.extend(
        file.card_only()
            .into_iter()
            .map(|o| (o.clone(), Part::CardOnly)),
    );
    parts
}

pub(super) async fn write(tx: &mut Tx, change: &Change<'_>) -> Result<(), JournalError> {
    let (before, after) = (parts(change.before), parts(change.after));
    let engine = tx.engine();
    let gone = before.difference(&after).map(|part| (REMOVE, part));
    let come = after.difference(&before).map(|part| (ADD, part));
    for (statement, (organisation, part)) in gone.chain(come) {
        sqlx::query(statement.text(engine))
            .bind(organisation.as_str())
            .bind(part.as_str())
            .bind(change.id.as_str())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// The organisations with a part in a case, and which.
///
/// # Errors
/// [`JournalError`].
pub async fn parts_of(db: &Db, case_id: &str) -> Result<Vec<(String, String)>, JournalError> {
    let rows = sqlx::query(OF_CASE.text(db.engine()))
        .bind(case_id)
        .fetch_all(db.reader())
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("organisation")?, row.try_get("part")?)))
        .collect()
}
