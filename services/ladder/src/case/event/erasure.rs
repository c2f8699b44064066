//! What is erased, kept from erasure, and prepared for it.

use jiff::Timestamp;

use crate::recorded::payloads;
use crate::{ErasureGround, ErasureId, ErasureScope, HoldId, Organisation, Sealed};

payloads! {
    /// Personal data is to be erased; its keys are deleted next.
    ErasureOrdered {
        /// Its id.
        erasure: ErasureId,
        /// What.
        scope: ErasureScope,
        /// Why.
        ground: ErasureGround,
        /// By whom; nobody when a term of keeping ended.
        by: Option<Organisation>,
    }
    /// Its keys are deleted.
    ErasureCompleted {
        /// Which.
        erasure: ErasureId,
        /// What.
        scope: ErasureScope,
        /// Why.
        ground: ErasureGround,
        /// How many keys were deleted.
        keys: u64,
    }
    /// Nothing is erased for a while.
    HoldPlaced {
        /// Its id.
        hold: HoldId,
        /// By whom.
        by: Organisation,
        /// Why.
        reason: Sealed,
        /// Until when.
        until: Timestamp,
    }
    /// That ended before its time.
    HoldLifted {
        /// Which.
        hold: HoldId,
        /// By whom.
        by: Organisation,
    }
    /// It was written down how a text reads without some people, for when they are erased.
    RedactionRecorded {
        /// The event that holds the text.
        event: String,
        /// Where in that event, as a JSON pointer.
        field: String,
        /// Whom the redacted version leaves out.
        without: Vec<String>,
        /// By whom.
        by: Organisation,
    }
}
