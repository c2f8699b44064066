//! Asking to be admitted to a higher rung, and answering that.

mod seen;
mod waiting;

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use jiff::Timestamp;
use ladder::{
    AcknowledgeEscalation, Command, EscalationId, Evidence, GiveEvidence, Insist, TriageReason,
};
use proto::{Text, event};
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::sight::Sight;
use super::{Platform, body, parties, sight, wire, written};
use crate::views;

pub(super) use seen::EscalationSeen;
pub(super) use waiting::{WaitingRequest, waiting};

/// `POST /v1/cases/{id}/escalations`: the data of `escalation.requested`.
pub(super) async fn request(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::RequestEscalation;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let data = wire::object(request).await?;
    let about = (&sight.id, &sight.facts);
    let event = ("escalation.requested", action);
    Ok(wire::tell(&platform, &caller, about, event, data)
        .await?
        .created("/escalations"))
}

/// How a request for admission is answered.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum TriageAnswer {
    Admitted,
    Returned,
    Refused,
}

/// Why admission is refused.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RefusalReason {
    NotComplete,
    NotCompetent,
    Scarcity,
    StandardAvailable,
    OtherRoute,
}

/// The answer to a request for admission.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Triage {
    /// The answer.
    answer: TriageAnswer,
    /// Why it is refused.
    #[serde(default)]
    reason: Option<RefusalReason>,
    /// The items of evidence that are missing, when it is returned.
    #[serde(default)]
    missing: BTreeSet<String>,
    /// Advice, or a remark.
    #[serde(default)]
    text: Option<Text>,
}

/// `POST /v1/cases/{id}/escalations/{escalation}/triage`.
pub(super) async fn triage(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, escalation)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let (sight, escalation) =
        requested(&platform, &caller, (&name, &escalation), Action::Triage).await?;
    let (triage, about) = body::told::<Triage>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let text = triage
        .text
        .as_ref()
        .map(|text| sealer.text(text))
        .transpose();
    let command = Command::Triage(ladder::Triage {
        escalation,
        answer: match triage.answer {
            TriageAnswer::Admitted => ladder::TriageAnswer::Admitted,
            TriageAnswer::Returned => ladder::TriageAnswer::Returned,
            TriageAnswer::Refused => ladder::TriageAnswer::Refused,
        },
        reason: triage.reason.map(|reason| match reason {
            RefusalReason::NotComplete => TriageReason::NotComplete,
            RefusalReason::NotCompetent => TriageReason::NotCompetent,
            RefusalReason::Scarcity => TriageReason::Scarcity,
            RefusalReason::StandardAvailable => TriageReason::StandardAvailable,
            RefusalReason::OtherRoute => TriageReason::OtherRoute,
        }),
        missing: triage.missing,
        text: text.map_err(unavailable)?,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// A request for admission of a case that is there for the caller.
async fn requested(
    platform: &Platform,
    caller: &Caller,
    (name, escalation): (&str, &str),
    action: Action,
) -> Result<(Sight, EscalationId), Problem> {
    let sight = sight::act(platform, caller, name, action, None).await?;
    let known = views::escalations(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    let known = known.iter().find(|row| row.escalation == escalation);
    let id = known.and_then(|row| EscalationId::parse(&row.escalation).ok());
    match id {
        Some(id) => Ok((sight, id)),
        None => Err(Problem::not_found(
            "There is no such request for admission in this case.",
        )),
    }
}

/// When a request that was seen is looked at again.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Acknowledgement {
    /// When; the review term of the rung when absent.
    #[serde(default)]
    review_at: Option<Timestamp>,
}

/// `POST /v1/cases/{id}/escalations/{escalation}/acknowledgement`.
pub(super) async fn acknowledge(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, escalation)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::AcknowledgeEscalation;
    let (sight, escalation) = requested(&platform, &caller, (&name, &escalation), action).await?;
    let seen: Acknowledgement = body::read(request).await?;
    let command = Command::AcknowledgeEscalation(AcknowledgeEscalation {
        escalation,
        review_at: seen.review_at,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// Evidence that was not given with the request.
#[derive(Deserialize, JsonSchema)]
pub(super) struct EvidenceLater {
    /// The items: what is there, or why it is not.
    evidence: Vec<event::Evidence>,
}

/// `POST /v1/cases/{id}/escalations/{escalation}/evidence`.
pub(super) async fn give_evidence(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, escalation)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::GiveEvidence;
    let (sight, escalation) = requested(&platform, &caller, (&name, &escalation), action).await?;
    let (given, about) = body::told::<EvidenceLater>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let evidence = given.evidence.into_iter().map(|item| {
        let explained = item.text.is_none();
        let text = item.text.or(item.explanation).unwrap_or_default();
        Ok(Evidence {
            item: item.item,
            explained,
            text: sealer.text(&text).map_err(unavailable)?,
        })
    });
    let command = Command::GiveEvidence(GiveEvidence {
        escalation,
        evidence: evidence.collect::<Result<_, Problem>>()?,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// Going to the body above one that returned or refused.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Insistence {
    /// Why the answer below cannot stand; it explains every item that is not given.
    explanation: Text,
    /// The ground for sharing with the body above, when it is another organisation.
    #[serde(default)]
    #[schemars(length(min = 1, max = 128))]
    legal_basis: Option<String>,
}

/// `POST /v1/cases/{id}/insistences`: once per rung (domain, section d3).
pub(super) async fn insist(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::Insist, None).await?;
    let (insistence, about) = body::told::<Insistence>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::Insist(Insist {
        escalation: EscalationId::parse(&id).map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
        explanation: sealer.text(&insistence.explanation).map_err(unavailable)?,
        legal_basis: insistence.legal_basis,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/escalations"))
}

/// `GET /v1/cases/{id}/escalations`.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<EscalationSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listEscalations");
    let course = reader.strength(Category::Process);
    let rows = views::escalations(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    if course >= Strength::Masked {
        for row in rows {
            items.push(EscalationSeen::of(&mut reader, row, course == Strength::Full).await?);
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
