//! Commitments and the decision.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::recorded::payloads;
use crate::{
    AssessmentId, CaseId, DecisionId, Ground, Organisation, RequestId, Room, Sealed, StatedMandate,
};

payloads! {
    /// An organisation was asked to commit itself.
    CommitmentRequested {
        /// Which request.
        request: RequestId,
        /// Who is asked.
        of: Organisation,
        /// Who asks.
        by: Organisation,
        /// What is asked.
        text: Sealed,
    }
    /// An organisation committed itself.
    CommitmentMade {
        /// Which request.
        request: RequestId,
        /// Who.
        by: Organisation,
        /// To what.
        text: Sealed,
        /// In which mandate.
        mandate: Sealed,
        /// That mandate's id in the register, when it stands there.
        mandate_id: Option<String>,
        /// What the organisation states of it, when its register does not hold it. Older events
        /// have neither: then the words are all that was stated.
        stated: Option<StatedMandate>,
        /// How much it costs at most, in euro cents.
        amount_cents: Option<i64>,
        /// Until when.
        due: Date,
        /// When it is late: the end of that day.
        late_at: Timestamp,
    }
    /// An organisation would not commit itself.
    CommitmentRefused {
        /// Which request.
        request: RequestId,
        /// Who.
        by: Organisation,
        /// Why.
        reason: Sealed,
    }
    /// A commitment was fulfilled.
    CommitmentFulfilled {
        /// Which.
        request: RequestId,
        /// Whose.
        by: Organisation,
        /// What came of it.
        result: Sealed,
    }
    /// A commitment was not fulfilled in time.
    CommitmentLate {
        /// Which.
        request: RequestId,
        /// Whose.
        by: Organisation,
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
    /// A decision was put on paper.
    DecisionProposed {
        /// Which.
        decision: DecisionId,
        /// By whom.
        by: Organisation,
        /// What is proposed.
        text: Sealed,
        /// What it rests on.
        weighing: Weighed,
        /// Until when it is decided on.
        decide_by: Timestamp,
    }
    /// A proposed decision was turned down.
    DecisionRejected {
        /// Which.
        decision: DecisionId,
        /// Why.
        reason: Sealed,
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
    /// Nobody decided on what was proposed.
    DecisionExpired {
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
    /// The decision was taken.
    DecisionTaken {
        /// The proposal that was decided on.
        proposal: Option<DecisionId>,
        /// What was decided.
        text: Sealed,
        /// What it rests on.
        weighing: Weighed,
        /// The mandate under which it was taken, by its id in the register, when it stands there.
        mandate: Option<String>,
        /// What its organisation states of it, when the register does not hold it. Older events
        /// may have neither.
        stated: Option<StatedMandate>,
        /// The obstacle in the system.
        system_obstacle: Option<Sealed>,
    }
}

/// What a decision rests on, as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// The room used.
    pub room: Room,
    /// What it is for.
    pub grounds: BTreeSet<Ground>,
    /// The weighings that it follows from.
    pub assessments: BTreeSet<AssessmentId>,
    /// The comparable cases that were shown.
    pub compared: Vec<CaseId>,
    /// What makes this case differ from them.
    pub difference: Option<Sealed>,
}
