//! What the people of a case agree and object to, and what follows.

use std::collections::BTreeSet;

use ladder::catalogue::DataCategory;
use ladder::event::{
    ConsentGiven, ConsentWithdrawn, LegalBasisRecorded, ObjectionLifted, ObjectionOverdue,
    ObjectionRaised, ObjectionSettled,
};
use ladder::{
    Command, ConsentHow, ConsentId, Due, Event, LiftObjection, ObjectionId, Organisation,
    RaiseObjection, RecordLegalBasis, Refusal, ReportFact, SettleObjection, TaskKind,
    WithdrawConsent, deadlines, tasks,
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

pub(crate) fn raised() -> Event {
    Event::ObjectionRaised(ObjectionRaised {
        objection: ObjectionId::parse("o1").unwrap(),
        person: "p1".into(),
        categories: BTreeSet::from([DataCategory::Care]),
        text: sealed("no"),
        settle_by: at("2026-04-01T09:00:00Z"),
    })
}

pub(crate) fn settled(upheld: bool) -> Event {
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
        categories: BTreeSet::new(),
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

pub(crate) fn overdue() -> Event {
    Event::ObjectionOverdue(ObjectionOverdue {
        objection: ObjectionId::parse("o1").unwrap(),
    })
}

#[test]
fn an_objection_that_nobody_settles_in_its_term_is_overdue_once_and_goes_on_standing() {
    let due = || Due::Objection(ObjectionId::parse("o1").unwrap());
    let at_the_end = "2026-04-01T09:00:00Z";
    given([reported(), raised()])
        .when(Command::Lapse(due()), "2026-04-01T08:59:59Z")
        .then_nothing();
    let case = given([reported(), raised()])
        .when(Command::Lapse(due()), at_the_end)
        .then([overdue()]);
    assert!(case.file().unwrap().is_paused());
    assert_eq!(tasks(&case)[0].by, None);
    given([reported(), raised(), overdue()])
        .when(Command::Lapse(due()), "2026-04-02T09:00:00Z")
        .then_nothing();
    for over in [settled(true), settled(false)] {
        given([reported(), raised(), over])
            .when(Command::Lapse(due()), at_the_end)
            .then_nothing();
    }
    let settle = Command::SettleObjection(SettleObjection {
        objection: ObjectionId::parse("o1").unwrap(),
        upheld: true,
        reason: sealed("reason"),
    });
    given([reported(), raised(), overdue()])
        .when(settle, at_the_end)
        .then([settled(true)]);
}

/// The term is the law's: putting the case on hold does not move it.
#[test]
fn a_suspension_does_not_stop_the_term_of_an_objection() {
    let suspend = Command::Suspend(ladder::Suspend {
        by: utrecht(),
        reason: ladder::SuspensionReason::ALL[0],
        text: Some(sealed("waiting")),
        until: at("2026-03-20T09:00:00Z"),
    });
    let due = Due::Objection(ObjectionId::parse("o1").unwrap());
    let until = (due, at("2026-04-01T09:00:00Z"));
    let held = || given([reported(), raised()]).after(suspend.clone(), START);
    assert!(deadlines(&held().case()).contains(&until));
    let again = Command::Lapse(Due::SuspensionEnd);
    let case = held().after(again, "2026-03-20T09:00:00Z").case();
    assert!(deadlines(&case).contains(&until), "{:?}", deadlines(&case));
}

#[test]
fn an_objection_that_was_right_is_lifted_with_a_reason_when_its_ground_has_fallen_away() {
    let lift = || {
        Command::LiftObjection(LiftObjection {
            objection: ObjectionId::parse("o1").unwrap(),
            reason: sealed("moved"),
        })
    };
    let lifted = || {
        Event::ObjectionLifted(ObjectionLifted {
            objection: ObjectionId::parse("o1").unwrap(),
            reason: sealed("moved"),
        })
    };
    let case = given([reported(), raised(), settled(true)])
        .when(lift(), START)
        .then([lifted()]);
    let file = case.file().unwrap();
    assert!(!file.is_paused());
    assert_eq!(file.objected(), BTreeSet::new());
    for before in [
        vec![reported(), raised()],
        vec![reported(), raised(), settled(false)],
        vec![reported(), raised(), settled(true), lifted()],
    ] {
        given(before)
            .when(lift(), START)
            .then_refused(Refusal::ObjectionNotUpheld);
    }
    given([reported()])
        .when(lift(), START)
        .then_refused(Refusal::UnknownObjection);
}

#[test]
fn an_objection_closes_the_kinds_of_data_that_it_names_and_else_all_about_the_person() {
    let case = given([reported(), raised()]).case();
    assert_eq!(
        case.file().unwrap().objected(),
        BTreeSet::from([DataCategory::Care])
    );
    let object = Command::RaiseObjection(RaiseObjection {
        objection: ObjectionId::parse("o1").unwrap(),
        person: "p1".into(),
        categories: BTreeSet::new(),
        text: sealed("no"),
    });
    let case = given([reported()]).after(object, START).case();
    let open = [DataCategory::Process, DataCategory::Lesson];
    let all = DataCategory::ALL.iter().copied();
    let all: BTreeSet<_> = all.filter(|it| !open.contains(it)).collect();
    assert_eq!(case.file().unwrap().objected(), all);
}

/// Consent repairs no missing task of a body on which the person depends, however it is recorded.
#[test]
fn consent_toward_a_government_body_without_a_task_opens_nothing() {
    let without_task = || Refusal::ConsentWithoutTask {
        id: "consent".into(),
        receiver: super::samples::desk(),
    };
    let told = without_task().to_string();
    assert!(told.contains("share on a task of your own"), "{told}");
    assert!(told.contains("'laws' in its party file"), "{told}");
    assert_eq!(without_task().code(), "legal_basis_unfit");
    let record = |receiver: Organisation| {
        Command::RecordLegalBasis(RecordLegalBasis {
            source: utrecht(),
            receiver,
            legal_basis: "consent".into(),
        })
    };
    given([reported()])
        .when(record(super::samples::desk()), START)
        .then_refused(without_task());
    let decided = given([reported()]).when(record(svb()), START).decided();
    assert_eq!(decided.len(), 1);
}
