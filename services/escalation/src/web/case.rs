//! The page of one case: everything that the API tells this reader about it.

mod also;
mod deeds;
mod evidence;
mod ladder;
pub(super) mod lines;
mod parties;
mod told;

use axum::extract::{Path, Query};
use axum::response::Response;
use screens::{Here, page};

use super::advice;
use super::answer::{self, Failure};
use super::api::id;
use super::deeds::{Coming, OF_CASE, named, onwards};
use super::fields::Filled;
use super::live;
use super::register::{self, Register};
use super::visitor::Visitor;
use super::work::expected;
use told::{
    Block, Case, Closure, Escalation, Everything, Finding, Handoff, Happened, Measure, NextStep,
    Person, Perspective, Task,
};

/// How much of a list is read.
const ALL: &str = "pageSize=100";

/// `GET /casussen/{case}`.
pub(super) async fn show(
    visitor: Visitor,
    Path(name): Path<String>,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let head = visitor.head().await;
    let mut page = read(&visitor, &name).await?;
    page.frame.live = live::address(head, Some(id(&name)?));
    page.done = match coming.gedaan.as_deref() {
        Some("ingebracht") => Some(page.frame.t("raise.done").to_owned()),
        Some("hoger") => Some(page.frame.t("climb.done").to_owned()),
        Some(_) | None => coming.says(&page.frame),
    };
    answer::page(&page)
}

/// `POST /casussen/{case}/doen/{deed}`.
pub(super) async fn act(
    visitor: Visitor,
    Path((name, deed)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Failure> {
    let name = id(&name)?;
    if deed == evidence::NAME {
        return evidence::give(&visitor, name, &filled).await;
    }
    let spec = also::named(&deed).map_or_else(|| named(OF_CASE, &deed), Ok)?;
    let path = format!("/v1/cases/{name}/{}", spec.path);
    let mistake = match spec.carry_out(&visitor, (&path, &filled)).await? {
        // Shown once, and kept nowhere: so there is no going on to another page.
        Ok(written) if spec.name == "toegang" => {
            let code = written["code"].as_str().unwrap_or_default();
            let mut page = read(&visitor, name).await?;
            page.done = Some(page.frame.t1("deed.toegang-done", "code", code));
            page.frame.address.clear();
            return answer::page(&page);
        }
        Ok(_) => return Ok(onwards(&format!("/casussen/{name}"), spec.name)),
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
    let mut all = Everything::read(visitor, name).await?;
    let (web, now) = (visitor.web(), visitor.now());
    let own = visitor.session()?.organisation.to_string();
    let frame = visitor.frame(Here::Elsewhere);
    let steps = ladder::steps(web, &all.case, &all.happened, &all.escalations);
    let parties = parties::of(
        web,
        &all.case,
        &all.handoffs,
        &all.commitments,
        &all.escalations,
    );
    let about = deeds::About {
        name,
        own: &own,
        all: &all,
    };
    let mut deeds = about.offered(visitor, &frame);
    about.also(visitor, &frame, &mut deeds);
    if register::asks_mandate(&deeds) {
        let register = Register::own(visitor).await?;
        let subject = all.case.theme.as_deref().unwrap_or_default();
        let about = (subject, "deed.mandate-none");
        register.offer_mandates((visitor, &frame), about, &mut deeds);
    }
    let (climb, weigh) = (about.climb(), about.weigh());
    let weighed = (weigh.is_none() && all.is_weighed).then(|| format!("/casussen/{name}/wegen"));
    let tasks = std::mem::take(&mut all.case.open_tasks);
    let tasks = tasks
        .into_iter()
        .map(|task| lines::task(task, &deeds, climb.as_ref()))
        .collect();
    let perspectives = lines::perspectives(&mut all);
    let language = frame.language;
    let case = all.case;
    Ok(page::Case {
        done: None,
        refusal: None,
        climb,
        weigh,
        weighed,
        sharing: Some(format!("/casussen/{name}/delen")),
        returned: lines::returned(web, &all.escalations),
        deeds,
        said: lines::all_said(web, all.decisions, all.feedback),
        advice: advice::of_case(visitor, name).await?,
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
        tasks,
        next: each(all.findings, |found| lines::finding(found, language)),
        ended: each(all.closure, lines::ending),
        objections: each(all.objections, lines::objection),
        story: case.story.map(|told| page::Story {
            told,
            wish: case.desired_outcome,
            citizens_words: case.citizens_words,
            tried: case.tried_provisions,
        }),
        perspectives,
        persons: each(case.persons, lines::person),
        timeline: all
            .happened
            .into_iter()
            .rev()
            .filter_map(|one| lines::happening(web, one))
            .collect(),
        handoffs: each(all.handoffs, |one| lines::handoff(web, one)),
        blocks: all
            .blocks
            .into_iter()
            .filter_map(|one| lines::block(web, one))
            .collect(),
        commitments: each(all.commitments, |one| lines::commitment(web, one)),
        bridges: each(all.measures, |one| lines::bridge(web, one)),
        shares: each(all.grounds, |one| lines::share(web, one)),
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

fn each<T, L>(told: Vec<T>, line: impl Fn(T) -> L) -> Vec<L> {
    told.into_iter().map(line).collect()
}
