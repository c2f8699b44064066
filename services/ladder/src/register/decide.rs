//! Whether a command can be carried out now, and what follows from it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Absence, Command, Contact, ContactAbsent, ContactConfirmed, ContactEntry, ContactPresent,
    ContactRecorded, ContactRemoved, Event, HeartbeatReceived, Refusal, Register, RegisterRules,
};
use crate::ContactId;

pub(super) fn decide(
    rules: &RegisterRules,
    register: &Register,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Record { contact, entry } => record(register, contact, entry),
        Command::SetAbsence {
            contact,
            from,
            until,
            cover,
        } => set_absence(register, contact, Absence { from, until, cover }),
        Command::ClearAbsence { contact } => {
            let away = known(register, &contact)?.absence.is_some();
            let back = away.then_some(Event::ContactPresent(ContactPresent { contact }));
            Ok(back.into_iter().collect())
        }
        Command::Confirm { contact, by } => {
            known(register, &contact)?;
            Ok(vec![Event::ContactConfirmed(ContactConfirmed {
                contact,
                by,
            })])
        }
        Command::Remove { contact } => remove(register, contact),
        Command::BeatHeart => {
            let soon = register
                .last_heartbeat
                .is_some_and(|last| at.duration_since(last) < rules.heartbeat_minimum);
            let beat = (!soon).then_some(Event::HeartbeatReceived(HeartbeatReceived {}));
            Ok(beat.into_iter().collect())
        }
    }
}

fn record(
    register: &Register,
    contact: ContactId,
    entry: Box<ContactEntry>,
) -> Result<Vec<Event>, Refusal> {
    if entry.function.trim().is_empty() {
        return Err(Refusal::FunctionRequired);
    }
    mandates_are_sound(register, &contact, &entry)?;
    if let Some(deputy) = &entry.deputy {
        deputy_is_sound(register, &contact, deputy)?;
    }
    if register.contacts.get(&contact).map(|known| &known.entry) == Some(&*entry) {
        return Ok(Vec::new());
    }
    Ok(vec![Event::ContactRecorded(ContactRecorded {
        contact,
        entry,
    })])
}

fn mandates_are_sound(
    register: &Register,
    contact: &ContactId,
    entry: &ContactEntry,
) -> Result<(), Refusal> {
    let mut taken: BTreeSet<&str> = register
        .contacts
        .iter()
        .filter(|(other, _)| *other != contact)
        .flat_map(|(_, other)| &other.entry.mandates)
        .map(|mandate| mandate.id.as_str())
        .collect();
    for mandate in &entry.mandates {
        if mandate.amount_cents.is_some_and(|cents| cents < 0) {
            return Err(Refusal::AmountBelowZero(mandate.id.clone()));
        }
        if !taken.insert(&mandate.id) {
            return Err(Refusal::MandateExists(mandate.id.clone()));
        }
    }
    Ok(())
}

fn deputy_is_sound(
    register: &Register,
    contact: &ContactId,
    deputy: &ContactId,
) -> Result<(), Refusal> {
    if contact == deputy {
        return Err(Refusal::DeputyOfSelf);
    }
    if !register.contacts.contains_key(deputy) {
        return Err(Refusal::UnknownDeputy(deputy.clone()));
    }
    let chain: Vec<ContactId> = [contact, deputy]
        .into_iter()
        .chain(register.deputies(deputy, None).map(|(id, _)| id))
        .cloned()
        .collect();
    match chain.iter().skip(1).position(|id| id == contact) {
        Some(back) => Err(Refusal::DeputyCycle(chain[..=back].to_vec())),
        None => Ok(()),
    }
}

fn set_absence(
    register: &Register,
    contact: ContactId,
    absence: Absence,
) -> Result<Vec<Event>, Refusal> {
    let known = known(register, &contact)?;
    if known.absence.as_ref() == Some(&absence) {
        return Ok(Vec::new());
    }
    let Absence { from, until, cover } = absence;
    if until < from {
        return Err(Refusal::AbsenceEndsBeforeStart { from, until });
    }
    match &cover {
        Some(cover) if *cover == contact => return Err(Refusal::DeputyOfSelf),
        Some(cover) if !register.contacts.contains_key(cover) => {
            return Err(Refusal::UnknownDeputy(cover.clone()));
        }
        Some(_) | None => {}
    }
    Ok(vec![Event::ContactAbsent(ContactAbsent {
        contact,
        from,
        until,
        cover,
    })])
}

fn remove(register: &Register, contact: ContactId) -> Result<Vec<Event>, Refusal> {
    known(register, &contact)?;
    let relying: Vec<ContactId> = register
        .contacts
        .iter()
        .filter(|(_, other)| other.entry.deputy.as_ref() == Some(&contact))
        .map(|(id, _)| id.clone())
        .collect();
    if relying.is_empty() {
        Ok(vec![Event::ContactRemoved(ContactRemoved { contact })])
    } else {
        Err(Refusal::StillDeputy(relying))
    }
}

fn known<'a>(register: &'a Register, contact: &ContactId) -> Result<&'a Contact, Refusal> {
    register
        .contacts
        .get(contact)
        .ok_or_else(|| Refusal::UnknownContact(contact.clone()))
}
