use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::signal::Artefact;
use crate::{CaseId, Ground, Mandate, Organisation, PersonRef, RequestId, Room, Sealed};

/// How an organisation answers what the table asks of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "answer",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Answer {
    /// It commits itself.
    Made {
        /// To what.
        text: Sealed,
        /// In which mandate.
        mandate: Box<Mandate>,
        /// Until when.
        due: Date,
        /// What it will spend, in euro cents; absent when it spends nothing.
        amount_cents: Option<i64>,
    },
    /// It does not.
    Refused {
        /// Why.
        reason: Sealed,
    },
}

/// How the table concludes on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "conclusion",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Conclusion {
    /// It decided.
    Decided {
        /// The organisation in whose name.
        by: Organisation,
        /// What.
        text: Sealed,
        /// The room it used.
        room: Room,
        /// On what grounds.
        grounds: BTreeSet<Ground>,
    },
    /// It did not; the case needs another meeting, or another way.
    Adjourned {
        /// Why.
        reason: Sealed,
    },
}

/// Something in the system that would make the next case stick too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Obstacle {
    /// What.
    pub text: Sealed,
    /// What would have to change.
    pub target: Artefact,
    /// The organisation that can take it away; not necessarily at the table.
    pub owner: Organisation,
}

/// What the minutes say about one case: all that a reactor needs to tell the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MinutedCase {
    /// Which case.
    pub case: CaseId,
    /// The collision, when one was recorded.
    pub collision: Option<Sealed>,
    /// Who took no part in it.
    pub recused: BTreeSet<Organisation>,
    /// What was asked, of whom, and the answers. What was asked of an organisation that recused
    /// itself afterwards is struck.
    pub requests: Vec<MinutedRequest>,
    /// How the table concluded.
    pub conclusion: Conclusion,
    /// What would make the next case stick; empty when that was ruled out.
    pub obstacles: Vec<Obstacle>,
}

/// A request and its answer. There is no such thing as one without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MinutedRequest {
    /// Which request.
    pub request: RequestId,
    /// Who was asked.
    pub of: Organisation,
    /// On which law or theme.
    pub law_or_theme: String,
    /// What was asked.
    pub text: Sealed,
    /// Who answered.
    pub person: PersonRef,
    /// What they answered.
    pub answer: Answer,
}
