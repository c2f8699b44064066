//! What a played story ended in: only on the dev port, for it shows a case whoever asks.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use chassis::problem::Problem;
use journal::JournalError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Platform;
use crate::intake::quarantine;
use crate::relay::sent;
use crate::views;

/// Where a case ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CaseEnd {
    /// The rung it stands on.
    pub rung: String,
    /// That rung's tier.
    pub tier: String,
    /// Its state.
    pub state: String,
    /// How it ended; null while it has not.
    pub outcome: Option<String>,
    /// The OIN of its owner.
    pub owner: String,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Happening {
    /// Its place in what happened to the case, from 1: the same wherever and after whatever else
    /// the story is told.
    pub position: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What, `<noun>.<past-verb>`.
    pub kind: String,
    /// Where the case stands after it.
    pub rung: String,
    /// The OIN of who did it; null when a deadline fell due.
    pub organisation: Option<String>,
    /// In which role; `clock` when a deadline fell due.
    pub role: String,
}

/// A message that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quarantined {
    /// Who sent it.
    pub sender: String,
    /// On which subject.
    pub subject: String,
    /// Why: the stable code.
    pub reason: String,
}

/// The whole report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Where the case ended; null when there is none.
    pub case: Option<CaseEnd>,
    /// What happened to it, in order.
    pub timeline: Vec<Happening>,
    /// Per organisation, by OIN: what was sent to it about the case, in order.
    pub sent: BTreeMap<String, Vec<String>>,
    /// What could not be taken in.
    pub quarantine: Vec<Quarantined>,
}

#[derive(Deserialize)]
struct Which {
    case: Option<String>,
}

/// `GET /report?case=<id>`; without a case, the one that was reported last.
pub fn routes(platform: Platform) -> Router {
    Router::new()
        .route("/report", get(report))
        .with_state(platform)
}

async fn report(
    State(platform): State<Platform>,
    Query(which): Query<Which>,
) -> Result<Json<Report>, Problem> {
    let made = make(&platform, which.case).await;
    made.map(Json)
        .map_err(|error| Problem::unavailable(error.to_string()))
}

async fn make(platform: &Platform, case: Option<String>) -> Result<Report, JournalError> {
    let db = &platform.ground.db;
    let case = match case {
        Some(case) => views::find_case(db, &case).await?,
        None => views::last_case(db).await?,
    };
    let quarantine = quarantine::all(db)
        .await?
        .into_iter()
        .map(|row| Quarantined {
            sender: row.sender,
            subject: row.subject,
            reason: row.reason,
        })
        .collect();
    let Some(case) = case else {
        let (timeline, sent) = (Vec::new(), BTreeMap::new());
        return Ok(Report {
            case: None,
            timeline,
            sent,
            quarantine,
        });
    };
    let timeline = views::timeline(db, &case.case_id, 0, 100_000)
        .await?
        .into_iter()
        .zip(1..)
        .map(|(row, position)| Happening {
            position,
            at: row.at,
            kind: row.kind,
            rung: row.rung,
            organisation: row.organisation,
            role: row.role,
        })
        .collect();
    let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in sent::of_case(db, &case.case_id).await? {
        sent.entry(row.organisation).or_default().push(row.event);
    }
    let case = CaseEnd {
        rung: case.rung,
        tier: case.tier,
        state: case.state,
        outcome: case.outcome,
        owner: case.owner,
    };
    Ok(Report {
        case: Some(case),
        timeline,
        sent,
        quarantine,
    })
}
