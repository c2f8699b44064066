//! Deciding, and telling raiser and citizen.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::{
    AssessmentId, Command, Ground, InformCitizen, PostponeInforming, Room, Sealed, SendFeedback,
    TakeDecision, Weighing, event,
};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::{Reader, word};
use super::{Platform, body, sight, written};
use crate::views::RecordRow;

/// A decision.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct DecisionMade {
    /// What is decided.
    text: Text,
    /// The obstacle in the system that must not stop the next household, if one was found.
    #[serde(default)]
    system_obstacle: Option<Text>,
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

/// The room that a decision uses.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RoomUsed {
    WithinLaw,
    DeviationFromPolicyRule,
    BeyondLaw,
}

impl From<RoomUsed> for Room {
    fn from(room: RoomUsed) -> Self {
        match room {
            RoomUsed::WithinLaw => Self::WithinLaw,
            RoomUsed::DeviationFromPolicyRule => Self::DeviationFromPolicyRule,
            RoomUsed::BeyondLaw => Self::BeyondLaw,
        }
    }
}

/// What a decision is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum GroundNamed {
    Justice,
    StatuteIntent,
    Agency,
    Equality,
    Safety,
    Durability,
    Cost,
}

impl From<GroundNamed> for Ground {
    fn from(ground: GroundNamed) -> Self {
        match ground {
            GroundNamed::Justice => Self::Justice,
            GroundNamed::StatuteIntent => Self::StatuteIntent,
            GroundNamed::Agency => Self::Agency,
            GroundNamed::Equality => Self::Equality,
            GroundNamed::Safety => Self::Safety,
            GroundNamed::Durability => Self::Durability,
            GroundNamed::Cost => Self::Cost,
        }
    }
}

/// `POST /v1/cases/{id}/decisions`.
pub(super) async fn decide(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::TakeDecision, None).await?;
    let decision: DecisionMade = body::read(request).await?;
    let sealer = sight.sealer(&platform).await?;
    let obstacle = decision
        .system_obstacle
        .as_ref()
        .map(|text| sealer.text(text))
        .transpose();
    let difference = decision
        .difference
        .as_ref()
        .map(|text| sealer.text(text))
        .transpose();
    let assessments = decision
        .assessments
        .iter()
        .map(|id| AssessmentId::parse(id))
        .collect::<Result<_, _>>();
    let command = Command::TakeDecision(TakeDecision {
        proposal: None,
        text: sealer.text(&decision.text).map_err(unavailable)?,
        weighing: Some(Weighing {
            room: Some(decision.room.into()),
            grounds: decision.grounds.into_iter().map(Ground::from).collect(),
            assessments: assessments
                .map_err(|_| Problem::not_found("There is no such weighing in this case."))?,
            compared: Vec::new(),
            difference: difference.map_err(unavailable)?,
        }),
        mandate: None,
        system_obstacle: obstacle.map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/decisions"))
}

/// Who is told.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Told {
    Raiser,
    Citizen,
}

/// What is told to whom. Of the citizen either is said: what was told, or why not yet.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Feedback {
    /// Who is told.
    to: Told,
    /// What.
    #[serde(default)]
    text: Option<Text>,
    /// Why the citizen is not told yet.
    #[serde(default)]
    postponed: Option<Text>,
}

/// Makes a command of a sealed text.
type OfText = fn(Sealed) -> Command;

impl Feedback {
    /// Which command it is, with its text; else what is wrong with it.
    fn told(self) -> Result<(OfText, Text), InvalidParam> {
        let beside =
            || InvalidParam::new("/postponed", "stands beside a text: give one of the two");
        match (self.to, self.text, self.postponed) {
            (Told::Raiser, Some(text), None) => {
                Ok((|text| Command::SendFeedback(SendFeedback { text }), text))
            }
            (Told::Citizen, Some(text), None) => {
                Ok((|text| Command::InformCitizen(InformCitizen { text }), text))
            }
            (Told::Citizen, None, Some(reason)) => {
                let postpone = |reason| Command::PostponeInforming(PostponeInforming { reason });
                Ok((postpone, reason))
            }
            (Told::Raiser, None, Some(_)) => {
                let reason = "is for the citizen only";
                Err(InvalidParam::new("/postponed", reason))
            }
            (_, Some(_), Some(_)) => Err(beside()),
            (_, None, None) => Err(InvalidParam::new("/text", "is required")),
        }
    }
}

/// `POST /v1/cases/{id}/feedback`: the raiser is told, or it is recorded that the citizen was.
pub(super) async fn tell(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    // Different roles tell raiser and citizen; either is a part in the case.
    let sight = match sight::act(&platform, &caller, &name, Action::SendFeedback, None).await {
        Ok(sight) => sight,
        Err(_) => sight::act(&platform, &caller, &name, Action::InformCitizen, None).await?,
    };
    let feedback: Feedback = body::read(request).await?;
    let told = feedback.told();
    let (command, text) = told.map_err(|wrong| Problem::bad_request(vec![wrong]))?;
    let sealer = sight.sealer(&platform).await?;
    let command = command(sealer.text(&text).map_err(unavailable)?);
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/feedback"))
}

/// A decision, or what was told. Masked it stands without its text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Said {
    /// Its place in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The OIN of who said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// Who was told: `raiser` or `citizen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'static str>,
    /// Whether it says why the citizen is not told yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    postponed: bool,
    /// What.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The obstacle in the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    system_obstacle: Option<String>,
}

/// `GET /v1/cases/{id}/decisions`.
pub(super) async fn list_decisions(
    state: State<Platform>,
    caller: Caller,
    name: Path<String>,
    page: Page,
) -> Result<Json<List<Said>>, Problem> {
    list(state, caller, name, page, ("decisions", "listDecisions")).await
}

/// `GET /v1/cases/{id}/feedback`.
pub(super) async fn list_feedback(
    state: State<Platform>,
    caller: Caller,
    name: Path<String>,
    page: Page,
) -> Result<Json<List<Said>>, Problem> {
    list(state, caller, name, page, ("feedback", "listFeedback")).await
}

async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
    (noun, operation): (&str, &'static str),
) -> Result<Json<List<Said>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, operation);
    let rows = records(&platform, sight.id.as_str(), noun).await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        items.push(said(&mut reader, row).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

async fn said(reader: &mut Reader<'_>, row: RecordRow) -> Result<Said, Problem> {
    let RecordRow {
        position,
        kind,
        organisation,
        at,
        ..
    } = row.clone();
    let postponed = kind == "informing.postponed";
    let (to, text, obstacle) = match kind.as_str() {
        "feedback.sent" => (
            Some("raiser"),
            content::<event::FeedbackSent>(row)?.text,
            None,
        ),
        "citizen.informed" => (
            Some("citizen"),
            content::<event::CitizenInformed>(row)?.text,
            None,
        ),
        "informing.postponed" => (
            Some("citizen"),
            content::<event::InformingPostponed>(row)?.reason,
            None,
        ),
        _ => {
            let decision: event::DecisionTaken = content(row)?;
            (None, decision.text, decision.system_obstacle)
        }
    };
    reader.about(organisation.as_deref(), []);
    let strength = reader.strength(Category::Decision);
    let masked = strength >= Strength::Masked;
    let decision = Classified::<Decision, _>::new;
    Ok(Said {
        position,
        shown: word(strength),
        at: masked.then_some(at),
        organisation: organisation.filter(|_| masked),
        to: to.filter(|_| masked),
        postponed,
        text: reader.open(&decision(text)).await?,
        system_obstacle: reader.open_some(obstacle.map(decision).as_ref()).await?,
    })
}
