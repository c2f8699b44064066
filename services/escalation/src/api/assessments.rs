//! Weighing by a method, part by part.

mod methods;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::{AssessmentId, Command, Method, Part, RecordAssessment, event};
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

pub(super) use methods::{Methods, methods};

/// A part of a weighing.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PartGiven {
    /// Which weighing it belongs to; a new one when absent.
    #[serde(default)]
    #[schemars(length(min = 1, max = 80))]
    assessment: Option<String>,
    /// The method, as `GET /v1/methods` has it.
    method: String,
    /// The part of that method.
    part: String,
    /// What was found.
    text: Text,
    /// From 1 (poor) to 5 (good), where the method asks for it.
    #[serde(default)]
    score: Option<u8>,
    /// Whether the solution suffices in this view, where the method asks for it.
    #[serde(default)]
    sufficient: Option<bool>,
    /// Estimated euro cents a year.
    #[serde(default)]
    amount_cents: Option<i64>,
    /// A number, where the part counts something.
    #[serde(default)]
    count: Option<u32>,
    /// Why a heavy method comes before a light one.
    #[serde(default)]
    reason: Option<Text>,
}

/// `POST /v1/cases/{id}/assessments`.
pub(super) async fn record(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::RecordAssessment, None).await?;
    let (given, about) = body::told::<PartGiven>(request).await?;
    let mut wrong = Vec::new();
    let mut note = |field: &str, reason: String| wrong.push(InvalidParam::new(field, reason));
    let ground = &platform.ground;
    let new = || ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let id = AssessmentId::parse(&given.assessment.unwrap_or_else(new));
    let id = id.map_err(|error| note("/assessment", error.to_string()));
    let method = Method::parse(&given.method).map_err(|error| note("/method", error.to_string()));
    let part = Part::parse(&given.part).map_err(|error| note("/part", error.to_string()));
    let (Ok(assessment), Ok(method), Ok(part)) = (id, method, part) else {
        return Err(Problem::bad_request(wrong));
    };
    let sealer = sight.sealer_about(&platform, &about).await?;
    let reason = given.reason.as_ref().map(|reason| sealer.text(reason));
    let command = Command::RecordAssessment(RecordAssessment {
        assessment,
        method,
        part,
        text: sealer.text(&given.text).map_err(unavailable)?,
        score: given.score,
        sufficient: given.sufficient,
        amount_cents: given.amount_cents,
        count: given.count,
        reason: reason.transpose().map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/assessments"))
}

/// A part that was recorded. Masked it stands without its text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct PartRecorded {
    /// Which part.
    part: &'static str,
    /// From 1 (poor) to 5 (good).
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
    /// Whether the solution suffices in this view.
    #[serde(skip_serializing_if = "Option::is_none")]
    sufficient: Option<bool>,
    /// Estimated euro cents a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_cents: Option<i64>,
    /// A number of something.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// A weighing by one method.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssessmentSeen {
    /// Its id.
    assessment: String,
    /// Where its first part stands in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    /// Whether the solution passes; absent until every part is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<bool>,
    /// The parts that are there, in the method's order.
    parts: Vec<PartRecorded>,
    /// The parts that are still missing, in the method's order.
    missing: Vec<&'static str>,
    /// The part that comes next; absent when all are there.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'static str>,
    /// Why a heavy method came before a light one.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// `GET /v1/cases/{id}/assessments`: part of the weighing.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<AssessmentSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listAssessments");
    let rows = records(&platform, sight.id.as_str(), "assessments").await?;
    let (weighings, next_cursor) = page.cut(weighings(rows)?, |it| it.position)?;
    let mut items = Vec::new();
    for weighing in weighings {
        items.push(seen(&mut reader, weighing).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// A weighing as its records make it.
struct Weighing {
    assessment: AssessmentId,
    method: Method,
    position: i64,
    organisation: Option<String>,
    passed: Option<bool>,
    parts: BTreeMap<Part, event::AssessmentRecorded>,
    reason: Option<ladder::Sealed>,
}

/// By weighing, the first begun first. A part that was recorded again takes the earlier one's
/// place.
fn weighings(rows: Vec<RecordRow>) -> Result<Vec<Weighing>, Problem> {
    let mut all: Vec<Weighing> = Vec::new();
    for row in rows {
        if row.kind == "assessment.completed" {
            let completed: event::AssessmentCompleted = content(row)?;
            let known = all
                .iter_mut()
                .find(|it| it.assessment == completed.assessment);
            if let Some(known) = known {
                known.passed = Some(completed.passed);
            }
            continue;
        }
        let (position, organisation) = (row.position, row.organisation.clone());
        let part: event::AssessmentRecorded = content(row)?;
        let known = all.iter().position(|it| it.assessment == part.assessment);
        let known = known.unwrap_or_else(|| {
            all.push(Weighing {
                assessment: part.assessment.clone(),
                method: part.method,
                position,
                organisation,
                passed: None,
                parts: BTreeMap::new(),
                reason: None,
            });
            all.len() - 1
        });
        let known = &mut all[known];
        known.reason = known.reason.take().or_else(|| part.reason.clone());
        known.parts.insert(part.part, part);
    }
    Ok(all)
}

async fn seen(reader: &mut Reader<'_>, weighing: Weighing) -> Result<AssessmentSeen, Problem> {
    let Weighing {
        assessment,
        method,
        position,
        organisation,
        passed,
        mut parts,
        reason,
    } = weighing;
    reader.about(organisation.as_deref(), []);
    let strength = reader.strength(Category::Decision);
    let mut shown = AssessmentSeen {
        assessment: assessment.to_string(),
        position,
        shown: word(strength),
        method: None,
        passed: None,
        parts: Vec::new(),
        missing: Vec::new(),
        next: None,
        reason: None,
    };
    if strength < Strength::Masked {
        return Ok(shown);
    }
    let decision = Classified::<Decision, _>::new;
    for part in method.parts() {
        let Some(recorded) = parts.remove(part) else {
            shown.missing.push(part.as_str());
            continue;
        };
        shown.parts.push(PartRecorded {
            part: part.as_str(),
            score: recorded.score,
            sufficient: recorded.sufficient,
            amount_cents: recorded.amount_cents,
            count: recorded.count,
            text: reader.open(&decision(recorded.text)).await?,
        });
    }
    shown.next = shown.missing.first().copied();
    shown.method = Some(method.as_str());
    shown.passed = passed;
    shown.reason = reader.open_some(reason.map(decision).as_ref()).await?;
    Ok(shown)
}
