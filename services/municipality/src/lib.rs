//! A municipality: it raises cases under its own zaak reference, and knows the household.

mod vocabulary;
mod zaak;

use gateway::{Disclosure, Known, OwnEvent, Party};
use jiff::Timestamp;
use proto::{FromParty, InvalidParam};
use serde_json::Value;

pub use vocabulary::{PERSON_REGISTERED, PersonRegistered};
pub use zaak::{MAX_LENGTH, fault};

/// A municipality as a party.
#[derive(Debug, Default, Clone, Copy)]
pub struct Municipality;

impl Party for Municipality {
    fn service(&self) -> &'static str {
        "municipality"
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &[PERSON_REGISTERED]
    }

    fn read(&self, _event_type: &str, data: &Value) -> Result<OwnEvent, Vec<InvalidParam>> {
        let registered: PersonRegistered = proto::check(data)?;
        match fault(&registered.own_reference) {
            Some(fault) => Err(vec![InvalidParam::new("/ownReference", fault)]),
            None => Ok(OwnEvent::Person(Box::new(registered.into()))),
        }
    }

    /// A municipality holds no facts back: what it tells, its people write in the case itself.
    fn may_leave(&self, _known: &[Known], _now: Timestamp) -> Vec<Disclosure> {
        Vec::new()
    }

    fn check_outgoing(&self, event: &FromParty) -> Vec<InvalidParam> {
        let FromParty::CaseReported(case) = event else {
            return Vec::new();
        };
        fault(&case.own_reference)
            .map(|fault| InvalidParam::new("/ownReference", fault))
            .into_iter()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_registered_person_keeps_number_name_and_key() {
        let data = json!({
            "ownReference": "ZAAK-2026-0042", "personKey": "brother", "role": "data_subject",
            "bsn": "999990019", "name": "Sam de Vries", "birthDate": "2014-03-04",
        });
        let Ok(OwnEvent::Person(registered)) = Municipality.read(PERSON_REGISTERED, &data) else {
            panic!("the event is valid");
        };
        assert_eq!(registered.own_reference, "ZAAK-2026-0042");
        assert_eq!(registered.person.person_key, "brother");
        let bsn = registered.person.bsn.expect("a number");
        assert_eq!(bsn.expose(), "999990019");
    }

    #[test]
    fn a_number_that_fails_the_eleven_test_is_refused() {
        let data = json!({
            "ownReference": "ZAAK-2026-0042", "personKey": "brother", "role": "data_subject",
            "bsn": "999990018", "name": "Sam de Vries", "birthDate": "2014-03-04",
        });
        let Err(errors) = Municipality.read(PERSON_REGISTERED, &data) else {
            panic!("it is refused");
        };
        assert_eq!(errors, [InvalidParam::new("/bsn", "is no valid bsn")]);
    }

    #[test]
    fn a_case_is_reported_under_a_zaak_reference_only() {
        let data = json!({
            "actedBy": { "role": "raiser", "personRef": "u-1" },
            "ownReference": "999990342", "story": "…", "desiredOutcome": "…",
            "theme": "family_income", "region": "utrecht",
        });
        let event = FromParty::decode("case.reported", 1, &data).expect("a valid event");
        assert_eq!(
            Municipality.check_outgoing(&event),
            [InvalidParam::new(
                "/ownReference",
                "a zaak reference is not a person number"
            )]
        );
    }
}
