//! One of everything, for the tests of registers.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use jiff::civil::Date;
use ladder::register::{
    Command, ContactAbsent, ContactConfirmed, ContactEntry, ContactPresent, ContactRecorded,
    ContactRemoved, Event, MandateEntry, RegisterRules,
};
use ladder::{ContactId, PersonRef, Tier};

use super::harness::START;
use super::samples::sealed;
use super::signals_harness::Story;

pub(crate) fn register_rules() -> RegisterRules {
    RegisterRules {
        heartbeat_minimum: SignedDuration::from_mins(5),
    }
}

/// These events, recorded at `START`.
pub(crate) fn register_given(events: impl IntoIterator<Item = Event>) -> Story<RegisterRules> {
    Story::given(register_rules(), START, events)
}

pub(crate) fn contact(id: &str) -> ContactId {
    ContactId::parse(id).unwrap()
}

pub(crate) fn person(id: &str) -> PersonRef {
    PersonRef::parse(id).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn words(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A person for these laws and themes, in every region and on every rung.
pub(crate) fn entry(laws: &[&str], themes: &[&str]) -> ContactEntry {
    ContactEntry {
        person: person("ine"),
        function: "maatwerkfunctionaris".into(),
        tier: Tier::National,
        rung: None,
        laws: words(laws),
        themes: words(themes),
        regions: words(&[]),
        roles: words(&["quality_owner"]),
        competences: words(&["debts"]),
        mandates: Vec::new(),
        deputy: None,
        name: Some(sealed("Ine")),
        mail: Some(sealed("ine@example.nl")),
        phone: None,
    }
}

pub(crate) fn with_deputy(mut entry: ContactEntry, deputy: &str) -> ContactEntry {
    entry.deputy = Some(contact(deputy));
    entry
}

pub(crate) fn in_regions(mut entry: ContactEntry, regions: &[&str]) -> ContactEntry {
    entry.regions = words(regions);
    entry
}

pub(crate) fn mandate(id: &str, amount_cents: Option<i64>) -> MandateEntry {
    MandateEntry {
        id: id.into(),
        scope: words(&["debts"]),
        amount_cents,
        until: Some(day("2026-12-31")),
    }
}

pub(crate) fn with_mandates(mut entry: ContactEntry, mandates: Vec<MandateEntry>) -> ContactEntry {
    entry.mandates = mandates;
    entry
}

pub(crate) fn record(id: &str, entry: ContactEntry) -> Command {
    Command::Record {
        contact: contact(id),
        entry: Box::new(entry),
    }
}

pub(crate) fn recorded(id: &str, entry: ContactEntry) -> Event {
    Event::ContactRecorded(ContactRecorded {
        contact: contact(id),
        entry: Box::new(entry),
    })
}

pub(crate) fn set_absence(id: &str, from: &str, until: &str) -> Command {
    Command::SetAbsence {
        contact: contact(id),
        from: day(from),
        until: day(until),
        cover: None,
    }
}

pub(crate) fn absent(id: &str, from: &str, until: &str) -> Event {
    Event::ContactAbsent(ContactAbsent {
        contact: contact(id),
        from: day(from),
        until: day(until),
        cover: None,
    })
}

/// Away on these days, with somebody else than the usual deputy to take over.
pub(crate) fn cover(id: &str, (from, until): (&str, &str), by: &str) -> Command {
    Command::SetAbsence {
        contact: contact(id),
        from: day(from),
        until: day(until),
        cover: Some(contact(by)),
    }
}

/// See [`cover`].
pub(crate) fn covered(id: &str, (from, until): (&str, &str), by: &str) -> Event {
    Event::ContactAbsent(ContactAbsent {
        contact: contact(id),
        from: day(from),
        until: day(until),
        cover: Some(contact(by)),
    })
}

pub(crate) fn clear_absence(id: &str) -> Command {
    Command::ClearAbsence {
        contact: contact(id),
    }
}

pub(crate) fn present(id: &str) -> Event {
    Event::ContactPresent(ContactPresent {
        contact: contact(id),
    })
}

pub(crate) fn confirm(id: &str) -> Command {
    Command::Confirm {
        contact: contact(id),
        by: person("ine"),
    }
}

pub(crate) fn confirmed(id: &str) -> Event {
    Event::ContactConfirmed(ContactConfirmed {
        contact: contact(id),
        by: person("ine"),
    })
}

pub(crate) fn remove(id: &str) -> Command {
    Command::Remove {
        contact: contact(id),
    }
}

pub(crate) fn removed(id: &str) -> Event {
    Event::ContactRemoved(ContactRemoved {
        contact: contact(id),
    })
}
