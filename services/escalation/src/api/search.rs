//! Search, over the cases of the caller's own scope and over what was learnt in them.
//!
//! Texts stand sealed, so there is no index of their words: what the caller may see of the newest
//! cases is made as the API makes it, and looked through. Nothing is found by what the caller may
//! not read, nor by names, birth dates and addresses: nobody looks for people here. It is a POST
//! because what is looked for may name somebody, and an address is kept by browsers, proxies and
//! logs (API Design Rules, /core/transport/no-sensitive-uris).

mod fields;

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Request, State};
use chassis::problem::Problem;
use futures::future::try_join_all;
use gate::{Action, CaseFacts, Category};
use ladder::CaseId;
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::cases::CaseItem;
use super::refusal::unavailable;
use super::{Platform, body, sight};
use crate::search::{Excerpt, Query};
use crate::views::{self, CaseRow};

/// So many cases are looked through, the newest.
const MOST_CASES: usize = 500;
/// So many of them at a time.
const AT_A_TIME: usize = 8;
/// So many hits are told.
const MOST_HITS: usize = 50;

/// What is looked for.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// Words, in Dutch or English; every one that is found counts.
    #[schemars(length(min = 1, max = 200))]
    q: String,
}

/// Where something was found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Matched {
    /// In what: `story`, `theme`, `rule`, `lesson` …
    field: &'static str,
    /// The text before it, where it stands in a text or a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    /// The word, as it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<String>,
    /// The text after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// A case that was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hit {
    #[serde(flatten)]
    item: CaseItem,
    /// What the raiser's organisation calls it; shown to that organisation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_reference: Option<String>,
    /// How many of the words were found.
    words: usize,
    /// Where, each place once.
    matched: Vec<Matched>,
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hits {
    /// The case with most of the words first; of those, the newest.
    items: Vec<Hit>,
    /// How many cases were looked through.
    searched: usize,
    /// Whether there are older cases that were not looked through.
    stopped: bool,
    /// Whether more was found than is told.
    more: bool,
}

/// `POST /v1/searches`.
pub(super) async fn search(
    State(platform): State<Platform>,
    caller: Caller,
    request: Request,
) -> Result<Json<Hits>, Problem> {
    let asked: Asked = body::read(request).await?;
    let query = Query::new(&asked.q);
    if query.is_empty() {
        let reason = "holds no word that can be looked for";
        return Err(Problem::bad_request(vec![InvalidParam::new("/q", reason)]));
    }
    let (cases, stopped) = scope(&platform, &caller).await?;
    let searched = cases.len();
    let mut hits = Vec::new();
    for some in cases.chunks(AT_A_TIME) {
        let looking = some
            .iter()
            .map(|case| look(&platform, &caller, &query, case));
        hits.extend(try_join_all(looking).await?.into_iter().flatten());
    }
    // Stable: the newest come first already.
    hits.sort_by_key(|found| std::cmp::Reverse(found.hit.words));
    let more = hits.len() > MOST_HITS;
    hits.truncate(MOST_HITS);
    // Accounted for is what is told, and of the rest that was searched.
    let items = hits.into_iter().map(|found| {
        let noted = found.aside.logbook.close();
        caller.logbook.take_over("searchCases", &noted, &found.told);
        found.hit
    });
    Ok(Json(Hits {
        items: items.collect(),
        searched,
        stopped,
        more,
    }))
}

/// The newest cases that the caller's list shows, the newest first, and whether there are more.
async fn scope(
    platform: &Platform,
    caller: &Caller,
) -> Result<(Vec<(CaseRow, CaseFacts)>, bool), Problem> {
    let ground = &platform.ground;
    let most = u32::try_from(MOST_CASES).unwrap_or(u32::MAX) + 1;
    let organisation = caller.oin.as_str();
    let citizen = caller.is_citizen();
    let rows = match citizen {
        true => {
            let name = ground.pseudonyms.citizen(organisation, caller.person_ref());
            let name = name.map_err(|_| Problem::internal())?;
            views::cases_of_citizen(&ground.db, name.as_str(), "", most).await
        }
        false => views::newest_cases(&ground.db, organisation, "", most).await,
    };
    let mut rows = rows.map_err(unavailable)?;
    rows.sort_by(|one, other| other.case_id.cmp(&one.case_id));
    let stopped = rows.len() > MOST_CASES;
    rows.truncate(MOST_CASES);
    // Facts of a page are read in the order of the ids.
    rows.reverse();
    let facts = match citizen {
        true => {
            let mut own = Vec::new();
            for row in &rows {
                let facts = views::facts(&ground.db, row).await.map_err(unavailable)?;
                own.push(sight::for_citizen(platform, caller, facts)?);
            }
            own
        }
        false => views::facts_of_page(&ground.db, organisation, &rows)
            .await
            .map_err(unavailable)?,
    };
    let cases = rows.into_iter().zip(facts).rev();
    let listed = cases.filter(|(_, facts)| {
        let may = ground.gate.may(&caller.actor, Action::ListCases, facts);
        may.is_ok()
    });
    Ok((listed.collect(), stopped))
}

/// A hit, with what was looked at to find it.
struct Found {
    hit: Hit,
    aside: Caller,
    told: BTreeSet<Category>,
}

async fn look(
    platform: &Platform,
    caller: &Caller,
    query: &Query,
    (row, facts): &(CaseRow, CaseFacts),
) -> Result<Option<Found>, Problem> {
    let aside = caller.aside();
    let id = CaseId::parse(&row.case_id).map_err(|_| Problem::internal())?;
    let pseudonym = sight::pseudonym(platform, &caller.oin, &id)?;
    let seen = fields::of(platform, &aside, (row, facts), (&id, &pseudonym)).await?;
    let mut terms = BTreeSet::new();
    let mut told = BTreeSet::from([Category::Process]);
    let mut matched: BTreeMap<&'static str, Matched> = BTreeMap::new();
    for field in &seen.fields {
        let Some(found) = query.find(&field.text) else {
            continue;
        };
        terms.extend(found.terms);
        told.insert(field.category);
        matched.entry(field.name).or_insert_with(|| {
            let shown = field.shown.then(|| Excerpt::of(&field.text, &found.first));
            let (mut before, mut word, mut after) = (None, None, None);
            if let Some(shown) = shown {
                (before, word, after) = (Some(shown.before), Some(shown.word), Some(shown.after));
            }
            Matched {
                field: field.name,
                before,
                word,
                after,
            }
        });
    }
    if terms.is_empty() {
        return Ok(None);
    }
    let hit = Hit {
        item: CaseItem::of(row.clone(), pseudonym, seen.course),
        own_reference: seen.own_reference,
        words: terms.len(),
        matched: matched.into_values().collect(),
    };
    Ok(Some(Found { hit, aside, told }))
}
