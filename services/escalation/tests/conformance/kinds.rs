//! Cases, meetings, signals and registers in one log: stored, refused and timed alike.

use escalation::clock::Ticker;
use escalation::execute::{Done, Order, Work};
use escalation::seal::{contact_owner, meeting_owner, signal_owner};
use escalation::views;
use futures::future::join_all;
use jiff::Timestamp;
use ladder::{ContactId, MeetingId, RungId, meeting, register, signal};
use serde_json::json;

use crate::orders::{case, code, organisation};
use crate::place::Place;
use crate::scene::{Scene, meeting_id, signal_id};
use crate::world::{SVB, TAX_OFFICE, UTRECHT, time};

on_both_engines!(
    four_kinds_share_a_batch_and_a_log,
    what_one_kind_is_refused_leaves_the_others_alone,
    one_clock_lets_deadlines_of_every_kind_fall_due,
    a_version_that_was_overtaken_is_a_conflict_for_every_kind,
    every_kind_of_text_has_an_owner_of_its_own,
);

async fn four_kinds_share_a_batch_and_a_log(place: Place) {
    let scene = Scene::new(&place).await;
    let Scene {
        ground,
        executor,
        orders,
        ..
    } = &scene;
    let mut committed = ground.db.committed();
    let invite = meeting::Command::Invite(meeting::Invite {
        organisation: organisation(SVB),
        contact: None,
    });
    let batch = [
        orders.report(&case("1"), "r1"),
        scene.plan(UTRECHT, "m1"),
        scene.raise("s1"),
        scene.record(SVB, "c1"),
        // On the state that the batch itself made.
        scene.at_meeting("m2", invite),
        scene.raise("s1"),
    ];
    let seen = async {
        committed.changed().await.unwrap();
        *committed.borrow_and_update()
    };
    let all = batch.into_iter().map(|order| executor.execute(order));
    let (first_seen, answers) = tokio::join!(seen, join_all(all));
    assert_eq!(first_seen, 5, "one transaction");
    assert!(answers.iter().all(|answer| code(answer) == "stored"));
    assert_eq!(answers[5], answers[2], "the same cause");

    let log = ground.db.read_after(0, 100).await.unwrap();
    let found: Vec<_> = log
        .iter()
        .map(|event| (event.stream.as_str(), event.version, event.kind.as_str()))
        .collect();
    let register = format!("register/{SVB}");
    assert_eq!(
        found,
        [
            ("case/case_1", 1, "case.reported"),
            ("meeting/meeting_1", 1, "meeting.planned"),
            ("signal/signal_1", 1, "signal.raised"),
            (register.as_str(), 1, "contact.recorded"),
            ("meeting/meeting_1", 2, "organisation.invited"),
        ]
    );

    let db = &ground.db;
    let meeting = views::find_meeting(db, "meeting_1").await.unwrap().unwrap();
    assert_eq!(
        (
            meeting.version,
            meeting.body.as_str(),
            meeting.state.as_str()
        ),
        (2, UTRECHT, "planned")
    );
    assert_eq!(meeting.content["invited"], json!({ SVB: null }));
    let invited = views::meetings(db, SVB, "", 10).await.unwrap();
    assert_eq!(invited.len(), 1);
    assert!(
        views::meetings(db, TAX_OFFICE, "", 10)
            .await
            .unwrap()
            .is_empty()
    );
    let signal = views::find_signal(db, "signal_1").await.unwrap().unwrap();
    assert_eq!((signal.cases, signal.state.as_str()), (2, "unassigned"));
    assert_eq!(signal.content["raised"].get("cases"), None);
    let of_case = views::signals_of_case(db, "case_2").await.unwrap();
    assert_eq!(of_case, ["signal_1"]);
    let contact = views::find_contact(db, SVB, "desk").await.unwrap().unwrap();
    assert_eq!(contact.laws, json!(["child_benefit_act"]));
    assert_eq!(contact.confirmed_at, log[3].at.to_string());
}

async fn what_one_kind_is_refused_leaves_the_others_alone(place: Place) {
    let scene = Scene::new(&place).await;
    let Scene {
        ground, executor, ..
    } = &scene;
    let elsewhere = RungId::parse("national_table").unwrap();
    let usurped = meeting::Plan {
        meeting: MeetingId::parse("meeting_2").unwrap(),
        body: organisation(UTRECHT),
        rung: elsewhere,
        at: time("2026-03-04T09:00:00Z"),
    };
    let usurped = Work::meeting(&usurped.meeting.clone(), meeting::Command::Plan(usurped));
    let batch = [
        // SVB speaks for Utrecht; Utrecht's own register is Utrecht's; no organisation is a
        // national table because it says so; the meeting has nothing on its agenda.
        scene.plan(SVB, "m0"),
        scene.record(UTRECHT, "c0"),
        scene.order(UTRECHT, "table_member", "m3", usurped),
        scene.plan(UTRECHT, "m1"),
        scene.at_meeting(
            "m2",
            meeting::Command::Open(meeting::OpenMeeting {
                present: [organisation(UTRECHT)].into(),
            }),
        ),
        scene.raise("s1"),
    ];
    let answers = join_all(batch.into_iter().map(|order| executor.execute(order))).await;
    let codes: Vec<_> = answers.iter().map(code).collect();
    let no = "not_allowed";
    assert_eq!(codes, [no, no, no, "stored", "agenda_empty", "stored"]);
    assert!(matches!(
        &answers[4],
        Ok(Done::Refused { denied: false, .. })
    ));
    assert_eq!(ground.db.read_after(0, 100).await.unwrap().len(), 2);
}

async fn one_clock_lets_deadlines_of_every_kind_fall_due(place: Place) {
    let scene = Scene::new(&place).await;
    let Scene {
        ground, executor, ..
    } = &scene;
    for order in [scene.plan(UTRECHT, "m1"), scene.raise("s1")] {
        assert_eq!(code(&executor.execute(order).await), "stored");
    }
    let planned_at = time("2026-03-04T09:00:00Z");
    let next = views::next_deadline(&ground.db).await.unwrap();
    assert_eq!(next, Some(planned_at));

    // Thirty days from Monday 2 March, 09:00 in Amsterdam; summer time came in between.
    let assign_by = time("2026-04-01T07:00:00Z");
    let ticker = Ticker::new(ground.clone(), executor.clone());
    ticker.advance(assign_by).await.unwrap();
    ticker.tick(assign_by).await.unwrap();
    let log = ground.db.read_after(2, 100).await.unwrap();
    let fell_due: Vec<(&str, &str, Timestamp)> = log
        .iter()
        .map(|event| (event.stream.as_str(), event.kind.as_str(), event.at))
        .collect();
    assert_eq!(
        fell_due,
        [
            ("meeting/meeting_1", "meeting.overdue", planned_at),
            ("signal/signal_1", "signal.left-unassigned", assign_by),
        ]
    );
    let signal = views::find_signal(&ground.db, "signal_1").await.unwrap();
    assert_eq!(signal.unwrap().overdue, 1);
}

async fn a_version_that_was_overtaken_is_a_conflict_for_every_kind(place: Place) {
    let scene = Scene::new(&place).await;
    let Scene { executor, .. } = &scene;
    for order in [
        scene.plan(UTRECHT, "m1"),
        scene.raise("s1"),
        scene.record(SVB, "c1"),
    ] {
        assert_eq!(code(&executor.execute(order).await), "stored");
    }
    let assign = signal::Command::Assign(signal::Assign {
        to: organisation(SVB),
        contact: None,
    });
    let absent = register::Command::ClearAbsence {
        contact: ContactId::parse("desk").unwrap(),
    };
    let moved = meeting::Command::Reschedule(meeting::Reschedule {
        at: time("2026-03-05T09:00:00Z"),
    });
    let later = [
        scene.at_meeting("m2", moved),
        scene.order(
            UTRECHT,
            "process_director",
            "s2",
            Work::signal(&signal_id(), assign),
        ),
        scene.order(
            SVB,
            "administrator",
            "c2",
            Work::register(&organisation(SVB), absent),
        ),
    ];
    for order in later {
        let stale = Order {
            if_match: Some(0),
            ..order.clone()
        };
        assert_eq!(code(&executor.execute(stale).await), "conflict");
        let fresh = Order {
            if_match: Some(1),
            ..order
        };
        assert_eq!(code(&executor.execute(fresh).await), "stored");
    }
}

async fn every_kind_of_text_has_an_owner_of_its_own(_: Place) {
    let contact = ContactId::parse("desk").unwrap();
    assert_eq!(meeting_owner(&meeting_id()), "meeting/meeting_1/text");
    assert_eq!(signal_owner(&signal_id()), "signal/signal_1/text");
    assert_eq!(
        contact_owner(&organisation(SVB), &contact),
        format!("register/{SVB}/desk")
    );
}
