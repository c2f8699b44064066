//! Requests for admission that wait for the reader's organisation, and answering them there.

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use screens::{Frame, Here, page};
use serde::Deserialize;
use std::collections::BTreeSet;

use super::answer::{self, Failure};
use super::api::{List, id};
use super::deeds::{Coming, OF_CASE, named, onwards};
use super::fields::Filled;
use super::live;
use super::visitor::Visitor;

/// Where the page is.
const PLACE: &str = "/loket";
/// How many requests stand on one page.
const MOST: usize = 40;
/// What the answers are called, in their order.
const ANSWERS: [&str; 4] = ["toelaten", "teruggeven", "weigeren", "gezien"];

/// Which part of the list is asked for, and what was just done.
#[derive(Deserialize)]
pub(super) struct Asked {
    verder: Option<String>,
    gedaan: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Waiting {
    case: String,
    pseudonym: String,
    own_reference: Option<String>,
    theme: String,
    #[serde(default)]
    may_do: BTreeSet<String>,
    escalation: String,
    to_rung: String,
    urgent: bool,
    by: Option<String>,
    answer_by: Option<Timestamp>,
    evidence: Vec<Given>,
    unexplained: Vec<String>,
    insistence: Option<String>,
    acknowledged: bool,
}

#[derive(Deserialize)]
struct Given {
    item: String,
    explained: bool,
    text: Option<String>,
}

/// `GET /loket`.
pub(super) async fn show(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let head = visitor.head().await;
    let mut page = read(&visitor, asked.verder.as_deref()).await?;
    page.frame.live = live::address(head, None);
    let coming = Coming {
        gedaan: asked.gedaan,
    };
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

async fn read(visitor: &Visitor, from: Option<&str>) -> Result<page::Desk, Failure> {
    let mut path = format!("/v1/escalations?pageSize={MOST}");
    if let Some(from) = from {
        path = format!("{path}&cursor={}", id(from)?);
    }
    let waiting: List<Waiting> = visitor.list(&path).await?;
    let frame = visitor.frame(Here::Desk);
    let mut requests = Vec::new();
    for one in waiting.items {
        requests.push(request(visitor, &frame, one)?);
    }
    let more = waiting.next_cursor;
    Ok(page::Desk {
        done: None,
        refusal: None,
        requests,
        more: more.map(|cursor| format!("{PLACE}?verder={cursor}")),
        later: from.is_some(),
        frame,
    })
}

/// The page on which this request stands; the last one when it waits no more.
async fn holding(visitor: &Visitor, request: &str) -> Result<page::Desk, Failure> {
    let mut page = read(visitor, None).await?;
    while !page.requests.iter().any(|one| one.id == request) {
        let next = page.more.as_deref().and_then(|more| more.split_once('='));
        let Some((_, cursor)) = next else { break };
        page = read(visitor, Some(cursor)).await?;
    }
    Ok(page)
}

fn request(visitor: &Visitor, frame: &Frame, one: Waiting) -> Result<page::Request, Failure> {
    let (web, now) = (visitor.web(), visitor.now());
    let href = format!("/casussen/{}", one.case);
    let may = |answer: &&&str| match **answer {
        "gezien" => one.may_do.contains("AcknowledgeEscalation") && !one.acknowledged,
        _ => one.may_do.contains("Triage"),
    };
    let mut deeds = Vec::new();
    for answer in ANSWERS.iter().filter(may) {
        let over = Some(one.escalation.as_str());
        // Sent to the desk, so that a mistake is shown there too.
        let place = format!("{PLACE}/{}", one.case);
        deeds.push(named(OF_CASE, answer)?.deed(visitor, frame, (&place, over)));
    }
    Ok(page::Request {
        theme: one.theme,
        number: one.own_reference.unwrap_or(one.pseudonym),
        rung: web.rung(&one.to_rung),
        by: one.by.map(|by| web.name_of(&by)),
        urgent: one.urgent,
        until: one.answer_by.map(|at| (at, web.left(now, at))),
        insistence: one.insistence,
        evidence: one
            .evidence
            .into_iter()
            .map(|given| page::Shown {
                item: given.item,
                text: given.text,
                explained: given.explained,
            })
            .collect(),
        lacking: one.unexplained,
        id: one.escalation,
        href,
        deeds,
    })
}

/// `POST /loket/{case}/doen/{deed}`: answers a request.
pub(super) async fn act(
    visitor: Visitor,
    Path((case, deed)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Failure> {
    if !ANSWERS.contains(&deed.as_str()) {
        return Err(Failure::MISSING);
    }
    let spec = named(OF_CASE, &deed)?;
    let path = format!("/v1/cases/{}/{}", id(&case)?, spec.path);
    let mistake = match spec.carry_out(&visitor, (&path, &filled)).await? {
        Ok(_) => return Ok(onwards(PLACE, spec.name)),
        Err(mistake) => mistake,
    };
    let mut page = holding(&visitor, filled.get("over")).await?;
    for request in &mut page.requests {
        spec.again(&mut request.deeds, (&page.frame, &filled), &mistake.fields);
    }
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
