//! What there is already for what somebody is writing: standard provisions, and decided cases of
//! the own scope (domain, rows M6 and H14: often no tailor-made solution is needed, but the regular
//! one is badly found). What is written is looked at and kept nowhere; that something was suggested,
//! and which cases were shown, stands in the access log.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Request, State};
use chassis::problem::Problem;
use gate::Category;
use ladder::catalogue::{Basis, Provision};
use proto::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::catalogues::ProvisionSeen;
use super::comparable::{self, ComparableSeen};
use super::refusal::unavailable;
use super::{Platform, body};
use crate::search::Query;
use crate::views;

/// As many of each as somebody can hold beside what they write.
const SHOWN: usize = 5;
/// How many decided cases are looked at, the newest.
const CANDIDATES: u32 = 100;
/// What the theme of a case counts for, beside its words.
const FOR_THEME: usize = 3;
/// What a word counts for in the name of something, and elsewhere.
const IN_NAME: usize = 2;
const ELSEWHERE: usize = 1;
/// What is needed to be suggested: one word alone could be by chance.
const ENOUGH: usize = 2;

/// What is being written.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The theme, if one was chosen.
    #[serde(default)]
    #[schemars(length(min = 1, max = 64))]
    theme: Option<String>,
    /// The text so far.
    #[serde(default)]
    text: Option<Text>,
}

/// A standard provision, and why it is suggested.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SuggestedProvision {
    #[serde(flatten)]
    provision: ProvisionSeen,
    /// Whether it is meant for the theme.
    for_theme: bool,
    /// The words of the text that it has to do with.
    words: Vec<String>,
}

/// A decided case, and why it is suggested.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SuggestedCase {
    #[serde(flatten)]
    case: ComparableSeen,
    /// Whether it is about the theme.
    same_theme: bool,
    /// The words of the text that it has to do with.
    words: Vec<String>,
}

/// What there is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Suggested {
    /// Provisions to try first, the most fitting first.
    provisions: Vec<SuggestedProvision>,
    /// Decided cases, the most alike first; of those the newest decision.
    cases: Vec<SuggestedCase>,
}

/// `POST /v1/suggestions`.
pub(super) async fn suggest(
    State(platform): State<Platform>,
    caller: Caller,
    request: Request,
) -> Result<Json<Suggested>, Problem> {
    let asked: Asked = body::read(request).await?;
    let theme = asked.theme.as_deref().unwrap_or_default();
    let query = Query::about(asked.text.as_deref().unwrap_or_default());
    Ok(Json(Suggested {
        provisions: provisions(&platform, theme, &query),
        cases: cases(&platform, &caller, theme, &query).await?,
    }))
}

/// What something counts for, and the words by which.
#[derive(Default)]
struct Weight {
    counts: usize,
    words: BTreeSet<usize>,
}

impl Weight {
    /// Adds the words of a text; each word counts once, where it counts most.
    fn add(&mut self, query: &Query, text: &str, each: usize) {
        if let Some(found) = query.find(text) {
            let before = self.words.len();
            self.words.extend(found.terms);
            self.counts += (self.words.len() - before) * each;
        }
    }

    fn words(&self, query: &Query) -> Vec<String> {
        query.words(&self.words).map(str::to_owned).collect()
    }
}

fn provisions(platform: &Platform, theme: &str, query: &Query) -> Vec<SuggestedProvision> {
    let weigh = |provision: &Provision| {
        let mut weight = Weight::default();
        weight.add(query, &provision.name, IN_NAME);
        weight.add(query, &provision.gives, ELSEWHERE);
        weight
    };
    let catalogue = platform.catalogues.provisions.provisions();
    let mut fitting: Vec<(bool, Weight, &Provision)> = catalogue
        .iter()
        .map(|one| (one.themes.contains(theme), weigh(one), one))
        .filter(|(for_theme, weight, _)| *for_theme || weight.counts >= ENOUGH)
        .collect();
    // Stable: what fits equally well stays in the order of the file.
    fitting.sort_by_key(|(for_theme, weight, provision)| {
        let theme = if *for_theme { FOR_THEME } else { 0 };
        (Reverse(weight.counts + theme), provision.scarce)
    });
    let best = fitting.into_iter().take(SHOWN);
    best.map(|(for_theme, weight, provision)| SuggestedProvision {
        provision: provision.into(),
        for_theme,
        words: weight.words(query),
    })
    .collect()
}

async fn cases(
    platform: &Platform,
    caller: &Caller,
    theme: &str,
    query: &Query,
) -> Result<Vec<SuggestedCase>, Problem> {
    let db = &platform.ground.db;
    let rows = views::decided_of(db, caller.oin.as_str(), CANDIDATES)
        .await
        .map_err(unavailable)?;
    let mut alike = Vec::new();
    for row in rows {
        // Apart: of the cases that are looked at only those that are told count as looks.
        let aside = caller.aside();
        let Some(case) = comparable::seen(platform, &aside, row, "suggest").await? else {
            continue;
        };
        let weight = weigh(platform, &case, query);
        let same_theme = case.theme == theme;
        if same_theme || weight.counts >= ENOUGH {
            alike.push((same_theme, weight, case, aside));
        }
    }
    // Stable: the newest decision comes first already.
    alike.sort_by_key(|(same_theme, weight, ..)| {
        Reverse(weight.counts + if *same_theme { FOR_THEME } else { 0 })
    });
    let told = BTreeSet::from([Category::Process, Category::Decision]);
    let best = alike.into_iter().take(SHOWN);
    Ok(best
        .map(|(same_theme, weight, case, aside)| {
            let noted = aside.logbook.close();
            caller.logbook.take_over("suggest", &noted, &told);
            SuggestedCase {
                case,
                same_theme,
                words: weight.words(query),
            }
        })
        .collect())
}

/// By the names of its rules and their laws: what is coded of it, for its texts are not for this.
fn weigh(platform: &Platform, case: &ComparableSeen, query: &Query) -> Weight {
    let catalogue = &platform.catalogues.rules;
    let mut weight = Weight::default();
    for rule in case
        .rules
        .iter()
        .flatten()
        .filter_map(|id| catalogue.get(id))
    {
        weight.add(query, &rule.name, IN_NAME);
        if let Basis::Statute(id) = &rule.basis
            && let Some(statute) = catalogue.statute(id)
        {
            weight.add(query, &statute.name, ELSEWHERE);
        }
    }
    weight
}
