//! The citizen's own page, and the way in to it by a code that a professional handed over.

mod door;
mod visits;

use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;
use serde_json::Value;
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::id;
use super::case::lines;
use super::deeds::{Coming, OF_CITIZEN, WITHDRAWAL, named, onwards};
use super::fields::Filled;
use super::live;
use super::visitor::Visitor;
use super::work::expected;

pub(super) use door::enter;

/// The role of a session that is a citizen's.
pub(super) const ROLE: &str = "citizen";

#[derive(Deserialize)]
struct Listed {
    id: Option<String>,
    pseudonym: String,
    theme: Option<String>,
    state: Option<String>,
}

impl Listed {
    fn name(&self) -> &str {
        self.id.as_ref().unwrap_or(&self.pseudonym)
    }
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
#[serde(rename_all = "camelCase")]
struct Consent {
    consent: String,
    given_at: Timestamp,
    withdrawn_at: Option<Timestamp>,
    categories: Vec<String>,
    receivers: Vec<String>,
}

/// `GET /mijn-zaak`: the one case, or which there are.
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    if !is_citizen(&visitor) {
        return door::show(&visitor, false);
    }
    let cases: Vec<Listed> = visitor.whole("/v1/cases?order=newest").await?;
    if let [only] = cases.as_slice() {
        return shown(&visitor, only.name(), &coming).await;
    }
    let cases = cases.into_iter().map(|case| page::OwnCase {
        href: format!("/mijn-zaak/{}", case.name()),
        theme: case.theme.unwrap_or_default(),
        state: case.state.unwrap_or_default(),
    });
    answer::page(&page::MineList {
        cases: cases.collect(),
        frame: visitor.frame(Here::Mine),
    })
}

/// `GET /mijn-zaak/{case}`.
pub(super) async fn one(
    visitor: Visitor,
    Path(name): Path<String>,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    if !is_citizen(&visitor) {
        return door::show(&visitor, false);
    }
    shown(&visitor, id(&name)?, &coming).await
}

async fn shown(visitor: &Visitor, name: &str, coming: &Coming) -> Result<Response, Failure> {
    let head = visitor.head().await;
    let mut page = read(visitor, name).await?;
    page.frame.live = live::address(head, Some(name));
    page.done = coming.says(&page.frame);
    answer::page(&page)
}

fn is_citizen(visitor: &Visitor) -> bool {
    let session = visitor.session().ok();
    session.is_some_and(|session| session.roles == [ROLE])
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
        visitor.list::<lines::Objection>(&objections),
    )?;
    let looks = visitor.whole(&format!("/v1/cases/{name}/looks")).await?;
    let address = format!("/mijn-zaak/{name}");
    let (web, now) = (visitor.web(), visitor.now());
    let frame = visitor.frame(Here::Mine);
    let person = own_key(&case.persons);
    let specs = OF_CITIZEN.iter().filter(|_| person.is_some());
    let deeds = specs
        .map(|spec| spec.deed(visitor, &frame, (&address, person)))
        .collect();
    let agreed = consents.items.into_iter();
    let agreed = agreed.filter(|one| one.withdrawn_at.is_none());
    let agreed = agreed.map(|one| page::Agreed {
        deed: WITHDRAWAL.deed(visitor, &frame, (&address, Some(&one.consent))),
        categories: one.categories,
        receivers: one.receivers.iter().map(|oin| web.name_of(oin)).collect(),
        at: one.given_at,
    });
    let agreed = agreed.collect();
    let said = lines::all_said(web, decisions.items, feedback.items);
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
        said: said
            .into_iter()
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
        looks: visits::told(web, looks),
        agreed,
        objected: objections.items.into_iter().map(lines::objection).collect(),
        deeds,
        frame,
    })
}

/// `POST /mijn-zaak/{case}/doen/{deed}`.
pub(super) async fn act(
    visitor: Visitor,
    Path((name, deed)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Failure> {
    let name = id(&name)?;
    let address = format!("/mijn-zaak/{name}");
    if deed == WITHDRAWAL.name {
        let path = format!("/v1/cases/{name}/consents/{}", id(filled.get("over"))?);
        let nothing = Value::Null;
        let done = visitor.act(Method::DELETE, &path, &filled.token, &nothing);
        return match done.await? {
            Ok(_) => Ok(onwards(&address, WITHDRAWAL.name)),
            Err(refused) => Ok(Failure::Status(refused.status).into_response()),
        };
    }
    let spec = named(OF_CITIZEN, &deed)?;
    let path = format!("/v1/cases/{name}/{}", spec.path);
    let mistake = match spec.carry_out(&visitor, (&path, &filled)).await? {
        Ok(_) => return Ok(onwards(&address, spec.name)),
        Err(mistake) => mistake,
    };
    let mut page = read(&visitor, name).await?;
    spec.again(&mut page.deeds, (&page.frame, &filled), &mistake.fields);
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}
