//! On hold, more time, opening again.

use ladder::event::TermExtended;
use ladder::{Due, Event, Moved, Refusal};

use super::super::harness::at;
use super::super::pauses::{extend, reopen, resume, suspend, suspended};
use super::super::samples::{
    ANSWER_BY, closed, decided, handoff, offered, reported, sealed, svb, tax_office, utrecht,
};
use super::Row;

pub(super) fn rows() -> Vec<Row> {
    let answer = || Due::HandoffAnswer(handoff("h1"));
    let open = || vec![reported(), offered()];
    let later = "2026-03-12T09:00:00Z";
    let extended = Event::TermExtended(TermExtended {
        moved: Moved {
            due: answer(),
            to: at("2026-03-10T09:00:00Z"),
        },
        from: at(ANSWER_BY),
        by: svb(),
        reason: sealed("the file is on its way"),
    });
    let overdue = {
        let mut offer = super::super::samples::offered_to("h1", svb());
        offer.answer_by = at("2026-03-02T09:00:30Z");
        Event::HandoffOffered(offer)
    };
    vec![
        (
            vec![reported(), suspended(later)],
            suspend(later),
            Refusal::AlreadySuspended,
        ),
        (vec![reported()], resume(), Refusal::NotSuspended),
        (
            vec![reported()],
            suspend("2026-06-30T09:00:00Z"),
            Refusal::SuspensionTooLong { days: 90 },
        ),
        (
            vec![reported()],
            extend(answer(), svb(), later),
            Refusal::UnknownDeadline(answer()),
        ),
        (
            open(),
            extend(answer(), tax_office(), later),
            Refusal::DeadlineNotYours(tax_office()),
        ),
        (
            vec![reported(), overdue],
            extend(answer(), svb(), later),
            Refusal::ExtensionTooLate,
        ),
        (
            open(),
            extend(answer(), svb(), ANSWER_BY),
            Refusal::ExtensionNotLater,
        ),
        (
            vec![reported(), offered(), extended],
            extend(answer(), svb(), later),
            Refusal::AlreadyExtended,
        ),
        (vec![reported()], reopen(utrecht()), Refusal::NotClosed),
        (
            vec![reported(), decided(), closed()],
            reopen(svb()),
            Refusal::MayNotReopen(svb()),
        ),
    ]
}
