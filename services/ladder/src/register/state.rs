use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{Absence, ContactEntry, MandateEntry};
use crate::{ContactId, PersonRef};

/// Everything the past of one organisation's register amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// Its entries.
    pub contacts: BTreeMap<ContactId, Contact>,
    /// The last recorded sign of life of the organisation's service.
    pub last_heartbeat: Option<Timestamp>,
}

/// One entry and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// What the organisation says.
    pub entry: ContactEntry,
    /// When this person is away, as far as is known.
    pub absence: Option<Absence>,
    /// When the organisation last said that the entry is right; recording it says so too.
    pub confirmed_at: Timestamp,
}

impl Contact {
    /// Whether this person is away on `day`.
    pub fn is_absent(&self, day: Date) -> bool {
        self.absence.is_some_and(|absence| absence.covers(day))
    }
}

impl Register {
    /// Whether an entry has gone more than `term_days` times 24 hours without being confirmed
    /// (domain, K4). An entry that is not there is not stale.
    pub fn is_stale(&self, contact: &ContactId, now: Timestamp, term_days: u32) -> bool {
        let term = SignedDuration::from_hours(24 * i64::from(term_days));
        self.contacts
            .get(contact)
            .is_some_and(|contact| now.duration_since(contact.confirmed_at) > term)
    }

    /// Every mandate of a person, under whichever entry it stands, also those that have ended.
    pub fn mandates_of(&self, person: &PersonRef) -> Vec<&MandateEntry> {
        self.contacts
            .values()
            .filter(|contact| contact.entry.person == *person)
            .flat_map(|contact| &contact.entry.mandates)
            .collect()
    }

    /// The entries that take over from `contact`, nearest first. Ends also where an entry is
    /// missing or comes back, whatever the log holds.
    pub(super) fn deputies<'a>(
        &'a self,
        contact: &'a ContactId,
    ) -> impl Iterator<Item = (&'a ContactId, &'a Contact)> {
        let next = move |of: &ContactId| {
            let deputy = self.contacts.get(of)?.entry.deputy.as_ref()?;
            self.contacts.get_key_value(deputy)
        };
        std::iter::successors(next(contact), move |(id, _)| next(id)).take(self.contacts.len())
    }
}
