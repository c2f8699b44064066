//! What other organisations ask of the reader's, and answering it.

use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use proto::codes::DeclineReason;
use screens::{Choice, Field, Frame, Here, Input, page};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::try_join;

use super::Web;
use super::answer::{self, Failure};
use super::api::{List, id};
use super::fields::Filled;
use super::visitor::Visitor;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Handoff {
    handoff: String,
    case: Option<String>,
    pseudonym: String,
    from: String,
    kind: String,
    theme: String,
    rules: Vec<String>,
    requested_outcome: String,
    age_band: Option<String>,
    urgent: bool,
    answer_by: Timestamp,
    summary: Option<String>,
}

/// What was just done, when the reader comes from a form.
#[derive(Deserialize)]
pub(super) struct Coming {
    gedaan: Option<String>,
}

/// `GET /vragen`.
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let mut page = inbox(&visitor).await?;
    page.done = match coming.gedaan.as_deref() {
        Some("accepted") => Some(page.frame.t("inbox.done-accepted").to_owned()),
        Some("declined") => Some(page.frame.t("inbox.done-declined").to_owned()),
        Some("countered") => Some(page.frame.t("inbox.done-countered").to_owned()),
        _ => None,
    };
    answer::page(&page)
}

async fn inbox(visitor: &Visitor) -> Result<page::Inbox, Failure> {
    let (offered, accepted): (List<Handoff>, List<Handoff>) = try_join!(
        visitor.read("/v1/handoffs?state=offered&pageSize=100"),
        visitor.read("/v1/handoffs?state=accepted&pageSize=100"),
    )?;
    let frame = visitor.frame(Here::Inbox);
    let web = visitor.web();
    let mut offers: Vec<page::Offer> = offered
        .items
        .into_iter()
        .map(|one| offer(web, &frame, one))
        .collect();
    offers.sort_by_key(|offer| offer.by);
    let accepted = accepted.items.into_iter().map(|one| page::Accepted {
        from: web.name_of(&one.from),
        kind: one.kind,
        theme: one.theme,
        href: one.case.map(|case| format!("/casussen/{case}")),
        number: one.pseudonym,
        summary: one.summary,
    });
    Ok(page::Inbox {
        accepted: accepted.collect(),
        frame,
        done: None,
        refusal: None,
        offers,
        fields: Vec::new(),
    })
}

fn offer(web: &Web, frame: &Frame, one: Handoff) -> page::Offer {
    let field = |name: &'static str, form: &str, word: &str, help: bool, required, input| Field {
        id: format!("{form}-{name}-{}", one.handoff),
        name,
        label: frame.t(&format!("inbox.{word}")).to_owned(),
        help: help.then(|| frame.t(&format!("inbox.{word}-help")).to_owned()),
        error: None,
        value: String::new(),
        required,
        input,
    };
    let reasons = DeclineReason::ALL.iter().map(|reason| Choice {
        value: reason.as_str().to_owned(),
        label: frame.code("reason", reason.as_str()),
    });
    let reasons = Input::Radios(reasons.collect());
    page::Offer {
        decline: vec![
            field("reden", "nee", "reason", false, true, reasons),
            field("alternatief", "nee", "instead", true, true, Input::Lines(3)),
            field("tekst", "nee", "text", true, false, Input::Lines(3)),
        ],
        counter: vec![
            field(
                "alternatief",
                "anders",
                "instead",
                true,
                true,
                Input::Lines(3),
            ),
            field("tekst", "anders", "text", true, false, Input::Lines(3)),
        ],
        declining: false,
        countering: false,
        from: web.name_of(&one.from),
        rules: one.rules.iter().map(|rule| web.rule(rule)).collect(),
        left: web.left(frame.now, one.answer_by),
        id: one.handoff,
        kind: one.kind,
        theme: one.theme,
        age_band: one.age_band,
        requested: one.requested_outcome,
        urgent: one.urgent,
        by: one.answer_by,
    }
}

/// `POST /vragen/{handoff}`.
pub(super) async fn answer(
    visitor: Visitor,
    Path(handoff): Path<String>,
    filled: Filled,
) -> Result<Response, Failure> {
    let answer = filled.get("antwoord");
    let mut wrong = Vec::new();
    if answer == "declined" && filled.get("reden").is_empty() {
        wrong.push(("reden", "inbox.reason-wrong"));
    }
    if matches!(answer, "declined" | "countered") && filled.get("alternatief").is_empty() {
        wrong.push(("alternatief", "inbox.instead-wrong"));
    }
    if wrong.is_empty() {
        let mut body = Map::new();
        for (name, value) in [
            ("answer", answer),
            ("reason", filled.get("reden")),
            ("text", filled.get("tekst")),
            ("alternative", filled.get("alternatief")),
        ] {
            if !value.is_empty() {
                body.insert(name.to_owned(), value.into());
            }
        }
        let path = format!("/v1/handoffs/{}/answer", id(&handoff)?);
        let body = Value::Object(body);
        match visitor
            .act(Method::POST, &path, &filled.token, &body)
            .await?
        {
            Ok(_) => {
                let onwards = format!("/vragen?gedaan={answer}");
                return Ok(Redirect::to(&onwards).into_response());
            }
            Err(refused) if matches!(refused.status.as_u16(), 403 | 404) => {
                return Err(Failure::Status(refused.status));
            }
            Err(refused) => {
                tracing::info!(code = refused.code, "a question could not be answered");
            }
        }
    }
    again(&visitor, &handoff, &filled, &wrong).await
}

/// The inbox once more, with what is wrong at the fields of the card that was answered.
async fn again(
    visitor: &Visitor,
    handoff: &str,
    filled: &Filled,
    wrong: &[(&'static str, &'static str)],
) -> Result<Response, Failure> {
    let mut page = inbox(visitor).await?;
    let declining = filled.get("antwoord") == "declined";
    if let Some(offer) = page.offers.iter_mut().find(|offer| offer.id == handoff) {
        let fields = match declining {
            true => &mut offer.decline,
            false => &mut offer.counter,
        };
        for field in fields.iter_mut() {
            field.value = filled.get(field.name).to_owned();
            let found = wrong.iter().find(|(name, _)| *name == field.name);
            field.error = found.map(|(_, key)| page.frame.t(key).to_owned());
        }
        page.fields = fields.clone();
        offer.declining = declining;
        offer.countering = filled.get("antwoord") == "countered";
    }
    if wrong.is_empty() {
        page.refusal = Some(page.frame.t("inbox.refused").to_owned());
    }
    answer::wrong(&page)
}
