//! The page of one case: everything that the API tells this reader about it.

mod ladder;
mod parties;

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::{Timestamp, civil::Date};
use screens::{Here, Language, page};
use serde::Deserialize;
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::id;
use super::visitor::Visitor;
use super::work::expected;

/// How much of a list is read.
const ALL: &str = "pageSize=100";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    pseudonym: String,
    own_reference: Option<String>,
    theme: Option<String>,
    state: Option<String>,
    rung: Option<String>,
    owner: Option<String>,
    raiser: Option<String>,
    handler: Option<String>,
    urgency: Option<String>,
    reported_at: Option<Timestamp>,
    next_deadline: Option<Deadline>,
    #[serde(default)]
    open_tasks: Vec<Task>,
    #[serde(default)]
    parties_involved: Vec<String>,
    story: Option<String>,
    desired_outcome: Option<String>,
    citizens_words: Option<String>,
    #[serde(default)]
    tried_provisions: Vec<String>,
    persons: Vec<Person>,
    why: BTreeMap<String, Because>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deadline {
    due: String,
    at: Timestamp,
    waits_for: String,
}

#[derive(Deserialize)]
struct Task {
    kind: String,
    by: Option<Timestamp>,
    what: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    role: String,
    age_band: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Because {
    shown: String,
}

#[derive(Deserialize)]
struct Happened {
    kind: String,
    rung: String,
    at: Option<Timestamp>,
    date: Option<Date>,
    organisation: Option<String>,
    role: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Handoff {
    status: String,
    to: String,
    kind: String,
    requested_outcome: String,
    answer_by: Timestamp,
    reason: Option<String>,
    text: Option<String>,
    alternative: Option<String>,
}

#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type")]
    kind: Option<String>,
    explanation: Option<String>,
}

#[derive(Deserialize)]
struct Commitment {
    of: String,
    status: String,
    asked: Option<String>,
    text: Option<String>,
    due: Option<Date>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Escalation {
    status: String,
    to_rung: String,
    admitting: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ground {
    source: String,
    receiver: String,
    legal_basis: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    explanation: String,
    explanation_en: String,
    next: Vec<NextStep>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NextStep {
    text: String,
    text_en: String,
}

/// What was just done, when the reader comes from a form.
#[derive(Deserialize)]
pub(super) struct Coming {
    gedaan: Option<String>,
}

/// `GET /casussen/{case}`.
pub(super) async fn show(
    visitor: Visitor,
    Path(name): Path<String>,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let name = id(&name)?;
    let case: Case = visitor.read(&format!("/v1/cases/{name}")).await?;
    let of = |list: &str| format!("/v1/cases/{name}/{list}?{ALL}");
    let (happened, handoffs, blocks, commitments, escalations, grounds, findings) = (
        of("timeline"),
        of("handoffs"),
        of("blocks"),
        of("commitments"),
        of("escalations"),
        of("legal-bases"),
        format!("/v1/cases/{name}/findings"),
    );
    let (happened, handoffs, blocks, commitments, escalations, grounds, findings) = try_join!(
        visitor.list::<Happened>(&happened),
        visitor.list::<Handoff>(&handoffs),
        visitor.list::<Block>(&blocks),
        visitor.list::<Commitment>(&commitments),
        visitor.list::<Escalation>(&escalations),
        visitor.list::<Ground>(&grounds),
        visitor.list::<Finding>(&findings),
    )?;
    let (web, now) = (visitor.web(), visitor.now());
    let own = visitor.session()?.organisation.to_string();
    let frame = visitor.frame(Here::Elsewhere);
    let raised = coming.gedaan.as_deref() == Some("ingebracht");
    let steps = ladder::steps(web, &case, &happened.items, &escalations.items);
    let parties = parties::of(
        web,
        &case,
        &handoffs.items,
        &commitments.items,
        &escalations.items,
    );
    let language = frame.language;
    answer::page(&page::Case {
        done: raised.then(|| frame.t("raise.done").to_owned()),
        steps,
        parties,
        clock: case.next_deadline.map(|next| page::Clock {
            expected: expected(&next.due).to_owned(),
            mine: next.waits_for == own,
            who: (next.waits_for != own).then(|| web.name_of(&next.waits_for)),
            left: web.left(now, next.at),
            at: next.at,
        }),
        number: case.own_reference.unwrap_or(case.pseudonym),
        theme: case.theme.unwrap_or_default(),
        state: case.state.unwrap_or_default(),
        urgency: case.urgency.filter(|urgency| urgency != "ordinary"),
        reported_at: case.reported_at,
        owner: case.owner.map(|owner| web.name_of(&owner)),
        tasks: case.open_tasks.into_iter().map(task).collect(),
        next: findings
            .items
            .into_iter()
            .map(|found| finding(found, language))
            .collect(),
        story: case.story.map(|told| page::Story {
            told,
            wish: case.desired_outcome,
            citizens_words: case.citizens_words,
            tried: case.tried_provisions,
        }),
        persons: case.persons.into_iter().map(person).collect(),
        timeline: happened
            .items
            .into_iter()
            .rev()
            .filter_map(|one| happening(web, one))
            .collect(),
        handoffs: handoffs
            .items
            .into_iter()
            .map(|one| page::HandoffLine {
                to: web.name_of(&one.to),
                answer_by: (one.status == "offered").then_some(one.answer_by),
                kind: one.kind,
                status: one.status,
                requested: one.requested_outcome,
                reason: one.reason,
                text: one.text.or(one.alternative),
            })
            .collect(),
        blocks: blocks
            .items
            .into_iter()
            .filter_map(|one| {
                Some(page::BlockLine {
                    kind: one.kind?,
                    text: one.explanation,
                })
            })
            .collect(),
        commitments: commitments
            .items
            .into_iter()
            .map(|one| page::CommitmentLine {
                of: web.name_of(&one.of),
                status: one.status,
                due: one.due,
                text: one.text.or(one.asked),
            })
            .collect(),
        shares: grounds
            .items
            .into_iter()
            .map(|one| page::Share {
                source: web.name_of(&one.source),
                receiver: web.name_of(&one.receiver),
                ground: one.legal_basis,
            })
            .collect(),
        sights: case
            .why
            .into_iter()
            .map(|(category, because)| page::Sight {
                category,
                shown: because.shown,
            })
            .collect(),
        frame,
    })
}

/// What a task is about is shown where it is an item of evidence; an id says nothing to people.
fn task(task: Task) -> page::Task {
    let about_item = matches!(task.kind.as_str(), "explain_evidence" | "complete_request");
    page::Task {
        item: about_item.then_some(task.what),
        kind: task.kind,
        by: task.by,
    }
}

fn finding(found: Finding, language: Language) -> page::Found {
    let (explanation, steps): (_, fn(NextStep) -> String) = match language {
        Language::Dutch => (found.explanation, |step| step.text),
        Language::English => (found.explanation_en, |step| step.text_en),
    };
    page::Found {
        explanation,
        steps: found.next.into_iter().map(steps).collect(),
    }
}

fn person(person: Person) -> page::PersonLine {
    page::PersonLine {
        role: person.role,
        age_band: person.age_band,
        name: person.name,
    }
}

fn happening(web: &super::Web, one: Happened) -> Option<page::Happening> {
    let at = one.at.map(page::Moment::At);
    let at = at.or(one.date.map(page::Moment::On))?;
    Some(page::Happening {
        kind: one.kind,
        at,
        who: one.organisation.map(|oin| web.name_of(&oin)),
        clock: one.role.as_deref() == Some("clock"),
    })
}
