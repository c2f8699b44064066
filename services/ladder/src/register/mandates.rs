//! In whose hands a mandate is on a day, and which one covers what somebody does.

use jiff::civil::Date;

use super::{Contact, MandateEntry, Register};
use crate::{ContactId, Mandate, Organisation, PersonRef};

impl Register {
    /// The mandate of that id in this register, which is `organisation`'s, as it can be used on a
    /// day: in the hands of `person` when they hold it, or stand in for its holder; else in its
    /// holder's.
    pub fn mandate(
        &self,
        organisation: &Organisation,
        id: &str,
        person: Option<&PersonRef>,
        on: Date,
    ) -> Option<Mandate> {
        let of = |contact: &Contact| {
            let own = contact.entry.mandates.iter();
            own.clone().find(|mandate| mandate.id == id).cloned()
        };
        let (contact, holder, found) = self
            .contacts
            .iter()
            .find_map(|(key, contact)| Some((key, contact, of(contact)?)))?;
        let hands = person.filter(|person| self.uses(contact, holder, person, on));
        let hands = hands.unwrap_or(&holder.entry.person);
        Some(mandate(organisation, &found, hands))
    }

    /// The mandate in which `person` acts on a law or theme without naming one: the first of
    /// those they may use on that day, in the order of the register, that covers it; when none
    /// goes so far, the first that is about it, also one that has ended. Nothing when the register
    /// holds none about it for this person.
    pub fn standing(
        &self,
        organisation: &Organisation,
        person: &PersonRef,
        law_or_theme: &str,
        amount_cents: Option<i64>,
        on: Date,
    ) -> Option<Mandate> {
        let held = self
            .contacts
            .iter()
            .filter(|(key, contact)| self.uses(key, contact, person, on))
            .flat_map(|(_, contact)| &contact.entry.mandates)
            .filter(|own| own.scope.is_empty() || own.scope.contains(law_or_theme))
            .map(|own| mandate(organisation, own, person));
        let covers = |own: &Mandate| {
            own.check(person, organisation, law_or_theme, amount_cents, on)
                .is_ok()
        };
        held.clone().find(covers).or_else(|| held.clone().next())
    }

    /// Whether what this entry may decide is in a person's hands on a day: their own, or that of
    /// somebody away for whom they are the first who is there.
    fn uses(&self, key: &ContactId, contact: &Contact, person: &PersonRef, on: Date) -> bool {
        if contact.entry.person == *person {
            return true;
        }
        let stands_in = || {
            let mut there = self
                .deputies(key, Some(on))
                .filter(|(_, deputy)| !deputy.is_absent(on));
            there.next()
        };
        contact.is_absent(on)
            && stands_in().is_some_and(|(_, deputy)| deputy.entry.person == *person)
    }
}

fn mandate(organisation: &Organisation, own: &MandateEntry, holder: &PersonRef) -> Mandate {
    Mandate {
        id: own.id.clone(),
        holder: holder.clone(),
        organisation: organisation.clone(),
        scope: own.scope.clone(),
        amount_cents: own.amount_cents,
        until: own.until,
    }
}
