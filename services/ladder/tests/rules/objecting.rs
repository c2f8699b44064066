//! What the people of a case agree and object to, and what follows.

use std::collections::BTreeSet;

use ladder::catalogue::DataCategory;
use ladder::event::{
    ConsentGiven, ConsentWithdrawn, LegalBasisRecorded, ObjectionRaised, ObjectionSettled,
};
use ladder::{
    Command, ConsentHow, ConsentId, Event, ObjectionId, Organisation, RaiseObjection,
    RecordLegalBasis, Refusal, ReportFact, SettleObjection, TaskKind, WithdrawConsent, tasks,
};

use super::harness::{START, at, given};
use super::samples::{
    GROUND, ground, offer_of, reported, sealed, spirit, svb, tax_office, utrecht,
};

fn consent(id: &str, person: &str, receiver: Organisation) -> Event {
    Event::ConsentGiven(ConsentGiven {
        consent: ConsentId::parse(id).unwrap(),
        person: person.into(),
        categories: BTreeSet::from([DataCategory::Care]),
        receivers: BTreeSet::from([receiver]),
        version: "2026-01".into(),
        how: ConsentHow::Written,
    })
}

fn withdrawn(id: &str) -> Event {
    Event::ConsentWithdrawn(ConsentWithdrawn {
        consent: ConsentId::parse(id).unwrap(),
    })
}

/// A ground that falls with consent.
fn shared_on_consent() -> Event {
    let Event::LegalBasisRecorded(ground) = ground(utrecht(), svb()) else {
        panic!("a ground");
    };
    Event::LegalBasisRecorded(LegalBasisRecorded {
        legal_basis: "consent".into(),
        categories: BTreeSet::from([DataCategory::Care]),
        consent: true,
        ..ground
    })
}

fn discloses(events: Vec<Event>) -> bool {
    let case = given(events).case();
    let file = case.file().unwrap();
    file.discloses(&utrecht(), &svb(), DataCategory::Care)
}

#[test]
fn a_ground_of_consent_opens_until_the_consent_is_withdrawn_and_not_given_again() {
    let told = || vec![reported(), shared_on_consent(), consent("c1", "p1", svb())];
    assert!(discloses(told()));
    let back = || [told(), vec![withdrawn("c1")]].concat();
    assert!(!discloses(back()));
    assert!(discloses(
        [back(), vec![consent("c2", "p1", svb())]].concat()
    ));
    // What somebody else agrees to, or for somebody else, opens nothing of it again.
    assert!(!discloses(
        [back(), vec![consent("c2", "p2", svb())]].concat()
    ));
    assert!(!discloses(
        [back(), vec![consent("c2", "p1", spirit())]].concat()
    ));
}

#[test]
fn a_ground_that_is_no_consent_does_not_fall_with_one() {
    let events = vec![
        reported(),
        ground(utrecht(), svb()),
        consent("c1", "p1", svb()),
        withdrawn("c1"),
    ];
    assert!(discloses(events));
}

#[test]
fn withdrawing_twice_is_once() {
    let withdraw = Command::WithdrawConsent(WithdrawConsent {
        consent: ConsentId::parse("c1").unwrap(),
    });
    given([reported(), consent("c1", "p1", svb())])
        .when(withdraw.clone(), START)
        .then([withdrawn("c1")]);
    given([reported(), consent("c1", "p1", svb()), withdrawn("c1")])
        .when(withdraw, START)
        .then_nothing();
}

fn raised() -> Event {
    Event::ObjectionRaised(ObjectionRaised {
        objection: ObjectionId::parse("o1").unwrap(),
        person: "p1".into(),
        text: sealed("no"),
        settle_by: at("2026-04-01T09:00:00Z"),
    })
}

fn settled(upheld: bool) -> Event {
    Event::ObjectionSettled(ObjectionSettled {
        objection: ObjectionId::parse("o1").unwrap(),
        upheld,
        reason: sealed("reason"),
    })
}

fn shares() -> [Command; 3] {
    [
        Command::RecordLegalBasis(RecordLegalBasis {
            source: utrecht(),
            receiver: tax_office(),
            legal_basis: GROUND.into(),
        }),
        Command::OfferHandoff(offer_of("h7", tax_office())),
        Command::ReportFact(ReportFact {
            source: utrecht(),
            category: "care".into(),
            law: "act".into(),
            rule: None,
            summary: sealed("summary"),
            since: "2026-01-01".into(),
            legal_basis: GROUND.into(),
        }),
    ]
}

#[test]
fn while_an_objection_is_open_or_was_right_nothing_new_is_shared() {
    for command in shares() {
        given([reported(), raised()])
            .when(command.clone(), START)
            .then_refused(Refusal::SharingPaused);
        given([reported(), raised(), settled(true)])
            .when(command.clone(), START)
            .then_refused(Refusal::SharingPaused);
        let events = given([reported(), raised(), settled(false)])
            .when(command, START)
            .decided();
        assert!(!events.is_empty());
    }
}

#[test]
fn the_owner_has_a_term_and_a_task_to_settle_it() {
    let object = Command::RaiseObjection(RaiseObjection {
        objection: ObjectionId::parse("o1").unwrap(),
        person: "p1".into(),
        text: sealed("no"),
    });
    let case = given([reported()]).after(object, START).case();
    let open = tasks(&case);
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].kind, open[0].what.as_str()),
        (TaskKind::SettleObjection, "o1")
    );
    assert!(open[0].by.is_some_and(|by| by > at(START)));
    let settle = Command::SettleObjection(SettleObjection {
        objection: ObjectionId::parse("o1").unwrap(),
        upheld: true,
        reason: sealed("reason"),
    });
    given([reported(), raised()])
        .when(settle, START)
        .then([settled(true)]);
    assert_eq!(
        tasks(&given([reported(), raised(), settled(true)]).case()),
        []
    );
}
