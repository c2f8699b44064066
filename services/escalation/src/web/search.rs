//! Searching the reader's own cases. What is looked for is sent in a form and never stands in an
//! address: it may name somebody, and addresses are kept.

use axum::http::{Method, StatusCode};
use axum::response::Response;
use screens::{Field, Frame, Here, Input, page};
use serde::Deserialize;
use serde_json::json;

use super::answer::{self, Failure};
use super::fields::Filled;
use super::visitor::Visitor;

#[derive(Deserialize)]
struct Hits {
    items: Vec<Hit>,
    searched: usize,
    stopped: bool,
    more: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hit {
    id: Option<String>,
    pseudonym: String,
    own_reference: Option<String>,
    theme: Option<String>,
    rung: Option<String>,
    state: Option<String>,
    matched: Vec<Matched>,
}

#[derive(Deserialize)]
struct Matched {
    field: String,
    before: Option<String>,
    word: Option<String>,
    after: Option<String>,
}

/// The key of the words of the field of this name.
pub(super) fn word(name: &str) -> Option<&'static str> {
    (name == "q").then_some("search.q")
}

/// `GET /zoeken`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, Failure> {
    visitor.session()?;
    answer::page(&form(&visitor, "", false))
}

/// `POST /zoeken`.
pub(super) async fn search(visitor: Visitor, filled: Filled) -> Result<Response, Failure> {
    let q = filled.get("q");
    let asked = json!({ "q": q });
    let answered = visitor
        .act(Method::POST, "/v1/searches", &filled.token, &asked)
        .await?;
    let hits = match answered {
        Ok(hits) => hits,
        Err(refused) if refused.status == StatusCode::BAD_REQUEST => {
            return answer::wrong(&form(&visitor, q, true));
        }
        Err(refused) => return Err(Failure::Status(refused.status)),
    };
    let hits: Hits = serde_json::from_value(hits).map_err(|_| Failure::OURS)?;
    let mut page = form(&visitor, q, false);
    let cases = hits.items.into_iter().map(|hit| {
        let places = hit.matched.into_iter();
        page::FoundCase {
            href: format!("/casussen/{}", hit.id.as_ref().unwrap_or(&hit.pseudonym)),
            theme: hit.theme.unwrap_or_default(),
            number: hit.own_reference.unwrap_or(hit.pseudonym),
            rung: hit
                .rung
                .map_or_else(String::new, |rung| visitor.web().rung(&rung)),
            state: hit.state.unwrap_or_default(),
            places: places.map(|one| place(&page.frame, one)).collect(),
        }
    });
    page.found = Some(page::FoundCases {
        cases: cases.collect(),
        searched: hits.searched,
        stopped: hits.stopped,
        more: hits.more,
    });
    answer::page(&page)
}

fn place(frame: &Frame, matched: Matched) -> page::FoundPlace {
    let piece = matched.word.map(|word| {
        let (before, after) = (matched.before, matched.after);
        (before.unwrap_or_default(), word, after.unwrap_or_default())
    });
    page::FoundPlace {
        label: frame.t(&format!("search.in-{}", matched.field)).to_owned(),
        piece,
    }
}

fn form(visitor: &Visitor, q: &str, wrong: bool) -> page::Search {
    let frame = visitor.frame(Here::Search);
    page::Search {
        fields: vec![Field {
            id: "q".to_owned(),
            name: "q",
            label: frame.t("search.q").to_owned(),
            help: Some(frame.t("search.q-help").to_owned()),
            error: wrong.then(|| frame.t("search.q-wrong").to_owned()),
            value: q.to_owned(),
            required: true,
            input: Input::Line,
        }],
        frame,
        refusal: None,
        found: None,
    }
}
