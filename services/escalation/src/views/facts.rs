//! A case as the gate needs to see it, from the views alone: no screen folds the log.

use std::collections::{BTreeSet, HashMap};

use gate::{Admitting, CaseFacts};
use journal::{Db, JournalError, Statement};
use sqlx::Row;

use super::case::json;
use super::{CaseRow, Part, parts_of};

const PARTS_OF_PAGE: Statement = Statement::same(
    "involvement_view.of_page",
    "SELECT case_id, organisation, part FROM involvement_view
     WHERE case_id >= $2 AND case_id <= $3 AND case_id IN
        (SELECT case_id FROM involvement_view WHERE organisation = $1)",
);
// The request that waits is the last one: a case has at most one at a time.
const PENDING: Statement = Statement::same(
    "escalation_view.pending",
    "SELECT admitting, content FROM escalation_view
     WHERE case_id = $1 ORDER BY position DESC LIMIT 1",
);

pub(super) const STATEMENTS: &[Statement] = &[PARTS_OF_PAGE, PENDING];

/// The facts of one case on which the policies decide who may read it.
///
/// # Errors
/// [`JournalError`].
pub async fn facts(db: &Db, case: &CaseRow) -> Result<CaseFacts, JournalError> {
    let parts = parts_of(db, &case.case_id).await?;
    of_parts(db, case, &parts).await
}

/// The same for a page of cases, in their order, with one query for the parts of all.
/// `cases` are sorted by id, and `organisation` has a part in each.
///
/// # Errors
/// [`JournalError`].
pub async fn facts_of_page(
    db: &Db,
    organisation: &str,
    cases: &[CaseRow],
) -> Result<Vec<CaseFacts>, JournalError> {
    let (Some(first), Some(last)) = (cases.first(), cases.last()) else {
        return Ok(Vec::new());
    };
    let rows = sqlx::query(PARTS_OF_PAGE.text(db.engine()))
        .bind(organisation.to_owned())
        .bind(first.case_id.as_str())
        .bind(last.case_id.as_str())
        .fetch_all(db.reader())
        .await?;
    let mut parts: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for row in &rows {
        let part = (row.try_get("organisation")?, row.try_get("part")?);
        parts.entry(row.try_get("case_id")?).or_default().push(part);
    }
    let mut all = Vec::with_capacity(cases.len());
    for case in cases {
        let own = parts.remove(&case.case_id).unwrap_or_default();
        all.push(of_parts(db, case, &own).await?);
    }
    Ok(all)
}

async fn of_parts(
    db: &Db,
    case: &CaseRow,
    parts: &[(String, String)],
) -> Result<CaseFacts, JournalError> {
    let with = |part: Part| -> BTreeSet<String> {
        let these = parts.iter().filter(|(_, name)| name == part.as_str());
        these
            .map(|(organisation, _)| organisation.clone())
            .collect()
    };
    let admitting = match with(Part::Admitting).pop_first() {
        Some(organisation) => pending_role(db, &case.case_id)
            .await?
            .map(|role| Admitting { organisation, role }),
        None => None,
    };
    Ok(CaseFacts {
        id: case.case_id.clone(),
        owner: case.owner.clone(),
        raiser: case.raiser.clone(),
        rung: case.rung.clone(),
        tier: case.tier.clone(),
        state: case.state.clone(),
        region: case.region.clone(),
        theme: case.theme.clone(),
        handlers: with(Part::Handler),
        admitting,
        offered: with(Part::Offered),
        accepted: with(Part::Accepted),
        committed: with(Part::Asked),
        card_only: with(Part::CardOnly),
        citizens: case.course.citizens.clone(),
        objected: case.course.objected.clone(),
        ..CaseFacts::default()
    })
}

/// The role in which the pending request for admission is answered.
async fn pending_role(db: &Db, case_id: &str) -> Result<Option<String>, JournalError> {
    let row = sqlx::query(PENDING.text(db.engine()))
        .bind(case_id)
        .fetch_optional(db.reader())
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(json(&row, "content")?["admittingRole"]
        .as_str()
        .map(str::to_owned))
}
