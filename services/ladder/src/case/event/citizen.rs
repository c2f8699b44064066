//! Who looks at the own case.

use crate::recorded::payloads;
use crate::{CitizenRef, LinkId, Organisation, Sealed};

payloads! {
    /// A person of the case may look at the own case from now on.
    CitizenLinked {
        /// Its id.
        link: LinkId,
        /// Whom of the case it is about, by the platform's own key.
        person: String,
        /// Who may look.
        citizen: CitizenRef,
        /// By whom it was recorded.
        by: Organisation,
    }
    /// That ended.
    CitizenUnlinked {
        /// Which.
        link: LinkId,
        /// Why.
        reason: Sealed,
        /// By whom.
        by: Organisation,
    }
}
