//! Asking to be admitted to a higher rung, and answering that.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::{Command, EscalationId, TriageReason, event};
use proto::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, body, sight, wire, written};
use crate::views::{self, EscalationRow};

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
    let sight = sight::act(&platform, &caller, &name, Action::Triage, None).await?;
    let known = views::escalations(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    if !known.iter().any(|row| row.escalation == escalation) {
        return Err(Problem::not_found(
            "There is no such request for admission in this case.",
        ));
    }
    let triage: Triage = body::read(request).await?;
    let sealer = sight.sealer(&platform).await?;
    let text = triage
        .text
        .as_ref()
        .map(|text| sealer.text(text))
        .transpose();
    let command = Command::Triage(ladder::Triage {
        escalation: EscalationId::parse(&escalation).map_err(|_| Problem::internal())?,
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

/// An item of evidence.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EvidenceSeen {
    /// The item, as the ladder names it.
    item: String,
    /// Whether it is explained why it is not there.
    explained: bool,
    /// What was done or found, or why it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// A request for admission.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct EscalationSeen {
    /// Its id.
    escalation: String,
    /// `requested`, `admitted`, `returned`, `refused` or `expired`.
    status: String,
    /// The rung asked for.
    to_rung: String,
    /// That rung's tier.
    tier: &'static str,
    /// Whether the short term holds.
    urgent: bool,
    /// The organisation that asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The body that would take the case up.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// The organisation that answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    admitting: Option<String>,
    /// The role in which it is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    admitting_role: Option<String>,
    /// Until when it is to be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_by: Option<String>,
    /// The evidence that was given.
    evidence: Vec<EvidenceSeen>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What was missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<String>>,
    /// The advice or remark with the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
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
            items.push(seen(&mut reader, row, course == Strength::Full).await?);
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// The course by its category, what was written as part of the weighing.
async fn seen(
    reader: &mut Reader<'_>,
    row: EscalationRow,
    full: bool,
) -> Result<EscalationSeen, Problem> {
    let EscalationRow {
        escalation,
        status,
        mut content,
        ..
    } = row;
    let answer = content
        .get_mut("answer")
        .map(Value::take)
        .unwrap_or_default();
    let asked: event::EscalationRequested = serde_json::from_value(content).map_err(unavailable)?;
    reader.about(Some(asked.by.as_str()), []);
    let mut evidence = Vec::new();
    for given in asked.evidence {
        let text = reader
            .open(&Classified::<Decision, _>::new(given.text))
            .await?;
        evidence.push(EvidenceSeen {
            item: given.item,
            explained: given.explained,
            text,
        });
    }
    let answer: TriageSeen = serde_json::from_value(answer).unwrap_or_default();
    reader.about(Some(asked.admitting.as_str()), []);
    let text = answer.text.map(Classified::<Decision, _>::new);
    let text = reader.open_some(text.as_ref()).await?;
    let shown = |text: String| full.then_some(text);
    Ok(EscalationSeen {
        escalation,
        status,
        to_rung: asked.to.to_string(),
        tier: asked.tier.as_str(),
        urgent: asked.urgent,
        by: shown(asked.by.to_string()),
        body: shown(asked.body.to_string()),
        admitting: shown(asked.admitting.to_string()),
        admitting_role: shown(asked.admitting_role),
        answer_by: shown(asked.answer_by.to_string()),
        evidence,
        reason: answer.reason,
        missing: answer.missing,
        text,
    })
}

/// What the three answers to a request have in common.
#[derive(Default, Deserialize)]
struct TriageSeen {
    reason: Option<String>,
    missing: Option<Vec<String>>,
    text: Option<ladder::Sealed>,
}
