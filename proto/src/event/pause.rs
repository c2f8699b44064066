//! `case.suspended`, `case.resumed` and `term.extended`: dates that stand still or move.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::codes::{CODE_PATTERN, SuspensionReason};
use crate::oin::Oin;

/// The terms of the case stand still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseSuspended {
    /// Who asked for it.
    pub by: Oin,
    /// Why; absent for an organisation that has not accepted anything yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SuspensionReason>,
    /// Until when at most.
    pub until: Timestamp,
}

/// The terms run again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseResumed {
    /// Who asked for it; absent when the end of the suspension came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Oin>,
    /// The terms that move, as far as they concern this organisation.
    #[serde(default)]
    pub moved: Vec<MovedTerm>,
}

/// One term was extended, asked for before its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermExtended {
    /// Who asked for it.
    pub by: Oin,
    /// When the term ended.
    pub from: Timestamp,
    /// The term, and when it ends now.
    pub moved: MovedTerm,
}

/// A term that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MovedTerm {
    /// Which kind of term, such as `handoff-answer`.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub term: String,
    /// What it belongs to, such as the handoff; absent where it belongs to the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Uuid>,
    /// When it ends now.
    pub until: Timestamp,
}
