//! A story that is not shared yet.

use ladder::event::{DraftReminded, DraftSaved};
use ladder::{Case, Command, Due, Event, Refusal, SaveDraft, StateName, deadlines};

use super::harness::{START, at, given};
use super::samples::{case_id, report, reported, sealed, svb, utrecht};

/// Thirty days after the start, at the same hour in Utrecht.
const THIRTY_DAYS: &str = "2026-04-01T08:00:00Z";

fn save() -> SaveDraft {
    SaveDraft {
        case: case_id("case_1"),
        owner: utrecht(),
        content: sealed("half a story"),
    }
}

fn saved() -> Event {
    Event::DraftSaved(DraftSaved {
        case: case_id("case_1"),
        owner: utrecht(),
        content: sealed("half a story"),
        remind_at: at(THIRTY_DAYS),
    })
}

#[test]
fn a_draft_is_kept_and_its_writer_reminded_after_thirty_days() {
    let case = given([])
        .when(Command::SaveDraft(save()), START)
        .then([saved()]);
    assert_eq!(case.state_name(), Some(StateName::Draft));
    assert_eq!(case.owner(), Some(&utrecht()));
    assert_eq!(deadlines(&case), [(Due::DraftReminder, at(THIRTY_DAYS))]);
}

#[test]
fn a_draft_that_lies_on_is_reminded_of_again() {
    let again = at("2026-05-01T08:00:00Z");
    let case = given([saved()])
        .when(Command::Lapse(Due::DraftReminder), THIRTY_DAYS)
        .then([Event::DraftReminded(DraftReminded { remind_at: again })]);
    assert_eq!(deadlines(&case), [(Due::DraftReminder, again)]);
}

#[test]
fn a_draft_becomes_a_case_when_it_is_reported() {
    let case = given([saved()]).when(report(), START).then([reported()]);
    assert_eq!(case.state_name(), Some(StateName::Active));
}

#[test]
fn a_draft_that_is_thrown_away_is_over() {
    let case = given([saved()]).after(Command::DiscardDraft, START).case();
    assert_eq!(case, Case::Discarded);
    assert_eq!(deadlines(&case), []);
    given([saved()])
        .after(Command::DiscardDraft, START)
        .when(report(), START)
        .then_refused(Refusal::CaseExists);
}

#[test]
fn nobody_else_saves_or_reports_a_draft() {
    let theirs = SaveDraft {
        owner: svb(),
        ..save()
    };
    given([saved()])
        .when(Command::SaveDraft(theirs), START)
        .then_refused(Refusal::NotOwner(svb()));
    let mut report = super::samples::report_about("family_income");
    report.owner = svb();
    given([saved()])
        .when(Command::Report(Box::new(report)), START)
        .then_refused(Refusal::NotOwner(svb()));
}
