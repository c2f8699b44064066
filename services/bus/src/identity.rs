//! Whom a handle speaks for, and which subjects follow from that.

use proto::{Direction, Oin, parse_subject};

/// The one identity a bus handle is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The escalation platform: reads what all parties send, writes what is addressed to them.
    Platform,
    /// A party: writes under its own prefix, reads what is addressed to it.
    Party(Oin),
}

impl Identity {
    /// Whether this identity may publish on `subject`.
    #[must_use]
    pub fn may_publish_on(&self, subject: &str) -> bool {
        match (self, parse_subject(subject)) {
            (Identity::Platform, Ok(subject)) => subject.direction == Direction::In,
            (Identity::Party(own), Ok(subject)) => {
                subject.direction == Direction::Out && subject.oin == *own
            }
            (_, Err(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svb() -> Oin {
        Oin::parse("00000099000000002000").unwrap()
    }

    #[test]
    fn a_party_publishes_only_under_its_own_out_prefix() {
        let party = Identity::Party(svb());
        assert!(party.may_publish_on("doorbraak.00000099000000002000.out.fact.reported"));
        for foreign in [
            "doorbraak.00000099000000003000.out.fact.reported",
            "doorbraak.00000099000000002000.in.fact.reported",
            "doorbraak.00000099000000002000.out",
            "doorbraak.00000099000000002000.out.",
            "doorbraak.00000099000000002000.out.*",
            "doorbraak.*.out.fact.reported",
            "$JS.API.STREAM.DELETE.out",
            "",
        ] {
            assert!(!party.may_publish_on(foreign), "{foreign}");
        }
    }

    #[test]
    fn the_platform_publishes_only_to_parties() {
        assert!(Identity::Platform.may_publish_on("doorbraak.00000099000000002000.in.case.closed"));
        assert!(
            !Identity::Platform.may_publish_on("doorbraak.00000099000000002000.out.case.closed")
        );
    }
}
