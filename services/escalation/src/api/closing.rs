//! Closing a case, with what was learnt.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Lesson, Strength};
use ladder::{Close, Command, LessonKind, event};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::body::About;
use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::{Reader, word};
use super::{Platform, sight, wire, written};
use crate::views::RecordRow;

/// What a lesson asks for.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Deviate,
    ScrapRule,
    ChangeRule,
}

/// What others can learn.
#[derive(Deserialize, JsonSchema)]
struct LessonTold {
    /// The kind of change it asks for.
    kind: Kind,
    /// The lesson; without anything that points at a person.
    text: Text,
}

/// The end of a case. Exactly one of `lesson` and `noLesson`: never silence.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Closure {
    /// How it ended.
    outcome: proto::Outcome,
    /// Looking back: what went well and what did not.
    evaluation: Text,
    /// What others can learn.
    #[serde(default)]
    lesson: Option<LessonTold>,
    /// That there is nothing to learn: `true`.
    #[serde(default)]
    #[allow(
        dead_code,
        reason = "that it is there says enough; it is held against the schema"
    )]
    no_lesson: Option<bool>,
}

/// `POST /v1/cases/{id}/closure`.
pub(super) async fn close(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::Close, None).await?;
    let mut data = wire::object(request).await?;
    let about = About::take(&mut data)?;
    let closure = checked(&Value::Object(data))?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let lesson = match closure.lesson {
        Some(lesson) => {
            let kind = match lesson.kind {
                Kind::Deviate => LessonKind::Deviate,
                Kind::ScrapRule => LessonKind::ScrapRule,
                Kind::ChangeRule => LessonKind::ChangeRule,
            };
            Some((kind, sealer.text(&lesson.text).map_err(unavailable)?))
        }
        None => None,
    };
    let outcome = ladder::Outcome::parse(closure.outcome.as_str());
    let command = Command::Close(Box::new(Close {
        outcome: outcome.map_err(|_| Problem::internal())?,
        evaluation: sealer.text(&closure.evaluation).map_err(unavailable)?,
        lesson,
    }));
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/closure"))
}

/// The body, when it fits its schema and says one thing about lessons; else everything that does
/// not fit, at once.
fn checked(data: &Value) -> Result<Closure, Problem> {
    let checked = proto::check::<Closure>(data);
    let said = |name: &str| data.get(name).is_some_and(|value| !value.is_null());
    let one = match (said("lesson"), data.get("noLesson")) {
        (true, None | Some(Value::Null)) => None,
        (false, Some(Value::Bool(true))) => None,
        (true, Some(_)) => Some("stands beside a lesson: give one of the two"),
        (false, Some(Value::Bool(false))) => Some("is true, or a lesson is given"),
        (false, None | Some(Value::Null)) => Some("is required when there is no lesson"),
        // Not of its type: the schema says so.
        (false, Some(_)) => None,
    };
    let one = one.map(|reason| InvalidParam::new("/noLesson", reason));
    match (checked, one) {
        (Ok(closure), None) => Ok(closure),
        (Ok(_), Some(one)) => Err(Problem::bad_request(vec![one])),
        (Err(mut wrong), one) => {
            wrong.extend(one);
            wrong.sort();
            Err(Problem::bad_request(wrong))
        }
    }
}

/// What stands at the end of a case.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClosureSeen {
    /// Its place in the log.
    position: i64,
    /// `lesson.recorded`, `case.closed`, `case.withdrawn` or `case.reopened`.
    kind: String,
    /// How much of its text is shown.
    shown: &'static str,
    /// How the case ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// Whose wish it was to stop: `citizen` or `raiser`.
    #[serde(skip_serializing_if = "Option::is_none")]
    initiative: Option<&'static str>,
    /// Why it was stopped, or opened again.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Looking back.
    #[serde(skip_serializing_if = "Option::is_none")]
    evaluation: Option<String>,
    /// The kind of change that the lesson asks for; absent when there is no lesson.
    #[serde(skip_serializing_if = "Option::is_none")]
    lesson: Option<LessonKindSeen>,
    /// What others can learn.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// See [`Kind`]; as it stands in the log.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum LessonKindSeen {
    Deviate,
    ScrapRule,
    ChangeRule,
}

/// `GET /v1/cases/{id}/closure`: the lesson, and the end.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<ClosureSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "readClosure");
    let course = reader.strength(Category::Process);
    let rows = records(&platform, sight.id.as_str(), "closure").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    Ok(Json(List {
        items: closure_seen(&mut reader, rows, course).await?,
        next_cursor,
        why: reader.why(),
    }))
}

/// These parts of the end of a case, as far as the reader opens them.
///
/// # Errors
/// 503 when the key vault does not answer.
pub(super) async fn closure_seen(
    reader: &mut Reader<'_>,
    rows: Vec<RecordRow>,
    course: Strength,
) -> Result<Vec<ClosureSeen>, Problem> {
    let mut items = Vec::new();
    for row in rows {
        items.push(seen(reader, row, course >= Strength::Masked).await?);
    }
    Ok(items)
}

async fn seen(
    reader: &mut Reader<'_>,
    row: RecordRow,
    course: bool,
) -> Result<ClosureSeen, Problem> {
    let RecordRow {
        position,
        kind,
        organisation,
        ..
    } = row.clone();
    reader.about(organisation.as_deref(), []);
    let decision = Classified::<Decision, _>::new;
    let category = match kind.as_str() {
        "lesson.recorded" => Category::Lesson,
        _ => Category::Decision,
    };
    let strength = reader.strength(category);
    let line = ClosureSeen {
        position,
        kind,
        shown: word(strength),
        ..ClosureSeen::default()
    };
    match row.kind.as_str() {
        "case.closed" => {
            let closed: event::CaseClosed = content(row)?;
            return Ok(ClosureSeen {
                outcome: course.then_some(closed.outcome.as_str()),
                evaluation: reader.open(&decision(closed.evaluation)).await?,
                ..line
            });
        }
        "case.withdrawn" => {
            let withdrawn: event::CaseWithdrawn = content(row)?;
            return Ok(ClosureSeen {
                initiative: course.then_some(withdrawn.initiative.as_str()),
                reason: reader.open(&decision(withdrawn.reason)).await?,
                ..line
            });
        }
        "case.reopened" => {
            let reopened: event::CaseReopened = content(row)?;
            return Ok(ClosureSeen {
                reason: reader.open(&decision(reopened.reason)).await?,
                ..line
            });
        }
        _ => {}
    }
    let lesson: event::LessonRecorded = content(row)?;
    let kind_seen = lesson
        .lesson
        .filter(|_| strength > Strength::None)
        .map(|kind| match kind {
            LessonKind::Deviate => LessonKindSeen::Deviate,
            LessonKind::ScrapRule => LessonKindSeen::ScrapRule,
            LessonKind::ChangeRule => LessonKindSeen::ChangeRule,
        });
    Ok(ClosureSeen {
        lesson: kind_seen,
        text: reader
            .open_some(lesson.text.map(Classified::<Lesson, _>::new).as_ref())
            .await?,
        ..line
    })
}
