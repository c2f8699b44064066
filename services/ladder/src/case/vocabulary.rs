use serde::{Deserialize, Serialize};

use crate::coded::coded;
use crate::{Organisation, Sealed};

coded!(
    /// What a handoff asks for.
    HandoffKind, "handoff kind" {
        /// An opinion; nothing moves.
        Advice = "advice",
        /// A piece of work.
        Task = "task",
        /// The case itself.
        Ownership = "ownership",
    }
);

coded!(
    /// How an offered handoff is answered.
    AnswerKind, "answer" {
        /// Taken.
        Accepted = "accepted",
        /// Not taken, with a coded reason.
        Declined = "declined",
        /// Something else is offered instead.
        Countered = "countered",
    }
);

coded!(
    /// What blocks a case.
    BlockType, "block type" {
        /// Money.
        Financial = "financial",
        /// A law, rule or protocol.
        Rule = "rule",
        /// Culture, knowledge or organisation.
        Cooperation = "cooperation",
        /// Too few people or hours.
        Capacity = "capacity",
        /// A shortage that tailoring cannot cure.
        Scarcity = "scarcity",
        /// No ground to share or act.
        LegalBasis = "legal_basis",
        /// Nobody present may decide.
        Mandate = "mandate",
    }
);

coded!(
    /// How a request for admission is answered.
    TriageAnswer, "triage answer" {
        /// Taken up at the rung.
        Admitted = "admitted",
        /// Named items are missing.
        Returned = "returned",
        /// Not for this rung, with a coded reason.
        Refused = "refused",
    }
);

coded!(
    /// Why admission is refused. "The need is disputed" is not in the list: triage checks
    /// completeness and competence, never the professional's judgement (manifesto, H19).
    TriageReason, "triage reason" {
        /// Items are missing.
        NotComplete = "not_complete",
        /// Another body is competent.
        NotCompetent = "not_competent",
        /// A shortage, not a deadlock.
        Scarcity = "scarcity",
        /// A regular provision is there.
        StandardAvailable = "standard_available",
        /// Another route fits.
        OtherRoute = "other_route",
    }
);

coded!(
    /// How a case ends (domain, section d5).
    Outcome, "outcome" {
        /// More was possible within the rules than people thought.
        SolvedWithinRules = "solved_within_rules",
        /// A rule was deviated from.
        SolvedByDeviation = "solved_by_deviation",
        /// Money was found.
        SolvedByBudget = "solved_by_budget",
        /// In part.
        PartlySolved = "partly_solved",
        /// Not, for a shortage.
        NotSolvedScarcity = "not_solved_scarcity",
        /// Not, for nobody had the power.
        NotSolvedNoPower = "not_solved_no_power",
        /// The citizen or the raiser stopped.
        Withdrawn = "withdrawn",
    }
);

/// A person whom the case is about, or who is near. What identifies is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The raiser's own key for this person within the case.
    pub person_key: String,
    /// Their part in the case, such as `carer` or `child`.
    pub role: String,
    /// Age in bands, such as `18-22`.
    pub age_band: String,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<Sealed>,
    /// Birth date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub birth_date: Option<Sealed>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<Sealed>,
}

/// Who takes a case back when it goes down the ladder: a named role in a named organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receiver {
    /// The organisation.
    pub organisation: Organisation,
    /// The role in which somebody there accepts.
    pub role: String,
}
