//! The page of one case: everything that the API tells this reader about it.

mod deeds;
mod ladder;
pub(super) mod lines;
mod parties;

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::{Timestamp, civil::Date};
use screens::{Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::id;
use super::deeds::{OF_CASE, named, onwards};
use super::fields::Filled;
use super::visitor::Visitor;
use super::work::expected;
use lines::{Commitment, Deadline, Ground, Told};

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
    #[serde(default)]
    may_do: BTreeSet<String>,
    why: BTreeMap<String, Because>,
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
    person_key: String,
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
#[serde(rename_all = "camelCase")]
struct Escalation {
    escalation: String,
    status: String,
    to_rung: String,
    admitting: Option<String>,
    #[serde(default)]
    acknowledged: bool,
    missing: Option<Vec<String>>,
    reason: Option<String>,
    text: Option<String>,
    complete_by: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descent {
    kind: String,
    proposal: Option<String>,
    receiver: Option<String>,
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
    let mut page = read(&visitor, &name).await?;
    let done = coming.gedaan.as_deref().and_then(|done| match done {
        "ingebracht" => Some(page.frame.t("raise.done")),
        "hoger" => Some(page.frame.t("climb.done")),
        done => page.frame.known(&format!("deed.{done}-done")),
    });
    page.done = done.map(str::to_owned);
    answer::page(&page)
}

/// `POST /casussen/{case}/doen/{deed}`.
pub(super) async fn act(
    visitor: Visitor,
    Path((name, deed)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Failure> {
    let name = id(&name)?;
    let spec = named(OF_CASE, &deed)?;
    let path = format!("/v1/cases/{name}/{}", spec.path);
    let mistake = match spec.carry_out(&visitor, (&path, &filled)).await? {
        // Shown once, and kept nowhere: so there is no going on to another page.
        Ok(written) if spec.name == "toegang" => {
            let code = written["code"].as_str().unwrap_or_default();
            let mut page = read(&visitor, name).await?;
            page.done = Some(page.frame.t1("deed.toegang-done", "code", code));
            return answer::page(&page);
        }
        Ok(_) => {
            let own = format!("/casussen/{name}");
            let back = match filled.get("terug") {
                "/loket" => "/loket",
                _ => &own,
            };
            return Ok(onwards(back, spec.name));
        }
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor, name).await?;
    spec.again(&mut page.deeds, (&page.frame, &filled), &mistake.fields);
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}

/// The page, of everything that the API tells this reader.
async fn read(visitor: &Visitor, name: &str) -> Result<page::Case, Failure> {
    let name = id(name)?;
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
    let (descents, decisions, feedback) = (of("deescalations"), of("decisions"), of("feedback"));
    let (happened, handoffs, blocks, commitments, escalations, grounds, findings) = try_join!(
        visitor.list::<Happened>(&happened),
        visitor.list::<Handoff>(&handoffs),
        visitor.list::<Block>(&blocks),
        visitor.list::<Commitment>(&commitments),
        visitor.list::<Escalation>(&escalations),
        visitor.list::<Ground>(&grounds),
        visitor.list::<Finding>(&findings),
    )?;
    let (descents, decisions, feedback) = try_join!(
        visitor.list::<Descent>(&descents),
        visitor.list::<Told>(&decisions),
        visitor.list::<Told>(&feedback),
    )?;
    let (web, now) = (visitor.web(), visitor.now());
    let own = visitor.session()?.organisation.to_string();
    let frame = visitor.frame(Here::Elsewhere);
    let steps = ladder::steps(web, &case, &happened.items, &escalations.items);
    let parties = parties::of(
        web,
        &case,
        &handoffs.items,
        &commitments.items,
        &escalations.items,
    );
    let about = deeds::About {
        name,
        own: &own,
        case: &case,
        blocks: &blocks.items,
        commitments: &commitments.items,
        escalations: &escalations.items,
        descents: &descents.items,
        told: &feedback.items,
    };
    let deeds = about.offered(visitor, &frame);
    let language = frame.language;
    Ok(page::Case {
        done: None,
        refusal: None,
        climb: about.climb(),
        sharing: Some(format!("/casussen/{name}/delen")),
        returned: lines::returned(web, &escalations.items),
        deeds,
        said: decisions
            .items
            .into_iter()
            .map(|one| lines::said(web, one, "decision"))
            .chain(
                feedback
                    .items
                    .into_iter()
                    .map(|one| lines::said(web, one, "feedback")),
            )
            .collect(),
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
        tasks: case.open_tasks.into_iter().map(lines::task).collect(),
        next: findings
            .items
            .into_iter()
            .map(|found| lines::finding(found, language))
            .collect(),
        story: case.story.map(|told| page::Story {
            told,
            wish: case.desired_outcome,
            citizens_words: case.citizens_words,
            tried: case.tried_provisions,
        }),
        persons: case.persons.into_iter().map(lines::person).collect(),
        timeline: happened
            .items
            .into_iter()
            .rev()
            .filter_map(|one| lines::happening(web, one))
            .collect(),
        handoffs: handoffs
            .items
            .into_iter()
            .map(|one| lines::handoff(web, one))
            .collect(),
        blocks: blocks.items.into_iter().filter_map(lines::block).collect(),
        commitments: commitments
            .items
            .into_iter()
            .map(|one| lines::commitment(web, one))
            .collect(),
        shares: grounds
            .items
            .into_iter()
            .map(|one| lines::share(web, one))
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
