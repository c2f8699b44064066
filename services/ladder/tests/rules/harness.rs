//! Given what happened, when somebody asks this, then that follows.

use jiff::Timestamp;
use ladder::{Calendar, Case, Command, Decider, Event, Ladder, Refusal, Rules, Underway};

/// Monday 2 March 2026, 10:00 in Utrecht: when the events of `given` were recorded.
pub(crate) const START: &str = "2026-03-02T09:00:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The ladder and calendar that the platform ships with.
pub(crate) fn rules() -> Rules {
    rules_on(include_str!("../../../../deploy/ladder.toml"))
}

/// Another ladder, the same calendar.
pub(crate) fn rules_on(ladder: &str) -> Rules {
    Rules {
        ladder: Ladder::from_toml(ladder).unwrap(),
        calendar: Calendar::from_toml(include_str!("../../../../deploy/calendar.toml")).unwrap(),
    }
}

pub(crate) fn fold<'a>(
    case: Case,
    events: impl IntoIterator<Item = &'a Event>,
    at: Timestamp,
) -> Case {
    events
        .into_iter()
        .fold(case, |case, event| Rules::evolve(case, event, at))
}

pub(crate) struct Given {
    case: Case,
}

/// These events, recorded at [`START`].
pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given {
    Given { case: Case::Absent }.and_at(START, events)
}

impl Given {
    /// And these, recorded at another moment.
    pub(crate) fn and_at(self, moment: &str, events: impl IntoIterator<Item = Event>) -> Self {
        let events: Vec<Event> = events.into_iter().collect();
        Self {
            case: fold(self.case, &events, at(moment)),
        }
    }

    pub(crate) fn when(self, command: Command, moment: &str) -> When {
        let outcome = rules().decide(&self.case, command, at(moment));
        When {
            case: self.case,
            at: at(moment),
            outcome,
        }
    }
}

pub(crate) struct When {
    case: Case,
    at: Timestamp,
    outcome: Result<Vec<Event>, Refusal>,
}

impl When {
    /// Exactly these events follow; gives the case as they leave it.
    #[track_caller]
    pub(crate) fn then(self, expected: impl IntoIterator<Item = Event>) -> Case {
        let expected: Vec<Event> = expected.into_iter().collect();
        assert_eq!(self.outcome, Ok(expected.clone()));
        fold(self.case, &expected, self.at)
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

/// The case, which must not have ended.
#[track_caller]
pub(crate) fn underway(case: Case) -> Underway {
    match case {
        Case::Underway(underway) => *underway,
        Case::Absent | Case::Closed(_) => panic!("the case is not under way"),
    }
}
