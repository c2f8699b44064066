//! How the citizen sees the situation, told again as it changes.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Family, Strength};
use ladder::{Command, RecordPerspective, event};
use proto::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, body, sight, written};

/// How the citizen sees the situation.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Perspective {
    /// In the citizen's words, or close to them.
    text: Text,
}

/// `POST /v1/cases/{id}/perspectives`.
pub(super) async fn record(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::RecordPerspective;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let (told, about) = body::told::<Perspective>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::RecordPerspective(RecordPerspective {
        text: sealer.text(&told.text).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/perspectives"))
}

/// How the citizen saw the situation. Hidden it only counts.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PerspectiveSeen {
    /// Its place in the log.
    position: i64,
    /// When it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// In the citizen's words, or close to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// `GET /v1/cases/{id}/perspectives`: told to the raiser's organisation, as the story is.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<PerspectiveSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listPerspectives");
    let course = reader.strength(Category::Process);
    let rows = records(&platform, sight.id.as_str(), "perspectives").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        let (position, at) = (row.position, row.at.clone());
        let source = row.organisation.clone();
        let told: event::PerspectiveRecorded = content(row)?;
        reader.about(source.as_deref(), []);
        items.push(PerspectiveSeen {
            position,
            at: (course == Strength::Full).then_some(at),
            text: reader
                .open(&Classified::<Family, _>::new(told.text))
                .await?,
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
