//! Deadlines on hold, and more time: the ledger of who, why, how long, and what moved.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use jiff::Timestamp;
use ladder::{Command, Due, ExtendTerm, Moved, Resume, Suspend, event};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, body, parties, sight, written};
use crate::views::RecordRow;

/// Why the deadlines are put on hold.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Reason {
    CitizenAsks,
    CitizenAbsent,
    Procedure,
    Information,
}

/// Deadlines on hold.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Suspension {
    /// Why.
    reason: Reason,
    /// In words.
    #[serde(default)]
    text: Option<Text>,
    /// Until when at most.
    until: Timestamp,
}

/// `POST /v1/cases/{id}/suspensions`.
pub(super) async fn suspend(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::Suspend, None).await?;
    let (suspension, about) = body::told::<Suspension>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let text = suspension.text.as_ref().map(|text| sealer.text(text));
    let command = Command::Suspend(Suspend {
        by: parties::organisation(&caller.oin)?,
        reason: match suspension.reason {
            Reason::CitizenAsks => ladder::SuspensionReason::CitizenAsks,
            Reason::CitizenAbsent => ladder::SuspensionReason::CitizenAbsent,
            Reason::Procedure => ladder::SuspensionReason::Procedure,
            Reason::Information => ladder::SuspensionReason::Information,
        },
        text: text.transpose().map_err(unavailable)?,
        until: suspension.until,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/suspensions"))
}

/// `POST /v1/cases/{id}/suspensions/end`: the deadlines run again.
pub(super) async fn resume(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::Suspend, None).await?;
    let command = Command::Resume(Resume {
        by: parties::organisation(&caller.oin)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.answered())
}

/// More time for one deadline.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Extension {
    /// Which deadline, by its name: `handoff-answer/…`, `completion/…`.
    due: String,
    /// Until when.
    to: Timestamp,
    /// Why.
    reason: Text,
}

/// `POST /v1/cases/{id}/extensions`: by the organisation that has to meet the deadline.
pub(super) async fn extend(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let own = Some(caller.oin.as_str());
    let sight = sight::act(&platform, &caller, &name, Action::ExtendTerm, own).await?;
    let (extension, about) = body::told::<Extension>(request).await?;
    let due: Due = extension.due.parse().map_err(|_| {
        let param = InvalidParam::new("/due", "names no deadline");
        Problem::bad_request(vec![param])
    })?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::ExtendTerm(ExtendTerm {
        due,
        by: parties::organisation(&caller.oin)?,
        reason: sealer.text(&extension.reason).map_err(unavailable)?,
        to: extension.to,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/suspensions"))
}

/// A deadline that moved.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MovedSeen {
    /// Which.
    due: String,
    /// To when.
    to: String,
}

/// A line of the ledger.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(super) struct PauseSeen {
    /// Its place in the log.
    position: i64,
    /// `case.suspended`, `case.resumed` or `term.extended`.
    kind: String,
    /// When.
    at: String,
    /// Who asked; nobody when the end of the suspension came.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Why the deadlines were put on hold, coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// Why, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Until when at most the deadlines are on hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// When the deadline that was extended was.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The deadlines that moved, and to when.
    moved: Vec<MovedSeen>,
}

/// `GET /v1/cases/{id}/suspensions`: the course of the case; the words are part of the weighing.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<PauseSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listSuspensions");
    let course = reader.strength(Category::Process);
    let rows = records(&platform, sight.id.as_str(), "suspensions").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    if course == Strength::Full {
        for row in rows {
            items.push(seen(&mut reader, row).await?);
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

async fn seen(reader: &mut Reader<'_>, row: RecordRow) -> Result<PauseSeen, Problem> {
    let line = PauseSeen {
        position: row.position,
        kind: row.kind.clone(),
        at: row.at.clone(),
        ..PauseSeen::default()
    };
    reader.about(row.organisation.clone().as_deref(), []);
    let decision = Classified::<Decision, _>::new;
    Ok(match row.kind.as_str() {
        "case.suspended" => {
            let suspended: event::CaseSuspended = content(row)?;
            PauseSeen {
                by: Some(suspended.by.to_string()),
                reason: Some(suspended.reason.as_str()),
                text: reader
                    .open_some(suspended.text.map(decision).as_ref())
                    .await?,
                until: Some(suspended.until.to_string()),
                ..line
            }
        }
        "case.resumed" => {
            let resumed: event::CaseResumed = content(row)?;
            PauseSeen {
                by: resumed.by.map(|by| by.to_string()),
                moved: resumed.moved.into_iter().map(MovedSeen::from).collect(),
                ..line
            }
        }
        _ => {
            let extended: event::TermExtended = content(row)?;
            PauseSeen {
                by: Some(extended.by.to_string()),
                text: reader.open(&decision(extended.reason)).await?,
                from: Some(extended.from.to_string()),
                moved: vec![extended.moved.into()],
                ..line
            }
        }
    })
}

impl From<Moved> for MovedSeen {
    fn from(moved: Moved) -> Self {
        Self {
            due: moved.due.to_string(),
            to: moved.to.to_string(),
        }
    }
}
