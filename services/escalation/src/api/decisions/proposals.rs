//! Decisions on paper: proposed with their weighing, and taken, turned down or left to expire.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use ladder::{Command, DecisionId, ProposeDecision, RejectDecision, event};
use proto::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::seen::{DecisionSeen, DecisionText};
use super::weighing::{Given, GroundNamed, RoomUsed};
use crate::api::caller::Caller;
use crate::api::page::{List, Page};
use crate::api::records::{content, records};
use crate::api::refusal::unavailable;
use crate::api::reveal::Reader;
use crate::api::{Platform, body, parties, sight, written};

/// A decision on paper.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Proposed {
    /// What is proposed.
    text: Text,
    /// The room that it uses.
    room: RoomUsed,
    /// What it is for; cost alone is no ground.
    grounds: BTreeSet<GroundNamed>,
    /// The weighings that it follows from.
    #[serde(default)]
    assessments: BTreeSet<String>,
    /// What makes this case differ from the comparable ones.
    #[serde(default)]
    difference: Option<Text>,
}

/// `POST /v1/cases/{id}/decision-proposals`.
pub(in crate::api) async fn propose(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::ProposeDecision, None).await?;
    let (proposed, about) = body::told::<Proposed>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let given = Given {
        room: Some(proposed.room),
        grounds: Some(proposed.grounds),
        assessments: proposed.assessments,
        difference: proposed.difference,
    };
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::ProposeDecision(ProposeDecision {
        decision: DecisionId::parse(&id).map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
        text: sealer.text(&proposed.text).map_err(unavailable)?,
        weighing: given.weighing(&platform, &caller, &sight, &sealer).await?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/decision-proposals"))
}

/// Why a decision on paper is turned down.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Rejection {
    /// Why.
    reason: Text,
}

/// `POST /v1/cases/{id}/decision-proposals/{decision}/rejection`.
pub(in crate::api) async fn reject(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, decision)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::RejectDecision, None).await?;
    let (rejection, about) = body::told::<Rejection>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::RejectDecision(RejectDecision {
        decision: super::decision_id(&decision)?,
        reason: sealer.text(&rejection.reason).map_err(unavailable)?,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// A decision on paper, and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct ProposalSeen {
    /// Its id.
    decision: String,
    /// `proposed`, `taken`, `rejected`, `expired`, or `not_taken` when another one was.
    status: &'static str,
    /// Until when it was to be decided on.
    decide_by: String,
    /// Why it was turned down.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What is proposed, and what it rests on.
    #[serde(flatten)]
    what: DecisionSeen,
}

/// `GET /v1/cases/{id}/decision-proposals`.
pub(in crate::api) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<ProposalSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listDecisionProposals");
    let rows = records(&platform, sight.id.as_str(), "decisions").await?;
    let mut proposed = Vec::new();
    let mut became: BTreeMap<DecisionId, &'static str> = BTreeMap::new();
    let mut reasons = BTreeMap::new();
    for row in rows {
        match row.kind.as_str() {
            "decision.proposed" => {
                let proposal: event::DecisionProposed = content(row.clone())?;
                became.insert(proposal.decision.clone(), "proposed");
                proposed.push((row, proposal));
            }
            "decision.rejected" => {
                let rejection: event::DecisionRejected = content(row)?;
                became.insert(rejection.decision.clone(), "rejected");
                reasons.insert(rejection.decision, rejection.reason);
            }
            "decision.expired" => end(&mut became, "expired"),
            "decision.taken" => {
                end(&mut became, "not_taken");
                let taken: event::DecisionTaken = content(row)?;
                became.extend(taken.proposal.map(|decision| (decision, "taken")));
            }
            _ => {}
        }
    }
    let (proposed, next_cursor) = page.cut(proposed, |(row, _)| row.position)?;
    let mut items = Vec::new();
    for (row, proposal) in proposed {
        let text = DecisionText {
            text: proposal.text,
            weighing: proposal.weighing,
            system_obstacle: None,
        };
        let what = DecisionSeen::of(&mut reader, &caller, row, text).await?;
        let reason = reasons.get(&proposal.decision).cloned();
        items.push(ProposalSeen {
            status: became
                .get(&proposal.decision)
                .copied()
                .unwrap_or("proposed"),
            decision: proposal.decision.to_string(),
            decide_by: proposal.decide_by.to_string(),
            reason: super::seen::open(&mut reader, reason).await?,
            what,
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// Whatever still waits ends so.
fn end(became: &mut BTreeMap<DecisionId, &'static str>, how: &'static str) {
    for status in became.values_mut() {
        if *status == "proposed" {
            *status = how;
        }
    }
}
