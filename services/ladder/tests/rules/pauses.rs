//! On hold, and more time: a ledger of who, why and how long, and dates that really move.

use ladder::event::{CaseResumed, CaseSuspended, TermExtended};
use ladder::{
    Command, Due, Event, ExtendTerm, Moved, Organisation, Refusal, Reopen, Resume, Suspend,
    SuspensionReason, deadlines,
};

use super::harness::{START, at, ends, given};
use super::samples::{
    ANSWER_BY, REMIND_AT, accept, accepted, aftercare, decided, handoff, offered, reported, sealed,
    svb, utrecht,
};

/// Ten days after the start.
const LATER: &str = "2026-03-12T09:00:00Z";

pub(crate) fn suspend(until: &str) -> Command {
    Command::Suspend(Suspend {
        by: utrecht(),
        reason: SuspensionReason::CitizenAbsent,
        text: None,
        until: at(until),
    })
}

pub(crate) fn suspended(until: &str) -> Event {
    Event::CaseSuspended(CaseSuspended {
        by: utrecht(),
        reason: SuspensionReason::CitizenAbsent,
        text: None,
        until: at(until),
    })
}

pub(crate) fn resume() -> Command {
    Command::Resume(Resume { by: utrecht() })
}

pub(crate) fn extend(due: Due, by: Organisation, to: &str) -> Command {
    Command::ExtendTerm(ExtendTerm {
        due,
        by,
        reason: sealed("the file is on its way"),
        to: at(to),
    })
}

pub(crate) fn reopen(by: Organisation) -> Command {
    Command::Reopen(Reopen {
        by,
        reason: sealed("it came back"),
    })
}

fn answer() -> Due {
    Due::HandoffAnswer(handoff("h1"))
}

#[test]
fn a_case_on_hold_has_one_deadline_the_end_of_that() {
    let case = given([reported(), offered()])
        .when(suspend(LATER), START)
        .then([suspended(LATER)]);
    assert_eq!(deadlines(&case), [(Due::SuspensionEnd, at(LATER))]);
    given([reported(), offered(), suspended(LATER)])
        .when(Command::Lapse(answer()), ANSWER_BY)
        .then_nothing();
}

#[test]
fn a_suspension_that_does_not_move_the_date() {
    // It does: three days on hold move every deadline by three days, and on to a working day.
    let moved = |due, to| Moved { due, to: at(to) };
    let case = given([reported(), offered(), suspended(LATER)])
        .when(resume(), "2026-03-05T09:00:00Z")
        .then([Event::CaseResumed(CaseResumed {
            by: Some(utrecht()),
            moved: vec![
                // Sunday the 8th at ten in the evening becomes Monday.
                moved(Due::HandoffReminder(handoff("h1")), "2026-03-09T21:00:00Z"),
                moved(answer(), "2026-03-12T09:00:00Z"),
                moved(Due::Review, "2026-04-02T08:00:00Z"),
            ],
        })]);
    assert_eq!(ends(&case, &answer()), Some(at("2026-03-12T09:00:00Z")));
    assert_eq!(at(REMIND_AT), at("2026-03-05T21:00:00Z"));
}

#[test]
fn an_offer_can_be_answered_after_its_old_date_while_the_case_is_on_hold() {
    given([reported(), offered(), suspended("2026-03-20T09:00:00Z")])
        .when(accept(), LATER)
        .then([accepted()]);
}

/// However late the clock is: on hold until the agreed end, and no longer.
#[test]
fn a_suspension_ends_at_its_end_when_the_clock_comes_later() {
    let case = given([reported(), offered(), suspended("2026-03-05T09:00:00Z")])
        .after(Command::Lapse(Due::SuspensionEnd), "2026-03-25T09:00:00Z")
        .case();
    assert_eq!(ends(&case, &answer()), Some(at("2026-03-12T09:00:00Z")));
    given([reported(), offered(), suspended("2026-03-05T09:00:00Z")])
        .when(accept(), "2026-03-25T09:00:00Z")
        .then_refused(Refusal::HandoffExpired { at: at(ANSWER_BY) });
}

#[test]
fn every_check_of_aftercare_moves_along() {
    let checks = ["2026-04-01T08:00:00Z", "2026-05-31T08:00:00Z"];
    let case = given([reported(), decided(), aftercare(&checks), suspended(LATER)])
        .after(resume(), "2026-03-09T09:00:00Z")
        .case();
    let check = Due::AftercareCheck;
    assert_eq!(ends(&case, &check), Some(at("2026-04-08T08:00:00Z")));
    let case = given([reported(), decided(), aftercare(&checks), suspended(LATER)])
        .after(resume(), "2026-03-09T09:00:00Z")
        .after(Command::Lapse(check.clone()), "2026-04-08T08:00:00Z")
        .case();
    assert_eq!(ends(&case, &check), Some(at("2026-06-07T08:00:00Z")));
}

#[test]
fn more_time_is_asked_for_before_the_date_by_who_has_to_meet_it() {
    let extended = Event::TermExtended(TermExtended {
        moved: Moved {
            due: answer(),
            to: at(LATER),
        },
        from: at(ANSWER_BY),
        by: svb(),
        reason: sealed("the file is on its way"),
    });
    let case = given([reported(), offered()])
        .when(extend(answer(), svb(), LATER), "2026-03-09T08:59:59Z")
        .then([extended]);
    assert_eq!(ends(&case, &answer()), Some(at(LATER)));
    given([reported(), offered()])
        .when(extend(answer(), svb(), LATER), ANSWER_BY)
        .then_refused(Refusal::ExtensionTooLate);
    given([reported(), offered()])
        .when(extend(answer(), utrecht(), LATER), START)
        .then_refused(Refusal::DeadlineNotYours(utrecht()));
}

#[test]
fn an_extension_counts_when_the_answer_comes() {
    given([reported(), offered()])
        .after(extend(answer(), svb(), LATER), START)
        .when(accept(), "2026-03-12T08:59:59Z")
        .then([accepted()]);
}
