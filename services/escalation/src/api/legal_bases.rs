//! The grounds on which the case is shared: per receiver, recorded before anything is shown.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::catalogue::SharingPurpose;
use ladder::{Command, RecordLegalBasis, event};
use proto::Oin;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::reveal::Reader;
use super::{Platform, body, parties, sight, written};

/// The ground for sharing with one receiver.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Basis {
    /// With whom.
    receiver: Oin,
    /// On what ground.
    #[schemars(length(min = 1, max = 128))]
    legal_basis: String,
}

/// `POST /v1/cases/{id}/legal-bases`: the caller's organisation is the one that shares.
pub(super) async fn record(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let own = Some(caller.oin.as_str());
    let action = Action::RecordLegalBasis;
    let sight = sight::act(&platform, &caller, &name, action, own).await?;
    let basis: Basis = body::read(request).await?;
    let receiver = parties::known(&platform, "/receiver", &basis.receiver)?;
    let command = Command::RecordLegalBasis(RecordLegalBasis {
        source: parties::organisation(&caller.oin)?,
        receiver,
        legal_basis: basis.legal_basis,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/legal-bases"))
}

/// A ground for sharing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BasisSeen {
    /// Its place in the log.
    position: i64,
    /// When it was recorded.
    at: String,
    /// Who shares.
    source: String,
    /// With whom.
    receiver: String,
    /// On what ground.
    legal_basis: String,
    /// True when the catalogue does not list that ground: nobody checked it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unlisted: bool,
    /// What it opens.
    categories: Vec<&'static str>,
    /// Of these, what it opens only under a law that the receiver carries out.
    own_law: Vec<&'static str>,
    /// What for; absent for what was recorded before purposes were.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'static str>,
    /// The disclosure, when it was checked and answered for.
    #[serde(skip_serializing_if = "Option::is_none")]
    disclosure: Option<String>,
    /// Why the purpose could not be reached without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    necessity: Option<String>,
    /// Why it weighed up to what it meant for the people concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    proportionality: Option<String>,
    /// Why less would not have done.
    #[serde(skip_serializing_if = "Option::is_none")]
    subsidiarity: Option<String>,
    /// The disclosure whose answers were used again.
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<String>,
}

/// `GET /v1/cases/{id}/legal-bases`: all of them to whoever sees the whole course, else those
/// about the caller's organisation.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<BasisSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listLegalBases");
    let course = reader.strength(Category::Process);
    let rows = records(&platform, sight.id.as_str(), "legal-bases").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let own = caller.oin.as_str();
    let mut items = Vec::new();
    for row in rows {
        let (position, at) = (row.position, row.at.clone());
        let basis: event::LegalBasisRecorded = content(row)?;
        let part = basis.source.as_str() == own || basis.receiver.as_str() == own;
        if course == Strength::Full || part {
            reader.about(Some(basis.source.as_str()), [basis.receiver.to_string()]);
            let answers = basis.answers.map(|answers| {
                [
                    answers.necessity,
                    answers.proportionality,
                    answers.subsidiarity,
                ]
                .map(|text| Some(Classified::<Decision, _>::new(text)))
            });
            let [necessity, proportionality, subsidiarity] = answers.unwrap_or([None, None, None]);
            items.push(BasisSeen {
                position,
                at,
                source: basis.source.to_string(),
                receiver: basis.receiver.to_string(),
                legal_basis: basis.legal_basis,
                unlisted: basis.unlisted,
                categories: basis.categories.iter().map(|it| it.as_str()).collect(),
                own_law: basis.own_law.iter().map(|it| it.as_str()).collect(),
                purpose: basis.purpose.map(SharingPurpose::as_str),
                disclosure: basis.disclosure.map(|id| id.to_string()),
                necessity: reader.open_some(necessity.as_ref()).await?,
                proportionality: reader.open_some(proportionality.as_ref()).await?,
                subsidiarity: reader.open_some(subsidiarity.as_ref()).await?,
                template: basis.template.map(|id| id.to_string()),
            });
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
