//! Urgent: one person claims it, a second one confirms it within a working day.

use ladder::event::{UrgencyConfirmed, UrgencyLapsed};
use ladder::{Command, ConfirmUrgency, Due, Event, HandoffStatus, Moved, OfferHandoff, Urgency};

use super::harness::{START, at, ends, given};
use super::samples::{
    ANSWER_BY, REMIND_AT, accept, accepted, handoff, offer_of, person, reported, svb, utrecht,
};

/// One working day after the start: the end of the claim and of an urgent offer.
const NEXT_DAY: &str = "2026-03-03T09:00:00Z";

fn urgent_offer() -> Command {
    Command::OfferHandoff(OfferHandoff {
        urgent: true,
        person: Some(person("p-1")),
        ..offer_of("h1", svb())
    })
}

fn confirm() -> Command {
    Command::ConfirmUrgency(ConfirmUrgency {
        by: utrecht(),
        person: person("p-2"),
    })
}

fn lapsed() -> Event {
    Event::UrgencyLapsed(UrgencyLapsed {
        moved: vec![
            Moved {
                due: Due::HandoffReminder(handoff("h1")),
                to: at(REMIND_AT),
            },
            Moved {
                due: Due::HandoffAnswer(handoff("h1")),
                to: at(ANSWER_BY),
            },
        ],
    })
}

#[test]
fn a_second_person_confirms_and_the_short_term_stays() {
    let confirmed = Event::UrgencyConfirmed(UrgencyConfirmed {
        by: utrecht(),
        person: person("p-2"),
    });
    let case = given([reported()])
        .after(urgent_offer(), START)
        .when(confirm(), "2026-03-03T08:59:59Z")
        .then([confirmed]);
    assert_eq!(case.file().unwrap().urgency, Urgency::Confirmed);
    let answer = Due::HandoffAnswer(handoff("h1"));
    assert_eq!(ends(&case, &answer), Some(at(NEXT_DAY)));
}

#[test]
fn a_claim_that_nobody_confirms_gives_the_receiver_the_ordinary_term() {
    let case = given([reported()])
        .after(urgent_offer(), START)
        .when(Command::Lapse(Due::UrgencyConfirmation), NEXT_DAY)
        .then([lapsed()]);
    let file = case.file().unwrap();
    assert_eq!(file.urgency, Urgency::Ordinary);
    let answer = Due::HandoffAnswer(handoff("h1"));
    assert_eq!(ends(&case, &answer), Some(at(ANSWER_BY)));
}

/// The claim and the urgent offer end at the same moment: whichever the clock takes first, and
/// whether an answer comes before the clock, the outcome is the same.
#[test]
fn an_unconfirmed_claim_never_ends_an_offer() {
    let claimed = || given([reported()]).after(urgent_offer(), START);
    for first in [
        Due::HandoffAnswer(handoff("h1")),
        Due::HandoffReminder(handoff("h1")),
        Due::UrgencyConfirmation,
    ] {
        claimed()
            .when(Command::Lapse(first), NEXT_DAY)
            .then([lapsed()]);
    }
    claimed()
        .when(accept(), NEXT_DAY)
        .then([lapsed(), accepted()]);
}

#[test]
fn a_confirmed_urgent_offer_ends_after_one_working_day() {
    let case = given([reported()])
        .after(urgent_offer(), START)
        .after(confirm(), START)
        .silence_until(NEXT_DAY)
        .case();
    let expired = HandoffStatus::Expired { at: at(NEXT_DAY) };
    assert_eq!(
        case.file().unwrap().handoffs[&handoff("h1")].status,
        expired
    );
}
