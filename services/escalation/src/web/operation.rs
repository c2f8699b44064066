//! Running the platform: what works, what waits, and having a message taken in again.

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use screens::{Frame, Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::Web;
use super::answer::{self, Failure};
use super::api::List;
use super::deeds::{REPLAY, onwards};
use super::fields::Filled;
use super::visitor::Visitor;

/// Where the page is.
const PLACE: &str = "/beheer";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    parts: Vec<Part>,
    followers: Vec<Follower>,
    position: i64,
    parked: i64,
    quarantine: i64,
    next_deadline: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Part {
    part: String,
    ready: bool,
}

#[derive(Deserialize)]
struct Follower {
    follower: String,
    behind: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    entry: String,
    sender: String,
    reason: String,
    detail: String,
    at: Timestamp,
    replayed_at: Option<Timestamp>,
    outcome: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Receiver {
    organisation: String,
    door: String,
    known: bool,
    letters: i64,
    since: Option<Timestamp>,
    kinds: Vec<Kind>,
    reason: Option<String>,
    heard_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Kind {
    event: String,
    letters: i64,
    position: i64,
    since: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    version: String,
    engine: String,
    carrier: String,
    development: bool,
    letters_kept_days: i64,
    log_retention_years: i64,
    terms: Vec<Term>,
    parties: Vec<Party>,
}

#[derive(Deserialize)]
struct Term {
    name: String,
    term: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Party {
    name: String,
    door: Option<String>,
    heard_at: Option<Timestamp>,
}

/// What was just done, when the reader comes from a form.
#[derive(Deserialize)]
pub(super) struct Coming {
    gedaan: Option<String>,
}

/// `GET /beheer`.
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let mut page = read(&visitor).await?;
    let done = coming.gedaan.as_deref();
    let done = done.and_then(|done| page.frame.known(&format!("deed.{done}-done")));
    page.done = done.map(str::to_owned);
    answer::page(&page)
}

async fn read(visitor: &Visitor) -> Result<page::Operation, Failure> {
    let (health, quarantine, undelivered, settings) = try_join!(
        visitor.read::<Health>("/v1/platform/health"),
        visitor.read::<List<Entry>>("/v1/platform/quarantine?pageSize=200"),
        visitor.read::<List<Receiver>>("/v1/platform/undelivered"),
        visitor.read::<Settings>("/v1/platform/configuration"),
    )?;
    let web = visitor.web();
    let frame = visitor.frame(Here::Operation);
    let more = quarantine.next_cursor.is_some();
    let quarantine = quarantine.items.into_iter();
    let parts = health.parts.into_iter();
    let followers = health.followers.into_iter();
    Ok(page::Operation {
        done: None,
        refusal: None,
        parts: parts.map(|one| (one.part, one.ready)).collect(),
        followers: followers.map(|one| (one.follower, one.behind)).collect(),
        position: health.position,
        parked: health.parked,
        next_deadline: health.next_deadline,
        quarantine: quarantine
            .map(|one| quarantined(visitor, &frame, one))
            .collect(),
        standing: health.quarantine,
        more,
        receivers: undelivered
            .items
            .into_iter()
            .map(|one| receiver(web, one))
            .collect(),
        settings: in_force(settings),
        frame,
    })
}

fn quarantined(visitor: &Visitor, frame: &Frame, one: Entry) -> page::Quarantined {
    let deed = one
        .outcome
        .is_none()
        .then(|| REPLAY.deed(visitor, frame, (PLACE, Some(&one.entry))));
    page::Quarantined {
        sender: visitor.web().name_of(&one.sender),
        reason: one.reason,
        detail: one.detail,
        at: one.at,
        replayed: one.outcome.zip(one.replayed_at),
        id: one.entry,
        deed,
    }
}

fn receiver(web: &Web, one: Receiver) -> page::Receiver {
    let kinds = one.kinds.into_iter().map(|kind| page::WaitingKind {
        event: kind.event,
        letters: kind.letters,
        position: kind.position,
        since: kind.since,
    });
    page::Receiver {
        name: web.name_of(&one.organisation),
        door: one.door,
        known: one.known,
        letters: one.letters,
        since: one.since,
        kinds: kinds.collect(),
        reason: one.reason,
        heard_at: one.heard_at,
    }
}

fn in_force(settings: Settings) -> page::InForce {
    let terms = settings.terms.into_iter();
    let parties = settings.parties.into_iter().map(|party| page::TakesPart {
        name: party.name,
        door: party.door,
        heard_at: party.heard_at,
    });
    page::InForce {
        version: settings.version,
        engine: settings.engine,
        carrier: settings.carrier,
        development: settings.development,
        letters_kept: settings.letters_kept_days,
        log_years: settings.log_retention_years,
        terms: terms.map(|one| (one.name, one.term)).collect(),
        parties: parties.collect(),
    }
}

/// `POST /beheer/doen/{deed}`.
pub(super) async fn act(
    visitor: Visitor,
    Path(deed): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    if deed != REPLAY.name {
        return Err(Failure::MISSING);
    }
    let mistake = match REPLAY.carry_out(&visitor, (REPLAY.path, &filled)).await? {
        Ok(_) => return Ok(onwards(PLACE, REPLAY.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor).await?;
    let reason = mistake.refusal.unwrap_or_default().replace('-', "_");
    let why = page.frame.code("quarantine", &reason);
    page.refusal = Some(page.frame.t1("operation.still-unfit", "why", why));
    answer::wrong(&page)
}
