//! Offering a handoff, answering it, taking it back, sharing identity under it.

use ladder::event::{HandoffCountered, HandoffDeclined, HandoffWithdrawn, IdentityShared};
use ladder::{Command, Event, HandoffStatus, Refusal, ShareIdentity};

use super::harness::{START, at, given};
use super::samples::{
    ANSWER_BY, accept, accepted, counter, decline, ground, handoff, offer, offer_of, offered,
    offered_to, person, reported, sealed, spirit, svb, tax_office, urgency_claimed, utrecht,
    withdraw,
};

const NEXT_DAY: &str = "2026-03-03T08:00:00Z";
const JUST_IN_TIME: &str = "2026-03-09T08:59:59Z";

fn withdrawn() -> Event {
    Event::HandoffWithdrawn(HandoffWithdrawn {
        handoff: handoff("h1"),
        reason: sealed("solved"),
    })
}

#[test]
fn an_offer_can_be_answered_for_five_working_days_with_a_reminder_halfway() {
    given([reported()])
        .when(offer("h1", svb()), START)
        .then([ground(utrecht(), svb()), offered()]);
}

#[test]
fn an_urgent_offer_can_be_answered_for_one_working_day() {
    let mut command = offer_of("h1", svb());
    command.urgent = true;
    command.person = Some(person("p-1"));
    let mut event = offered_to("h1", svb());
    event.urgent = true;
    event.remind_at = at("2026-03-02T21:00:00Z");
    event.answer_by = at("2026-03-03T09:00:00Z");
    given([reported()])
        .when(Command::OfferHandoff(command), START)
        .then([
            urgency_claimed(),
            ground(utrecht(), svb()),
            Event::HandoffOffered(event),
        ]);
}

#[test]
fn a_term_that_begins_on_friday_skips_the_weekend() {
    let mut event = offered_to("h1", svb());
    event.answer_by = at("2026-03-13T15:00:00Z");
    event.remind_at = at("2026-03-10T03:00:00Z");
    given([reported()])
        .when(offer("h1", svb()), "2026-03-06T15:00:00Z")
        .then([ground(utrecht(), svb()), Event::HandoffOffered(event)]);
}

#[test]
fn a_second_offer_to_the_same_organisation_records_no_second_ground() {
    given([reported(), ground(utrecht(), svb()), offered()])
        .when(offer("h2", svb()), START)
        .then([Event::HandoffOffered(offered_to("h2", svb()))]);
}

#[test]
fn a_ground_for_one_organisation_is_none_for_another() {
    given([reported(), ground(utrecht(), svb()), offered()])
        .when(offer("h2", spirit()), START)
        .then([
            ground(utrecht(), spirit()),
            Event::HandoffOffered(offered_to("h2", spirit())),
        ]);
}

#[test]
fn an_offer_without_a_ground_is_refused_even_when_one_was_recorded_before() {
    let mut command = offer_of("h2", svb());
    command.legal_basis = "  ".into();
    given([reported(), ground(utrecht(), svb()), offered()])
        .when(Command::OfferHandoff(command), START)
        .then_refused(Refusal::LegalBasisRequired);
}

#[test]
fn an_accepted_handoff_makes_its_receiver_a_participant_and_leaves_the_owner() {
    let case = given([reported(), offered()])
        .when(accept(), NEXT_DAY)
        .then([accepted()]);
    let file = case.file().unwrap();
    assert_eq!(file.participants(), [&svb()].into());
    assert_eq!(file.offered(), [].into());
    assert_eq!(file.owner, utrecht());
}

#[test]
fn a_handoff_is_declined_with_its_reason_and_what_might_help() {
    let case = given([reported(), offered()])
        .when(decline(Some("no_power")), NEXT_DAY)
        .then([Event::HandoffDeclined(HandoffDeclined {
            handoff: handoff("h1"),
            by: svb(),
            reason: "no_power".into(),
            text: None,
            alternative: Some(sealed("ask the table")),
        })]);
    assert_eq!(case.file().unwrap().participants(), [].into());
}

#[test]
fn a_blank_reason_is_no_reason_to_decline() {
    given([reported(), offered()])
        .when(decline(Some(" ")), NEXT_DAY)
        .then_refused(Refusal::ReasonRequired);
}

#[test]
fn a_counter_offer_says_what_is_offered_instead() {
    given([reported(), offered()])
        .when(counter(Some("half of it")), NEXT_DAY)
        .then([Event::HandoffCountered(HandoffCountered {
            handoff: handoff("h1"),
            by: svb(),
            reason: None,
            text: None,
            alternative: sealed("half of it"),
            follow_up_by: at("2026-03-10T08:00:00Z"),
        })]);
}

#[test]
fn an_answer_one_second_before_the_term_ends_is_in_time() {
    given([reported(), offered()])
        .when(accept(), JUST_IN_TIME)
        .then([accepted()]);
}

#[test]
fn an_answer_at_the_end_of_the_term_is_too_late_though_the_clock_has_not_ticked() {
    given([reported(), offered()])
        .when(accept(), ANSWER_BY)
        .then_refused(Refusal::HandoffExpired { at: at(ANSWER_BY) });
}

#[test]
fn a_second_answer_hears_who_answered_and_when() {
    given([reported(), offered()])
        .and_at(NEXT_DAY, [accepted()])
        .when(decline(Some("no_power")), "2026-03-04T08:00:00Z")
        .then_refused(Refusal::AlreadyAnswered {
            by: svb(),
            at: at(NEXT_DAY),
        });
}

#[test]
fn a_late_second_answer_hears_of_the_first_and_not_of_the_term() {
    given([reported(), offered()])
        .and_at(NEXT_DAY, [accepted()])
        .when(accept(), "2026-04-01T08:00:00Z")
        .then_refused(Refusal::AlreadyAnswered {
            by: svb(),
            at: at(NEXT_DAY),
        });
}

#[test]
fn an_open_offer_can_be_taken_back() {
    let case = given([reported(), offered()])
        .when(withdraw(utrecht()), NEXT_DAY)
        .then([withdrawn()]);
    assert_eq!(
        case.file().unwrap().handoffs[&handoff("h1")].status,
        HandoffStatus::Withdrawn { at: at(NEXT_DAY) }
    );
}

#[test]
fn an_answered_offer_cannot_be_taken_back() {
    given([reported(), offered()])
        .and_at(NEXT_DAY, [accepted()])
        .when(withdraw(utrecht()), "2026-03-04T08:00:00Z")
        .then_refused(Refusal::AlreadyAnswered {
            by: svb(),
            at: at(NEXT_DAY),
        });
}

#[test]
fn an_offer_taken_back_cannot_be_answered() {
    given([reported(), offered()])
        .and_at(NEXT_DAY, [withdrawn()])
        .when(accept(), "2026-03-04T08:00:00Z")
        .then_refused(Refusal::HandoffWithdrawn { at: at(NEXT_DAY) });
}

#[test]
fn only_the_sender_takes_an_offer_back() {
    given([reported(), offered()])
        .when(withdraw(tax_office()), NEXT_DAY)
        .then_refused(Refusal::HandoffOfAnother(tax_office()));
}

#[test]
fn identity_is_shared_sealed_and_only_with_the_receiver_that_accepted() {
    let share = |to| {
        Command::ShareIdentity(ShareIdentity {
            handoff: handoff("h1"),
            from: utrecht(),
            to,
            sealed: "numbers".into(),
        })
    };
    given([reported(), ground(utrecht(), svb()), offered(), accepted()])
        .when(share(svb()), NEXT_DAY)
        .then([Event::IdentityShared(IdentityShared {
            handoff: handoff("h1"),
            from: utrecht(),
            to: svb(),
            sealed: "numbers".into(),
        })]);
    given([reported(), offered(), accepted()])
        .when(share(tax_office()), NEXT_DAY)
        .then_refused(Refusal::HandoffNotYours(tax_office()));
}
