//! Exactly one owner, and what goes back.

use ladder::event::{HandoffReturned, OwnerChanged};
use ladder::{
    AnswerHandoff, ChooseOwnershipMode, Command, Event, HandoffAnswer, HandoffKind, HandoffStatus,
    OfferHandoff, Organisation, OwnershipMode, Refusal, ReturnHandoff, Withdraw,
};

use super::harness::{Given, START, at, given};
use super::pauses::reopen;
use super::samples::{
    ANSWER_BY, CLIMB_AT, accept, handoff, handoff_declined, offer, offer_of, offered, reported,
    sealed, spirit, svb, tax_office, utrecht,
};

fn team_takes_over() -> Command {
    Command::ChooseOwnershipMode(ChooseOwnershipMode {
        mode: OwnershipMode::TeamTakesOver,
    })
}

fn ownership(id: &str, to: Organisation) -> Command {
    Command::OfferHandoff(OfferHandoff {
        kind: HandoffKind::Ownership,
        ..offer_of(id, to)
    })
}

fn accepts(id: &str, by: Organisation) -> Command {
    Command::AnswerHandoff(AnswerHandoff {
        handoff: handoff(id),
        by,
        answer: HandoffAnswer::Accepted,
        text: None,
    })
}

fn give_back() -> Command {
    Command::ReturnHandoff(ReturnHandoff {
        handoff: handoff("h1"),
        back: handoff("h2"),
        by: svb(),
        reason: sealed("not ours"),
        contact_role: "agency_liaison".into(),
    })
}

/// The SVB took the case over.
fn taken_over() -> Given {
    given([reported()])
        .after(team_takes_over(), START)
        .after(ownership("h1", svb()), START)
        .after(accept(), START)
}

fn status(case: &ladder::Case, id: &str) -> HandoffStatus {
    case.file().unwrap().handoffs[&handoff(id)].status.clone()
}

#[test]
fn the_professional_stays_owner_whatever_others_take_on() {
    let case = given([reported()])
        .after(ownership("h1", svb()), START)
        .after(accept(), START)
        .case();
    assert_eq!(case.owner(), Some(&utrecht()));
}

#[test]
fn the_team_takes_over_when_it_accepts_the_ownership() {
    let events = given([reported()])
        .after(team_takes_over(), START)
        .after(ownership("h1", svb()), START)
        .when(accept(), START)
        .decided();
    let changed = Event::OwnerChanged(OwnerChanged {
        from: utrecht(),
        to: svb(),
        handoff: handoff("h1"),
    });
    assert_eq!(events.last(), Some(&changed));
    let case = taken_over().case();
    assert_eq!(case.owner(), Some(&svb()));
    assert_eq!(case.file().unwrap().raiser, utrecht());
}

#[test]
fn a_task_leaves_the_owner_also_when_the_team_takes_over() {
    let case = given([reported()])
        .after(team_takes_over(), START)
        .after(offer("h1", svb()), START)
        .after(accept(), START)
        .case();
    assert_eq!(case.owner(), Some(&utrecht()));
}

#[test]
fn of_two_offers_of_the_ownership_the_first_acceptance_counts() {
    let case = given([reported()])
        .after(team_takes_over(), START)
        .after(ownership("h1", svb()), START)
        .after(ownership("h2", spirit()), START)
        .after(accept(), START)
        .after(accepts("h2", spirit()), START)
        .case();
    assert_eq!(case.owner(), Some(&svb()));
}

#[test]
fn an_old_owner_who_can_still_add() {
    taken_over()
        .when(offer("h3", tax_office()), START)
        .then_refused(Refusal::NotOwner(utrecht()));
}

#[test]
fn a_return_that_skips_acceptance() {
    // It does not: what goes back is an offer, and until it is accepted nothing has moved.
    let returned = taken_over().when(give_back(), START).decided();
    let expected = Event::HandoffReturned(HandoffReturned {
        handoff: handoff("h1"),
        by: svb(),
        back: handoff("h2"),
        reason: sealed("not ours"),
    });
    assert_eq!(returned.first(), Some(&expected));
    let kinds: Vec<&str> = returned.iter().map(Event::kind).collect();
    assert_eq!(
        kinds,
        [
            "handoff.returned",
            "legal-basis.recorded",
            "handoff.offered"
        ]
    );
    let going_back = || taken_over().after(give_back(), START);
    let case = going_back().case();
    assert_eq!(case.owner(), Some(&svb()));
    assert!(case.file().unwrap().participants().contains(&svb()));

    let case = going_back().after(accepts("h2", utrecht()), START).case();
    assert_eq!(case.owner(), Some(&utrecht()));
    assert_eq!(
        status(&case, "h1"),
        HandoffStatus::Returned { at: at(START) }
    );
    // Not accepted, in whatever way: it stays where it is.
    let silent = going_back().silence_until(ANSWER_BY).case();
    assert_eq!(silent.owner(), Some(&svb()));
    assert_eq!(
        status(&silent, "h1"),
        HandoffStatus::Accepted { at: at(ANSWER_BY) }
    );
}

#[test]
fn a_case_that_ends_while_something_goes_back_can_be_opened_and_it_given_back_again() {
    let stop = Command::Withdraw(Withdraw {
        initiative: ladder::Initiative::Citizen,
        reason: sealed("moved"),
    });
    let case = taken_over()
        .after(give_back(), START)
        .after(stop, ANSWER_BY)
        .after(reopen(svb()), CLIMB_AT)
        .case();
    assert_eq!(
        status(&case, "h1"),
        HandoffStatus::Accepted { at: at(ANSWER_BY) }
    );
    assert_eq!(
        status(&case, "h2"),
        HandoffStatus::Withdrawn { at: at(ANSWER_BY) }
    );
}

#[test]
fn a_sender_not_told_of_a_rejection() {
    // Each event that ends an offer names it, and the offer its sender: nobody has to be guessed.
    let offered = || given([reported(), offered()]);
    let decline = super::samples::decline(Some("no_power"));
    let counter = super::samples::counter(Some("half of it"));
    let expire = Command::Lapse(ladder::Due::HandoffAnswer(handoff("h1")));
    for (command, kind) in [
        (decline, "handoff.declined"),
        (counter, "handoff.countered"),
        (expire, "handoff.expired"),
    ] {
        let moment = match kind {
            "handoff.expired" => ANSWER_BY,
            _ => START,
        };
        let events = offered().when(command.clone(), moment).decided();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].kind(), kind);
        let named = events[0].data()["handoff"].as_str().map(handoff);
        let case = offered().after(command, moment).case();
        let sender = &case.file().unwrap().handoffs[&named.unwrap()].from;
        assert_eq!(sender, &utrecht());
    }
    assert_eq!(handoff_declined("h1").data()["handoff"], "h1");
}

#[test]
fn an_offer_can_take_the_place_of_an_earlier_one() {
    let again = |id: &str| {
        Command::OfferHandoff(OfferHandoff {
            instead_of: Some(handoff(id)),
            ..offer_of("h2", svb())
        })
    };
    let events = given([reported(), offered(), handoff_declined("h1")])
        .when(again("h1"), START)
        .decided();
    assert_eq!(events.last().unwrap().data()["insteadOf"], "h1");
    given([reported()])
        .when(again("h9"), START)
        .then_refused(Refusal::UnknownHandoff(handoff("h9")));
}
