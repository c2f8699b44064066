//! Given what happened at a meeting, when somebody asks this, then that follows.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ladder::Decider;
use ladder::meeting::{Command, Event, Meeting, MeetingRules, Refusal};

use super::super::harness::at;
use super::super::samples::rung;

/// Monday 2 March 2026, 10:00 in Utrecht: when the events of `given` were recorded.
pub(crate) const START: &str = "2026-03-02T09:00:00Z";

/// The national table with this quorum; no other rung has a table.
pub(crate) fn rules_with(quorum: u32) -> MeetingRules {
    MeetingRules {
        quorums: BTreeMap::from([(rung("national_table"), quorum)]),
        zone: TimeZone::get("Europe/Amsterdam").unwrap(),
    }
}

pub(crate) fn fold<'a>(
    meeting: Meeting,
    events: impl IntoIterator<Item = &'a Event>,
    at: Timestamp,
) -> Meeting {
    events.into_iter().fold(meeting, |meeting, event| {
        MeetingRules::evolve(meeting, event, at)
    })
}

pub(crate) struct Given {
    pub(crate) meeting: Meeting,
}

/// These events, recorded at [`START`].
pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given {
    let events: Vec<Event> = events.into_iter().collect();
    Given {
        meeting: fold(Meeting::Unplanned, &events, at(START)),
    }
}

impl Given {
    pub(crate) fn when(self, command: Command, moment: &str) -> When {
        let outcome = rules_with(2).decide(&self.meeting, command, at(moment));
        When {
            meeting: self.meeting,
            at: at(moment),
            outcome,
        }
    }
}

pub(crate) struct When {
    meeting: Meeting,
    at: Timestamp,
    outcome: Result<Vec<Event>, Refusal>,
}

impl When {
    /// Exactly these events follow; gives the meeting as they leave it.
    #[track_caller]
    pub(crate) fn then(self, expected: impl IntoIterator<Item = Event>) -> Meeting {
        let expected: Vec<Event> = expected.into_iter().collect();
        assert_eq!(self.outcome, Ok(expected.clone()));
        fold(self.meeting, &expected, self.at)
    }

    /// Nothing follows, and that is no error.
    #[track_caller]
    pub(crate) fn then_nothing(self) {
        assert_eq!(self.outcome, Ok(Vec::new()));
    }

    #[track_caller]
    pub(crate) fn then_refused(self, expected: Refusal) {
        assert_eq!(self.outcome, Err(expected));
    }

    /// Whatever was decided: for tests that look at one part of it.
    #[track_caller]
    pub(crate) fn decided(self) -> Vec<Event> {
        self.outcome.unwrap()
    }
}
