//! A care provider: the care it gives, and the professional secrecy over it.

mod secrecy;
mod vocabulary;

use gateway::{ClientKey, Disclosure, Known, OwnEvent, Party};
use jiff::Timestamp;
use proto::InvalidParam;
use serde_json::Value;

pub use secrecy::NEED_PRESENT;
pub use vocabulary::{CARE_PROVIDED, CareProvided, GROUND_RECORDED, Ground, GroundRecorded};

/// The care provider as a party.
#[derive(Debug, Default, Clone, Copy)]
pub struct CareProvider;

impl Party for CareProvider {
    fn service(&self) -> &'static str {
        "care-provider"
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &[CARE_PROVIDED, GROUND_RECORDED]
    }

    fn read(&self, event_type: &str, data: &Value) -> Result<OwnEvent, Vec<InvalidParam>> {
        let client = if event_type == GROUND_RECORDED {
            ClientKey::bsn(&GroundRecorded::read(data)?.bsn)
        } else {
            proto::check::<CareProvided>(data)?.client()
        };
        Ok(OwnEvent::About(vec![client]))
    }

    fn may_leave(&self, known: &[Known], _now: Timestamp) -> Vec<Disclosure> {
        secrecy::may_leave(known)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reporting_right_without_a_law_is_refused() {
        let data = json!({ "bsn": "999990019", "ground": "reporting_right" });
        let Err(errors) = CareProvider.read(GROUND_RECORDED, &data) else {
            panic!("it is refused");
        };
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].name, "/law");
    }

    #[test]
    fn consent_needs_no_law() {
        let data = json!({ "bsn": "999990019", "ground": "consent" });
        assert!(CareProvider.read(GROUND_RECORDED, &data).is_ok());
    }

    #[test]
    fn debug_of_care_shows_nothing_of_it() {
        let care: CareProvided = proto::check(&json!({
            "bsn": "999990019", "need": "autisme", "since": "2025-06-01", "details": "veel",
        }))
        .expect("valid care");
        assert_eq!(format!("{care:?}"), "CareProvided(hidden)");
    }
}
