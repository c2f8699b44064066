//! What happened to a pass.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Ending, PassKind, Verdict};
use crate::recorded::{event_kinds, payloads};
use crate::{CaseId, Organisation, PassId, PersonRef, Sealed};

event_kinds! {
    /// A thing that happened to a pass; never changed, never deleted.
    PassIssued = "pass.issued",
    PassEnded = "pass.ended",
    PassReviewed = "pass.reviewed",
    ReviewOverdue = "pass.review-overdue",
}

payloads! {
    /// Somebody may look further into a case.
    PassIssued {
        /// Its id.
        pass: PassId,
        /// Into which case.
        case: CaseId,
        /// Why.
        pass_kind: PassKind,
        /// The organisation of the person who got it.
        holder: Organisation,
        /// That person.
        person: PersonRef,
        /// The person who gave it.
        by: PersonRef,
        /// What it opens: categories, each as its word.
        categories: BTreeSet<String>,
        /// The reason, in words.
        reason: Sealed,
        /// Until when.
        until: Timestamp,
        /// Until when it is looked at whether there was reason for it; absent where nobody has to.
        review_by: Option<Timestamp>,
    }
    /// The person may look no longer.
    PassEnded {
        /// Why.
        ending: Ending,
        /// Who ended it; absent when its time was over.
        by: Option<PersonRef>,
    }
    /// Somebody looked whether there was reason for it.
    PassReviewed {
        /// Who.
        by: PersonRef,
        /// What they found.
        verdict: Verdict,
        /// In words.
        text: Sealed,
    }
    /// Nobody looked in time.
    ReviewOverdue {
        /// Until when it is asked for again.
        review_by: Timestamp,
    }
}
