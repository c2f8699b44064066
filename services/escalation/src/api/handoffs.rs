//! Offering work or ownership to another organisation, and answering that.

mod seen;

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, CaseFacts, Category, Strength};
use ladder::CaseId;
use proto::InvalidParam;
use serde::Deserialize;

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, sight, wire};
use crate::views::{self, CaseRow};

pub(super) use seen::HandoffSeen;

/// The states that a list can be asked for.
pub(super) const STATES: [&str; 6] = [
    "offered",
    "accepted",
    "declined",
    "countered",
    "withdrawn",
    "expired",
];

/// `POST /v1/cases/{id}/handoffs`: the data of `handoff.offered`. The id of the handoff may be
/// left to the platform.
pub(super) async fn offer(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::OfferHandoff;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let mut data = wire::object(request).await?;
    let ground = &platform.ground;
    data.entry("handoff").or_insert_with(|| {
        ground
            .entropy
            .uuid_v7(ground.clock.now())
            .to_string()
            .into()
    });
    let about = (&sight.id, &sight.facts);
    let event = ("handoff.offered", action);
    Ok(wire::tell(&platform, &caller, about, event, data)
        .await?
        .created("/handoffs"))
}

/// `POST /v1/handoffs/{id}/answer`: the data of `handoff.answered`. Only an organisation that was
/// offered the handoff knows of it.
pub(super) async fn answer(
    State(platform): State<Platform>,
    caller: Caller,
    Path(handoff): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let no_such = || Problem::not_found("There is no such handoff.");
    let db = &platform.ground.db;
    let row = views::find_for_receiver(db, &handoff, caller.oin.as_str())
        .await
        .map_err(unavailable)?
        .ok_or_else(no_such)?;
    let sight = sight::find(&platform, &caller, &row.case_id).await?;
    let facts = CaseFacts {
        target: Some(row.receiver),
        ..sight.facts
    };
    let may = |action| {
        platform
            .ground
            .gate
            .may(&caller.actor, action, &facts)
            .is_ok()
    };
    if !may(Action::AnswerHandoff) && !may(Action::ReadCase) {
        return Err(no_such());
    }
    let mut data = wire::object(request).await?;
    data.insert("handoff".to_owned(), row.handoff.into());
    let event = ("handoff.answered", Action::AnswerHandoff);
    Ok(
        wire::tell(&platform, &caller, (&sight.id, &facts), event, data)
            .await?
            .answered(),
    )
}

/// `GET /v1/cases/{id}/handoffs`: all of them to whoever sees the whole course of the case, else
/// those that were offered to the caller's organisation.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<HandoffSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listHandoffs");
    let course = reader.strength(Category::Process);
    let rows = views::handoffs(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    let own = caller.oin.as_str();
    let rows = rows
        .into_iter()
        .filter(|row| course == Strength::Full || row.receiver == own || row.sender == own)
        .collect();
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        let about = (&sight.row, &sight.id);
        items.push(HandoffSeen::of(&platform, &caller, &mut reader, about, row).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// Which handoffs are asked for.
#[derive(Deserialize)]
pub(super) struct Wanted {
    state: Option<String>,
}

/// `GET /v1/handoffs?state=offered`: what was offered to the caller's organisation.
pub(super) async fn inbox(
    State(platform): State<Platform>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Result<Json<List<HandoffSeen>>, Problem> {
    let state = wanted.state.as_deref().unwrap_or(STATES[0]);
    if !STATES.contains(&state) {
        let reason = format!("is none of {}", STATES.join(", "));
        return Err(Problem::bad_request(vec![InvalidParam::new(
            "state", reason,
        )]));
    }
    let db = &platform.ground.db;
    let own = caller.oin.as_str();
    let rows = views::offered_to(db, own, state, page.after_position()?, page.size)
        .await
        .map_err(unavailable)?;
    let next_cursor = page.next(rows.len(), rows.last().map(|row| row.position.to_string()));
    let mut items = Vec::new();
    for row in rows {
        let Some((case, id)) = case_of(&platform, &row.case_id).await? else {
            continue;
        };
        let facts = views::facts(db, &case).await.map_err(unavailable)?;
        if platform
            .ground
            .gate
            .may(&caller.actor, Action::ListCases, &facts)
            .is_err()
        {
            continue;
        }
        let mut reader = Reader::new(&platform, &caller, &facts, "listOfferedHandoffs");
        let about = (&case, &id);
        items.push(HandoffSeen::of(&platform, &caller, &mut reader, about, row).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

async fn case_of(platform: &Platform, id: &str) -> Result<Option<(CaseRow, CaseId)>, Problem> {
    let row = views::find_case(&platform.ground.db, id)
        .await
        .map_err(unavailable)?;
    Ok(row.zip(CaseId::parse(id).ok()))
}
