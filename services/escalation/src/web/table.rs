//! The tables: what waits for them, planning a meeting, and the meeting itself.

mod meeting;
mod pack;

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;

use super::Web;
use super::answer::{self, Failure};
use super::api::List;
use super::deeds::{Coming, OF_TABLE, named, onwards};
use super::fields::Filled;
use super::live;
use super::visitor::Visitor;

pub(super) use meeting::{act, show};
pub(super) use pack::show as pack;

#[derive(Deserialize)]
struct Waiting {
    pseudonym: String,
    case: Option<String>,
    theme: Option<String>,
    urgent: bool,
    since: Timestamp,
}

impl Waiting {
    fn line(self) -> page::Waits {
        page::Waits {
            href: self.case.map(|case| format!("/casussen/{case}")),
            number: self.pseudonym,
            theme: self.theme,
            urgent: self.urgent,
            since: self.since,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    meeting: String,
    rung: String,
    body: String,
    state: String,
    planned_at: Timestamp,
}

/// `GET /tafel`.
pub(super) async fn list(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let head = visitor.head().await;
    let mut page = tables(&visitor).await?;
    page.frame.live = live::address(head, None);
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

async fn tables(visitor: &Visitor) -> Result<page::Tables, Failure> {
    let web = visitor.web();
    let rungs = web.0.platform.ground.rules.ladder.rungs();
    let mut agendas = Vec::new();
    for rung in rungs.iter().filter(|rung| rung.quorum.is_some()) {
        let waits = waiting(visitor, rung.id.as_str()).await?;
        agendas.extend(waits.map(|waits| page::Agenda {
            rung: rung.name.clone(),
            waits: waits.into_iter().map(Waiting::line).collect(),
        }));
    }
    let meetings: Vec<Item> = visitor.whole("/v1/meetings").await?;
    let frame = visitor.frame(Here::Table);
    let mut deeds = Vec::new();
    if !agendas.is_empty() {
        deeds.push(named(OF_TABLE, "plannen")?.deed(visitor, &frame, ("/tafel", None)));
    }
    Ok(page::Tables {
        done: None,
        refusal: None,
        agendas,
        meetings: lines(web, meetings),
        deeds,
        frame,
    })
}

/// What waits for the reader's table at this rung; none when the reader prepares no table there.
async fn waiting(visitor: &Visitor, rung: &str) -> Result<Option<Vec<Waiting>>, Failure> {
    let path = format!("/v1/meetings/proposed-agenda?rung={rung}");
    match visitor.read::<List<Waiting>>(&path).await {
        Ok(waits) => Ok(Some(waits.items)),
        Err(Failure::Status(StatusCode::FORBIDDEN)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The latest first: ids ascend with the moment at which a meeting was planned.
fn lines(web: &Web, meetings: Vec<Item>) -> Vec<page::Meets> {
    let meetings = meetings.into_iter().rev();
    meetings
        .map(|one| page::Meets {
            href: format!("/tafel/{}", one.meeting),
            rung: web.rung(&one.rung),
            state: one.state,
            at: one.planned_at,
        })
        .collect()
}

/// `POST /tafel/doen/{deed}`: plans a meeting.
pub(super) async fn plan(
    visitor: Visitor,
    Path(deed): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    let spec = named(OF_TABLE, &deed)?;
    if spec.name != "plannen" {
        return Err(Failure::MISSING);
    }
    let mistake = match spec.carry_out(&visitor, (spec.path, &filled)).await? {
        Ok(written) => {
            let meeting = written["id"].as_str().unwrap_or_default();
            return Ok(onwards(&format!("/tafel/{meeting}"), spec.name));
        }
        Err(mistake) => mistake,
    };
    let mut page = tables(&visitor).await?;
    spec.again(&mut page.deeds, (&page.frame, &filled), &mistake.fields);
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
