//! What the own organisation keeps of cases that have ended and until when, and what was erased and
//! held up.

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use jiff::Timestamp;
use ladder::{Case, CaseId, ErasureScope, Rules};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::caller::Caller;
use super::super::erasures::{self, ErasureSeen};
use super::super::page::{List, Page};
use super::super::refusal::unavailable;
use super::super::{Platform, sight};
use super::overseeing;
use crate::aggregate;
use crate::views;

/// An ended case of which something is still kept.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct KeptSeen {
    /// The case, by the organisation's own pseudonym.
    case: String,
    /// When it ended.
    ended_at: String,
    /// What is erased when, the first first; the whole case comes last.
    ahead: Vec<AheadSeen>,
    /// Until when nothing of it is erased, when somebody held that up.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_until: Option<String>,
}

/// What is erased, and when.
#[derive(Debug, Serialize, JsonSchema)]
struct AheadSeen {
    /// `case` or `category`.
    scope: &'static str,
    /// The category of data.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// The law under which it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<String>,
    /// When its term of keeping ends.
    at: String,
    /// Whether that is past: it is erased at the next daily look, or once nothing holds it up.
    due: bool,
}

impl AheadSeen {
    fn of((scope, at): (ErasureScope, Timestamp), now: Timestamp) -> Self {
        let word = scope.word();
        let (category, law) = match scope {
            ErasureScope::Category { category, law } => (Some(category), Some(law)),
            ErasureScope::Case | ErasureScope::Person { .. } => (None, None),
        };
        Self {
            scope: word,
            category,
            law,
            at: at.to_string(),
            due: at <= now,
        }
    }
}

/// `GET /v1/retention`: cases that the organisation owns, what ends first first.
pub(in crate::api) async fn retention(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<KeptSeen>>, Problem> {
    overseeing(&platform, &caller)?;
    let ground = &platform.ground;
    let now = ground.clock.now();
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let cases = views::ended_after(&ground.db, &after).await;
        let cases = cases.map_err(unavailable)?;
        let Some(last) = cases.last() else { break };
        after.clone_from(last);
        for case in &cases {
            let row = views::find_case(&ground.db, case).await;
            let own = row
                .map_err(unavailable)?
                .is_some_and(|row| row.owner == caller.oin.as_str());
            if !own {
                continue;
            }
            let id = CaseId::parse(case).map_err(unavailable)?;
            let read = aggregate::read::<Rules>(&ground.db, &id).await;
            let (Case::Closed(closed), _) = read.map_err(unavailable)? else {
                continue;
            };
            let ahead = ground.retention.ahead(&ground.rules.calendar, &closed);
            let held_until = closed.file.kept.held_until(now);
            found.push((id, closed.ended_at, ahead, held_until));
        }
    }
    found
        .sort_by_cached_key(|(id, _, ahead, _)| (ahead.first().map(|(_, at)| *at), id.to_string()));
    let ranked = found.into_iter().zip(1_i64..).collect();
    let (ranked, next_cursor) = page.cut(ranked, |(_, place)| *place)?;
    let mut items = Vec::new();
    for ((id, ended_at, ahead, held_until), _) in ranked {
        items.push(KeptSeen {
            case: sight::pseudonym(&platform, &caller.oin, &id)?,
            ended_at: ended_at.to_string(),
            ahead: ahead
                .into_iter()
                .map(|one| AheadSeen::of(one, now))
                .collect(),
            held_until: held_until.map(|until| until.to_string()),
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// A line about one of the organisation's cases.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct OrderSeen {
    /// The case, by the organisation's own pseudonym.
    case: String,
    /// What happened; why something is held up stands with the case.
    #[serde(flatten)]
    line: ErasureSeen,
}

/// `GET /v1/erasures`: what was erased of the organisation's cases and held up, the latest first.
pub(in crate::api) async fn orders(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<OrderSeen>>, Problem> {
    overseeing(&platform, &caller)?;
    let own = caller.oin.as_str();
    let rows = views::records_of_owner(&platform.ground.db, own, "erasures").await;
    let rows = rows.map_err(unavailable)?.into_iter().rev().zip(1_i64..);
    let (rows, next_cursor) = page.cut(rows.collect(), |(_, place)| *place)?;
    let mut items = Vec::new();
    for (row, _) in rows {
        let case = CaseId::parse(&row.case_id).map_err(unavailable)?;
        items.push(OrderSeen {
            case: sight::pseudonym(&platform, &caller.oin, &case)?,
            line: erasures::line(row)?.0,
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}
