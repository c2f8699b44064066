//! The certificate of one erasure: what, when, by whose order, which keys, and who holds files of
//! their own.

use axum::Json;
use axum::extract::{Path, State};
use chassis::problem::Problem;
use ladder::{CaseId, ErasureId, Event};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Caller, Platform, sight, unavailable};
use crate::aggregate;
use crate::history;
use crate::react::erasure::vault_name;

/// A certificate of erasure. It names nobody.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Certificate {
    /// The case.
    case: String,
    /// The erasure.
    erasure: String,
    /// `case`, `person` or `category`.
    scope: &'static str,
    /// The person, by the platform's own key, which names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// The category of data.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// The law under which it was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    law: Option<String>,
    /// `request`, `unlawful` or `term_ended`.
    ground: &'static str,
    /// The organisation that ordered it; absent when a term of keeping ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ordered_by: Option<String>,
    /// When it was ordered.
    ordered_at: String,
    /// When its keys were deleted.
    completed_at: String,
    /// How many keys were deleted.
    keys: u64,
    /// Their ids: what was sealed under them opens nowhere, also not in a copy of the log.
    key_ids: Vec<String>,
    /// Organisations that received something of the case. Their own files follow the terms of
    /// their own laws; they were told of this erasure.
    own_files: Vec<OwnFile>,
}

/// An organisation with a file of its own.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct OwnFile {
    /// Its OIN.
    organisation: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// `GET /v1/cases/{id}/erasures/{erasure}/certificate`.
pub(in crate::api) async fn certificate(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, erasure)): Path<(String, String)>,
) -> Result<Json<Certificate>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let none = || Problem::not_found("There is no such erasure, or it is not complete yet.");
    let erasure = ErasureId::parse(&erasure).map_err(|_| none())?;
    let certificate = made(&platform, &sight.id, &erasure).await?;
    certificate.map(Json).ok_or_else(none)
}

async fn made(
    platform: &Platform,
    id: &CaseId,
    erasure: &ErasureId,
) -> Result<Option<Certificate>, Problem> {
    let (stream, case) = history::of_case(&platform.ground.db, id)
        .await
        .map_err(unavailable)?;
    let (mut ordered, mut completed) = (None, None);
    for stored in &stream {
        let event: Event = aggregate::event(stored).map_err(unavailable)?;
        if let Event::ErasureOrdered(order) = &event
            && order.erasure == *erasure
        {
            ordered = Some((order.clone(), stored.at));
        }
        if let Event::ErasureCompleted(done) = &event
            && done.erasure == *erasure
        {
            completed = Some((done.keys, stored.at));
        }
    }
    let (Some((order, ordered_at)), Some((keys, completed_at))) = (ordered, completed) else {
        return Ok(None);
    };
    let key_ids = platform
        .vault
        .erased_by(&vault_name(id, erasure))
        .await
        .map_err(unavailable)?;
    let received = case.file().map(|file| file.received());
    let own_files = received.into_iter().flatten().map(|organisation| {
        let oin = organisation.to_string();
        let party = proto::Oin::parse(&oin).ok();
        let party = party.and_then(|oin| platform.parties.get(&oin));
        OwnFile {
            name: party.map(|party| party.name.clone()),
            organisation: oin,
        }
    });
    let (person, category, law) = match order.scope.clone() {
        ladder::ErasureScope::Case => (None, None, None),
        ladder::ErasureScope::Person { person } => (Some(person), None, None),
        ladder::ErasureScope::Category { category, law } => (None, Some(category), Some(law)),
    };
    Ok(Some(Certificate {
        case: id.to_string(),
        erasure: erasure.to_string(),
        scope: order.scope.word(),
        person,
        category,
        law,
        ground: order.ground.as_str(),
        ordered_by: order.by.map(|by| by.to_string()),
        ordered_at: ordered_at.to_string(),
        completed_at: completed_at.to_string(),
        keys,
        key_ids,
        own_files: own_files.collect(),
    }))
}
