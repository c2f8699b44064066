//! Offering work or ownership to another organisation, and answering that.

mod seen;

use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use ladder::{AnswerCounter, CaseId, Command, HandoffId, ReturnHandoff, WithdrawHandoff};
use proto::codes::CODE_PATTERN;
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::sight::Sight;
use super::{Platform, body, parties, sight, wire, written};
use crate::views::{self, CaseRow, HandoffRow};

pub(super) use seen::HandoffSeen;

/// The states that a list can be asked for.
pub(super) const STATES: [&str; 8] = [
    "offered",
    "accepted",
    "declined",
    "countered",
    "withdrawn",
    "expired",
    "returning",
    "returned",
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
    let action = Action::AnswerHandoff;
    let (sight, handoff) = received(&platform, &caller, &handoff, action).await?;
    let mut data = wire::object(request).await?;
    data.insert("handoff".to_owned(), handoff.into());
    let about = (&sight.id, &sight.facts);
    let event = ("handoff.answered", action);
    Ok(wire::tell(&platform, &caller, about, event, data)
        .await?
        .answered())
}

/// A handoff that the caller's organisation was offered, with its case and with that organisation
/// as the one whom it is about; to everybody else there is none.
async fn received(
    platform: &Platform,
    caller: &Caller,
    handoff: &str,
    action: Action,
) -> Result<(Sight, String), Problem> {
    let db = &platform.ground.db;
    let row = views::find_for_receiver(db, handoff, caller.oin.as_str())
        .await
        .map_err(unavailable)?
        .ok_or_else(no_such_handoff)?;
    let mut sight = sight::find(platform, caller, &row.case_id).await?;
    sight.facts.target = Some(row.receiver);
    let gate = &platform.ground.gate;
    let may = |action| gate.may(&caller.actor, action, &sight.facts).is_ok();
    if may(action) || may(Action::ReadCase) {
        Ok((sight, row.handoff))
    } else {
        Err(no_such_handoff())
    }
}

fn no_such_handoff() -> Problem {
    Problem::not_found("There is no such handoff.")
}

/// Why it is given back.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Return {
    /// Why; the sender reads it after accepting.
    reason: Text,
}

/// `POST /v1/handoffs/{id}/return`: what was accepted goes back as an offer of its own.
pub(super) async fn give_back(
    State(platform): State<Platform>,
    caller: Caller,
    Path(handoff): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::ReturnHandoff;
    let (sight, handoff) = received(&platform, &caller, &handoff, action).await?;
    let (back, about) = body::told::<Return>(request).await?;
    let role = caller
        .acting_role(&platform, action, &sight.facts)
        .ok_or_else(written::not_allowed)?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::ReturnHandoff(ReturnHandoff {
        handoff: HandoffId::parse(&handoff).map_err(|_| no_such_handoff())?,
        back: HandoffId::parse(&id).map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
        reason: sealer.text(&back.reason).map_err(unavailable)?,
        contact_role: role.to_owned(),
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .created("/handoffs"))
}

/// The answer to a counter-offer.
#[derive(Deserialize, JsonSchema)]
pub(super) struct CounterAnswer {
    /// Whether the alternative is taken.
    accepted: bool,
    /// Why not: a code.
    #[serde(default)]
    #[schemars(regex(pattern = CODE_PATTERN))]
    reason: Option<String>,
}

/// `POST /v1/cases/{id}/handoffs/{handoff}/counter-answer`: by the organisation that had offered.
pub(super) async fn answer_counter(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, handoff)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let (sight, row) = sent(&platform, &caller, &name, &handoff, Action::AnswerCounter).await?;
    let answer: CounterAnswer = body::read(request).await?;
    let command = Command::AnswerCounter(AnswerCounter {
        handoff: HandoffId::parse(&row.handoff).map_err(|_| no_such_handoff())?,
        by: parties::organisation(&caller.oin)?,
        accepted: answer.accepted,
        reason: answer.reason,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// Why an offer is taken back.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Withdrawal {
    /// Why; the receiver is not told.
    reason: Text,
}

/// `POST /v1/cases/{id}/handoffs/{handoff}/withdrawal`: by the organisation that had offered.
pub(super) async fn withdraw(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, handoff)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let (sight, row) = sent(&platform, &caller, &name, &handoff, Action::WithdrawHandoff).await?;
    let (withdrawal, about) = body::told::<Withdrawal>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::WithdrawHandoff(WithdrawHandoff {
        handoff: HandoffId::parse(&row.handoff).map_err(|_| no_such_handoff())?,
        by: parties::organisation(&caller.oin)?,
        reason: sealer.text(&withdrawal.reason).map_err(unavailable)?,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// A handoff of a case, for what its sender does with it. Who had offered it decides who may; so it
/// is looked up before anything is said.
async fn sent(
    platform: &Platform,
    caller: &Caller,
    name: &str,
    handoff: &str,
    action: Action,
) -> Result<(Sight, HandoffRow), Problem> {
    let found = sight::find(platform, caller, name).await?;
    let rows = views::handoffs(&platform.ground.db, found.id.as_str())
        .await
        .map_err(unavailable)?;
    let row = rows.into_iter().find(|row| row.handoff == handoff);
    let sender = row.as_ref().map(|row| row.sender.as_str());
    let sight = sight::act(platform, caller, name, action, sender).await?;
    Ok((sight, row.ok_or_else(no_such_handoff)?))
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
