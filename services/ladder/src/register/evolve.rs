//! What the past amounts to. Total: an event about an entry that is not there changes nothing.

use jiff::Timestamp;

use super::{Absence, Contact, Event, Register};

pub(super) fn evolve(mut register: Register, event: &Event, at: Timestamp) -> Register {
    match event {
        Event::ContactRecorded(recorded) => {
            let absence = register
                .contacts
                .get(&recorded.contact)
                .and_then(|before| before.absence.clone());
            let contact = Contact {
                entry: (*recorded.entry).clone(),
                absence,
                confirmed_at: at,
            };
            register.contacts.insert(recorded.contact.clone(), contact);
        }
        Event::ContactAbsent(away) => {
            if let Some(contact) = register.contacts.get_mut(&away.contact) {
                contact.absence = Some(Absence {
                    from: away.from,
                    until: away.until,
                    cover: away.cover.clone(),
                });
            }
        }
        Event::ContactPresent(back) => {
            if let Some(contact) = register.contacts.get_mut(&back.contact) {
                contact.absence = None;
            }
        }
        Event::ContactConfirmed(confirmed) => {
            if let Some(contact) = register.contacts.get_mut(&confirmed.contact) {
                contact.confirmed_at = at;
            }
        }
        Event::ContactRemoved(removed) => {
            register.contacts.remove(&removed.contact);
        }
        Event::HeartbeatReceived(_) => register.last_heartbeat = Some(at),
    }
    register
}
