//! What happened to a register.

use jiff::civil::Date;

use super::ContactEntry;
use crate::recorded::{event_kinds, payloads};
use crate::{ContactId, PersonRef};

event_kinds! {
    /// A thing that happened to a register; never changed, never deleted.
    ContactRecorded = "contact.recorded",
    ContactAbsent = "contact.absent",
    ContactPresent = "contact.present",
    ContactConfirmed = "contact.confirmed",
    ContactRemoved = "contact.removed",
    HeartbeatReceived = "heartbeat.received",
}

payloads! {
    /// An entry was added or changed.
    ContactRecorded {
        /// Which.
        contact: ContactId,
        /// All that it says now.
        entry: Box<ContactEntry>,
    }
    /// Somebody will be away.
    ContactAbsent {
        /// Who.
        contact: ContactId,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// The entry that takes over on those days, when that is not the usual deputy.
        cover: Option<ContactId>,
    }
    /// Somebody is back.
    ContactPresent {
        /// Who.
        contact: ContactId,
    }
    /// An entry was said to be right.
    ContactConfirmed {
        /// Which.
        contact: ContactId,
        /// Who said so.
        by: PersonRef,
    }
    /// An entry was taken out.
    ContactRemoved {
        /// Which.
        contact: ContactId,
    }
    /// The organisation's service gave a sign of life.
    HeartbeatReceived {}
}
