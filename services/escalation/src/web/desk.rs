//! Requests for admission that wait for the reader's organisation.

use axum::extract::Query;
use axum::response::Response;
use jiff::Timestamp;
use screens::{Frame, Here, page};
use serde::Deserialize;
use std::collections::BTreeSet;
use tokio::try_join;

use super::answer::{self, Failure};
use super::deeds::{OF_CASE, named};
use super::visitor::Visitor;

/// How many cases are looked into at most.
const MOST: usize = 40;
/// What the answers are called, in their order.
const ANSWERS: [&str; 4] = ["toelaten", "teruggeven", "weigeren", "gezien"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: Option<String>,
    pseudonym: String,
    state: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    pseudonym: String,
    own_reference: Option<String>,
    theme: Option<String>,
    #[serde(default)]
    may_do: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Escalation {
    escalation: String,
    status: String,
    to_rung: String,
    urgent: bool,
    by: Option<String>,
    admitting: Option<String>,
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

/// What was just done, when the reader comes from a form.
#[derive(Deserialize)]
pub(super) struct Coming {
    gedaan: Option<String>,
}

/// `GET /loket`.
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let frame = visitor.frame(Here::Desk);
    let cases = visitor.list::<Item>("/v1/cases?pageSize=100").await?;
    let waits = |item: &&Item| item.state.as_deref() == Some("escalation_requested");
    let mut requests = Vec::new();
    for item in cases.items.iter().filter(waits).take(MOST) {
        let name = item.id.as_ref().unwrap_or(&item.pseudonym);
        requests.extend(request(&visitor, &frame, name).await?);
    }
    requests.sort_by_key(|request| (!request.urgent, request.until.map(|(at, _)| at)));
    let done = coming.gedaan.as_deref();
    let done = done.and_then(|done| frame.known(&format!("deed.{done}-done")));
    answer::page(&page::Desk {
        done: done.map(str::to_owned),
        requests,
        frame,
    })
}

/// The request of this case that waits for the reader's organisation, if there is one.
async fn request(
    visitor: &Visitor,
    frame: &Frame,
    name: &str,
) -> Result<Option<page::Request>, Failure> {
    let own = visitor.session()?.organisation.as_str();
    let (case, asked) = (
        format!("/v1/cases/{name}"),
        format!("/v1/cases/{name}/escalations?pageSize=100"),
    );
    let (case, asked) = try_join!(
        visitor.read::<Case>(&case),
        visitor.list::<Escalation>(&asked)
    )?;
    let waits = |one: &Escalation| {
        matches!(
            one.status.as_str(),
            "requested" | "acknowledged" | "expired"
        ) && one.admitting.as_deref() == Some(own)
    };
    let Some(one) = asked.items.into_iter().find(waits) else {
        return Ok(None);
    };
    let (web, now) = (visitor.web(), visitor.now());
    let href = format!("/casussen/{name}");
    let over = Some(one.escalation.as_str());
    let may = |answer: &&&str| match **answer {
        "gezien" => case.may_do.contains("AcknowledgeEscalation") && !one.acknowledged,
        _ => case.may_do.contains("Triage"),
    };
    let mut deeds = Vec::new();
    for answer in ANSWERS.iter().filter(may) {
        let deed = named(OF_CASE, answer)?.deed(visitor, frame, (&href, over));
        deeds.push(page::Deed {
            back: Some("/loket"),
            ..deed
        });
    }
    Ok(Some(page::Request {
        theme: case.theme.unwrap_or_default(),
        number: case.own_reference.unwrap_or(case.pseudonym),
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
    }))
}
