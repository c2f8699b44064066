//! The citizen's own page, and the way in to it by a code that a professional handed over.

mod door;

use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;
use serde_json::Value;
use tokio::try_join;

use super::Web;
use super::answer::{self, Failure};
use super::api::{List, id};
use super::case::lines;
use super::deeds::{OF_CITIZEN, WITHDRAWAL, named, onwards};
use super::fields::Filled;
use super::visitor::Visitor;
use super::work::expected;

pub(super) use door::enter;

/// How many looks are shown.
const LOOKS: usize = 40;
/// The role of a session that is a citizen's.
pub(super) const ROLE: &str = "citizen";

#[derive(Deserialize)]
struct Listed {
    id: Option<String>,
    pseudonym: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    theme: Option<String>,
    state: Option<String>,
    rung: Option<String>,
    owner: Option<String>,
    next_deadline: Option<lines::Deadline>,
    citizens_words: Option<String>,
    desired_outcome: Option<String>,
    persons: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    person_key: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Look {
    at: Timestamp,
    organisation: String,
    role: String,
    result: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consent {
    consent: String,
    given_at: Timestamp,
    withdrawn_at: Option<Timestamp>,
    categories: Vec<String>,
    receivers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Objection {
    status: String,
    settle_by: Timestamp,
    text: Option<String>,
    reason: Option<String>,
}

/// What was just done, when the reader comes from a form.
#[derive(Deserialize)]
pub(super) struct Coming {
    gedaan: Option<String>,
}

/// `GET /mijn-zaak`.
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    if !is_citizen(&visitor) {
        return door::show(&visitor, false);
    }
    let name = own(&visitor).await?;
    let mut page = read(&visitor, &name).await?;
    let done = coming.gedaan.as_deref();
    let done = done.and_then(|done| page.frame.known(&format!("deed.{done}-done")));
    page.done = done.map(str::to_owned);
    answer::page(&page)
}

fn is_citizen(visitor: &Visitor) -> bool {
    let session = visitor.session().ok();
    session.is_some_and(|session| session.roles == [ROLE])
}

/// The citizen's case; of more than one the newest.
async fn own(visitor: &Visitor) -> Result<String, Failure> {
    let cases: List<Listed> = visitor.read("/v1/cases?pageSize=100").await?;
    let last = cases.items.into_iter().last().ok_or(Failure::MISSING)?;
    Ok(last.id.unwrap_or(last.pseudonym))
}

/// Who of the household the reader is: a citizen is shown no name but the own one. Without names
/// only the one person of a case can be meant.
fn own_key(persons: &[Person]) -> Option<&str> {
    let named = persons.iter().find(|one| one.name.is_some());
    let alone = persons.first().filter(|_| persons.len() == 1);
    named.or(alone).map(|one| one.person_key.as_str())
}

async fn read(visitor: &Visitor, name: &str) -> Result<page::Mine, Failure> {
    let of = |list: &str| format!("/v1/cases/{name}/{list}?pageSize=100");
    let case: Case = visitor.read(&format!("/v1/cases/{name}")).await?;
    let (decisions, feedback, commitments) = (of("decisions"), of("feedback"), of("commitments"));
    let (grounds, consents, objections) = (of("legal-bases"), of("consents"), of("objections"));
    let (decisions, feedback, commitments, grounds, consents, objections) = try_join!(
        visitor.list::<lines::Told>(&decisions),
        visitor.list::<lines::Told>(&feedback),
        visitor.list::<lines::Commitment>(&commitments),
        visitor.list::<lines::Ground>(&grounds),
        visitor.list::<Consent>(&consents),
        visitor.list::<Objection>(&objections),
    )?;
    let looks = looks(visitor, name).await?;
    let (web, now) = (visitor.web(), visitor.now());
    let frame = visitor.frame(Here::Mine);
    let person = own_key(&case.persons);
    let specs = OF_CITIZEN.iter().filter(|_| person.is_some());
    let deeds = specs
        .map(|spec| spec.deed(visitor, &frame, ("/mijn-zaak", person)))
        .collect();
    let agreed = consents.items.into_iter();
    let agreed = agreed.filter(|one| one.withdrawn_at.is_none());
    let agreed = agreed.map(|one| page::Agreed {
        deed: WITHDRAWAL.deed(visitor, &frame, ("/mijn-zaak", Some(&one.consent))),
        categories: one.categories,
        receivers: one.receivers.iter().map(|oin| web.name_of(oin)).collect(),
        at: one.given_at,
    });
    let agreed = agreed.collect();
    let decided = decisions.items.into_iter();
    let decided = decided.map(|one| lines::said(web, one, "decision"));
    let told = feedback.items.into_iter();
    let told = told.map(|one| lines::said(web, one, "feedback"));
    Ok(page::Mine {
        done: None,
        refusal: None,
        theme: case.theme.unwrap_or_default(),
        state: case.state.unwrap_or_default(),
        rung: case.rung.map_or_else(String::new, |rung| web.rung(&rung)),
        owner: case.owner.map(|owner| web.name_of(&owner)),
        clock: case.next_deadline.map(|next| page::Clock {
            expected: expected(&next.due).to_owned(),
            mine: false,
            who: Some(web.name_of(&next.waits_for)),
            left: web.left(now, next.at),
            at: next.at,
        }),
        words: case.citizens_words,
        wish: case.desired_outcome,
        said: decided
            .chain(told)
            .filter(|one| one.kind != "raiser")
            .collect(),
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
        looks: looks_shown(web, looks),
        agreed,
        objected: objections
            .items
            .into_iter()
            .map(|one| page::Objected {
                status: one.status,
                text: one.text,
                by: one.settle_by,
                reason: one.reason,
            })
            .collect(),
        deeds,
        frame,
    })
}

/// Every look: the API tells the oldest first, and people ask who looked last.
async fn looks(visitor: &Visitor, name: &str) -> Result<Vec<Look>, Failure> {
    let path = format!("/v1/cases/{name}/looks?pageSize=100");
    let mut list = visitor.list::<Look>(&path).await?;
    let mut looks = std::mem::take(&mut list.items);
    while let Some(cursor) = list.next_cursor.take() {
        list = visitor
            .list::<Look>(&format!("{path}&cursor={cursor}"))
            .await?;
        looks.append(&mut list.items);
    }
    Ok(looks)
}

/// The latest first; one line where somebody of an organisation asked for many things at once.
fn looks_shown(web: &Web, looks: Vec<Look>) -> Vec<page::Look> {
    let mut shown: Vec<page::Look> = Vec::new();
    let answered = looks.into_iter().rev();
    for look in answered.filter(|look| look.result == "answered" && look.role != ROLE) {
        let line = page::Look {
            at: look.at,
            who: web.name_of(&look.organisation),
            roles: look.role.split('+').map(str::to_owned).collect(),
        };
        let same = |last: &page::Look| {
            let near = last.at.duration_since(line.at).as_mins() < 1;
            near && last.who == line.who && last.roles == line.roles
        };
        if !shown.last().is_some_and(same) {
            shown.push(line);
        }
    }
    shown.truncate(LOOKS);
    shown
}

/// `POST /mijn-zaak/doen/{deed}`.
pub(super) async fn act(
    visitor: Visitor,
    Path(deed): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    let name = own(&visitor).await?;
    if deed == WITHDRAWAL.name {
        let path = format!("/v1/cases/{name}/consents/{}", id(filled.get("over"))?);
        let nothing = Value::Null;
        let done = visitor.act(Method::DELETE, &path, &filled.token, &nothing);
        return match done.await? {
            Ok(_) => Ok(onwards("/mijn-zaak", WITHDRAWAL.name)),
            Err(refused) => Ok(Failure::Status(refused.status).into_response()),
        };
    }
    let spec = named(OF_CITIZEN, &deed)?;
    let path = format!("/v1/cases/{name}/{}", spec.path);
    let mistake = match spec.carry_out(&visitor, (&path, &filled)).await? {
        Ok(_) => return Ok(onwards("/mijn-zaak", spec.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor, &name).await?;
    spec.again(&mut page.deeds, (&page.frame, &filled), &mistake.fields);
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
