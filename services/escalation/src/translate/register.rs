//! What an organisation says on the wire about its register of people.

use aws_lc_rs::digest;
use chassis::parties::PartyKind;
use ladder::register::{Command, ContactEntry};
use ladder::{ContactId, PersonRef, Tier};
use proto::event::ContactConfirmed;

use super::TranslateError;
use crate::seal::TextSealer;

/// The longest readable part of a key that is made from a function.
const READABLE: usize = 40;

/// The key of the entry that a `contact.confirmed` speaks of. A contact that is written as a key
/// is that key, so that an entry kept through the API can be confirmed; of any other a key is
/// made, always the same.
///
/// # Errors
/// [`TranslateError::Identifier`] in theory only: what is made always fits.
pub(crate) fn contact_id(contact: &str) -> Result<ContactId, TranslateError> {
    if let Ok(id) = ContactId::parse(contact) {
        return Ok(id);
    }
    let mut readable = String::new();
    for letter in contact.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            readable.push(letter);
        } else if !readable.is_empty() && !readable.ends_with('-') {
            readable.push('-');
        }
    }
    readable.truncate(READABLE);
    let sum = digest::digest(&digest::SHA256, contact.as_bytes());
    let sum: String = sum.as_ref()[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let readable = readable.trim_end_matches('-');
    Ok(ContactId::parse(&format!("{readable}-{sum}"))?)
}

/// The command that a `contact.confirmed` asks for: the entry with what it says. Of an entry that
/// is `known`, everything that the wire has no word for stays as it is. `mandate` is not kept: a
/// text is no mandate that can be checked, and those that can are kept through the API.
///
/// # Errors
/// [`TranslateError`] when the person's reference does not fit, or the text cannot be sealed.
pub(crate) fn confirmed(
    said: &ContactConfirmed,
    known: Option<&ContactEntry>,
    kind: Option<PartyKind>,
    sealer: &TextSealer,
) -> Result<Command, TranslateError> {
    let contact = contact_id(&said.contact)?;
    let mut entry = match known {
        Some(known) => known.clone(),
        None => ContactEntry {
            person: PersonRef::parse(&said.acted_by.person_ref)?,
            function: said.contact.clone(),
            tier: tier(kind),
            rung: None,
            laws: [].into(),
            themes: [].into(),
            regions: [].into(),
            roles: [].into(),
            competences: [].into(),
            mandates: Vec::new(),
            deputy: None,
            name: None,
            mail: None,
            phone: None,
        },
    };
    entry.laws = said.laws.iter().cloned().collect();
    entry.themes = said.themes.iter().cloned().collect();
    entry.regions = said.regions.iter().cloned().collect();
    if let Some(reach) = &said.reach {
        let sealed = Some(sealer.text(reach)?);
        if reach.contains('@') {
            entry.mail = sealed;
        } else {
            entry.phone = sealed;
        }
    }
    let entry = Box::new(entry);
    // Sealing gives other bytes every time; without anything sealed, what is the same is confirmed.
    if known == Some(&*entry) {
        let by = PersonRef::parse(&said.acted_by.person_ref)?;
        return Ok(Command::Confirm { contact, by });
    }
    Ok(Command::Record { contact, entry })
}

/// Where an organisation's people work, when nobody said otherwise.
fn tier(kind: Option<PartyKind>) -> Tier {
    match kind {
        Some(PartyKind::Municipality | PartyKind::CareProvider | PartyKind::HousingAssociation)
        | None => Tier::Local,
        Some(PartyKind::RegionalBody) => Tier::Regional,
        Some(
            PartyKind::BenefitsAgency
            | PartyKind::TaxOffice
            | PartyKind::Insurer
            | PartyKind::Ministry
            | PartyKind::NationalBody
            | PartyKind::Platform,
        ) => Tier::National,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_that_is_a_key_is_that_key() {
        assert_eq!(contact_id("desk-1").unwrap().as_str(), "desk-1");
    }

    #[test]
    fn a_function_in_words_always_gets_the_same_readable_key() {
        let key = contact_id("Loket kinderbijslag (Utrecht)").unwrap();
        assert_eq!(key, contact_id("Loket kinderbijslag (Utrecht)").unwrap());
        assert!(
            key.as_str().starts_with("loket-kinderbijslag-utrecht-"),
            "{key}"
        );
        assert_ne!(key, contact_id("Loket kinderbijslag, Utrecht").unwrap());
    }

    #[test]
    fn the_longest_function_of_the_contract_fits_a_key() {
        let key = contact_id(&"é ".repeat(64)).unwrap();
        assert!(key.as_str().len() <= 80);
    }
}
