//! Advice without personal data.

use ladder::event::{AdviceAsked, AdviceExpired};
use ladder::{AskAdvice, Command, Due, Event, GiveAdvice, Refusal, StateName};

use super::harness::{START, at, ends, given};
use super::samples::{consultation, reported, sealed, svb, utrecht};

const TWO_DAYS: &str = "2026-03-04T09:00:00Z";

pub(crate) fn ask() -> Command {
    Command::AskAdvice(AskAdvice {
        consultation: consultation("q1"),
        by: utrecht(),
        of: svb(),
        question: sealed("may a sibling be the carer?"),
    })
}

fn answer() -> Command {
    Command::GiveAdvice(GiveAdvice {
        consultation: consultation("q1"),
        by: svb(),
        answer: sealed("yes"),
    })
}

fn due() -> Due {
    Due::AdviceAnswer(consultation("q1"))
}

#[test]
fn advice_is_given_within_two_working_days_and_leaves_the_owner() {
    let case = given([reported()])
        .when(ask(), START)
        .then([Event::AdviceAsked(AdviceAsked {
            consultation: consultation("q1"),
            by: utrecht(),
            of: svb(),
            question: sealed("may a sibling be the carer?"),
            answer_by: at(TWO_DAYS),
        })]);
    assert_eq!(case.state_name(), Some(StateName::Consulting));
    assert_eq!(case.owner(), Some(&utrecht()));
    assert_eq!(ends(&case, &due()), Some(at(TWO_DAYS)));

    let case = given([reported()])
        .after(ask(), START)
        .after(answer(), START);
    let case = case.case();
    assert_eq!(case.state_name(), Some(StateName::Active));
    assert_eq!(ends(&case, &due()), None);
}

#[test]
fn advice_that_does_not_come_is_said() {
    let expired = Event::AdviceExpired(AdviceExpired {
        consultation: consultation("q1"),
    });
    let case = given([reported()])
        .after(ask(), START)
        .when(Command::Lapse(due()), TWO_DAYS)
        .then([expired]);
    assert_eq!(case.state_name(), Some(StateName::Active));
    given([reported()])
        .after(ask(), START)
        .after(Command::Lapse(due()), TWO_DAYS)
        .when(answer(), TWO_DAYS)
        .then_refused(Refusal::ConsultationOver);
}
