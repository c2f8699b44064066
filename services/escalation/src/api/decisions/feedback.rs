//! What raiser and citizen are told.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::{Command, InformCitizen, PostponeInforming, Sealed, SendFeedback, event};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::caller::Caller;
use crate::api::page::{List, Page};
use crate::api::records::{content, records};
use crate::api::refusal::unavailable;
use crate::api::reveal::{Reader, word};
use crate::api::{Platform, body, sight, written};
use crate::views::RecordRow;

/// Who is told.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Told {
    Raiser,
    Citizen,
}

/// What is told to whom. Of the citizen either is said: what was told, or why not yet.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Feedback {
    /// Who is told.
    to: Told,
    /// What.
    #[serde(default)]
    text: Option<Text>,
    /// Why the citizen is not told yet.
    #[serde(default)]
    postponed: Option<Text>,
}

/// The command for a text once it is sealed, and the text.
type Telling = (fn(Sealed) -> Command, Text);

impl Feedback {
    /// Which command it is, with its text; else what is wrong with it.
    fn told(self) -> Result<Telling, InvalidParam> {
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
pub(in crate::api) async fn tell(
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
    let (feedback, about) = body::told::<Feedback>(request).await?;
    let told = feedback.told();
    let (command, text) = told.map_err(|wrong| Problem::bad_request(vec![wrong]))?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = command(sealer.text(&text).map_err(unavailable)?);
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/feedback"))
}

/// What was told, or why it was not told yet. Masked it stands without its text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Said {
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
    /// Whether telling was postponed; the text then says why.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    postponed: bool,
    /// What.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// `GET /v1/cases/{id}/feedback`.
pub(in crate::api) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<Said>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listFeedback");
    let rows = records(&platform, sight.id.as_str(), "feedback").await?;
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
    let (to, text) = match kind.as_str() {
        "feedback.sent" => ("raiser", content::<event::FeedbackSent>(row)?.text),
        "citizen.informed" => ("citizen", content::<event::CitizenInformed>(row)?.text),
        _ => ("citizen", content::<event::InformingPostponed>(row)?.reason),
    };
    reader.about(organisation.as_deref(), []);
    let strength = reader.strength_by(Category::Decision, &text).await?;
    let masked = strength >= Strength::Masked;
    Ok(Said {
        position,
        shown: word(strength),
        at: masked.then_some(at),
        organisation: organisation.filter(|_| masked),
        to: masked.then_some(to),
        postponed,
        text: reader.open(&Classified::<Decision, _>::new(text)).await?,
    })
}
