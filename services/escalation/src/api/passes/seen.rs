//! A pass as a caller may see it.

use chassis::problem::Problem;
use gate::Action;
use ladder::Sealed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::reveal::Opener;
use super::super::{Platform, sight};
use super::{facts_of, no_such_pass};
use crate::views::PassRow;

/// A pass into a case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct PassSeen {
    /// Its id.
    pass: String,
    /// How often it changed.
    version: i64,
    /// `emergency`, `temporary` or `accounting`.
    kind: String,
    /// The case, by the organisation's own pseudonym.
    case: String,
    /// The organisation of the person who has it.
    holder: String,
    /// That person, by the organisation's own reference.
    person: String,
    /// `open`, `under_review` or `closed`.
    state: String,
    /// What it opens.
    categories: Vec<String>,
    /// Why.
    reason: String,
    /// When it was issued.
    issued_at: String,
    /// Until when it was issued.
    until: String,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<String>,
    /// `expired`, `given_back` or `revoked`.
    #[serde(skip_serializing_if = "Option::is_none")]
    ending: Option<String>,
    /// Until when somebody looks whether there was reason for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    review_by: Option<String>,
    /// `justified` or `unjustified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<String>,
    /// What the reviewer found.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<String>,
}

/// What was said when it was issued.
#[derive(Deserialize)]
struct Issued {
    categories: Vec<String>,
    reason: Sealed,
    until: String,
    at: String,
}

/// How it ended.
#[derive(Deserialize)]
struct Ended {
    ending: String,
    at: String,
}

/// What the reviewer found.
#[derive(Deserialize)]
struct Found {
    verdict: String,
    text: Sealed,
}

impl PassSeen {
    pub(super) async fn of(
        platform: &Platform,
        caller: &Caller,
        mut row: PassRow,
        operation: &'static str,
    ) -> Result<Self, Problem> {
        let facts = facts_of(&row);
        let about = (&facts as &dyn gate::Facts, row.pass_id.as_str());
        let opener = Opener::new(platform, caller, Action::ReadPass, about, operation)
            .ok_or_else(no_such_pass)?;
        let issued: Issued =
            serde_json::from_value(row.content["issued"].take()).map_err(unavailable)?;
        let ended: Option<Ended> =
            serde_json::from_value(row.content["ended"].take()).map_err(unavailable)?;
        let found: Option<Found> =
            serde_json::from_value(row.content["reviewed"].take()).map_err(unavailable)?;
        let case = ladder::CaseId::parse(&row.case_id).map_err(unavailable)?;
        let (verdict, text) = found.map(|found| (found.verdict, found.text)).unzip();
        let (ending, ended_at) = ended.map(|ended| (ended.ending, ended.at)).unzip();
        Ok(Self {
            case: sight::pseudonym(platform, &caller.oin, &case)?,
            reason: opener.open(&issued.reason).await?,
            review: opener.open_some(text.as_ref()).await?,
            review_by: row.review_by.map(|by| by.to_string()),
            pass: row.pass_id,
            version: row.version,
            kind: row.kind,
            holder: row.holder,
            person: row.person,
            state: row.state,
            categories: issued.categories,
            issued_at: issued.at,
            until: issued.until,
            ended_at,
            ending,
            verdict,
        })
    }
}
