//! What is answered to a citizen who asks (AVG article 15): what is kept, from whom it came, on
//! which grounds it went where, and who looked.

use std::collections::{BTreeMap, BTreeSet};

use account::After;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use ladder::event;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::cases::CaseSeen;
use super::super::records::{content, records};
use super::super::refusal::unavailable;
use super::super::reveal::{Reader, Why};
use super::super::sight::{self, Sight, no_such_case};
use super::looks::about;
use super::{LookSeen, RequestSeen};
use crate::relay::sent;

/// The operation, as the description of the API calls it.
const OPERATION: &str = "readAccessReport";
/// How many lines of the log are taken at a time.
const PAGE: u32 = 200;

/// Everything that a citizen may know about the use of the own data in one case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct AccessReport {
    /// As of when.
    as_of: String,
    /// What was asked, and when it has to be answered.
    requests: Vec<RequestSeen>,
    /// The case itself.
    case: CaseSeen,
    /// What organisations know.
    facts: Vec<FactKept>,
    /// From whom it came.
    sources: Vec<Named>,
    /// To whom something was told.
    recipients: Vec<Recipient>,
    /// On which grounds it was shared.
    legal_bases: Vec<BasisKept>,
    /// Who looked, oldest first: every line of the log about this case.
    looks: Vec<LookSeen>,
    /// How much of each category of data is shown here, and by which policies.
    why: Why,
}

/// A fact.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct FactKept {
    /// What kind of data it is.
    category: String,
    /// The OIN of who reported it.
    source: String,
    /// The law under which it is known.
    law: String,
    /// The ground on which it was shared.
    legal_basis: String,
    /// Since which day it holds, when it may be shown in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The fact, when it may be shown in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
}

/// An organisation.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
struct Named {
    /// Its OIN.
    organisation: String,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// An organisation that was told something.
#[derive(Debug, Serialize, JsonSchema)]
struct Recipient {
    /// Which.
    #[serde(flatten)]
    organisation: Named,
    /// What, by the names of the events.
    told: BTreeSet<String>,
}

/// A ground for sharing.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct BasisKept {
    /// When it was recorded.
    at: String,
    /// Who shares.
    source: String,
    /// With whom.
    receiver: String,
    /// On what ground.
    legal_basis: String,
}

/// `GET /v1/cases/{id}/access-report`: for the citizen who asked, and for a privacy officer on the
/// recorded ground that a citizen asked. Of others there is nothing in it (r10, AVG article 15(4)).
pub(in crate::api) async fn report(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Json<AccessReport>, Problem> {
    let mut sight = sight::find(&platform, &caller, &name).await?;
    let logs = platform.accounting.logs();
    let requests = logs.requests(sight.id.as_str()).await;
    let requests = requests.map_err(unavailable)?;
    // Who asked without being linked to a person sees what is about the case as a whole.
    for citizen in requests.iter().filter_map(|it| it.person_ref.clone()) {
        sight.facts.citizens.entry(citizen).or_default();
    }
    let ground = &platform.ground;
    let action = Action::ReadAccessReport;
    let may = ground.gate.may(&caller.actor, action, &sight.facts);
    may.map_err(|_| no_such_case())?;
    let Some(last) = requests.last() else {
        let problem = Problem::new(
            StatusCode::CONFLICT,
            "no-access-request",
            "Nobody asked for this report",
        );
        return Err(problem.with_detail("Record the citizen's request for access first."));
    };
    caller.logbook.on_ground(&last.id);

    let Sight { row, facts, id } = &sight;
    let mut reader = Reader::new(&platform, &caller, facts, OPERATION);
    let course = reader.strength(Category::Process);
    let (kept, mut sources) = facts_kept(&platform, &mut reader, id.as_str()).await?;
    sources.insert(row.raiser.clone());
    let case = Sight {
        row: row.clone(),
        facts: facts.clone(),
        id: id.clone(),
    };
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for letter in sent::of_case(&ground.db, id.as_str())
        .await
        .map_err(unavailable)?
    {
        told.entry(letter.organisation)
            .or_default()
            .insert(letter.event);
    }
    let recipients = told.into_iter().map(|(organisation, told)| Recipient {
        organisation: named(&platform, organisation),
        told,
    });
    Ok(Json(AccessReport {
        as_of: ground.clock.now().to_string(),
        requests: requests.iter().map(Into::into).collect(),
        case: CaseSeen::of(&platform, &caller, case).await?,
        facts: kept,
        sources: sources
            .into_iter()
            .map(|organisation| named(&platform, organisation))
            .collect(),
        recipients: recipients.collect(),
        legal_bases: match course {
            Strength::Full => legal_bases(&platform, id.as_str()).await?,
            Strength::None | Strength::Pseudonym | Strength::Masked => Vec::new(),
        },
        looks: looks(&platform, id.as_str()).await?,
        why: reader.why(),
    }))
}

/// The facts of which something may be shown, and from whom they came.
async fn facts_kept(
    platform: &Platform,
    reader: &mut Reader<'_>,
    case: &str,
) -> Result<(Vec<FactKept>, BTreeSet<String>), Problem> {
    let (mut kept, mut sources) = (Vec::new(), BTreeSet::new());
    for row in records(platform, case, "facts").await? {
        let fact: event::FactReported = content(row)?;
        let category = Category::from_word(&fact.category).ok_or_else(Problem::internal)?;
        reader.about(Some(fact.source.as_str()), []);
        let strength = reader.strength_by(category, &fact.summary).await?;
        if strength == Strength::None {
            continue;
        }
        let full = strength == Strength::Full;
        sources.insert(fact.source.to_string());
        kept.push(FactKept {
            category: fact.category,
            source: fact.source.to_string(),
            law: fact.law,
            legal_basis: fact.legal_basis,
            since: full.then_some(fact.since),
            summary: reader.open_in(category, fact.summary).await?,
        });
    }
    reader.about(None, []);
    Ok((kept, sources))
}

async fn legal_bases(platform: &Platform, case: &str) -> Result<Vec<BasisKept>, Problem> {
    let mut kept = Vec::new();
    for row in records(platform, case, "legal-bases").await? {
        let at = row.at.clone();
        let basis: event::LegalBasisRecorded = content(row)?;
        kept.push(BasisKept {
            at,
            source: basis.source.to_string(),
            receiver: basis.receiver.to_string(),
            legal_basis: basis.legal_basis,
        });
    }
    Ok(kept)
}

/// Every line of the access log about the case.
async fn looks(platform: &Platform, case: &str) -> Result<Vec<LookSeen>, Problem> {
    let asked = about(case);
    let (mut looks, mut after) = (Vec::new(), After::nothing());
    loop {
        let lines = platform.accounting.logs().accesses(&asked, &after, PAGE);
        let lines = lines.await.map_err(unavailable)?;
        let Some(last) = lines.last() else {
            return Ok(looks);
        };
        after = After {
            at: last.at,
            id: last.id.clone(),
        };
        looks.extend(lines.iter().map(LookSeen::from));
    }
}

fn named(platform: &Platform, organisation: String) -> Named {
    let party = proto::Oin::parse(&organisation)
        .ok()
        .and_then(|oin| platform.parties.get(&oin));
    Named {
        name: party.map(|party| party.name.clone()),
        organisation,
    }
}
