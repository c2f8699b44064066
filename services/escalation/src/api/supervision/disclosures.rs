//! `GET /v1/disclosures`: what the own organisation shared, with whom and on which ground.

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use ladder::catalogue::SharingPurpose;
use ladder::{CaseId, event};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::caller::Caller;
use super::super::page::{List, Page};
use super::super::records::content;
use super::super::refusal::unavailable;
use super::super::{Platform, sight};
use super::overseeing;
use crate::views;

/// A ground on which the organisation shared; how it was answered for stands with the case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct DisclosureSeen {
    /// The case, by the organisation's own pseudonym.
    case: String,
    /// When it was recorded.
    at: String,
    /// With whom.
    receiver: String,
    /// On what ground.
    legal_basis: String,
    /// True when the catalogue does not list that ground: nobody checked it.
    unlisted: bool,
    /// What it opens.
    categories: Vec<&'static str>,
    /// What for; absent for what was recorded before purposes were.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'static str>,
    /// The disclosure, when it was checked and answered for.
    #[serde(skip_serializing_if = "Option::is_none")]
    disclosure: Option<String>,
}

/// The latest first, for the privacy officer.
pub(in crate::api) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<DisclosureSeen>>, Problem> {
    overseeing(&platform, &caller)?;
    let shared = shared(&platform, caller.oin.as_str()).await?;
    let ranked = shared.into_iter().zip(1_i64..).collect();
    let (ranked, next_cursor) = page.cut(ranked, |(_, place)| *place)?;
    let mut items = Vec::new();
    for ((case, at, basis), _) in ranked {
        items.push(DisclosureSeen {
            case: sight::pseudonym(&platform, &caller.oin, &case)?,
            at,
            receiver: basis.receiver.to_string(),
            legal_basis: basis.legal_basis,
            unlisted: basis.unlisted,
            categories: basis.categories.iter().map(|it| it.as_str()).collect(),
            purpose: basis.purpose.map(SharingPurpose::as_str),
            disclosure: basis.disclosure.map(|id| id.to_string()),
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// What an organisation shared, the latest first: what its people recorded, and what followed by
/// itself in a case that it owns.
async fn shared(
    platform: &Platform,
    own: &str,
) -> Result<Vec<(CaseId, String, event::LegalBasisRecorded)>, Problem> {
    let db = &platform.ground.db;
    let recorded = views::records_of(db, own, "legal-bases").await;
    let owned = views::records_of_owner(db, own, "legal-bases").await;
    let mut rows = recorded.map_err(unavailable)?;
    rows.extend(owned.map_err(unavailable)?);
    rows.sort_by_key(|row| std::cmp::Reverse(row.position));
    rows.dedup_by_key(|row| row.position);
    let mut shared = Vec::new();
    for row in rows {
        let case = CaseId::parse(&row.case_id).map_err(unavailable)?;
        let at = row.at.clone();
        let basis: event::LegalBasisRecorded = content(row)?;
        if basis.source.as_str() == own {
            shared.push((case, at, basis));
        }
    }
    Ok(shared)
}
