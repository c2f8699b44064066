//! Raising a case: a story, a wish, a theme and an age are enough. What was written survives a
//! closed browser as a draft.

mod report;
mod suggestions;

use axum::extract::Query;
use axum::http::Method;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use proto::codes::AgeBand;
use screens::{Choice, Field, Frame, Here, Input, page};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{self, Failure};
use super::api::{List, Refused, id};
use super::deeds::{onwards, why};
use super::fields::Filled;
use super::offers::Offer;
use super::visitor::Visitor;
use report::{of_report, to_report};

/// How many fields must be filled in.
const REQUIRED: usize = 4;
/// The longest text that the contract takes, in characters.
const LONGEST: usize = 10_000;

/// Each field of the form: its name there, in the words of `raise.toml`, and in `case.reported`.
const FIELDS: [(&str, &str, &str); 8] = [
    ("verhaal", "story", "/story"),
    ("wens", "wish", "/desiredOutcome"),
    ("onderwerp", "theme", "/theme"),
    ("leeftijd", "age", "/persons"),
    ("naam", "name", "/persons/0/name"),
    ("woorden", "words", "/citizensWords"),
    ("geprobeerd", "tried", "/triedProvisions"),
    ("kenmerk", "reference", "/ownReference"),
];

/// The key of the words of the field of this name.
pub(super) fn word(name: &str) -> Option<String> {
    let (_, word, _) = FIELDS.iter().find(|(known, ..)| *known == name)?;
    Some(format!("raise.{word}"))
}

/// What may be gone on with.
#[derive(Deserialize)]
pub(super) struct Asked {
    concept: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    case: String,
    saved_at: Timestamp,
    #[serde(default)]
    content: Map<String, Value>,
}

#[derive(Deserialize)]
struct Provision {
    name: String,
    gives: String,
}

/// `GET /casussen/nieuw`.
pub(super) async fn show(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let session = visitor.session()?;
    let may = |offer| visitor.is_offered(session, offer);
    if !may(Offer::Draft) && !may(Offer::Report) {
        return visitor.not_offered(Here::Raise, page::Begun::Case, Offer::Report);
    }
    let draft: Option<Draft> = match asked.concept {
        Some(name) => {
            let path = format!("/v1/drafts/{}", id(&name)?);
            Some(visitor.read(&path).await?)
        }
        None => None,
    };
    let values = draft.as_ref().map(|draft| of_report(&draft.content));
    let (draft, saved) = draft.map(|draft| (draft.case, draft.saved_at)).unzip();
    let values = values.unwrap_or_default();
    let page = form(&visitor, &values, draft).await?;
    answer::page(&page::Raise { saved, ..page })
}

/// What stands in the form.
type Values = Map<String, Value>;

fn get<'a>(values: &'a Values, name: &str) -> &'a str {
    values.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The form with these values.
async fn form(
    visitor: &Visitor,
    values: &Values,
    draft: Option<String>,
) -> Result<page::Raise, Failure> {
    let frame = visitor.frame(Here::Raise);
    let theme = get(values, "onderwerp");
    let provisions = match theme {
        "" => List::default(),
        // A theme comes from a list of ours, unless somebody made the request by hand.
        theme
            if theme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_') =>
        {
            visitor
                .list::<Provision>(&format!("/v1/provisions?theme={theme}"))
                .await?
        }
        _ => List::default(),
    };
    let provisions = provisions.items.into_iter().map(|one| page::Provision {
        name: one.name,
        gives: one.gives,
        words: Vec::new(),
    });
    Ok(page::Raise {
        fields: FIELDS
            .iter()
            .enumerate()
            .map(|(index, one)| field(visitor, &frame, (index, one), values))
            .collect(),
        provisions: provisions.collect(),
        alike: None,
        frame,
        draft,
        saved: None,
        refusal: None,
        required: REQUIRED,
        reports: visitor.is_offered(visitor.session()?, Offer::Report),
    })
}

fn field(
    visitor: &Visitor,
    frame: &Frame,
    (index, (name, word, _)): (usize, &(&'static str, &str, &str)),
    values: &Values,
) -> Field {
    let has_help = !matches!(*word, "theme" | "age");
    Field {
        id: (*name).to_owned(),
        name,
        label: frame.t(&format!("raise.{word}")).to_owned(),
        help: has_help.then(|| frame.t(&format!("raise.{word}-help")).to_owned()),
        error: None,
        value: get(values, name).to_owned(),
        required: index < REQUIRED,
        input: match *word {
            "story" => Input::Lines(9),
            "wish" | "words" | "tried" => Input::Lines(3),
            "theme" => Input::List(themes(visitor, frame)),
            "age" => Input::Radios(ages(frame)),
            _ => Input::Line,
        },
    }
}

/// The themes that the catalogue of provisions knows, by their name.
fn themes(visitor: &Visitor, frame: &Frame) -> Vec<Choice> {
    let provisions = visitor.web().0.platform.catalogues.provisions.provisions();
    let mut themes: Vec<&String> = provisions.iter().flat_map(|one| &one.themes).collect();
    themes.sort();
    themes.dedup();
    let mut choices: Vec<Choice> = themes
        .into_iter()
        .map(|theme| Choice {
            value: theme.clone(),
            label: frame.code("theme", theme),
        })
        .collect();
    choices.sort_by(|one, other| one.label.cmp(&other.label));
    choices
}

fn ages(frame: &Frame) -> Vec<Choice> {
    let ages = AgeBand::ALL.iter().map(|age| Choice {
        value: age.as_str().to_owned(),
        label: frame.code("age", age.as_str()),
    });
    ages.collect()
}

/// `POST /casussen/nieuw`: raises the case, or keeps what was written.
pub(super) async fn send(visitor: Visitor, filled: Filled) -> Result<Response, Failure> {
    let draft = Some(filled.get("concept")).filter(|id| !id.is_empty());
    if filled.get("doe") == "bewaren" {
        return keep(&visitor, &filled, draft).await;
    }
    if filled.get("doe") == "weggooien" {
        return discard(&visitor, &filled, draft).await;
    }
    let values = values(&filled);
    if filled.get("doe") == "kijken" {
        return suggestions::show(&visitor, &filled, &values, draft).await;
    }
    let wrong = wrong(&values);
    if !wrong.is_empty() {
        return again(&visitor, &values, draft, &wrong, None).await;
    }
    let report = Value::Object(to_report(&visitor, &values)?);
    let path = match draft {
        Some(draft) => format!("/v1/drafts/{}/report", id(draft)?),
        None => "/v1/cases".to_owned(),
    };
    match visitor
        .act(Method::POST, &path, &filled.token, &report)
        .await?
    {
        Ok(written) => {
            let case = written["case"].as_str().unwrap_or_default();
            let onwards = format!("/casussen/{case}?gedaan=ingebracht");
            Ok(Redirect::to(&onwards).into_response())
        }
        Err(refused) => {
            let wrong = blamed(&refused);
            again(&visitor, &values, draft, &wrong, Some(refused)).await
        }
    }
}

async fn keep(
    visitor: &Visitor,
    filled: &Filled,
    draft: Option<&str>,
) -> Result<Response, Failure> {
    let values = values(filled);
    let content = json!({ "content": to_report(visitor, &values)? });
    let (method, path) = match draft {
        Some(draft) => (Method::PUT, format!("/v1/drafts/{}", id(draft)?)),
        None => (Method::POST, "/v1/drafts".to_owned()),
    };
    match visitor.act(method, &path, &filled.token, &content).await? {
        Ok(written) => {
            let case = written["case"].as_str().unwrap_or_default();
            Ok(Redirect::to(&format!("/casussen/nieuw?concept={case}")).into_response())
        }
        Err(refused) => {
            let wrong = blamed(&refused);
            again(visitor, &values, draft, &wrong, Some(refused)).await
        }
    }
}

/// Throws the draft away.
async fn discard(
    visitor: &Visitor,
    filled: &Filled,
    draft: Option<&str>,
) -> Result<Response, Failure> {
    let path = format!("/v1/drafts/{}", id(draft.unwrap_or_default())?);
    let nothing = Value::Null;
    let done = visitor.act(Method::DELETE, &path, &filled.token, &nothing);
    match done.await? {
        Ok(_) => Ok(onwards("/werk", "concept-weg")),
        Err(refused) => Err(Failure::Status(refused.status)),
    }
}

/// The form once more, with what is wrong at its fields.
async fn again(
    visitor: &Visitor,
    values: &Values,
    draft: Option<&str>,
    wrong: &[(&'static str, &'static str)],
    refused: Option<Refused>,
) -> Result<Response, Failure> {
    let mut page = form(visitor, values, draft.map(str::to_owned)).await?;
    for field in &mut page.fields {
        let found = wrong.iter().find(|(name, _)| *name == field.name);
        field.error = found.map(|(_, key)| page.frame.t(key).to_owned());
    }
    if let Some(refused) = refused
        && wrong.is_empty()
    {
        if matches!(refused.status.as_u16(), 403 | 404) {
            return Err(Failure::Status(refused.status));
        }
        tracing::info!(code = refused.code, "a case could not be raised");
        let key = format!("refusal.{}", refused.code.replace('_', "-"));
        let why = page.frame.known(&key);
        let stays = page.frame.t("raise.refused");
        page.refusal = Some(match why {
            Some(why) => format!("{stays} {why}"),
            None => stays.to_owned(),
        });
    }
    answer::wrong(&page)
}

fn values(filled: &Filled) -> Values {
    let value = |name: &str| (name.to_owned(), Value::from(filled.get(name)));
    FIELDS.iter().map(|(name, ..)| value(name)).collect()
}

/// What can be seen to be wrong before anybody is asked.
fn wrong(values: &Values) -> Vec<(&'static str, &'static str)> {
    let required = [
        ("verhaal", "raise.story-wrong"),
        ("wens", "raise.wish-wrong"),
        ("onderwerp", "raise.theme-wrong"),
        ("leeftijd", "raise.age-wrong"),
    ];
    let empty = required
        .into_iter()
        .filter(|(name, _)| get(values, name).is_empty());
    let long = FIELDS.iter().filter_map(|(name, ..)| {
        let long = get(values, name).chars().count() > LONGEST;
        long.then_some((*name, "deed.too-long"))
    });
    empty.chain(long).collect()
}

/// The fields of the form that the API finds something wrong with.
fn blamed(refused: &Refused) -> Vec<(&'static str, &'static str)> {
    let mut blamed = Vec::new();
    for place in &refused.fields {
        // The longest address that fits: a name is inside a person.
        let fits = FIELDS.iter().filter(|(_, _, of)| place.starts_with(of));
        let Some((name, word, _)) = fits.max_by_key(|(_, _, of)| of.len()) else {
            continue;
        };
        // What is asked for and not there has words of its own; anything else is what the API says.
        let key = match (*word, why(refused, place)) {
            ("story", "deed.missing") => "raise.story-wrong",
            ("wish", "deed.missing") => "raise.wish-wrong",
            ("theme", "deed.missing" | "deed.unfit") => "raise.theme-wrong",
            ("age", "deed.missing" | "deed.unfit") => "raise.age-wrong",
            (_, why) => why,
        };
        let key = (*name, key);
        if !blamed.contains(&key) {
            blamed.push(key);
        }
    }
    blamed
}
