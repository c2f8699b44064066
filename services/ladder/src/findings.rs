//! Stuck cases are found, not only reported: what can be seen to keep a case from moving, with
//! the facts that say so and the steps that whoever works on it can take.
//!
//! A finding decides nothing and stores nothing. It names codes, ids and dates only, never what
//! people wrote.

mod collision;
mod course;
mod parties;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::catalogue::{CollisionKind, RuleCatalogue};
use crate::coded::coded;
use crate::{Case, HandoffId, HandoffKind, Organisation, RequestId, Rules, RungId, Underway};

coded!(
    /// What keeps a case from moving.
    FindingKind, "kind of finding" {
        /// A review passed and nobody had moved.
        NoProgress = "no_progress",
        /// The same organisation declined the same thing as often as the ladder file says.
        RefusedTwice = "refused_twice",
        /// Two of the rules in the case work against each other, or one falls with the other.
        RulesCollide = "rules_collide",
        /// An organisation that has to answer or deliver gives no sign of life.
        PartySilent = "party_silent",
        /// A shortage, which no rung can cure.
        Scarcity = "scarcity",
        /// A commitment was not fulfilled in time.
        LateCommitment = "late_commitment",
    }
);

coded!(
    /// What can be done about a finding.
    NextStep, "next step" {
        /// Say what blocks the case: it climbs only then.
        RecordBlock = "record_block",
        /// Ask to be admitted to a higher rung.
        Escalate = "escalate",
        /// Go to the body above the one that returned or refused.
        Insist = "insist",
        /// Ask another organisation, without personal data.
        AskAdvice = "ask_advice",
        /// Offer the handoff again.
        OfferAgain = "offer_again",
        /// Call somebody there.
        CallParty = "call_party",
        /// Put the case on the agenda of the table of its rung.
        HoldMeeting = "hold_meeting",
        /// Weigh by a method what each rule is for.
        Weigh = "weigh",
        /// Raise a structural signal: it goes to policy, not up the ladder.
        RaiseSignal = "raise_signal",
    }
);

/// What keeps a case from moving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The facts that say so.
    pub because: Because,
    /// What can be done, the first to think of first.
    pub next: Vec<NextStep>,
}

impl Finding {
    /// Its kind.
    pub fn kind(&self) -> FindingKind {
        match self.because {
            Because::NoProgress { .. } => FindingKind::NoProgress,
            Because::RefusedTwice { .. } => FindingKind::RefusedTwice,
            Because::RulesCollide { .. } => FindingKind::RulesCollide,
            Because::PartySilent { .. } => FindingKind::PartySilent,
            Because::Scarcity { .. } => FindingKind::Scarcity,
            Because::LateCommitment { .. } => FindingKind::LateCommitment,
        }
    }
}

/// The facts behind a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// Nobody moved between two reviews.
    NoProgress {
        /// The review that found nothing; the first of several.
        since: Timestamp,
        /// Where the case stands.
        rung: RungId,
        /// Who handles it there.
        handler: Organisation,
    },
    /// Declined, and declined again.
    RefusedTwice {
        /// Who declined.
        by: Organisation,
        /// What was asked.
        asked: HandoffKind,
        /// The handoffs, oldest first.
        handoffs: Vec<HandoffId>,
        /// When the last one was declined.
        last_at: Timestamp,
    },
    /// Rules of the catalogue.
    RulesCollide {
        /// How they stop the household.
        kind: CollisionKind,
        /// In a collision the two rules. In a chain the rule that falls, then every rule by way
        /// of which it rests on the last one.
        rules: Vec<String>,
    },
    /// Somebody waits for this organisation.
    PartySilent {
        /// Which.
        organisation: Organisation,
        /// Its last sign of life.
        last_heard: Timestamp,
        /// The handoffs that it has not answered.
        handoffs: Vec<HandoffId>,
        /// The commitments that it has not answered or not fulfilled.
        commitments: Vec<RequestId>,
    },
    /// What blocks is that there is too little.
    Scarcity {
        /// The theme to which the signal belongs.
        theme: String,
    },
    /// Promised and not done.
    LateCommitment {
        /// Which commitment.
        request: RequestId,
        /// Whose.
        of: Organisation,
        /// The last day on which it would be done.
        due: Date,
    },
}

/// The last sign of life of every organisation that runs a service of its own; of one that never
/// gave any, the moment from which it counts as silent. Whoever is not in it is never silent.
pub type LastHeard = BTreeMap<Organisation, Timestamp>;

/// Everything that can be seen to keep a case from moving, at this moment. A case that is not
/// there, is not shared or has ended has nothing.
pub fn findings(
    rules: &Rules,
    catalogue: &RuleCatalogue,
    case: &Case,
    last_heard: &LastHeard,
    now: Timestamp,
) -> Vec<Finding> {
    let underway = match case {
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => return Vec::new(),
        Case::Underway(underway) => underway,
    };
    let seen = Seen {
        rules,
        case: underway,
        now,
    };
    let mut found = course::scarcity(seen);
    found.extend(course::no_progress(seen));
    found.extend(parties::refused(seen));
    found.extend(collision::collisions(seen, catalogue));
    found.extend(parties::silent(seen, last_heard));
    found.extend(parties::late(seen));
    found
}

/// One case at one moment.
#[derive(Clone, Copy)]
struct Seen<'a> {
    rules: &'a Rules,
    case: &'a Underway,
    now: Timestamp,
}
