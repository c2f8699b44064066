//! What the caller's organisation was asked to commit itself to, and what it promised and has not
//! done, over all its cases (domain, rows H21 and B10: an administrator sees what the own organisation
//! owes, and nobody is ranked).

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use gate::{Category, Strength};
use jiff::civil::Date;
use ladder::CaseId;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::caller::Caller;
use super::super::mandates::today;
use super::super::page::{List, Page};
use super::super::refusal::unavailable;
use super::super::reveal::Reader;
use super::super::{Platform, sight};
use super::{CommitmentSeen, seen};
use crate::views::{self, CaseRow, CommitmentRow};

/// A commitment of the caller's organisation, with the case that it is for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct OwnCommitment {
    /// What stands in the list of the case too.
    #[serde(flatten)]
    commitment: CommitmentSeen,
    /// The id of the case; shown to those who see its whole course.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// The own organisation's name for the case.
    pseudonym: String,
    /// Its theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    /// Whether the last day on which it would be done has passed.
    overdue: bool,
}

/// In which order they stand: overdue, then asked and not answered, then promised; the nearest day
/// first, and what is as near by age.
type Rank = (u8, Option<Date>, i64);

/// `GET /v1/commitments`: those that wait for the caller's organisation, overdue first.
pub(in crate::api) async fn list_own(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<OwnCommitment>>, Problem> {
    let today = today(&platform);
    let mut there = Vec::new();
    // A citizen's organisation is where the login comes from.
    if !caller.is_citizen() {
        let db = &platform.ground.db;
        let rows = views::open_commitments(db, caller.oin.as_str()).await;
        for row in rows.map_err(unavailable)? {
            let case = views::find_case(db, &row.case_id).await;
            if let Some(case) = case.map_err(unavailable)? {
                there.push((rank(&row, today), row, case));
            }
        }
    }
    there.sort_by_key(|(rank, _, _)| *rank);
    let ranked = there.into_iter().zip(1_i64..).collect();
    let (ranked, next_cursor) = page.cut(ranked, |(_, place)| *place)?;
    let mut items = Vec::new();
    for (((late, _, _), row, case), _) in ranked {
        items.extend(item(&platform, &caller, (row, case, late == 0)).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

fn rank(row: &CommitmentRow, today: Date) -> Rank {
    let due = row.content["made"]["due"].as_str();
    let due: Option<Date> = due.and_then(|due| due.parse().ok());
    let place = match due {
        Some(due) if due < today => 0,
        None => 1,
        Some(_) => 2,
    };
    (place, due, row.position)
}

/// One of them; none when the case is not there for the caller.
async fn item(
    platform: &Platform,
    caller: &Caller,
    (row, case, overdue): (CommitmentRow, CaseRow, bool),
) -> Result<Option<OwnCommitment>, Problem> {
    let db = &platform.ground.db;
    let facts = views::facts(db, &case).await.map_err(unavailable)?;
    if !sight::can_read(platform, caller, &facts) {
        return Ok(None);
    }
    let id = CaseId::parse(&case.case_id).map_err(unavailable)?;
    let mut reader = Reader::new(platform, caller, &facts, "listOwnCommitments");
    let course = reader.strength(Category::Process);
    Ok(Some(OwnCommitment {
        pseudonym: sight::pseudonym(platform, &caller.oin, &id)?,
        case: (course == Strength::Full).then_some(case.case_id),
        theme: (course > Strength::None).then_some(case.theme),
        commitment: seen(&mut reader, caller, row).await?,
        overdue,
    }))
}
