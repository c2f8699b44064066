//! Handoffs, requests, commitments and weighings: each with how far it is.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::Stage;
use crate::catalogue::DataCategory;
use crate::event::Weighed;
use crate::{
    EscalationId, HandoffId, HandoffKind, Method, Organisation, Origin, Part, RungId, Tier,
};

/// A request to be admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub escalation: EscalationId,
    /// The rung asked for.
    pub to: RungId,
    /// That rung's tier.
    pub tier: Tier,
    /// The body there.
    pub body: Organisation,
    /// The organisation that answers.
    pub admitting: Organisation,
    /// The role in which it is answered.
    pub admitting_role: String,
    /// What led to it.
    pub origin: Origin,
    /// When it was made.
    pub since: Timestamp,
    /// Whether the short term was asked for.
    pub urgent: bool,
    /// How far it is.
    pub status: RequestStatus,
    /// Items that are neither given nor explained yet, and until when the owner does that.
    pub unexplained: BTreeSet<String>,
    /// Until when they are given or explained.
    pub explain_by: Option<Timestamp>,
    /// What to go back to when it is not admitted.
    pub before: Box<Stage>,
}

/// How far a request for admission is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestStatus {
    /// Nobody has said anything.
    Waiting {
        /// Until when a first word on it is due; absent once that was overdue, and where it is
        /// not due before the answer.
        acknowledge_by: Option<Timestamp>,
        /// Until when it is to be answered.
        answer_by: Timestamp,
    },
    /// It was seen; the ladder waits.
    Acknowledged {
        /// Until when.
        review_at: Timestamp,
    },
    /// Nobody answered in time; the process climbs at the review's silence.
    Expired,
}

/// A request that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Which request.
    pub escalation: EscalationId,
    /// The rung that was asked for.
    pub to: RungId,
    /// What is missing.
    pub missing: BTreeSet<String>,
    /// Until when it can be completed.
    pub complete_by: Timestamp,
    /// What to go back to when it is not.
    pub before: Box<Stage>,
}

/// A handoff and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// Who offered.
    pub from: Organisation,
    /// Who is asked.
    pub to: Organisation,
    /// What for.
    pub kind: HandoffKind,
    /// The coded outcome asked for.
    pub requested_outcome: String,
    /// The rules in collision.
    pub rules: Vec<String>,
    /// The ground for sharing.
    pub legal_basis: String,
    /// Whether the short term holds.
    pub urgent: bool,
    /// When it was offered.
    pub since: Timestamp,
    /// The accepted handoff that goes back with this one.
    pub returns: Option<HandoffId>,
    /// How far.
    pub status: HandoffStatus,
}

/// How far a handoff is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandoffStatus {
    /// Waiting for an answer.
    Offered {
        /// When a reminder goes out.
        remind_at: Timestamp,
        /// Until when it can be answered.
        answer_by: Timestamp,
        /// Whether the reminder went out.
        reminded: bool,
    },
    /// Taken.
    Accepted {
        /// When.
        at: Timestamp,
    },
    /// Not taken.
    Declined {
        /// When.
        at: Timestamp,
    },
    /// Something else was offered.
    Countered {
        /// When.
        at: Timestamp,
        /// Until when the sender answers that; answered or overtaken when absent.
        follow_up_by: Option<Timestamp>,
    },
    /// Taken back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Never answered.
    Expired {
        /// When the term ended.
        at: Timestamp,
    },
    /// Given back, and not accepted yet: whoever gives it back is still responsible.
    Returning {
        /// With which handoff.
        back: HandoffId,
    },
    /// Given back and accepted.
    Returned {
        /// When it was accepted.
        at: Timestamp,
    },
}

/// A commitment asked of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Who is asked.
    pub of: Organisation,
    /// How far.
    pub status: CommitmentStatus,
}

/// How far a commitment is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitmentStatus {
    /// Asked, not answered.
    Requested,
    /// Made.
    Made {
        /// When it was made.
        at: Timestamp,
        /// The last day it will be done.
        due: Date,
        /// When it is late.
        late_at: Timestamp,
        /// Whether that moment has come.
        late: bool,
    },
    /// Refused.
    Refused {
        /// When.
        at: Timestamp,
    },
    /// Done.
    Fulfilled {
        /// When.
        at: Timestamp,
    },
}

/// A question for advice that names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Who is asked.
    pub of: Organisation,
    /// Until when; answered or expired when absent.
    pub answer_by: Option<Timestamp>,
}

/// A weighing by one method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The method.
    pub method: Method,
    /// The parts recorded, each with whether it suffices.
    pub parts: BTreeMap<Part, Option<bool>>,
    /// Whether the solution passes, once the last part is there.
    pub passed: Option<bool>,
}

/// A decision on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedDecision {
    /// Who proposed it.
    pub by: Organisation,
    /// What it rests on.
    pub weighing: Weighed,
}

/// A ground for sharing that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Disclosed {
    /// Who shares.
    pub source: Organisation,
    /// With whom.
    pub receiver: Organisation,
    /// On what ground, by its id in the catalogue.
    pub legal_basis: String,
    /// What it opens.
    pub categories: BTreeSet<DataCategory>,
    /// Whether it falls with a person's consent.
    pub consent: bool,
}

impl Disclosed {
    /// Whether it is about these two.
    pub fn is_between(&self, source: &Organisation, receiver: &Organisation) -> bool {
        self.source == *source && self.receiver == *receiver
    }
}
