//! Commitments and the decision.

use jiff::civil::Date;

use crate::recorded::payloads;
use crate::{Organisation, RequestId, Sealed};

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
        /// Until when.
        due: Date,
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
    /// The decision was taken.
    DecisionTaken {
        /// What was decided.
        text: Sealed,
        /// The obstacle in the system.
        system_obstacle: Option<Sealed>,
    }
}
