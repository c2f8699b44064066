//! The SVB (*Sociale Verzekeringsbank*): child benefit, survivors' pension and state pension, the
//! rules by which they stop, and what of it may be told to others.

mod benefit;
mod secrecy;
mod vocabulary;

use gateway::{Disclosure, Known, OwnEvent, Party};
use jiff::Timestamp;
use proto::InvalidParam;
use serde_json::Value;

pub use benefit::{Benefit, Cause, Outside, StopRule, legal_causes, stop_rule};
pub use vocabulary::{BENEFIT_STOPPED, BenefitStopped};

/// The SVB as a party.
#[derive(Debug, Default, Clone, Copy)]
pub struct Svb;

impl Party for Svb {
    fn service(&self) -> &'static str {
        "svb"
    }

    fn vocabulary(&self) -> &'static [&'static str] {
        &[BENEFIT_STOPPED]
    }

    fn read(&self, _event_type: &str, data: &Value) -> Result<OwnEvent, Vec<InvalidParam>> {
        Ok(OwnEvent::About(BenefitStopped::read(data)?.clients()))
    }

    fn may_leave(&self, known: &[Known], _now: Timestamp) -> Vec<Disclosure> {
        secrecy::may_leave(known)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reasons(data: &Value) -> Vec<String> {
        match Svb.read(BENEFIT_STOPPED, data) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|error| error.name).collect(),
        }
    }

    #[test]
    fn a_cause_that_the_law_does_not_know_is_refused() {
        let data = json!({
            "bsn": "999990342", "benefit": "child_benefit",
            "since": "2026-01-01", "cause": "new_partner",
        });
        assert_eq!(reasons(&data), ["/cause"]);
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let data = json!({ "bsn": 999_990_342, "benefit": "lottery", "since": "2026-01-01" });
        let mut names = reasons(&data);
        names.sort();
        assert_eq!(names.len(), 3, "{names:?}");
    }

    #[test]
    fn a_stop_is_about_the_receiver_and_the_child() {
        let data = json!({
            "bsn": "999990342", "childBsn": "999990019", "benefit": "child_benefit",
            "since": "2026-01-01", "cause": "no_parent_or_guardian",
        });
        let Ok(OwnEvent::About(clients)) = Svb.read(BENEFIT_STOPPED, &data) else {
            panic!("the event is valid");
        };
        assert_eq!(clients.len(), 2);
    }
}
