//! What is found about stuck cases: each finding with its facts, a sentence that explains it, and
//! what can be done.

mod words;

use axum::Json;
use axum::extract::{Path, State};
use chassis::problem::Problem;
use gate::{Action, CaseFacts, Category, Strength};
use ladder::CaseId;
use ladder::findings::{Because, Finding, NextStep};
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::sight;
use crate::found;
use crate::views::{self, CaseRow};

/// Something that can be done.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StepSeen {
    /// Its word.
    step: &'static str,
    /// What it is, in Dutch.
    text: &'static str,
    /// What it is, in English.
    text_en: &'static str,
}

impl From<&NextStep> for StepSeen {
    fn from(step: &NextStep) -> Self {
        let (text, text_en) = words::step(*step);
        Self {
            step: step.as_str(),
            text,
            text_en,
        }
    }
}

/// What keeps a case from moving.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FindingSeen {
    /// `no_progress`, `refused_twice`, `rules_collide`, `party_silent`, `scarcity` or
    /// `late_commitment`.
    kind: &'static str,
    /// Why it is found, in Dutch.
    explanation: String,
    /// Why it is found, in English.
    explanation_en: String,
    /// The facts behind it.
    because: FactsSeen,
    /// What can be done, the first to think of first.
    next: Vec<StepSeen>,
}

/// The facts behind a finding; which of them are there depends on its kind.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FactsSeen {
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    /// The rung where the case stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    rung: Option<String>,
    /// The OIN of whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// What the handoffs ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<&'static str>,
    /// The handoffs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    handoffs: Vec<String>,
    /// The commitments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    commitments: Vec<String>,
    /// How the rules stop the household: `collision` or `chain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    collision: Option<&'static str>,
    /// The rules: in a chain the rule that falls, then all by way of which it rests on the last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rules: Vec<String>,
    /// The theme to which a signal belongs.
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    /// The last day on which it would be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
}

impl From<&Because> for FactsSeen {
    fn from(because: &Because) -> Self {
        let none = Self::default();
        match because {
            Because::NoProgress {
                since,
                rung,
                handler,
            } => Self {
                since: Some(since.to_string()),
                rung: Some(rung.to_string()),
                organisation: Some(handler.to_string()),
                ..none
            },
            Because::RefusedTwice {
                by,
                asked,
                handoffs,
                last_at,
            } => Self {
                since: Some(last_at.to_string()),
                organisation: Some(by.to_string()),
                asked: Some(asked.as_str()),
                handoffs: handoffs.iter().map(ToString::to_string).collect(),
                ..none
            },
            Because::RulesCollide { kind, rules } => Self {
                collision: Some(kind.as_str()),
                rules: rules.clone(),
                ..none
            },
            Because::PartySilent {
                organisation,
                last_heard,
                handoffs,
                commitments,
            } => Self {
                since: Some(last_heard.to_string()),
                organisation: Some(organisation.to_string()),
                handoffs: handoffs.iter().map(ToString::to_string).collect(),
                commitments: commitments.iter().map(ToString::to_string).collect(),
                ..none
            },
            Because::Scarcity { theme } => Self {
                theme: Some(theme.clone()),
                ..none
            },
            Because::LateCommitment { request, of, due } => Self {
                organisation: Some(of.to_string()),
                commitments: vec![request.to_string()],
                due: Some(due.to_string()),
                ..none
            },
        }
    }
}

fn seen(platform: &Platform, finding: &Finding) -> FindingSeen {
    let (explanation, explanation_en) = words::explain(platform, &finding.because);
    FindingSeen {
        kind: finding.kind().as_str(),
        explanation,
        explanation_en,
        because: (&finding.because).into(),
        next: finding.next.iter().map(Into::into).collect(),
    }
}

/// `GET /v1/cases/{id}/findings`: for whoever sees the whole course of the case.
pub(super) async fn of_case(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Json<List<FindingSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listFindings");
    let items = found_in(&platform, &mut reader, &sight.row).await?;
    Ok(Json(List {
        items,
        next_cursor: None,
        why: reader.why(),
    }))
}

async fn found_in(
    platform: &Platform,
    reader: &mut Reader<'_>,
    row: &CaseRow,
) -> Result<Vec<FindingSeen>, Problem> {
    if reader.strength(Category::Process) < Strength::Full {
        return Ok(Vec::new());
    }
    let rules = &platform.catalogues.rules;
    let found = found::in_case(&platform.ground, rules, &platform.parties, row)
        .await
        .map_err(unavailable)?;
    Ok(found
        .iter()
        .map(|finding| seen(platform, finding))
        .collect())
}

/// A case in which something was found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StuckCase {
    /// The case's id.
    case: String,
    /// The caller's own organisation's name for it.
    pseudonym: String,
    /// Its theme.
    theme: String,
    /// Its state.
    state: String,
    /// The rung where it stands.
    rung: String,
    /// What was found.
    findings: Vec<FindingSeen>,
}

/// `GET /v1/findings`: the cases in which the caller's organisation has a part and in which
/// something is found. A page looks at so many cases as it may have items, so it can have fewer.
pub(super) async fn of_organisation(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<StuckCase>>, Problem> {
    let db = &platform.ground.db;
    let organisation = caller.oin.as_str();
    let rows = views::cases(db, Some(organisation), page.after_name(), page.size)
        .await
        .map_err(unavailable)?;
    let next_cursor = page.next(rows.len(), rows.last().map(|row| row.case_id.clone()));
    let facts = views::facts_of_page(db, organisation, &rows)
        .await
        .map_err(unavailable)?;
    let mut items = Vec::new();
    for (row, facts) in rows.into_iter().zip(facts) {
        items.extend(stuck(&platform, &caller, row, &facts).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

async fn stuck(
    platform: &Platform,
    caller: &Caller,
    row: CaseRow,
    facts: &CaseFacts,
) -> Result<Option<StuckCase>, Problem> {
    let may = platform
        .ground
        .gate
        .may(&caller.actor, Action::ListCases, facts);
    if may.is_err() {
        return Ok(None);
    }
    let mut reader = Reader::new(platform, caller, facts, "listStuckCases");
    let findings = found_in(platform, &mut reader, &row).await?;
    if findings.is_empty() {
        return Ok(None);
    }
    let id = CaseId::parse(&row.case_id).map_err(|_| Problem::internal())?;
    Ok(Some(StuckCase {
        pseudonym: sight::pseudonym(platform, &caller.oin, &id)?,
        case: row.case_id,
        theme: row.theme,
        state: row.state,
        rung: row.rung,
        findings,
    }))
}
