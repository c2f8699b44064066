//! The register: who does what at which organisation, so that everybody finds the right person
//! without a network of their own (domain, rows K4 and K5).

mod kept;
mod seen;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::ETAG;
use chassis::problem::Problem;
use gate::{Action, RegisterFacts};
use ladder::RungId;
use proto::{InvalidParam, Oin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Platform;
use super::caller::Caller;
use super::page::Page;
use super::refusal::unavailable;
use super::reveal::Opener;
use super::written::{etag, not_allowed};
use crate::translate::carries_out;
use crate::views::{self, ContactRow};

pub(super) use kept::{Absent, ContactKept, clear_absence, confirm, put, remove, set_absence};
pub(super) use seen::{Addressed, ContactSeen, addressed};

/// Entries that are read from the view at a time.
const SWEEP: u32 = 500;

/// Whom is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    law: Option<String>,
    theme: Option<String>,
    region: Option<String>,
    rung: Option<String>,
    organisation: Option<String>,
}

/// Whom the question finds.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FoundSeen {
    /// The person to ask today.
    #[serde(flatten)]
    contact: ContactSeen,
    /// The entry that would have been found, had that person not been away.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<String>,
    /// Whether this person is away too, and nobody else is there.
    absent: bool,
}

/// The answer to a question to the register.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct RegisterSeen {
    /// The person to ask, when the question leads to one organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<FoundSeen>,
    /// Every entry that fits the question.
    items: Vec<ContactSeen>,
    /// Whether the policies let the caller keep the own organisation's register.
    may_keep: bool,
    /// Ask again with this to get what comes after; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// `GET /v1/register?law=&theme=&region=&rung=&organisation=`.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<(HeaderMap, Json<RegisterSeen>), Problem> {
    let organisation = organisation(&platform, &asked)?;
    let facts = RegisterFacts {
        organisation: organisation.map(|oin| oin.to_string()).unwrap_or_default(),
    };
    let about = (&facts as &dyn gate::Facts, "register");
    let opener = Opener::new(
        &platform,
        &caller,
        Action::ReadRegister,
        about,
        "findContacts",
    )
    .ok_or_else(not_allowed)?;
    let mut headers = HeaderMap::new();
    if let Some(oin) = organisation {
        let register = views::register(&platform.ground.db, oin.as_str()).await;
        let version = register.map_err(unavailable)?.map_or(0, |row| row.version);
        headers.insert(ETAG, etag(version));
    }
    let found = found(&platform, &caller, &opener, &asked, organisation).await?;
    let rows = fitting(&platform, &asked, organisation, &page).await?;
    let last = rows.last().map(name_of);
    let next_cursor = page.next(rows.len(), last);
    let mut items = Vec::new();
    for row in rows {
        items.push(ContactSeen::of(&platform, &caller, &opener, &row).await?);
    }
    let answer = RegisterSeen {
        found,
        items,
        may_keep: kept::may_keep(&platform, &caller),
        next_cursor,
    };
    Ok((headers, Json(answer)))
}

fn organisation<'a>(platform: &'a Platform, asked: &Asked) -> Result<Option<&'a Oin>, Problem> {
    let Some(named) = &asked.organisation else {
        return Ok(None);
    };
    let party = Oin::parse(named)
        .ok()
        .and_then(|oin| platform.parties.get(&oin));
    party.map(|party| Some(&party.oin)).ok_or_else(|| {
        let reason = "is no organisation of this platform";
        Problem::bad_request(vec![InvalidParam::new("organisation", reason)])
    })
}

/// The person to ask at the organisation that was named, or else at the only one that carries out
/// the law or theme (in the region, when there are several).
async fn found(
    platform: &Platform,
    caller: &Caller,
    opener: &Opener<'_>,
    asked: &Asked,
    organisation: Option<&Oin>,
) -> Result<Option<FoundSeen>, Problem> {
    let sought = asked.law.as_deref().or(asked.theme.as_deref());
    let only = || Some(&carries_out(&platform.parties, sought?, asked.region.as_deref())?.oin);
    let Some(oin) = organisation.or_else(only) else {
        return Ok(None);
    };
    let rung = asked.rung.as_deref().map(RungId::parse).transpose();
    let rung = rung.map_err(|_| {
        Problem::bad_request(vec![InvalidParam::new("rung", "is no rung of the ladder")])
    })?;
    let ground = &platform.ground;
    let register = views::whole_register(&ground.db, oin.as_str())
        .await
        .map_err(unavailable)?;
    let today = ground.rules.calendar.date_of(ground.clock.now());
    let found = register.find(
        asked.law.as_deref(),
        asked.theme.as_deref(),
        asked.region.as_deref(),
        rung.as_ref(),
        today,
    );
    let Some(found) = found else {
        return Ok(None);
    };
    let row = views::find_contact(&ground.db, oin.as_str(), found.contact.as_str())
        .await
        .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(FoundSeen {
        contact: ContactSeen::of(platform, caller, opener, &row).await?,
        instead_of: found.instead_of.map(|contact| contact.to_string()),
        absent: found.absent,
    }))
}

/// A page of the entries that fit the question, by organisation and key.
async fn fitting(
    platform: &Platform,
    asked: &Asked,
    organisation: Option<&Oin>,
    page: &Page,
) -> Result<Vec<ContactRow>, Problem> {
    let after = page.after_name().to_owned();
    let (of, contact) = after.split_once('/').unwrap_or_default();
    let (mut of, mut contact) = (of.to_owned(), contact.to_owned());
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    let mut fitting = Vec::new();
    loop {
        let rows = views::register_page(&platform.ground.db, (&of, &contact), SWEEP)
            .await
            .map_err(unavailable)?;
        let Some(last) = rows.last() else { break };
        (of, contact) = (last.organisation.clone(), last.contact.clone());
        fitting.extend(
            rows.into_iter()
                .filter(|row| fits(row, asked, organisation)),
        );
        if fitting.len() >= size {
            fitting.truncate(size);
            break;
        }
    }
    Ok(fitting)
}

fn name_of(row: &ContactRow) -> String {
    format!("{}/{}", row.organisation, row.contact)
}

/// Everything that is asked for must stand there; an entry without regions works for every
/// region, and one without a rung on any rung.
fn fits(row: &ContactRow, asked: &Asked, organisation: Option<&Oin>) -> bool {
    let has = |list: &serde_json::Value, word: &Option<String>| match (word, list.as_array()) {
        (None, _) => true,
        (Some(word), Some(list)) => list.iter().any(|one| one == word.as_str()),
        (Some(_), None) => false,
    };
    let everywhere = row.regions.as_array().is_none_or(Vec::is_empty);
    organisation.is_none_or(|oin| row.organisation == oin.as_str())
        && has(&row.laws, &asked.law)
        && has(&row.themes, &asked.theme)
        && (everywhere || has(&row.regions, &asked.region))
        && (row.rung.is_none() || asked.rung.is_none() || row.rung == asked.rung)
}
