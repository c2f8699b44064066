//! What other organisations ask of the reader's, and answering it.

use axum::extract::{Path, Query};
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{Timestamp, civil::Date};
use proto::codes::DeclineReason;
use screens::{Choice, Field, Frame, Here, Input, page};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::try_join;

use super::Web;
use super::advice;
use super::answer::{self, Failure};
use super::api::{List, Refused, id};
use super::deeds::{Coming, GIVE_BACK, onwards, why};
use super::fields::Filled;
use super::live;
use super::register::Register;
use super::visitor::Visitor;

/// The roles that answer for what was accepted, as the policies have it.
const RECEIVERS: [&str; 5] = [
    "agency_liaison",
    "care_professional",
    "fund_holder",
    "case_director",
    "regional_handler",
];

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
    accepted_at: Option<Timestamp>,
    summary: Option<String>,
}

/// What the reader's organisation was asked to promise, or promised and has not done.
#[derive(Deserialize)]
struct Promise {
    case: Option<String>,
    pseudonym: String,
    theme: Option<String>,
    status: String,
    asked: Option<String>,
    text: Option<String>,
    due: Option<Date>,
    overdue: bool,
}

/// `GET /vragen`.
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let head = visitor.head().await;
    let mut page = inbox(&visitor).await?;
    page.frame.live = live::address(head, None);
    page.done = match coming.gedaan.as_deref() {
        Some("accepted") => Some(page.frame.t("inbox.done-accepted").to_owned()),
        Some("declined") => Some(page.frame.t("inbox.done-declined").to_owned()),
        Some("countered") => Some(page.frame.t("inbox.done-countered").to_owned()),
        _ => coming.says(&page.frame),
    };
    answer::page(&page)
}

/// The page, of everything that the API tells this reader.
///
/// # Errors
/// As [`Visitor::read`].
pub(super) async fn inbox(visitor: &Visitor) -> Result<page::Inbox, Failure> {
    let (offered, accepted, promises, register): (
        List<Handoff>,
        List<Handoff>,
        List<Promise>,
        Register,
    ) = try_join!(
        visitor.read("/v1/handoffs?state=offered&pageSize=100"),
        visitor.read("/v1/handoffs?state=accepted&pageSize=100"),
        visitor.list("/v1/commitments?pageSize=100"),
        Register::own(visitor),
    )?;
    let today = visitor.today();
    let mut absent = register.absent(today);
    absent.retain(|one| one.from <= today);
    let frame = visitor.frame(Here::Inbox);
    let web = visitor.web();
    let mut offers: Vec<page::Offer> = offered
        .items
        .into_iter()
        .map(|one| offer(web, &frame, one))
        .collect();
    offers.sort_by_key(|offer| offer.by);
    let roles = &visitor.session()?.roles;
    let gives_back = roles.iter().any(|role| RECEIVERS.contains(&role.as_str()));
    let accepted = accepted.items.into_iter().map(|one| page::Accepted {
        from: web.name_of(&one.from),
        kind: one.kind,
        theme: one.theme,
        requested: one.requested_outcome,
        since: one.accepted_at,
        deed: gives_back.then(|| {
            let about = ("/vragen", Some(one.handoff.as_str()));
            GIVE_BACK.deed(visitor, &frame, about)
        }),
        href: one.case.map(|case| format!("/casussen/{case}")),
        number: one.pseudonym,
        summary: one.summary,
    });
    let promises = promises.items.into_iter().map(|one| page::OwnPromise {
        href: format!("/casussen/{}", one.case.as_ref().unwrap_or(&one.pseudonym)),
        number: one.pseudonym,
        theme: one.theme,
        text: one.text.or(one.asked),
        status: one.status,
        due: one.due,
        overdue: one.overdue,
    });
    Ok(page::Inbox {
        advice: advice::asked(visitor, &frame).await?,
        accepted: accepted.collect(),
        promises: promises.collect(),
        absent,
        frame,
        done: None,
        refusal: None,
        offers,
        fields: Vec::new(),
    })
}

/// Each field of an answer: its name, and the key of its words.
const FIELDS: [(&str, &str); 3] = [
    ("reden", "inbox.reason"),
    ("alternatief", "inbox.instead"),
    ("tekst", "inbox.text"),
];

/// The key of the words of the field of this name.
pub(super) fn word(name: &str) -> Option<&'static str> {
    let field = FIELDS.iter().find(|(known, _)| *known == name);
    field.map(|(_, word)| *word)
}

fn offer(web: &Web, frame: &Frame, one: Handoff) -> page::Offer {
    let field = |name: &'static str, form: &str, required, input| {
        let key = word(name).unwrap_or_default();
        Field {
            id: format!("{form}-{name}-{}", one.handoff),
            name,
            label: frame.t(key).to_owned(),
            help: frame.known(&format!("{key}-help")).map(str::to_owned),
            error: None,
            value: String::new(),
            required,
            input,
        }
    };
    let reasons = DeclineReason::ALL.iter().map(|reason| Choice {
        value: reason.as_str().to_owned(),
        label: frame.code("reason", reason.as_str()),
    });
    let reasons = Input::Radios(reasons.collect());
    page::Offer {
        decline: vec![
            field("reden", "nee", true, reasons),
            field("alternatief", "nee", true, Input::Lines(3)),
            field("tekst", "nee", false, Input::Lines(3)),
        ],
        counter: vec![
            field("alternatief", "anders", true, Input::Lines(3)),
            field("tekst", "anders", false, Input::Lines(3)),
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
    let mut refusal = None;
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
                wrong = blamed(&refused);
                refusal = wrong.is_empty().then_some(refused.code);
            }
        }
    }
    again(&visitor, &handoff, &filled, (&wrong, refusal)).await
}

/// The fields that the API finds something wrong with.
fn blamed(refused: &Refused) -> Vec<(&'static str, &'static str)> {
    let fields = [
        ("/reason", "reden"),
        ("/alternative", "alternatief"),
        ("/text", "tekst"),
    ];
    let blamed = fields
        .iter()
        .filter(|(place, _)| refused.fields.iter().any(|field| field == place));
    blamed
        .map(|(place, name)| (*name, why(refused, place)))
        .collect()
}

/// `POST /vragen/doen/geef-terug`.
pub(super) async fn give_back(visitor: Visitor, filled: Filled) -> Result<Response, Failure> {
    let path = format!("/v1/{}", GIVE_BACK.path);
    let mistake = match GIVE_BACK.carry_out(&visitor, (&path, &filled)).await? {
        Ok(_) => return Ok(onwards("/vragen", GIVE_BACK.name)),
        Err(mistake) => mistake,
    };
    let mut page = inbox(&visitor).await?;
    let mut deeds = page.accepted.iter_mut().filter_map(|one| one.deed.as_mut());
    let ours = deeds.find(|deed| deed.about.as_deref() == Some(filled.get("over")));
    if let Some(deed) = ours {
        GIVE_BACK.fill(deed, (&page.frame, &filled), &mistake.fields);
        page.fields = deed.fields.clone();
    }
    page.refusal = mistake.says(&page.frame);
    answer::wrong(&page)
}

/// The inbox once more, with what is wrong at the fields of the card that was answered.
async fn again(
    visitor: &Visitor,
    handoff: &str,
    filled: &Filled,
    (wrong, refusal): (&[(&'static str, &'static str)], Option<String>),
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
    page.refusal = refusal.map(|code| page.frame.refusal(&code).to_owned());
    answer::wrong(&page)
}
