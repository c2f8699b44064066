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
        self.absence
            .as_ref()
            .is_some_and(|absence| absence.covers(day))
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

    /// The entries that take over from `contact`, nearest first: of somebody who is away on the
    /// day, whoever covers it when that was said, else the usual deputy. Without a day the usual
    /// deputies. Ends also where an entry is missing or comes back, whatever the log holds.
    pub(super) fn deputies<'a>(
        &'a self,
        contact: &'a ContactId,
        on: Option<Date>,
    ) -> impl Iterator<Item = (&'a ContactId, &'a Contact)> {
        let next = move |of: &ContactId| {
            let of = self.contacts.get(of)?;
            let absence = of.absence.as_ref();
            let absence = absence.filter(|it| on.is_some_and(|on| it.covers(on)));
            let cover = absence.and_then(|absence| absence.cover.as_ref());
            let cover = cover.and_then(|cover| self.contacts.get_key_value(cover));
            cover.or_else(|| self.contacts.get_key_value(of.entry.deputy.as_ref()?))
        };
        std::iter::successors(next(contact), move |(id, _)| next(id)).take(self.contacts.len())
    }
}
