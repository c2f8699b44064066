//! Deadlines on hold, and deadlines that were moved: the ledger of who, why and how long.

use jiff::Timestamp;

use crate::recorded::payloads;
use crate::{Moved, Organisation, Sealed, SuspensionReason};

payloads! {
    /// The deadlines of the case were put on hold.
    CaseSuspended {
        /// By whom.
        by: Organisation,
        /// Why.
        reason: SuspensionReason,
        /// In words.
        text: Option<Sealed>,
        /// Until when at most.
        until: Timestamp,
    }
    /// They run again.
    CaseResumed {
        /// By whom; nobody when the end of the suspension came.
        by: Option<Organisation>,
        /// The deadlines that move, and to when.
        moved: Vec<Moved>,
    }
    /// One deadline was moved, at the request of who has to meet it.
    TermExtended {
        /// Which deadline, and to when.
        moved: Moved,
        /// When it was.
        from: Timestamp,
        /// Who asked.
        by: Organisation,
        /// Why.
        reason: Sealed,
    }
}
