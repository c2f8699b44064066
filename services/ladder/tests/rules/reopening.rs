//! Stopping, closing with the citizen told later, opening again.

use ladder::event::{CaseReopened, CaseWithdrawn, InformingPostponed};
use ladder::{
    Command, Event, Initiative, Outcome, PostponeInforming, Refusal, StateName, Tier, Withdraw,
    deadlines,
};

use super::harness::{START, at, given};
use super::pauses::reopen;
use super::samples::{
    TEN_DAYS, climbed, close, closed, commitment_made, commitment_refused, commitment_requested,
    decide, decided, feedback_sent, fulfilled, offered, reported, rung, sealed, svb, tax_office,
    utrecht,
};

fn stop() -> Command {
    Command::Withdraw(Withdraw {
        initiative: Initiative::Citizen,
        reason: sealed("moved"),
    })
}

#[test]
fn the_citizen_or_the_raiser_stops_at_any_moment() {
    let case = given([reported(), offered()])
        .when(stop(), START)
        .then([Event::CaseWithdrawn(CaseWithdrawn {
            initiative: Initiative::Citizen,
            reason: sealed("moved"),
        })]);
    assert_eq!(case.state_name(), Some(StateName::Withdrawn));
    assert_eq!(case.outcome(), Some(Outcome::Withdrawn));
    assert_eq!(deadlines(&case), []);
    given([reported()])
        .after(stop(), START)
        .when(stop(), START)
        .then_refused(Refusal::CaseClosed);
}

#[test]
fn a_case_closes_when_it_was_said_why_the_citizen_is_told_later() {
    let postponed = || {
        Event::InformingPostponed(InformingPostponed {
            reason: sealed("in hospital"),
        })
    };
    let postpone = Command::PostponeInforming(PostponeInforming {
        reason: sealed("in hospital"),
    });
    given([reported(), decided(), feedback_sent()])
        .when(postpone, START)
        .then([postponed()]);
    let case = given([reported(), decided(), feedback_sent(), postponed()])
        .after(close(), START)
        .case();
    assert_eq!(case.state_name(), Some(StateName::Closed));
}

#[test]
fn a_case_is_opened_again_on_its_last_rung_with_its_history() {
    let mut events = climbed(&["workshop"]);
    events.extend([
        commitment_requested("r1", svb()),
        commitment_made("r1", svb()),
        decided(),
        fulfilled("r1", svb()),
        feedback_sent(),
        closed(),
    ]);
    for by in [utrecht(), svb()] {
        let case =
            given(events.clone())
                .when(reopen(by.clone()), START)
                .then([Event::CaseReopened(CaseReopened {
                    by,
                    reason: sealed("it came back"),
                    rung: rung("workshop"),
                    tier: Tier::Local,
                    review_at: at(TEN_DAYS),
                })]);
        assert_eq!(case.state_name(), Some(StateName::Active));
        let file = case.file().unwrap();
        assert_eq!(file.commitments.len(), 1);
        assert!(!file.decided && !file.feedback_sent);
    }
    given(events)
        .after(reopen(utrecht()), START)
        .when(close(), START)
        .then_refused(Refusal::NotDecided);
}

#[test]
fn who_did_not_commit_itself_does_not_open_a_case_again() {
    let mut events = climbed(&["workshop"]);
    events.extend([
        commitment_requested("r1", svb()),
        commitment_refused("r1", svb()),
        decided(),
        closed(),
    ]);
    for by in [svb(), tax_office()] {
        given(events.clone())
            .when(reopen(by.clone()), START)
            .then_refused(Refusal::MayNotReopen(by));
    }
    given(events)
        .after(reopen(utrecht()), START)
        .after(decide(), START);
}
