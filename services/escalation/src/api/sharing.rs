//! "May I share this?": the catalogue of legal bases for the screens, and the check that changes
//! nothing.

mod catalogue;
mod words;

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use chassis::problem::Problem;
use ladder::Rules;
use ladder::catalogue::{DataCategory, LegalBasis, SharingPurpose};
use ladder::sharing::{Answer, ConsentScope, Lack, Profile, Question, Warning, check};
use proto::{InvalidParam, Oin, Text};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

pub(super) use catalogue::{Catalogue, catalogue};
use words::Words;

use super::caller::Caller;
use super::refusal::unavailable;
use super::{Platform, body, parties, sight};
use crate::aggregate;
use crate::person_free::{self, Kind};

/// What somebody would share.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    /// Who would share; the caller's organisation when nobody is named.
    #[serde(default)]
    source: Option<Oin>,
    /// With whom.
    receiver: Oin,
    /// What: columns of the matrix; without them, what the purpose needs.
    #[serde(default)]
    #[schemars(schema_with = "categories")]
    categories: BTreeSet<DataCategory>,
    /// What for.
    #[schemars(schema_with = "purpose")]
    purpose: SharingPurpose,
    /// The basis that you have in mind, by its id in the catalogue.
    #[serde(default)]
    #[schemars(length(min = 1, max = 64))]
    legal_basis: Option<String>,
    /// A text that would go with it: it is looked at for person numbers, and kept nowhere.
    #[serde(default)]
    text: Option<Text>,
}

/// The schema of a set of categories.
pub(super) fn categories(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = DataCategory::ALL.iter().map(|it| it.as_str()).collect();
    json_schema!({"type": "array", "items": {"type": "string", "enum": words}})
}

/// The schema of a purpose.
pub(super) fn purpose(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = SharingPurpose::ALL.iter().map(|it| it.as_str()).collect();
    json_schema!({"type": "string", "enum": words})
}

/// A basis that would do.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fits {
    /// Its id in the catalogue.
    legal_basis: String,
    /// Its title.
    title: Words,
    /// The article.
    article: String,
    /// For which of the categories asked.
    covers: Vec<&'static str>,
}

/// What is missing to share a category.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Missing {
    /// The category.
    category: &'static str,
    /// What is missing, as a code.
    why: &'static str,
    /// The same in a sentence.
    text: Words,
}

/// What to think of before sharing.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Warned {
    /// As a code.
    warning: &'static str,
    /// In a sentence.
    text: Words,
}

/// The answer.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Checked {
    /// Whether it may be shared: on the basis that was named, or on one that would do.
    permitted: bool,
    /// Whether an objection stands in the way.
    paused: bool,
    /// The bases that would do, the best first.
    bases: Vec<Fits>,
    /// What is missing, per category.
    missing: Vec<Missing>,
    /// The smallest set of the categories asked that would do for the purpose.
    smallest: Vec<&'static str>,
    /// What to think of before sharing.
    warnings: Vec<Warned>,
}

/// What the persons of a case agreed and objected to.
#[derive(Default)]
struct Said {
    consents: Vec<ConsentScope>,
    objected: bool,
}

/// `POST /v1/sharing-checks`: before there is a case.
pub(super) async fn check_without_case(
    State(platform): State<Platform>,
    caller: Caller,
    request: Request,
) -> Result<Json<Checked>, Problem> {
    let asked: Asked = body::read(request).await?;
    answer(&platform, &caller, &asked, &Said::default())
}

/// `POST /v1/cases/{id}/sharing-checks`: with what the persons of the case agreed and objected to.
pub(super) async fn check_in_case(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Json<Checked>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let asked: Asked = body::read(request).await?;
    let (case, _) = aggregate::read::<Rules>(&platform.ground.db, &sight.id)
        .await
        .map_err(unavailable)?;
    let said = case.file().map_or_else(Said::default, |file| Said {
        consents: file.consents.standing(),
        objected: file.is_paused(),
    });
    answer(&platform, &caller, &asked, &said)
}

fn answer(
    platform: &Platform,
    caller: &Caller,
    asked: &Asked,
    said: &Said,
) -> Result<Json<Checked>, Problem> {
    let rules = &platform.ground.rules;
    let mut wrong = Vec::new();
    let source = asked.source.as_ref().unwrap_or(&caller.oin);
    parties::check_known(platform, "/source", source, &mut wrong);
    parties::check_known(platform, "/receiver", &asked.receiver, &mut wrong);
    let chosen = chosen(platform, asked.legal_basis.as_deref(), &mut wrong);
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let receiver = parties::organisation(&asked.receiver)?;
    let profile = |oin: &Oin| -> Result<&Profile, Problem> {
        let known = rules.organisations.get(&parties::organisation(oin)?);
        known.ok_or_else(Problem::internal)
    };
    let text = asked.text.as_deref().unwrap_or_default();
    let question = Question {
        source: profile(source)?,
        receiver: (&receiver, profile(&asked.receiver)?),
        categories: asked.categories.clone(),
        purpose: asked.purpose,
        chosen,
        consents: &said.consents,
        objected: said.objected,
        number_in_text: person_free::check(text)
            .iter()
            .any(|found| found.kind == Kind::PersonNumber),
    };
    Ok(Json(seen(&check(&rules.legal_bases, &question))))
}

fn chosen<'a>(
    platform: &'a Platform,
    id: Option<&str>,
    wrong: &mut Vec<InvalidParam>,
) -> Option<&'a LegalBasis> {
    let id = id?;
    let found = platform.ground.rules.legal_bases.get(id);
    if found.is_none() {
        wrong.push(InvalidParam::new("/legalBasis", "is not in the catalogue"));
    }
    found
}

fn seen(answer: &Answer<'_>) -> Checked {
    Checked {
        permitted: answer.permitted,
        paused: answer.paused,
        bases: answer
            .fitting
            .iter()
            .map(|fit| Fits {
                legal_basis: fit.basis.id.clone(),
                title: (&fit.basis.title).into(),
                article: format!("{}, {}", fit.basis.law, fit.basis.article),
                covers: fit.covers.iter().map(|it| it.as_str()).collect(),
            })
            .collect(),
        missing: answer
            .missing
            .iter()
            .map(|(category, lack): (&DataCategory, &Lack)| Missing {
                category: category.as_str(),
                why: lack.as_str(),
                text: words::lack(*lack),
            })
            .collect(),
        smallest: answer.smallest.iter().map(|it| it.as_str()).collect(),
        warnings: answer
            .warnings
            .iter()
            .map(|warning: &Warning| Warned {
                warning: warning.as_str(),
                text: words::warning(*warning),
            })
            .collect(),
    }
}
