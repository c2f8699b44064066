//! What a privacy officer oversees of the own organisation, a file per page.

mod kept;
mod log;
mod sheet;
mod waits;

use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;

use super::answer::{self, Failure};
use super::api::List;
use super::deeds::{Mistake, Spec};
use super::fields::Filled;
use super::visitor::Visitor;

pub(super) use kept::{order, show as kept};
pub(super) use log::{search, show as log};
pub(super) use sheet::{certificate, report};
pub(super) use waits::{act, show as waits};

/// What was just done, when the reader comes from a form.
#[derive(Deserialize)]
pub(super) struct Coming {
    gedaan: Option<String>,
}

impl Coming {
    fn says(&self, frame: &screens::Frame) -> Option<String> {
        let done = self.gedaan.as_deref()?;
        frame.known(&format!("deed.{done}-done")).map(str::to_owned)
    }
}

/// Carries a form out; a case that is not there is a mistake in the field that names it.
async fn carry_out(
    visitor: &Visitor,
    spec: &Spec,
    filled: &Filled,
) -> Result<Result<serde_json::Value, Mistake>, Failure> {
    let names_case = spec.parts.iter().any(|part| part.name == "over");
    match spec.carry_out(visitor, (spec.path, filled)).await {
        Err(Failure::Status(StatusCode::NOT_FOUND)) if names_case => Ok(Err(Mistake {
            fields: vec![("over", "deed.unknown-case")],
            refusal: None,
        })),
        other => other,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Disclosure {
    case: String,
    at: Timestamp,
    receiver: String,
    legal_basis: String,
    unlisted: bool,
    categories: Vec<String>,
    purpose: Option<String>,
}

/// `GET /privacy/gedeeld`.
pub(super) async fn shared(visitor: Visitor) -> Result<Response, Failure> {
    let list: List<Disclosure> = visitor.read("/v1/disclosures?pageSize=200").await?;
    let frame = visitor.frame(Here::Privacy);
    let web = visitor.web();
    let lines = list.items.into_iter().map(|one| page::SharedLine {
        href: format!("/casussen/{}/delen", one.case),
        number: one.case,
        at: one.at,
        receiver: web.name_of(&one.receiver),
        ground: web.ground(&one.legal_basis, frame.language),
        unlisted: one.unlisted,
        categories: one.categories,
        purpose: one.purpose,
    });
    answer::page(&page::PrivacyShared {
        more: list.next_cursor.is_some(),
        lines: lines.collect(),
        frame,
    })
}
