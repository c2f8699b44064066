//! What there is already for what somebody is writing, beside the form as it stands.

use axum::http::Method;
use axum::response::Response;
use screens::page;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Values, form, get};
use crate::web::answer::{self, Failure};
use crate::web::fields::Filled;
use crate::web::visitor::Visitor;

/// The fields of which the words count.
const TEXTS: [&str; 4] = ["verhaal", "wens", "woorden", "geprobeerd"];
/// The longest text that is looked at, in characters.
const LONGEST: usize = 10_000;

#[derive(Deserialize)]
struct Suggested {
    provisions: Vec<Provision>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Provision {
    name: String,
    gives: String,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Case {
    case: String,
    pseudonym: String,
    theme: String,
    outcome: Option<String>,
    #[serde(default)]
    rules: Vec<String>,
    words: Vec<String>,
}

/// The form once more, with what there is already. Nothing is kept.
pub(super) async fn show(
    visitor: &Visitor,
    filled: &Filled,
    values: &Values,
    draft: Option<&str>,
) -> Result<Response, Failure> {
    let mut asked = Map::new();
    let theme = get(values, "onderwerp");
    if !theme.is_empty() {
        asked.insert("theme".to_owned(), theme.into());
    }
    let texts = TEXTS.map(|name| get(values, name)).join("\n");
    let text: String = texts.trim().chars().take(LONGEST).collect();
    if !text.is_empty() {
        asked.insert("text".to_owned(), text.into());
    }
    let answered = visitor
        .act(
            Method::POST,
            "/v1/suggestions",
            &filled.token,
            &Value::Object(asked),
        )
        .await?;
    let suggested = answered.map_err(|refused| Failure::Status(refused.status))?;
    let suggested: Suggested = serde_json::from_value(suggested).map_err(|_| Failure::OURS)?;
    let page = form(visitor, values, draft.map(str::to_owned)).await?;
    let provisions = suggested.provisions.into_iter().map(|one| page::Provision {
        name: one.name,
        gives: one.gives,
        words: one.words,
    });
    let alike = suggested.cases.into_iter().map(|one| page::Alike {
        href: format!("/casussen/{}", one.case),
        theme: one.theme,
        number: one.pseudonym,
        outcome: one.outcome,
        rules: one
            .rules
            .iter()
            .map(|rule| visitor.web().rule(rule))
            .collect(),
        words: one.words,
    });
    answer::page(&page::Raise {
        provisions: provisions.collect(),
        alike: Some(alike.collect()),
        ..page
    })
}
