//! The views of meetings, signals and registers hold nothing but what follows from the log.

use escalation::execute::Work;
use escalation::views;
use ladder::{ContactId, meeting, register, signal};
use serde_json::json;

use crate::orders::{case, code, organisation};
use crate::place::Place;
use crate::scene::{Scene, signal_id};
use crate::world::{SVB, TAX_OFFICE, UTRECHT, time};

on_both_engines!(views_of_every_kind_can_be_rebuilt);

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
        cover: None,
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
        scene.take_pass("p1", "somebody"),
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
