//! Proposing to send a case down the ladder, to a named receiver, and answering that.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use ladder::{
    AnswerDeescalation, Command, ProposalId, ProposeDeescalation, Receiver, RungId, event,
};
use proto::codes::CODE_PATTERN;
use proto::{Oin, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::reveal::Reader;
use super::{Platform, body, parties, sight, written};
use crate::views::RecordRow;

/// Who takes the case back.
#[derive(Deserialize, JsonSchema)]
struct ReceiverNamed {
    /// The organisation.
    organisation: Oin,
    /// The role in which somebody there accepts.
    role: Role,
}

/// A proposal to send the case down.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Proposed {
    /// The rung it goes to.
    #[schemars(regex(pattern = CODE_PATTERN))]
    to_rung: String,
    /// Who takes it there.
    receiver: ReceiverNamed,
    /// Why: a code, for every organisation concerned hears it.
    #[schemars(regex(pattern = CODE_PATTERN))]
    reason: String,
}

/// `POST /v1/cases/{id}/deescalations`.
pub(super) async fn propose(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::ProposeDeEscalation, None).await?;
    let proposed: Proposed = body::read(request).await?;
    let mut wrong = Vec::new();
    let receiver = &proposed.receiver.organisation;
    parties::check_known(&platform, "/receiver/organisation", receiver, &mut wrong);
    let Ok(to) = RungId::parse(&proposed.to_rung) else {
        wrong.push(proto::InvalidParam::new("/toRung", "is no rung"));
        return Err(Problem::bad_request(wrong));
    };
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::ProposeDeescalation(ProposeDeescalation {
        proposal: ProposalId::parse(&id).map_err(|_| Problem::internal())?,
        to,
        receiver: Receiver {
            organisation: parties::organisation(receiver)?,
            role: proposed.receiver.role.as_str().to_owned(),
        },
        reason: proposed.reason,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/deescalations"))
}

/// How a proposal is answered.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Taken {
    Accepted,
    Declined,
}

/// The answer to a proposal.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Answer {
    /// Whether the receiver takes the case.
    answer: Taken,
    /// Why not: a code.
    #[serde(default)]
    #[schemars(regex(pattern = CODE_PATTERN))]
    reason: Option<String>,
}

/// `POST /v1/cases/{id}/deescalations/{proposal}/answer`.
pub(super) async fn answer(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, proposal)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    // Who is asked to take the case back decides who may answer; it is looked up first.
    let found = sight::find(&platform, &caller, &name).await?;
    let mut asked = None;
    for row in records(&platform, found.id.as_str(), "deescalations").await? {
        if row.content["proposal"] == proposal.as_str() && row.kind == "deescalation.proposed" {
            asked = Some(content::<event::DeescalationProposed>(row)?);
        }
    }
    let receiver = asked
        .as_ref()
        .map(|asked| asked.receiver.organisation.as_str());
    let action = Action::AnswerDeEscalation;
    let sight = sight::act(&platform, &caller, &name, action, receiver).await?;
    let asked =
        asked.ok_or_else(|| Problem::not_found("There is no such proposal in this case."))?;
    let answer: Answer = body::read(request).await?;
    let command = Command::AnswerDeescalation(AnswerDeescalation {
        proposal: asked.proposal,
        accepted: matches!(answer.answer, Taken::Accepted),
        reason: answer.reason,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// A step of going down: proposed, declined, or taken.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DescentSeen {
    /// Its place in the log.
    position: i64,
    /// What happened: `deescalation.proposed`, `deescalation.declined` or `case.deescalated`.
    kind: String,
    /// The proposal.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<String>,
    /// The rung it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_rung: Option<String>,
    /// Why, coded.
    reason: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The OIN of who takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver: Option<String>,
    /// In which role.
    #[serde(skip_serializing_if = "Option::is_none")]
    receiver_role: Option<String>,
}

/// `GET /v1/cases/{id}/deescalations`: the course of the case.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<DescentSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listDeescalations");
    let course = reader.strength(Category::Process);
    let rows = records(&platform, sight.id.as_str(), "deescalations").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    if course >= Strength::Masked {
        for row in rows {
            items.push(seen(row, course == Strength::Full)?);
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

fn seen(row: RecordRow, full: bool) -> Result<DescentSeen, Problem> {
    let RecordRow {
        position, kind, at, ..
    } = row.clone();
    let at = full.then_some(at);
    let (proposal, to_rung, reason, receiver) = match kind.as_str() {
        "deescalation.declined" => {
            let declined: event::DeescalationDeclined = content(row)?;
            (
                Some(declined.proposal.to_string()),
                None,
                declined.reason,
                None,
            )
        }
        "case.deescalated" => {
            let down: event::Deescalated = content(row)?;
            (
                None,
                Some(down.rung.to_string()),
                down.reason,
                Some(down.receiver),
            )
        }
        _ => {
            let asked: event::DeescalationProposed = content(row)?;
            let receiver = Some(asked.receiver);
            (
                Some(asked.proposal.to_string()),
                Some(asked.to.to_string()),
                asked.reason,
                receiver,
            )
        }
    };
    let receiver = receiver.filter(|_| full);
    let (receiver, receiver_role) = receiver
        .map(|receiver| (receiver.organisation.to_string(), receiver.role))
        .unzip();
    Ok(DescentSeen {
        position,
        kind,
        proposal,
        to_rung,
        reason,
        at,
        receiver,
        receiver_role,
    })
}
