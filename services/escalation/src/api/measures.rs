//! Bridging measures: each with an end date, and somebody who watches over it.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use jiff::civil::Date;
use ladder::{Command, EndMeasure, MeasureId, Sealed, StartMeasure, event};
use proto::{Oin, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::{Reader, word};
use super::{Platform, body, parties, sight, written};

/// A bridging measure.
#[derive(Deserialize, JsonSchema)]
pub(super) struct MeasureTaken {
    /// What it is.
    text: Text,
    /// Its last day.
    until: Date,
    /// The organisation that watches over its end.
    watcher: Oin,
}

/// `POST /v1/cases/{id}/measures`.
pub(super) async fn start(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let own = Some(caller.oin.as_str());
    let sight = sight::act(&platform, &caller, &name, Action::StartMeasure, own).await?;
    let (measure, about) = body::told::<MeasureTaken>(request).await?;
    let mut wrong = Vec::new();
    parties::check_known(&platform, "/watcher", &measure.watcher, &mut wrong);
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let sealer = sight.sealer_about(&platform, &about).await?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::StartMeasure(StartMeasure {
        measure: MeasureId::parse(&id).map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
        text: sealer.text(&measure.text).map_err(unavailable)?,
        until: measure.until,
        watcher: parties::organisation(&measure.watcher)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/measures"))
}

/// How a measure ends.
#[derive(Deserialize, JsonSchema)]
pub(super) struct MeasureEnd {
    /// What came of it, and what takes its place.
    result: Text,
}

/// `POST /v1/cases/{id}/measures/{measure}/end`.
pub(super) async fn end(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, measure)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    // Whose measure it is decides who may end it; so it is looked up before anything is said.
    let found = sight::find(&platform, &caller, &name).await?;
    let started = started(&platform, found.id.as_str()).await?;
    let by = started
        .iter()
        .find(|(_, started)| started.measure.as_str() == measure)
        .map(|(_, started)| started.by.to_string());
    let action = Action::EndMeasure;
    let sight = sight::act(&platform, &caller, &name, action, by.as_deref()).await?;
    let no_such = || Problem::not_found("There is no such measure in this case.");
    by.ok_or_else(no_such)?;
    let (end, about) = body::told::<MeasureEnd>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::EndMeasure(EndMeasure {
        measure: MeasureId::parse(&measure).map_err(|_| no_such())?,
        result: sealer.text(&end.result).map_err(unavailable)?,
    });
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// The measures of a case, each with its place in the log.
async fn started(
    platform: &Platform,
    case: &str,
) -> Result<Vec<(i64, event::MeasureStarted)>, Problem> {
    let rows = records(platform, case, "measures").await?;
    rows.into_iter()
        .filter(|row| row.kind == "measure.started")
        .map(|row| Ok((row.position, content(row)?)))
        .collect()
}

/// A bridging measure. Masked it stands without its texts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct MeasureSeen {
    /// Its id.
    measure: String,
    /// Its place in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// `running`, `due` when its last day has passed, or `ended`.
    status: &'static str,
    /// The OIN of who took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// The OIN of who watches over its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    watcher: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
}

/// `GET /v1/cases/{id}/measures`.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<MeasureSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listMeasures");
    let (mut due, mut ended) = (BTreeSet::new(), BTreeMap::new());
    for row in records(&platform, sight.id.as_str(), "measures").await? {
        match row.kind.as_str() {
            "measure.due" => {
                due.insert(content::<event::MeasureDue>(row)?.measure);
            }
            "measure.ended" => {
                let end: event::MeasureEnded = content(row)?;
                ended.insert(end.measure, end.result);
            }
            _ => {}
        }
    }
    let started = started(&platform, sight.id.as_str()).await?;
    let (started, next_cursor) = page.cut(started, |(position, _)| *position)?;
    let mut items = Vec::new();
    for (position, measure) in started {
        let result = ended.remove(&measure.measure);
        let status = match (&result, due.contains(&measure.measure)) {
            (Some(_), _) => "ended",
            (None, true) => "due",
            (None, false) => "running",
        };
        items.push(seen(&mut reader, (position, status), measure, result).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

async fn seen(
    reader: &mut Reader<'_>,
    (position, status): (i64, &'static str),
    measure: event::MeasureStarted,
    result: Option<Sealed>,
) -> Result<MeasureSeen, Problem> {
    reader.about(Some(measure.by.as_str()), []);
    let strength = reader.strength(Category::Decision);
    let masked = strength >= Strength::Masked;
    let decision = Classified::<Decision, _>::new;
    Ok(MeasureSeen {
        measure: measure.measure.to_string(),
        position,
        shown: word(strength),
        status,
        by: masked.then(|| measure.by.to_string()),
        until: masked.then(|| measure.until.to_string()),
        watcher: masked.then(|| measure.watcher.to_string()),
        text: reader.open(&decision(measure.text)).await?,
        result: reader.open_some(result.map(decision).as_ref()).await?,
    })
}
