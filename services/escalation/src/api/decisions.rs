//! Deciding, and telling raiser and citizen.

mod feedback;
mod proposals;
mod seen;
mod weighing;

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category};
use ladder::{Command, DecisionId, TakeDecision, event};
use proto::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::mandates::{self, BasisSeen, StatedGiven};
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, body, sight, written};

pub(super) use feedback::{Feedback, Said, list as list_feedback, tell};
pub(super) use proposals::{ProposalSeen, Proposed, Rejection};
pub(super) use proposals::{list as list_proposals, propose, reject};
use seen::{DecisionSeen, DecisionText};
use weighing::{Given, sealed};
pub(super) use weighing::{GroundNamed, RoomUsed};

/// A decision.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DecisionMade {
    /// What is decided.
    text: Text,
    /// The decision on paper that it is about; then its weighing counts, unless another is given.
    #[serde(default)]
    proposal: Option<String>,
    /// The room that it uses; required without a proposal.
    #[serde(default)]
    room: Option<RoomUsed>,
    /// What it is for; cost alone is no ground. Required without a proposal.
    #[serde(default)]
    grounds: Option<BTreeSet<GroundNamed>>,
    /// The weighings that it follows from.
    #[serde(default)]
    assessments: BTreeSet<String>,
    /// What makes this case differ from the comparable ones.
    #[serde(default)]
    difference: Option<Text>,
    /// Your mandate, by its id in your organisation's register. Absent: the one of yours there
    /// that is about the subject, if there is one.
    #[serde(default)]
    mandate: Option<String>,
    /// Your mandate, when your organisation's register holds none for you on the subject.
    #[serde(default)]
    stated_mandate: Option<StatedGiven>,
    /// The law or theme for which the mandate is used; the theme of the case when absent.
    #[serde(default)]
    subject: Option<String>,
    /// The obstacle in the system that must not stop the next household, if one was found.
    #[serde(default)]
    system_obstacle: Option<Text>,
}

/// `POST /v1/cases/{id}/decisions`.
pub(super) async fn decide(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::TakeDecision, None).await?;
    let (decision, about) = body::told::<DecisionMade>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let proposal = decision.proposal.as_deref().map(decision_id).transpose()?;
    let given = Given {
        room: decision.room,
        grounds: decision.grounds,
        assessments: decision.assessments,
        difference: decision.difference,
    };
    let weighing = if proposal.is_some() && given.is_absent() {
        None
    } else {
        Some(given.weighing(&platform, &caller, &sight, &sealer).await?)
    };
    let role = caller.acting_role(&platform, Action::TakeDecision, &sight.facts);
    let named = mandates::Given {
        id: ("/mandate", decision.mandate.as_deref()),
        stated: decision.stated_mandate.as_ref(),
        role: role.unwrap_or_default(),
        subject: decision.subject.as_deref().unwrap_or(&sight.row.theme),
        amount_cents: None,
    };
    let mandate = mandates::inside(&platform, &caller, &sealer, named).await?;
    let command = Command::TakeDecision(TakeDecision {
        proposal,
        text: sealer.text(&decision.text).map_err(unavailable)?,
        weighing,
        mandate,
        system_obstacle: sealed(&sealer, decision.system_obstacle.as_ref())?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/decisions"))
}

/// The decision on paper that an address or a body names.
fn decision_id(text: &str) -> Result<DecisionId, Problem> {
    DecisionId::parse(text)
        .map_err(|_| Problem::not_found("There is no such decision on paper in this case."))
}

/// A decision that was taken.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TakenSeen {
    /// The decision on paper that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposal: Option<String>,
    /// The mandate under which it was taken, by its id in the register of who took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    mandate: Option<String>,
    /// Whether that mandate is registered or stated, and what was stated.
    #[serde(flatten)]
    basis: BasisSeen,
    /// What was decided, and what it rests on.
    #[serde(flatten)]
    what: DecisionSeen,
}

/// `GET /v1/cases/{id}/decisions`: those that were taken.
pub(super) async fn list_decisions(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<TakenSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listDecisions");
    let mut rows = records(&platform, sight.id.as_str(), "decisions").await?;
    rows.retain(|row| row.kind == "decision.taken");
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        let taken: event::DecisionTaken = content(row.clone())?;
        reader.about(row.organisation.as_deref(), []);
        let strength = reader.strength(Category::Decision);
        let (registered, stated) = (taken.mandate.is_some(), taken.stated);
        let basis = BasisSeen::of(&mut reader, &caller, strength, registered, stated).await?;
        let text = DecisionText {
            text: taken.text,
            weighing: taken.weighing,
            system_obstacle: taken.system_obstacle,
        };
        items.push(TakenSeen {
            what: DecisionSeen::of(&mut reader, &caller, row, text).await?,
            proposal: taken.proposal.map(|proposal| proposal.to_string()),
            mandate: taken.mandate,
            basis,
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
