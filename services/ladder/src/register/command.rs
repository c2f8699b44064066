use jiff::civil::Date;

use super::ContactEntry;
use crate::{ContactId, PersonRef};

/// What somebody asks of a register. Who may ask it is the gate's to say; whether it can be now is
/// the rules'.
#[derive(Debug, Clone)]
pub enum Command {
    /// Add an entry, or change one. An entry that changes nothing leads to nothing, so that a
    /// file can be read in at every start.
    Record {
        /// The organisation's own key.
        contact: ContactId,
        /// All that it says.
        entry: Box<ContactEntry>,
    },
    /// Somebody will be away; takes the place of what was known of their absence.
    SetAbsence {
        /// Who.
        contact: ContactId,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// The entry that takes over on those days; the usual deputy when absent.
        cover: Option<ContactId>,
    },
    /// Somebody is back, or will not be away after all.
    ClearAbsence {
        /// Who.
        contact: ContactId,
    },
    /// The entry is right as it stands.
    Confirm {
        /// Which.
        contact: ContactId,
        /// Who says so.
        by: PersonRef,
    },
    /// Take an entry out.
    Remove {
        /// Which.
        contact: ContactId,
    },
    /// The organisation's service is alive.
    BeatHeart,
}
