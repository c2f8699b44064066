//! What was recorded about a case: facts and blocks, and reading them.

mod shared;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::catalogue::DataCategory;
use ladder::{Organisation, event};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::{Reader, word};
use super::sight::Sight;
use super::{Platform, parties, sight, wire};
use crate::views::{self, RecordRow};
use shared::Shared;

/// `POST /v1/cases/{id}/facts`: the data of `fact.reported`.
pub(super) async fn report_fact(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::ReportFact;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let data = wire::object(request).await?;
    let about = (&sight.id, &sight.facts);
    let event = ("fact.reported", action);
    Ok(wire::tell(&platform, &caller, about, event, data)
        .await?
        .created("/facts"))
}

/// `POST /v1/cases/{id}/blocks`: the data of `block.recorded`.
pub(super) async fn record_block(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::RecordBlock;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let data = wire::object(request).await?;
    let about = (&sight.id, &sight.facts);
    let event = ("block.recorded", action);
    Ok(wire::tell(&platform, &caller, about, event, data)
        .await?
        .created("/blocks"))
}

/// A fact. Masked it stands without its text and its day; hidden it only counts.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FactSeen {
    /// Its place in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// What kind of data it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// The OIN of who reported it.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// The law under which it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<String>,
    /// The rule that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// The ground on which it was shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    legal_basis: Option<String>,
    /// True when the catalogue does not list that ground.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unlisted: bool,
    /// Since which day it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
}

impl FactSeen {
    /// One of which only is told that it is there.
    fn hidden(position: i64) -> Self {
        Self {
            position,
            shown: word(Strength::None),
            category: None,
            source: None,
            law: None,
            rule: None,
            legal_basis: None,
            unlisted: false,
            since: None,
            summary: None,
        }
    }
}

/// `GET /v1/cases/{id}/facts`: each by its own category, its source, and to whom the source
/// disclosed that category on a recorded ground.
pub(super) async fn list_facts(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<FactSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listFacts");
    let rows = records(&platform, sight.id.as_str(), "facts").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let items = facts_seen(&platform, (&caller, &mut reader), sight.id.as_str(), rows).await?;
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// These facts of a case, as far as the caller may see them.
///
/// # Errors
/// 503 when database or key vault do not answer.
pub(super) async fn facts_seen(
    platform: &Platform,
    (caller, reader): (&Caller, &mut Reader<'_>),
    case: &str,
    rows: Vec<RecordRow>,
) -> Result<Vec<FactSeen>, Problem> {
    let shared = Shared::of(platform, case).await?;
    let own = parties::organisation(&caller.oin)?;
    let mut items = Vec::new();
    for row in rows {
        let position = row.position;
        let fact: event::FactReported = content(row)?;
        let category = Category::from_word(&fact.category).ok_or_else(Problem::internal)?;
        let kind = DataCategory::parse(&fact.category).map_err(unavailable)?;
        if shared.closed(platform, &fact, (kind, &own)) {
            items.push(FactSeen::hidden(position));
            continue;
        }
        let receivers = shared.receivers(platform, &fact.source, &fact.law, kind);
        reader.about(Some(fact.source.as_str()), receivers);
        let strength = reader.strength_by(category, &fact.summary).await?;
        let masked = strength >= Strength::Masked;
        let full = strength == Strength::Full;
        items.push(FactSeen {
            position,
            shown: word(strength),
            category: masked.then_some(fact.category),
            source: masked.then(|| fact.source.to_string()),
            law: masked.then_some(fact.law),
            rule: fact.rule.filter(|_| masked),
            legal_basis: masked.then_some(fact.legal_basis),
            unlisted: masked && fact.unlisted,
            since: full.then_some(fact.since),
            summary: reader.open_in(category, fact.summary).await?,
        });
    }
    Ok(items)
}

/// To whom what `source` knows of a category under a law is disclosed on a recorded ground.
///
/// # Errors
/// 503 when the database does not answer.
pub(super) async fn shared_by(
    platform: &Platform,
    sight: &Sight,
    source: &str,
    (category, law): (Category, &str),
) -> Result<Vec<String>, Problem> {
    let shared = Shared::of(platform, sight.id.as_str()).await?;
    let Ok(source) = Organisation::parse(source) else {
        return Ok(Vec::new());
    };
    let kind = DataCategory::parse(category.as_str()).map_err(unavailable)?;
    Ok(shared.receivers(platform, &source, law, kind))
}

/// What blocks a case. Masked it stands without its explanation.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BlockSeen {
    /// Its place in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// When it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The OIN of who recorded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// The kind of block.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// The rules in collision.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<String>>,
    /// How it blocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<String>,
}

/// `GET /v1/cases/{id}/blocks`: part of the weighing.
pub(super) async fn list_blocks(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<BlockSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listBlocks");
    let rows = records(&platform, sight.id.as_str(), "blocks").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let items = blocks_seen(&mut reader, rows).await?;
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// These blocks, as far as the reader opens them.
///
/// # Errors
/// 503 when the key vault does not answer.
pub(super) async fn blocks_seen(
    reader: &mut Reader<'_>,
    rows: Vec<RecordRow>,
) -> Result<Vec<BlockSeen>, Problem> {
    let mut items = Vec::new();
    for row in rows {
        let RecordRow {
            position,
            organisation,
            at,
            ..
        } = row.clone();
        let block: event::BlockRecorded = content(row)?;
        reader.about(organisation.as_deref(), []);
        let strength = reader
            .strength_by(Category::Decision, &block.explanation)
            .await?;
        let masked = strength >= Strength::Masked;
        items.push(BlockSeen {
            position,
            shown: word(strength),
            at: masked.then_some(at),
            organisation: organisation.filter(|_| masked),
            kind: masked.then_some(block.block.as_str()),
            rules: masked.then_some(block.rules),
            explanation: reader
                .open(&Classified::<Decision, _>::new(block.explanation))
                .await?,
        });
    }
    Ok(items)
}

/// One list of a case's records, oldest first.
///
/// # Errors
/// 503 when the database does not answer.
pub(super) async fn records(
    platform: &Platform,
    case: &str,
    noun: &str,
) -> Result<Vec<RecordRow>, Problem> {
    views::records(&platform.ground.db, case, noun)
        .await
        .map_err(unavailable)
}

/// What a record says.
///
/// # Errors
/// 503 when this release cannot read it.
pub(super) fn content<T: DeserializeOwned>(row: RecordRow) -> Result<T, Problem> {
    serde_json::from_value(row.content).map_err(unavailable)
}
