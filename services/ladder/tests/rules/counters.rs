//! Something else was offered instead.

use ladder::event::{CounterAccepted, CounterExpired, CounterRefused};
use ladder::{AnswerCounter, Command, Due, Event, HandoffStatus, OfferHandoff, Refusal};

use super::harness::{Given, START, at, ends, given};
use super::samples::{ANSWER_BY, counter, handoff, offer_of, offered, reported, svb, utrecht};

fn countered() -> Given {
    given([reported(), offered()]).after(counter(Some("half of it")), START)
}

fn answer(accepted: bool, reason: Option<&str>) -> Command {
    Command::AnswerCounter(AnswerCounter {
        handoff: handoff("h1"),
        by: utrecht(),
        accepted,
        reason: reason.map(str::to_owned),
    })
}

fn follow_up() -> Due {
    Due::CounterFollowUp(handoff("h1"))
}

#[test]
fn the_sender_answers_a_counter_offer_within_five_working_days() {
    assert_eq!(ends(&countered().case(), &follow_up()), Some(at(ANSWER_BY)));
}

#[test]
fn taking_the_alternative_gives_its_receiver_a_part() {
    let case = countered()
        .when(answer(true, None), START)
        .then([Event::CounterAccepted(CounterAccepted {
            handoff: handoff("h1"),
            by: utrecht(),
        })]);
    assert_eq!(case.file().unwrap().participants(), [&svb()].into());
    assert_eq!(ends(&case, &follow_up()), None);
}

#[test]
fn not_taking_it_needs_a_reason_and_ends_the_handoff() {
    countered()
        .when(answer(false, Some(" ")), START)
        .then_refused(Refusal::ReasonRequired);
    let case = countered()
        .when(answer(false, Some("too_little")), START)
        .then([Event::CounterRefused(CounterRefused {
            handoff: handoff("h1"),
            by: utrecht(),
            reason: "too_little".into(),
        })]);
    assert_eq!(
        case.file().unwrap().handoffs[&handoff("h1")].status,
        HandoffStatus::Declined { at: at(START) }
    );
}

#[test]
fn a_counter_offer_that_nobody_answers_is_said_once() {
    countered()
        .when(Command::Lapse(follow_up()), ANSWER_BY)
        .then([Event::CounterExpired(CounterExpired {
            handoff: handoff("h1"),
        })]);
    countered()
        .after(Command::Lapse(follow_up()), ANSWER_BY)
        .when(answer(true, None), ANSWER_BY)
        .then_refused(Refusal::CounterNotOpen);
}

#[test]
fn a_new_offer_instead_answers_the_counter_offer() {
    let instead = Command::OfferHandoff(OfferHandoff {
        instead_of: Some(handoff("h1")),
        ..offer_of("h2", svb())
    });
    let case = countered().after(instead, START).case();
    assert_eq!(ends(&case, &follow_up()), None);
}
