//! Sharing after the check, with the three answers that go with it; and using former answers again.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, CaseFacts};
use ladder::catalogue::{DataCategory, SharingPurpose};
use ladder::{Command, Disclose, DisclosureId, Sealed, event};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::records::content;
use super::refusal::unavailable;
use super::reveal::to_whoever_may;
use super::{Platform, body, parties, sharing, sight, written};
use crate::person_free;
use crate::seal::CaseSealer;
use crate::views;

/// What is shared, with whom, and why that may be.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Disclosure {
    /// With whom.
    receiver: Oin,
    /// What: columns of the matrix.
    #[schemars(schema_with = "sharing::categories")]
    categories: BTreeSet<DataCategory>,
    /// What for.
    #[schemars(schema_with = "sharing::purpose")]
    purpose: SharingPurpose,
    /// On what ground, by its id in the catalogue.
    #[schemars(length(min = 1, max = 64))]
    legal_basis: String,
    /// Why the purpose cannot be reached without it.
    #[serde(default)]
    necessity: Option<Text>,
    /// Why it weighs up to what it means for the people concerned.
    #[serde(default)]
    proportionality: Option<Text>,
    /// Why less does not do.
    #[serde(default)]
    subsidiarity: Option<Text>,
    /// A former disclosure of your organisation whose answers hold here too.
    #[serde(default)]
    #[schemars(length(min = 1, max = 80))]
    template: Option<String>,
}

/// `POST /v1/cases/{id}/disclosures`: the caller's organisation is the one that shares.
pub(super) async fn disclose(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let own = Some(caller.oin.as_str());
    let action = Action::RecordLegalBasis;
    let sight = sight::act(&platform, &caller, &name, action, own).await?;
    let (told, about) = body::told::<Disclosure>(request).await?;
    let receiver = parties::known(&platform, "/receiver", &told.receiver)?;
    let template = match &told.template {
        Some(id) => Some(find(&platform, &caller, id).await?),
        None => None,
    };
    let (id, former) = match template {
        Some(template) => (Some(template.disclosure), Some(template.answers)),
        None => (None, None),
    };
    let sealer = sight.sealer_about(&platform, &about).await?;
    let answer = |given: Option<&Text>, read: fn(&Answers) -> &String| {
        let given = given.map(|text| text.to_string());
        answer(
            &sealer,
            given.or_else(|| former.as_ref().map(read).cloned()),
        )
    };
    let ground = &platform.ground;
    let disclosure = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::Disclose(Box::new(Disclose {
        disclosure: DisclosureId::parse(&disclosure).map_err(|_| Problem::internal())?,
        source: parties::organisation(&caller.oin)?,
        receiver,
        categories: told.categories,
        purpose: told.purpose,
        legal_basis: told.legal_basis,
        necessity: answer(told.necessity.as_ref(), |it| &it.necessity)?,
        proportionality: answer(told.proportionality.as_ref(), |it| &it.proportionality)?,
        subsidiarity: answer(told.subsidiarity.as_ref(), |it| &it.subsidiarity)?,
        template: id,
    }));
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/legal-bases"))
}

/// An answer that says something, sealed for this case.
fn answer(sealer: &CaseSealer, text: Option<String>) -> Result<Option<Sealed>, Problem> {
    text.filter(|text| !text.trim().is_empty())
        .map(|text| sealer.text(&text).map_err(unavailable))
        .transpose()
}

/// The three answers of a disclosure.
#[derive(Debug, Serialize, JsonSchema)]
struct Answers {
    /// Why the purpose could not be reached without it.
    necessity: String,
    /// Why it weighed up to what it meant for the people concerned.
    proportionality: String,
    /// Why less would not have done.
    subsidiarity: String,
}

impl Answers {
    /// Whether they name nobody, so that they can be used for others.
    fn are_person_free(&self) -> bool {
        [&self.necessity, &self.proportionality, &self.subsidiarity]
            .iter()
            .all(|text| person_free::check(text).is_empty())
    }
}

/// A former disclosure whose answers can be used again.
struct Template {
    disclosure: DisclosureId,
    ground: event::LegalBasisRecorded,
    answers: Answers,
}

/// The former disclosures of the caller's organisation that name nobody.
///
/// # Errors
/// 503 when database or key vault do not answer.
async fn templates(platform: &Platform, caller: &Caller) -> Result<Vec<Template>, Problem> {
    let own = caller.oin.as_str();
    let rows = views::records_of(&platform.ground.db, own, "legal-bases").await;
    let mut found = Vec::new();
    for row in rows.map_err(unavailable)? {
        // Who may record a disclosure for this organisation may read how it answered before.
        let facts = CaseFacts {
            id: row.case_id.clone(),
            owner: own.to_owned(),
            tier: "local".to_owned(),
            target: Some(own.to_owned()),
            ..CaseFacts::default()
        };
        let may = (Action::RecordLegalBasis, &facts);
        let ground: event::LegalBasisRecorded = content(row)?;
        let (Some(disclosure), Some(sealed)) = (ground.disclosure.clone(), ground.answers.clone())
        else {
            continue;
        };
        let mut texts = Vec::new();
        for text in [
            sealed.necessity,
            sealed.proportionality,
            sealed.subsidiarity,
        ] {
            let text = to_whoever_may(platform, caller, may, &text, "listSharingTemplates");
            texts.extend(text.await?);
        }
        let Ok([necessity, proportionality, subsidiarity]) = <[String; 3]>::try_from(texts) else {
            continue;
        };
        let answers = Answers {
            necessity,
            proportionality,
            subsidiarity,
        };
        if answers.are_person_free() {
            found.push(Template {
                disclosure,
                ground,
                answers,
            });
        }
    }
    Ok(found)
}

async fn find(platform: &Platform, caller: &Caller, id: &str) -> Result<Template, Problem> {
    let found = templates(platform, caller).await?;
    found
        .into_iter()
        .find(|template| template.disclosure.as_str() == id)
        .ok_or_else(|| {
            let reason = "is no disclosure of your organisation that can be used again";
            Problem::bad_request(vec![InvalidParam::new("/template", reason)])
        })
}

/// A former disclosure whose answers can be used again.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct TemplateSeen {
    /// Its id, for `template` of a disclosure.
    template: String,
    /// On what ground it rested.
    legal_basis: String,
    /// What for.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'static str>,
    /// What was shared.
    categories: Vec<&'static str>,
    /// How it was answered for.
    #[serde(flatten)]
    answers: Answers,
}

/// Former disclosures whose answers can be used again.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Templates {
    /// The oldest first.
    items: Vec<TemplateSeen>,
}

/// `GET /v1/sharing-templates`: the own organisation's; what points at a person is left out.
pub(super) async fn list_templates(
    State(platform): State<Platform>,
    caller: Caller,
) -> Result<Json<Templates>, Problem> {
    let found = templates(&platform, &caller).await?;
    let items = found.into_iter().map(|template| TemplateSeen {
        template: template.disclosure.to_string(),
        legal_basis: template.ground.legal_basis,
        purpose: template.ground.purpose.map(SharingPurpose::as_str),
        categories: template
            .ground
            .categories
            .iter()
            .map(|it| it.as_str())
            .collect(),
        answers: template.answers,
    });
    Ok(Json(Templates {
        items: items.collect(),
    }))
}
