//! What is kept and until when, what was erased and held up, and ordering either.

use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::super::answer::{self, Failure};
use super::super::api::{List, id};
use super::super::deeds::{LIFT, OF_OFFICE, named, onwards};
use super::super::fields::Filled;
use super::super::visitor::Visitor;
use super::{Coming, carry_out};

/// Where the page is.
const PLACE: &str = "/privacy/bewaren";
/// What can be done there.
const DEEDS: [&str; 2] = ["wissen", "vasthouden"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    case: String,
    ended_at: Timestamp,
    ahead: Vec<Ahead>,
    held_until: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Ahead {
    category: Option<String>,
    at: Timestamp,
    due: bool,
}

#[derive(Deserialize)]
struct Order {
    case: String,
    kind: String,
    at: Timestamp,
    erasure: Option<String>,
    scope: Option<String>,
    ground: Option<String>,
    until: Option<Timestamp>,
    hold: Option<String>,
}

/// `GET /privacy/bewaren`.
pub(in crate::web) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let mut page = read(&visitor).await?;
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

async fn read(visitor: &Visitor) -> Result<page::PrivacyKept, Failure> {
    let (kept, orders) = try_join!(
        visitor.read::<List<Kept>>("/v1/retention?pageSize=200"),
        visitor.read::<List<Order>>("/v1/erasures?pageSize=200"),
    )?;
    let frame = visitor.frame(Here::Privacy);
    let mut deeds = Vec::new();
    for name in DEEDS {
        deeds.push(named(OF_OFFICE, name)?.deed(visitor, &frame, (PLACE, None)));
    }
    let more = kept.next_cursor.is_some();
    let ledger_more = orders.next_cursor.is_some();
    let lifted = orders.items.iter().filter(|one| one.kind == "hold.lifted");
    let lifted: BTreeSet<String> = lifted.filter_map(|one| one.hold.clone()).collect();
    let now = visitor.now();
    let ledger = orders.items.into_iter().map(|one| {
        let stands = one.kind == "hold.placed" && one.until.is_some_and(|until| until > now);
        let hold = one
            .hold
            .as_ref()
            .filter(|hold| stands && !lifted.contains(*hold));
        let over = hold.map(|hold| format!("{}_{hold}", one.case));
        let lift = over.map(|over| LIFT.deed(visitor, &frame, (PLACE, Some(&over))));
        line(one, lift)
    });
    let ledger = ledger.collect();
    let kept = kept.items.into_iter().map(|one| page::KeptLine {
        number: one.case,
        ended: one.ended_at,
        ahead: one
            .ahead
            .into_iter()
            .map(|ahead| (ahead.category, ahead.at, ahead.due))
            .collect(),
        held_until: one.held_until,
    });
    Ok(page::PrivacyKept {
        done: None,
        refusal: None,
        kept: kept.collect(),
        ledger,
        more,
        ledger_more,
        deeds,
        frame,
    })
}

fn line(one: Order, lift: Option<page::Deed>) -> page::LedgerLine {
    let completed = one.kind == "erasure.completed";
    let certificate = one
        .erasure
        .filter(|_| completed)
        .map(|erasure| format!("{PLACE}/{}/{erasure}", one.case));
    page::LedgerLine {
        number: one.case,
        kind: one.kind,
        at: one.at,
        scope: one.scope,
        ground: one.ground,
        until: one.until,
        certificate,
        lift,
    }
}

/// `POST /privacy/bewaren/doen/{deed}`.
pub(in crate::web) async fn order(
    visitor: Visitor,
    Path(deed): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    if deed == LIFT.name {
        return lift(&visitor, &filled).await;
    }
    if !DEEDS.contains(&deed.as_str()) {
        return Err(Failure::MISSING);
    }
    let spec = named(OF_OFFICE, &deed)?;
    let mistake = match carry_out(&visitor, spec, &filled).await? {
        Ok(_) => return Ok(onwards(PLACE, spec.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor).await?;
    spec.again(&mut page.deeds, (&page.frame, &filled), &mistake.fields);
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}

/// Ends a hold before its time; the form names the case and the hold.
async fn lift(visitor: &Visitor, filled: &Filled) -> Result<Response, Failure> {
    let (case, hold) = filled
        .get("over")
        .rsplit_once('_')
        .ok_or(Failure::MISSING)?;
    let path = format!("/v1/cases/{}/holds/{}", id(case)?, id(hold)?);
    let mistake = match LIFT.carry_out(visitor, (&path, filled)).await? {
        Ok(_) => return Ok(onwards(PLACE, LIFT.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(visitor).await?;
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
