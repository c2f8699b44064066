//! Reporting a case, finding cases, and reading one.

mod deeds;
mod seen;

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chassis::problem::Problem;
use gate::{Action, CaseFacts, Category, Classified, Strength};
use jiff::Timestamp;
use ladder::{CaseId, Tier, event};
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Platform;
use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::written::{etag, not_allowed};
use super::{catalogues, sight, wire};
use crate::views::{self, CaseRow, TimelineRow};

pub(super) use seen::{CaseItem, CaseSeen, THIRD_PARTY};

/// The orders that the list of cases can be asked for.
pub(super) const ORDERS: [&str; 2] = ["oldest", "newest"];

/// `POST /v1/cases`: the data of `case.reported`.
pub(super) async fn report(
    State(platform): State<Platform>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let data = wire::object(request).await?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now());
    let case = CaseId::parse(&format!("case_{id}")).map_err(|_| Problem::internal())?;
    // Who reports a case will own it. Asked before anything is sealed for a case that never comes.
    let facts = CaseFacts {
        id: case.to_string(),
        owner: caller.oin.to_string(),
        raiser: caller.oin.to_string(),
        tier: Tier::Local.as_str().to_owned(),
        ..CaseFacts::default()
    };
    ground
        .gate
        .may(&caller.actor, Action::Report, &facts)
        .map_err(|_| not_allowed())?;
    catalogues::check_tried(&platform, &data)?;
    let event = ("case.reported", Action::Report);
    Ok(wire::tell(&platform, &caller, (&case, &facts), event, data)
        .await?
        .created(""))
}

/// In which order a list of cases is asked for.
#[derive(Deserialize)]
pub(super) struct Ordered {
    order: Option<String>,
}

impl Ordered {
    /// Whether the newest come first.
    fn newest(&self) -> Result<bool, Problem> {
        match self.order.as_deref() {
            None => Ok(false),
            Some(order) if ORDERS.contains(&order) => Ok(order == ORDERS[1]),
            Some(_) => {
                let reason = format!("is none of {}", ORDERS.join(", "));
                let wrong = InvalidParam::new("order", reason);
                Err(Problem::bad_request(vec![wrong]))
            }
        }
    }
}

/// `GET /v1/cases`: those in which the caller's organisation has a part and that the caller's
/// roles may know of.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Query(ordered): Query<Ordered>,
    page: Page,
) -> Result<Json<List<CaseItem>>, Problem> {
    let db = &platform.ground.db;
    let newest = ordered.newest()?;
    if caller.is_citizen() {
        return own(&platform, &caller, (&page, newest)).await;
    }
    let (organisation, after) = (caller.oin.as_str(), page.after_name());
    let rows = match newest {
        true => views::newest_cases(db, organisation, after, page.size).await,
        false => views::cases(db, Some(organisation), after, page.size).await,
    };
    let rows = rows.map_err(unavailable)?;
    let next_cursor = page.next(rows.len(), rows.last().map(|row| row.case_id.clone()));
    let facts = views::facts_of_page(db, organisation, &rows)
        .await
        .map_err(unavailable)?;
    let mut items = Vec::new();
    for (row, facts) in rows.into_iter().zip(facts) {
        if platform
            .ground
            .gate
            .may(&caller.actor, Action::ListCases, &facts)
            .is_err()
        {
            continue;
        }
        items.push(item(&platform, &caller, row, &facts)?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// The cases of a citizen: the own ones, whatever organisations have to do with them.
async fn own(
    platform: &Platform,
    caller: &Caller,
    (page, newest): (&Page, bool),
) -> Result<Json<List<CaseItem>>, Problem> {
    let ground = &platform.ground;
    let citizen = ground
        .pseudonyms
        .citizen(caller.oin.as_str(), caller.person_ref())
        .map_err(|_| Problem::internal())?;
    let (db, citizen, after) = (&ground.db, citizen.as_str(), page.after_name());
    let rows = match newest {
        true => views::newest_of_citizen(db, citizen, after, page.size).await,
        false => views::cases_of_citizen(db, citizen, after, page.size).await,
    };
    let rows = rows.map_err(unavailable)?;
    let next_cursor = page.next(rows.len(), rows.last().map(|row| row.case_id.clone()));
    let mut items = Vec::new();
    for row in rows {
        let facts = views::facts(&ground.db, &row).await.map_err(unavailable)?;
        let facts = sight::for_citizen(platform, caller, facts)?;
        let may = ground.gate.may(&caller.actor, Action::ListCases, &facts);
        if may.is_ok() {
            items.push(item(platform, caller, row, &facts)?);
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

fn item(
    platform: &Platform,
    caller: &Caller,
    row: CaseRow,
    facts: &CaseFacts,
) -> Result<CaseItem, Problem> {
    let mut reader = Reader::new(platform, caller, facts, "listCases");
    let id = CaseId::parse(&row.case_id).map_err(|_| Problem::internal())?;
    let pseudonym = sight::pseudonym(platform, &caller.oin, &id)?;
    let course = reader.strength(Category::Process);
    Ok(CaseItem::of(row, pseudonym, course))
}

/// What the raiser's organisation calls a case, for that organisation: the reference is its own and
/// was disclosed to nobody by that alone.
///
/// # Errors
/// 503 when the key vault does not answer.
pub(super) async fn own_reference(
    reader: &mut Reader<'_>,
    caller: &Caller,
    case: &CaseRow,
) -> Result<Option<String>, Problem> {
    if !caller.works_for(&case.raiser) {
        return Ok(None);
    }
    reader.about(Some(&case.raiser), []);
    let report: event::Reported =
        serde_json::from_value(case.content.clone()).map_err(unavailable)?;
    reader
        .open_name(&Classified::new(report.own_reference))
        .await
}

/// `GET /v1/cases/{id}`.
pub(super) async fn read(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let tag = etag(sight.row.version);
    let seen = CaseSeen::of(&platform, &caller, sight).await?;
    Ok(([(header::ETAG, tag)], Json(seen)).into_response())
}

/// One thing that happened to a case, without any content.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Happening {
    /// Its place in the log.
    position: i64,
    /// What, `<noun>.<past-verb>`.
    kind: String,
    /// Where the case stands after it.
    rung: String,
    /// When; absent when only the day may be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// On which day, when the moment may not be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// Which organisation did it; absent when a deadline fell due or it may not be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// In which role; `clock` when a deadline fell due.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
}

impl Happening {
    /// In full with moment and actor; masked with the day only.
    fn of(row: TimelineRow, full: bool) -> Self {
        let TimelineRow {
            position,
            at,
            kind,
            rung,
            organisation,
            role,
        } = row;
        if full {
            let (at, role) = (Some(at), Some(role));
            return Self {
                position,
                kind,
                rung,
                at,
                date: None,
                organisation,
                role,
            };
        }
        let (at, organisation, role) = (day(&at), None, None);
        Self {
            position,
            kind,
            rung,
            at: None,
            date: at,
            organisation,
            role,
        }
    }
}

/// The day of a moment, in UTC.
pub(super) fn day(at: &str) -> Option<String> {
    let at: Timestamp = at.parse().ok()?;
    Some(at.strftime("%Y-%m-%d").to_string())
}

/// `GET /v1/cases/{id}/timeline`.
pub(super) async fn timeline(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<Happening>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "readTimeline");
    let strength = reader.strength(Category::Process);
    let (mut items, mut next_cursor) = (Vec::new(), None);
    if strength >= Strength::Masked {
        let db = &platform.ground.db;
        let after = page.after_position()?;
        let rows = views::timeline(db, sight.id.as_str(), after, page.size)
            .await
            .map_err(unavailable)?;
        next_cursor = page.next(rows.len(), rows.last().map(|row| row.position.to_string()));
        let full = strength == Strength::Full;
        items = rows
            .into_iter()
            .map(|row| Happening::of(row, full))
            .collect();
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
