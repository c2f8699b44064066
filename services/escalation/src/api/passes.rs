//! Passes: a named person looks further into one case, for a reason and until a moment (domain,
//! section e3, "Emergency access").

mod seen;

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, PassFacts, PassOpens};
use jiff::Timestamp;
use ladder::pass::{Command, End, Issue, PassKind, Review, Verdict};
use ladder::{CaseId, PassId, PersonRef};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::written::{keep, not_allowed};
use super::{Platform, body, parties, sight};
use crate::execute::Work;
use crate::views::{self, PassRow};

pub(super) use seen::PassSeen;

/// Rows that are read from the view at a time.
const SWEEP: u32 = 500;

/// Why somebody gets a pass.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum KindNamed {
    Emergency,
    Temporary,
    Accounting,
}

/// A pass that is asked for.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// In an emergency or to account for the use of data, for oneself; or temporary, for a
    /// colleague.
    kind: KindNamed,
    /// The colleague, by the organisation's own reference; only for a temporary pass.
    #[serde(default)]
    person: Option<String>,
    /// The categories of data that it opens.
    #[schemars(length(min = 1))]
    categories: BTreeSet<String>,
    /// Why it cannot wait, or why the colleague stands in.
    reason: Text,
    /// Until when.
    #[schemars(with = "String")]
    until: Timestamp,
}

/// `POST /v1/cases/{id}/passes`.
pub(super) async fn issue(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let (asked, about) = body::told::<Asked>(request).await?;
    let (kind, action) = match asked.kind {
        KindNamed::Emergency => (PassKind::Emergency, Action::TakePass),
        KindNamed::Temporary => (PassKind::Temporary, Action::GivePass),
        KindNamed::Accounting => (PassKind::Accounting, Action::OpenForAccount),
    };
    let own = person_of(&caller)?;
    let person = check(&asked, kind, &own)?;
    let gate = &platform.ground.gate;
    if gate.may(&caller.actor, action, &sight.facts).is_err() {
        return Err(not_allowed());
    }
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let id = PassId::parse(&id).map_err(unavailable)?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::Issue(Box::new(Issue {
        pass: id.clone(),
        case: sight.id.clone(),
        kind,
        holder: parties::organisation(&caller.oin)?,
        person,
        by: own,
        categories: asked.categories,
        reason: sealer.text(&asked.reason).map_err(unavailable)?,
        until: asked.until,
    }));
    let kept = keep(&platform, &caller, Work::pass(&id, command), true).await?;
    Ok(kept.created("passes"))
}

/// Who gets it; what is wrong with the body is said at once.
fn check(asked: &Asked, kind: PassKind, own: &PersonRef) -> Result<PersonRef, Problem> {
    let mut wrong = Vec::new();
    for category in &asked.categories {
        if Category::from_word(category).is_none() {
            wrong.push(InvalidParam::new(
                "/categories",
                "names no category of data",
            ));
        }
    }
    let person = match (kind, &asked.person) {
        (PassKind::Emergency | PassKind::Accounting, None) => Some(own.clone()),
        (PassKind::Emergency | PassKind::Accounting, Some(_)) => {
            let reason = "is left out: such a pass is taken for oneself";
            wrong.push(InvalidParam::new("/person", reason));
            None
        }
        (PassKind::Temporary, None) => {
            wrong.push(InvalidParam::new("/person", "is required"));
            None
        }
        (PassKind::Temporary, Some(person)) => {
            let parsed = PersonRef::parse(person);
            if parsed.is_err() {
                wrong.push(InvalidParam::new("/person", "is no reference to a person"));
            }
            parsed.ok()
        }
    };
    match person {
        Some(person) if wrong.is_empty() => Ok(person),
        _ => Err(Problem::bad_request(wrong)),
    }
}

fn person_of(caller: &Caller) -> Result<PersonRef, Problem> {
    PersonRef::parse(caller.person_ref())
        .map_err(|_| Problem::forbidden("Your token does not tell you from others."))
}

/// `POST /v1/passes/{id}/end`.
pub(super) async fn end(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (_, id) = find(&platform, &caller, &id).await?;
    let command = Command::End(End {
        by: parties::organisation(&caller.oin)?,
        person: person_of(&caller)?,
    });
    let kept = keep(&platform, &caller, Work::pass(&id, command), false).await?;
    Ok(kept.answered())
}

/// What somebody found who looked at a pass.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum VerdictNamed {
    Justified,
    Unjustified,
}

/// The review of a pass that was taken in an emergency.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Reviewed {
    /// Whether there was reason for it.
    verdict: VerdictNamed,
    /// Why, and what follows.
    text: Text,
}

/// `POST /v1/passes/{id}/review`.
pub(super) async fn review(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (row, id) = find(&platform, &caller, &id).await?;
    let (reviewed, about) = body::told::<Reviewed>(request).await?;
    let case = CaseId::parse(&row.case_id).map_err(unavailable)?;
    let sealer = sight::sealer(&platform, &case, &[], &about).await?;
    let command = Command::Review(Review {
        person: person_of(&caller)?,
        verdict: match reviewed.verdict {
            VerdictNamed::Justified => Verdict::Justified,
            VerdictNamed::Unjustified => Verdict::Unjustified,
        },
        text: sealer.text(&reviewed.text).map_err(unavailable)?,
    });
    let kept = keep(&platform, &caller, Work::pass(&id, command), false).await?;
    Ok(kept.answered())
}

/// `GET /v1/passes/{id}`.
pub(super) async fn read(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<PassSeen>, Problem> {
    let (row, _) = find(&platform, &caller, &id).await?;
    PassSeen::of(&platform, &caller, row, "readPass")
        .await
        .map(Json)
}

/// `GET /v1/passes`: what waits for a review, then what is open, then the rest; each by id.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<PassSeen>>, Problem> {
    let mut there = Vec::new();
    let mut after = String::new();
    loop {
        let rows = views::passes(&platform.ground.db, caller.oin.as_str(), &after, SWEEP)
            .await
            .map_err(unavailable)?;
        let Some(last) = rows.last() else { break };
        after = last.pass_id.clone();
        there.extend(
            rows.into_iter()
                .filter(|row| can_read(&platform, &caller, row)),
        );
    }
    there.sort_by_cached_key(|row| (rank(row), row.pass_id.clone()));
    paged(&platform, &caller, there, page, "listPasses").await
}

/// `GET /v1/cases/{id}/passes`: those of the caller's organisation, oldest first.
pub(super) async fn of_case(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<PassSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let rows = views::passes_of_case(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    let there = rows
        .into_iter()
        .filter(|row| can_read(&platform, &caller, row));
    paged(
        &platform,
        &caller,
        there.collect(),
        page,
        "listPassesOfCase",
    )
    .await
}

async fn paged(
    platform: &Platform,
    caller: &Caller,
    rows: Vec<PassRow>,
    page: Page,
    operation: &'static str,
) -> Result<Json<List<PassSeen>>, Problem> {
    let ranked = rows.into_iter().zip(1_i64..).collect();
    let (ranked, next_cursor) = page.cut(ranked, |(_, place)| *place)?;
    let mut items = Vec::new();
    for (row, _) in ranked {
        items.push(PassSeen::of(platform, caller, row, operation).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

fn rank(row: &PassRow) -> u8 {
    match (row.review_by, row.state.as_str()) {
        (Some(_), _) => 0,
        (None, "open") => 1,
        (None, _) => 2,
    }
}

fn facts_of(row: &PassRow) -> PassFacts {
    PassFacts {
        id: row.pass_id.clone(),
        case: row.case_id.clone(),
        holder: row.holder.clone(),
        person: row.person.clone(),
    }
}

fn can_read(platform: &Platform, caller: &Caller, row: &PassRow) -> bool {
    let gate = &platform.ground.gate;
    gate.may(&caller.actor, Action::ReadPass, &facts_of(row))
        .is_ok()
}

/// The answer for every pass that is not there.
fn no_such_pass() -> Problem {
    Problem::not_found("There is no such pass.")
}

/// The pass of that id, for who may read it.
async fn find(
    platform: &Platform,
    caller: &Caller,
    id: &str,
) -> Result<(PassRow, PassId), Problem> {
    let row = views::find_pass(&platform.ground.db, id)
        .await
        .map_err(unavailable)?;
    let row = row
        .filter(|row| can_read(platform, caller, row))
        .ok_or_else(no_such_pass)?;
    let id = PassId::parse(&row.pass_id).map_err(unavailable)?;
    Ok((row, id))
}

/// What passes into a case let people see at this moment.
///
/// # Errors
/// 503 when the database does not answer.
pub(super) async fn open_now(
    platform: &Platform,
    case: &CaseId,
) -> Result<BTreeSet<PassOpens>, Problem> {
    let now = platform.ground.clock.now();
    let rows = views::passes_of_case(&platform.ground.db, case.as_str())
        .await
        .map_err(unavailable)?;
    // The clock that ends a pass may come late; the pass is over all the same.
    let open = rows
        .into_iter()
        .filter(|row| row.until.is_some_and(|until| now < until));
    Ok(open.flat_map(|row| opens(&row)).collect())
}

fn opens(row: &PassRow) -> Vec<PassOpens> {
    let categories = row.content["issued"]["categories"].as_array();
    let categories = categories.into_iter().flatten();
    categories
        .filter_map(|category| category.as_str())
        .map(|category| PassOpens {
            kind: row.kind.clone(),
            organisation: row.holder.clone(),
            subject: row.person.clone(),
            category: category.to_owned(),
        })
        .collect()
}
