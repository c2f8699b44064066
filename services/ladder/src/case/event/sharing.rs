//! What the people of a case agreed and objected to.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::catalogue::DataCategory;
use crate::recorded::payloads;
use crate::{ConsentHow, ConsentId, ObjectionId, Organisation, Sealed};

payloads! {
    /// A person agreed to sharing.
    ConsentGiven {
        /// Which consent.
        consent: ConsentId,
        /// Whose, by the key of the person within the case.
        person: String,
        /// What may be shared.
        categories: BTreeSet<DataCategory>,
        /// With whom.
        receivers: BTreeSet<Organisation>,
        /// The version of the text that the person agreed to.
        version: String,
        /// How it was given.
        how: ConsentHow,
    }
    /// A person took a consent back.
    ConsentWithdrawn {
        /// Which consent.
        consent: ConsentId,
    }
    /// A person objected to sharing (AVG 21).
    ObjectionRaised {
        /// Which objection.
        objection: ObjectionId,
        /// Whose, by the key of the person within the case.
        person: String,
        /// Which kinds of data: whoever got them does not read them until it is settled.
        categories: BTreeSet<DataCategory>,
        /// What the person says.
        text: Sealed,
        /// Until when the owner settles it (AVG 12(3): one month).
        settle_by: Timestamp,
    }
    /// The owner takes more time to settle an objection, once (AVG 12(3)).
    ObjectionExtended {
        /// Which objection.
        objection: ObjectionId,
        /// Why: the person hears it before the first term ends.
        reason: Sealed,
        /// Until when the owner settles it now.
        settle_by: Timestamp,
    }
    /// Nobody settled an objection in its term. Sharing goes on standing still.
    ObjectionOverdue {
        /// Which objection.
        objection: ObjectionId,
    }
    /// An objection that was right stands no more in the way: its ground has fallen away.
    ObjectionLifted {
        /// Which objection.
        objection: ObjectionId,
        /// Why.
        reason: Sealed,
    }
    /// An objection was settled.
    ObjectionSettled {
        /// Which objection.
        objection: ObjectionId,
        /// Whether the person is right: then nothing more is shared.
        upheld: bool,
        /// Why.
        reason: Sealed,
    }
}
