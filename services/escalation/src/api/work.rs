//! What waits: the caller's cases by what falls due next, and for whom each of them waits.

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Strength};
use jiff::Timestamp;
use ladder::{CaseId, Due, event};
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::caller::Caller;
use super::cases::CaseItem;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::sight;
use crate::views::{self, CaseRow, WorkRow};

/// A case that waits for somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct WorkItem {
    #[serde(flatten)]
    item: CaseItem,
    /// What the raiser's organisation calls it; shown to that organisation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_reference: Option<String>,
    /// `ordinary`, `claimed` or `confirmed`.
    urgency: String,
    /// What falls due next, such as `review` or `handoff-answer/<id>`.
    due: String,
    /// When.
    at: String,
    /// The OIN of whoever has to do it.
    waits_for: String,
}

/// `GET /v1/work`: the cases in which the caller's organisation has a part, of which the caller
/// sees the whole course, and in which something falls due; the nearest deadline first.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<WorkItem>>, Problem> {
    let db = &platform.ground.db;
    let organisation = caller.oin.as_str();
    let after = after(page.after_name())?;
    let rows = views::work(db, organisation, after, page.size)
        .await
        .map_err(unavailable)?;
    let last = rows
        .last()
        .map(|row| format!("{}/{}", row.at, row.case.case_id));
    let next_cursor = page.next(rows.len(), last);
    let cases: Vec<CaseRow> = rows.iter().map(|row| row.case.clone()).collect();
    let facts = views::facts_of_page(db, organisation, &cases)
        .await
        .map_err(unavailable)?;
    let mut items = Vec::new();
    for (WorkRow { case, due, at }, facts) in rows.into_iter().zip(facts) {
        let gate = &platform.ground.gate;
        if gate.may(&caller.actor, Action::ListCases, &facts).is_err() {
            continue;
        }
        let mut reader = Reader::new(&platform, &caller, &facts, "listWork");
        // The reference is its raiser's; it was disclosed to nobody by that alone.
        reader.about(Some(&case.raiser), []);
        let course = reader.strength(Category::Process);
        if course < Strength::Full {
            continue;
        }
        let id = CaseId::parse(&case.case_id).map_err(|_| Problem::internal())?;
        let own_reference = match caller.works_for(&case.raiser) {
            true => {
                let report: event::Reported =
                    serde_json::from_value(case.content.clone()).map_err(unavailable)?;
                let reference = Classified::new(report.own_reference);
                reader.open_name(&reference).await?
            }
            false => None,
        };
        let at = Timestamp::from_microsecond(at).map_err(|_| Problem::internal())?;
        items.push(WorkItem {
            own_reference,
            urgency: case.course.urgency.clone(),
            waits_for: waits_for(&platform, &case, &due).await?,
            due,
            at: at.to_string(),
            item: CaseItem::of(case, sight::pseudonym(&platform, &caller.oin, &id)?, course),
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// Where the page begins: after a moment and a case.
fn after(cursor: &str) -> Result<(i64, &str), Problem> {
    if cursor.is_empty() {
        return Ok((i64::MIN, ""));
    }
    let parts = cursor.split_once('/');
    parts
        .and_then(|(at, case)| Some((at.parse().ok()?, case)))
        .ok_or_else(|| {
            let wrong = InvalidParam::new("cursor", "is no cursor of this list");
            Problem::bad_request(vec![wrong])
        })
}

/// The OIN of whoever has to do what falls due: who was asked, while a question is open; else
/// whoever has the case.
pub(super) async fn waits_for(
    platform: &Platform,
    case: &CaseRow,
    due: &str,
) -> Result<String, Problem> {
    let Ok(due) = due.parse::<Due>() else {
        return Ok(case.owner.clone());
    };
    let (db, id) = (&platform.ground.db, case.case_id.as_str());
    let asked = match due {
        Due::HandoffReminder(handoff) | Due::HandoffAnswer(handoff) => {
            let rows = views::handoffs(db, id).await.map_err(unavailable)?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.handoff == handoff.as_str())
                .map(|row| row.receiver)
        }
        Due::CounterFollowUp(handoff) => {
            let rows = views::handoffs(db, id).await.map_err(unavailable)?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.handoff == handoff.as_str())
                .map(|row| row.sender)
        }
        Due::AdviceAnswer(question) => {
            let rows = views::advice(db, id).await.map_err(unavailable)?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.consultation == question.as_str())
                .map(|row| row.adviser)
        }
        Due::EscalationAcknowledgement(request)
        | Due::EscalationAnswer(request)
        | Due::EscalationReview(request) => {
            let rows = views::escalations(db, id).await.map_err(unavailable)?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.escalation == request.as_str())
                .map(|row| row.admitting)
        }
        Due::CommitmentDay(request) => {
            let rows = views::commitments(db, id).await.map_err(unavailable)?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.request == request.as_str())
                .map(|row| row.organisation)
        }
        Due::Review | Due::StayWarning => Some(case.handler.clone()),
        Due::DraftReminder
        | Due::Climb
        | Due::UrgencyConfirmation
        | Due::Decision
        | Due::SuspensionEnd
        | Due::AftercareCheck
        | Due::Completion(_)
        | Due::Explanation(_)
        | Due::Objection(_)
        | Due::MeasureEnd(_) => None,
    };
    Ok(asked.unwrap_or_else(|| case.owner.clone()))
}
