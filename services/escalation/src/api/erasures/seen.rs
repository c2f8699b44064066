//! What was ordered, done and held up, in order.

use axum::Json;
use axum::extract::{Path, State};
use chassis::problem::Problem;
use gate::{Classified, Decision};
use ladder::event;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Caller, Platform, sight};
use crate::api::page::{List, Page};
use crate::api::records::{content, records};
use crate::api::reveal::Reader;
use crate::views::RecordRow;

/// A line of the ledger of erasures.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct ErasureSeen {
    /// Its place in the log.
    position: i64,
    /// `erasure.ordered`, `erasure.completed`, `hold.placed`, `hold.lifted` or
    /// `redaction.recorded`.
    kind: String,
    /// When.
    at: String,
    /// By which organisation; nobody when a term ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The erasure.
    #[serde(skip_serializing_if = "Option::is_none")]
    erasure: Option<String>,
    /// `case`, `person` or `category`.
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'static str>,
    /// `request`, `unlawful` or `term_ended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<&'static str>,
    /// How many keys were deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    keys: Option<u64>,
    /// The hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    hold: Option<String>,
    /// Until when it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// Why it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// `GET /v1/cases/{id}/erasures`.
pub(in crate::api) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<ErasureSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listErasures");
    let rows = records(&platform, sight.id.as_str(), "erasures").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        items.push(seen(&mut reader, row).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

async fn seen(reader: &mut Reader<'_>, row: RecordRow) -> Result<ErasureSeen, Problem> {
    let (line, held) = line(row)?;
    let Some(hold) = held else { return Ok(line) };
    reader.about(Some(hold.by.as_str()), []);
    let reason = Classified::<Decision, _>::new(hold.reason);
    Ok(ErasureSeen {
        reason: reader.open(&reason).await?,
        ..line
    })
}

/// The line without why something is held up, and the hold in which that stands.
///
/// # Errors
/// 503 when the view holds what this release cannot read.
pub(in crate::api) fn line(
    row: RecordRow,
) -> Result<(ErasureSeen, Option<event::HoldPlaced>), Problem> {
    let line = ErasureSeen {
        position: row.position,
        kind: row.kind.clone(),
        at: row.at.clone(),
        ..ErasureSeen::default()
    };
    let mut held = None;
    let line = match row.kind.as_str() {
        "erasure.ordered" => {
            let ordered: event::ErasureOrdered = content(row)?;
            ErasureSeen {
                by: ordered.by.map(|by| by.to_string()),
                erasure: Some(ordered.erasure.to_string()),
                scope: Some(ordered.scope.word()),
                ground: Some(ordered.ground.as_str()),
                ..line
            }
        }
        "erasure.completed" => {
            let done: event::ErasureCompleted = content(row)?;
            ErasureSeen {
                erasure: Some(done.erasure.to_string()),
                scope: Some(done.scope.word()),
                ground: Some(done.ground.as_str()),
                keys: Some(done.keys),
                ..line
            }
        }
        "hold.placed" => {
            let hold: event::HoldPlaced = content(row)?;
            let line = ErasureSeen {
                by: Some(hold.by.to_string()),
                hold: Some(hold.hold.to_string()),
                until: Some(hold.until.to_string()),
                ..line
            };
            held = Some(hold);
            line
        }
        "hold.lifted" => {
            let lifted: event::HoldLifted = content(row)?;
            ErasureSeen {
                by: Some(lifted.by.to_string()),
                hold: Some(lifted.hold.to_string()),
                ..line
            }
        }
        _ => {
            let redacted: event::RedactionRecorded = content(row)?;
            ErasureSeen {
                by: Some(redacted.by.to_string()),
                ..line
            }
        }
    };
    Ok((line, held))
}
