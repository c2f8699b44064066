//! What must hold of every register, whatever was asked. Each check names what it found, and
//! takes what it checks as an argument, so that it can be tried on wrong rules.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ladder::register::{Contact, Event, Found, Register, RegisterRules};
use ladder::{ContactId, RungId};

use super::signals_harness::Recorded;

pub(crate) type Verdict = Result<(), String>;

/// A question to a register.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) law: Option<&'static str>,
    pub(crate) theme: Option<&'static str>,
    pub(crate) region: Option<&'static str>,
    pub(crate) rung: Option<RungId>,
    pub(crate) on: Date,
}

pub(crate) type Find = fn(&Register, &Query) -> Option<Found>;

pub(crate) fn find(register: &Register, query: &Query) -> Option<Found> {
    register.find(
        query.law,
        query.theme,
        query.region,
        query.rung.as_ref(),
        query.on,
    )
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// Every deputy is in the register, and following deputies ends.
pub(crate) fn no_deputy_cycle(register: &Register) -> Verdict {
    for start in register.contacts.keys() {
        let mut seen = BTreeSet::from([start]);
        let mut at = start;
        while let Some(deputy) = &register.contacts[at].entry.deputy {
            ensure(register.contacts.contains_key(deputy), || {
                format!("deputy {deputy} of {at} is not there")
            })?;
            ensure(seen.insert(deputy), || {
                format!("deputies from {start} come back to {deputy}")
            })?;
            at = deputy;
        }
    }
    Ok(())
}

fn matches(contact: &Contact, query: &Query) -> bool {
    let entry = &contact.entry;
    let subject = match (query.law, query.theme) {
        (None, None) => true,
        (law, theme) => {
            law.is_some_and(|law| entry.laws.contains(law))
                || theme.is_some_and(|theme| entry.themes.contains(theme))
                || (entry.laws.is_empty() && entry.themes.is_empty())
        }
    };
    let region = query
        .region
        .is_none_or(|region| entry.regions.is_empty() || entry.regions.contains(region));
    let rung = match (&query.rung, &entry.rung) {
        (Some(asked), Some(own)) => asked == own,
        (None, _) | (_, None) => true,
    };
    subject && region && rung
}

/// Who takes over from somebody on a day, nearest first: whoever covers an absence of that day, when
/// that is somebody in the register, else the usual deputy.
fn deputies<'a>(register: &'a Register, of: &'a ContactId, on: Date) -> Vec<&'a ContactId> {
    let known = |id: &&ContactId| register.contacts.contains_key(*id);
    let next = |at: &ContactId| {
        let contact = register.contacts.get(at)?;
        let absence = contact.absence.as_ref();
        let absence = absence.filter(|it| it.from <= on && on <= it.until);
        let cover = absence.and_then(|it| it.cover.as_ref()).filter(known);
        cover.or(contact.entry.deputy.as_ref())
    };
    let mut all: Vec<&ContactId> = Vec::new();
    let mut at = of;
    while let Some(deputy) = next(at).filter(|deputy| !all.contains(deputy)) {
        all.push(deputy);
        at = deputy;
    }
    all
}

/// Nobody who is away is found while somebody is there who fits, or who stands in for one who
/// fits; and nobody else is found than these.
pub(crate) fn finds_who_is_there(register: &Register, query: &Query, find: Find) -> Verdict {
    let fitting: Vec<&ContactId> = register
        .contacts
        .iter()
        .filter(|(_, contact)| matches(contact, query))
        .map(|(id, _)| id)
        .collect();
    let there: BTreeSet<&ContactId> = fitting
        .iter()
        .flat_map(|id| [vec![*id], deputies(register, id, query.on)].concat())
        .filter(|id| !register.contacts[*id].is_absent(query.on))
        .collect();
    let Some(found) = find(register, query) else {
        return ensure(fitting.is_empty(), || {
            format!("nobody found of {fitting:?}")
        });
    };
    let away = register.contacts[&found.contact].is_absent(query.on);
    ensure(away == found.absent, || {
        format!("{} is said to be absent: {}", found.contact, found.absent)
    })?;
    if away {
        ensure(there.is_empty(), || {
            format!("{} is away, {there:?} are there", found.contact)
        })?;
        return ensure(fitting.contains(&&found.contact), || {
            format!("{} does not fit", found.contact)
        });
    }
    ensure(there.contains(&found.contact), || {
        format!("{} neither fits nor stands in", found.contact)
    })?;
    match &found.instead_of {
        None => ensure(fitting.contains(&&found.contact), || {
            format!("{} stands in for nobody", found.contact)
        }),
        Some(other) => {
            let away = register.contacts[other].is_absent(query.on);
            ensure(away && fitting.contains(&other), || {
                format!("{} stands in for {other}, who is there", found.contact)
            })
        }
    }
}

/// A mandate's id names one mandate.
pub(crate) fn mandates_are_one(register: &Register) -> Verdict {
    let mut seen = BTreeSet::new();
    register
        .contacts
        .values()
        .flat_map(|contact| &contact.entry.mandates)
        .try_for_each(|mandate| {
            ensure(seen.insert(&mandate.id), || {
                format!("mandate {} is there twice", mandate.id)
            })
        })
}

/// Recorded signs of life are at least the minimum apart.
pub(crate) fn heartbeats_are_apart(
    rules: &RegisterRules,
    log: &[Recorded<RegisterRules>],
) -> Verdict {
    let beats: Vec<_> = log
        .iter()
        .filter(|(event, _)| matches!(event, Event::HeartbeatReceived(_)))
        .map(|(_, at)| *at)
        .collect();
    beats.windows(2).try_for_each(|pair| {
        let apart = pair[1].duration_since(pair[0]);
        ensure(apart >= rules.heartbeat_minimum, || {
            format!("two signs of life {apart:?} apart")
        })
    })
}

/// Every event reads back from what is stored.
pub(crate) fn reads_back(log: &[Recorded<RegisterRules>]) -> Verdict {
    log.iter().try_for_each(|(event, _)| {
        let read = Event::from_stored(event.kind(), i64::from(event.version()), event.data())
            .map_err(|error| error.to_string())?;
        ensure(&read == event, || {
            format!("{event:?} reads back as {read:?}")
        })
    })
}
