//! Subjects on the bus: who may write where follows from their first parts.

use crate::event_type::is_event_name;
use crate::identifier::IdentifierError;
use crate::oin::Oin;

/// Which way an event goes, seen from the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// From the organisation to the platform.
    Out,
    /// From the platform to the organisation.
    In,
}

impl Direction {
    /// The direction's part of a subject.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
        }
    }
}

/// A subject taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The organisation at the other end from the platform.
    pub oin: Oin,
    /// Which way the event goes.
    pub direction: Direction,
    /// Noun and past verb, such as `handoff.offered`.
    pub event: String,
}

/// The subject on which an organisation publishes an event:
/// `doorbraak.<oin>.out.<noun>.<past-verb>`. `event` is `<noun>.<past-verb>`.
pub fn out_subject(oin: &Oin, event: &str) -> String {
    format!("doorbraak.{oin}.out.{event}")
}

/// The subject on which an organisation receives an event:
/// `doorbraak.<oin>.in.<noun>.<past-verb>`. `event` is `<noun>.<past-verb>`.
pub fn in_subject(oin: &Oin, event: &str) -> String {
    format!("doorbraak.{oin}.in.{event}")
}

/// Takes a subject apart.
///
/// # Errors
/// [`IdentifierError::Subject`] when it has another shape, or what is wrong with its OIN.
pub fn parse_subject(subject: &str) -> Result<Subject, IdentifierError> {
    let mut parts = subject.splitn(4, '.');
    let (Some("doorbraak"), Some(oin), Some(direction), Some(event)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(IdentifierError::Subject);
    };
    let direction = match direction {
        "out" => Direction::Out,
        "in" => Direction::In,
        _ => return Err(IdentifierError::Subject),
    };
    if !is_event_name(event) {
        return Err(IdentifierError::Subject);
    }
    Ok(Subject {
        oin: Oin::parse(oin)?,
        direction,
        event: event.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_reads_back_as_it_was_written() {
        let svb = Oin::parse("00000099000000002000").expect("an OIN");
        let out = out_subject(&svb, "handoff.offered");
        assert_eq!(out, "doorbraak.00000099000000002000.out.handoff.offered");
        assert_eq!(
            parse_subject(&out),
            Ok(Subject {
                oin: svb.clone(),
                direction: Direction::Out,
                event: "handoff.offered".to_owned()
            })
        );
        assert_eq!(
            parse_subject(&in_subject(&svb, "case.registered")).map(|s| s.direction),
            Ok(Direction::In)
        );
    }

    #[test]
    fn another_shape_is_no_subject() {
        for wrong in [
            "",
            "doorbraak",
            "doorbraak.00000099000000002000.out",
            "doorbraak.00000099000000002000.out.handoff",
            "doorbraak.00000099000000002000.up.handoff.offered",
            "other.00000099000000002000.out.handoff.offered",
            "doorbraak.00000099000000002000.out.handoff.offered.v1",
            "doorbraak.00000099000000002000.out.*.offered",
            "doorbraak.00000099000000002000.out.>",
        ] {
            assert_eq!(
                parse_subject(wrong),
                Err(IdentifierError::Subject),
                "{wrong}"
            );
        }
        assert_eq!(
            parse_subject("doorbraak.1.out.handoff.offered"),
            Err(IdentifierError::OinLength(1))
        );
    }
}
