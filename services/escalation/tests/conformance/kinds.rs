//! Cases, meetings, signals and registers in one log: stored, refused and timed alike.

use escalation::clock::Ticker;
use escalation::execute::{Done, Executor, Ground, Order, Work};
use escalation::seal::{contact_owner, meeting_owner, signal_owner};
use escalation::views;
use futures::future::join_all;
use jiff::Timestamp;
use journal::CauseKey;
use ladder::register::ContactEntry;
use ladder::{ContactId, MeetingId, PersonRef, RungId, SignalId, Tier, meeting, register, signal};
use serde_json::json;

use crate::orders::{Orders, case, code, executor, ground, organisation, sealed};
use crate::party::acted_by;
use crate::people::People;
use crate::place::Place;
use crate::world::{START, SVB, TAX_OFFICE, UTRECHT, World, time};

on_both_engines!(
    four_kinds_share_a_batch_and_a_log,
    what_one_kind_is_refused_leaves_the_others_alone,
    one_clock_lets_deadlines_of_every_kind_fall_due,
    a_version_that_was_overtaken_is_a_conflict_for_every_kind,
    views_of_every_kind_can_be_rebuilt,
    every_kind_of_text_has_an_owner_of_its_own,
);

on_every_ground!(
    a_contact_that_is_confirmed_stands_in_the_senders_register,
    a_heartbeat_is_stored_once_an_hour,
);

/// Who acts in these tests. At the API, for meetings and signals have no wire.
const WHO: [(&str, &str); 6] = [
    (UTRECHT, "process_director"),
    (UTRECHT, "raiser"),
    (UTRECHT, "table_member"),
    (UTRECHT, "administrator"),
    (SVB, "agency_liaison"),
    (SVB, "administrator"),
];

/// A ground, and orders for it.
struct Scene {
    ground: Ground,
    executor: Executor,
    people: People,
    orders: Orders,
}

fn meeting_id() -> MeetingId {
    MeetingId::parse("meeting_1").unwrap()
}

fn signal_id() -> SignalId {
    SignalId::parse("signal_1").unwrap()
}

impl Scene {
    async fn new(place: &Place) -> Self {
        let ground = ground(place).await;
        Self {
            executor: executor(&ground),
            ground,
            people: People::of(&WHO, time(START)).await,
            orders: Orders {
                text: sealed(place).await,
            },
        }
    }

    fn order(&self, oin: &'static str, role: &'static str, message: &str, work: Work) -> Order {
        Order {
            actor: self.people.actor(oin, role),
            work,
            cause: CauseKey::new(oin, message),
            if_match: None,
            arrival: None,
        }
    }

    fn plan(&self, body: &str, message: &str) -> Order {
        let plan = meeting::Plan {
            meeting: meeting_id(),
            body: organisation(body),
            rung: RungId::parse("local_table").unwrap(),
            at: time("2026-03-04T09:00:00Z"),
        };
        let work = Work::meeting(&meeting_id(), meeting::Command::Plan(plan));
        self.order(UTRECHT, "process_director", message, work)
    }

    fn at_meeting(&self, message: &str, command: meeting::Command) -> Order {
        let work = Work::meeting(&meeting_id(), command);
        self.order(UTRECHT, "process_director", message, work)
    }

    fn raise(&self, message: &str) -> Order {
        let raise = signal::Raise {
            signal: signal_id(),
            kind: signal::SignalKind::Scarcity,
            theme: "housing".to_owned(),
            region: None,
            rule: None,
            target: None,
            cases: [case("1"), case("2")].into(),
            by: organisation(UTRECHT),
            text: Some(self.orders.text.clone()),
        };
        let work = Work::signal(&signal_id(), signal::Command::Raise(Box::new(raise)));
        self.order(UTRECHT, "raiser", message, work)
    }

    fn entry(&self) -> ContactEntry {
        ContactEntry {
            person: PersonRef::parse("p-1").unwrap(),
            function: "Loket kinderbijslag".to_owned(),
            tier: Tier::National,
            rung: None,
            laws: ["child_benefit_act".to_owned()].into(),
            themes: [].into(),
            regions: [].into(),
            roles: [].into(),
            competences: [].into(),
            mandates: Vec::new(),
            deputy: None,
            name: Some(self.orders.text.clone()),
            mail: None,
            phone: None,
        }
    }

    fn record(&self, of: &str, message: &str) -> Order {
        let command = register::Command::Record {
            contact: ContactId::parse("desk").unwrap(),
            entry: Box::new(self.entry()),
        };
        let work = Work::register(&organisation(of), command);
        self.order(SVB, "agency_liaison", message, work)
    }
}

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

    // Twenty working days from Monday 2 March, 09:00 in Amsterdam; summer time came in between.
    let assign_by = time("2026-03-30T07:00:00Z");
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

async fn views_of_every_kind_can_be_rebuilt(place: Place) {
    let scene = Scene::new(&place).await;
    let Scene {
        ground,
        executor,
        orders,
        ..
    } = &scene;
    let assign = signal::Command::Assign(signal::Assign {
        to: organisation(SVB),
        contact: Some(ContactId::parse("desk").unwrap()),
    });
    let answer = signal::Command::Answer(signal::Answer {
        by: organisation(SVB),
        answer: signal::AnswerKind::WillNotChange,
        text: orders.text.clone(),
    });
    let grow = signal::Command::AddCases(signal::AddCases {
        cases: [case("3")].into(),
    });
    let desk = || ContactId::parse("desk").unwrap();
    let day = |text: &str| text.parse().unwrap();
    let away = register::Command::SetAbsence {
        contact: desk(),
        from: day("2026-03-09"),
        until: day("2026-03-13"),
    };
    let invite = |oin: &str| {
        meeting::Command::Invite(meeting::Invite {
            organisation: organisation(oin),
            contact: None,
        })
    };
    let put = meeting::Command::PutOnAgenda(meeting::PutOnAgenda {
        case: case("1"),
        urgent: true,
        since: time("2026-02-02T08:00:00Z"),
    });
    let open = meeting::Command::Open(meeting::OpenMeeting {
        present: [organisation(SVB), organisation(TAX_OFFICE)].into(),
    });
    let ask = meeting::Command::RequestCommitment(meeting::RequestCommitment {
        case: case("1"),
        request: ladder::RequestId::parse("q1").unwrap(),
        of: organisation(SVB),
        law_or_theme: "child_benefit_act".to_owned(),
        text: orders.text.clone(),
    });
    let of_signal = |role: &'static str, oin: &'static str, message: &str, command| {
        scene.order(oin, role, message, Work::signal(&signal_id(), command))
    };
    let told = [
        orders.report(&case("1"), "r1"),
        scene.plan(UTRECHT, "m1"),
        scene.at_meeting("m2", invite(SVB)),
        scene.at_meeting("m3", invite(TAX_OFFICE)),
        scene.at_meeting("m4", put),
        scene.at_meeting("m5", open),
        scene.at_meeting("m6", ask),
        scene.raise("s1"),
        of_signal("raiser", UTRECHT, "s2", grow),
        of_signal("administrator", UTRECHT, "s3", assign),
        of_signal("administrator", SVB, "s4", answer),
        scene.record(SVB, "c1"),
        scene.order(
            SVB,
            "administrator",
            "c2",
            Work::register(&organisation(SVB), away),
        ),
    ];
    for order in told {
        let message = order.cause.message.clone();
        assert_eq!(code(&executor.execute(order).await), "stored", "{message}");
    }
    let before = place.views().await;
    for view in [
        "meeting_view",
        "meeting_agenda_view",
        "meeting_invitation_view",
        "signal_view",
        "signal_case_view",
        "register_view",
        "register_head_view",
    ] {
        assert!(!before[view].is_empty(), "{view}");
        place.run(&format!("delete from {view}")).await;
    }
    assert_ne!(place.views().await, before);
    views::rebuild(&ground.db, &ground.pseudonyms)
        .await
        .unwrap();
    assert_eq!(place.views().await, before);

    let meeting = views::find_meeting(&ground.db, "meeting_1").await.unwrap();
    let meeting = meeting.unwrap();
    assert_eq!(meeting.state, "open");
    let request = &meeting.content["cases"]["case_1"]["requests"]["q1"];
    assert_eq!(request["status"], "waiting");
    assert_eq!(request["text"], json!(orders.text));
    let agenda = views::agenda_of(&ground.db, "meeting_1").await.unwrap();
    assert_eq!((agenda.len(), agenda[0].urgent), (1, true));
    let signal = views::find_signal(&ground.db, "signal_1").await.unwrap();
    let signal = signal.unwrap();
    assert_eq!((signal.cases, signal.assigned.as_deref()), (3, Some(SVB)));
    let contact = views::find_contact(&ground.db, SVB, "desk").await.unwrap();
    assert_eq!(contact.unwrap().absent_until.as_deref(), Some("2026-03-13"));
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

async fn a_contact_that_is_confirmed_stands_in_the_senders_register(world: World) {
    let mut svb = world.party(SVB).await;
    let said = |laws: &[&str]| {
        json!({
            "actedBy": acted_by("agency_liaison"),
            "contact": "desk-1",
            "reach": "030 123 45 67",
            "laws": laws,
            "themes": ["sibling_care"],
            "regions": ["midden-nederland"],
        })
    };
    let first = svb
        .send("contact.confirmed", None, said(&["child_benefit_act"]))
        .await;
    svb.stored(&first).await;
    let again = svb
        .send(
            "contact.confirmed",
            None,
            said(&["child_benefit_act", "anw"]),
        )
        .await;
    svb.stored(&again).await;

    let db = world.db();
    let contact = views::find_contact(db, SVB, "desk-1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(contact.function, "desk-1");
    assert_eq!(contact.tier, "national");
    assert_eq!(contact.laws, json!(["anw", "child_benefit_act"]));
    assert_eq!(contact.content["mail"], json!(null));
    let phone = contact.content["phone"].to_string();
    assert!(phone.len() > 4 && !phone.contains("123"), "{phone}");
    assert_eq!(views::contacts(db, UTRECHT, "", 10).await.unwrap().len(), 0);

    // Who keeps cases does not keep the register.
    let mut denied = said(&["anw"]);
    denied["actedBy"] = acted_by("raiser");
    let denied = svb.send("contact.confirmed", None, denied).await;
    assert_eq!(svb.refused(&denied).await, "not_allowed");
}

async fn a_heartbeat_is_stored_once_an_hour(world: World) {
    let mut svb = world.party(SVB).await;
    for _ in 0..3 {
        let beat = svb.send("heartbeat.sent", None, json!({})).await;
        svb.stored(&beat).await;
    }
    assert_eq!(world.kinds().await, ["heartbeat.received"]);
    let later = time("2026-03-02T09:00:00Z");
    world.clock.set(later);
    let beat = svb.send("heartbeat.sent", None, json!({})).await;
    svb.stored(&beat).await;
    assert_eq!(world.kinds().await.len(), 2);
    let register = views::register(world.db(), SVB).await.unwrap().unwrap();
    assert_eq!(register.heartbeat_at, Some(later.to_string()));
}
