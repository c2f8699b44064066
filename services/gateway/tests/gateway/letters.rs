//! What the platform tells and somebody should know stands in the inbox, and nothing it says is
//! lost.

use axum::body::Body;
use axum::http::Method;
use municipality::Municipality;
use serde_json::{Value, json};
use svb::Svb;

use super::support::{BELLA, HANDOFF, OTHER_HANDOFF, SVB, UTRECHT, World, card, offer, report};

#[tokio::test]
async fn a_silence_stands_in_the_inbox_with_whom_to_warn() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let expired = json!({ "handoff": HANDOFF, "owner": UTRECHT, "managers": ["ine"] });
    let id = platform
        .tell(&svb.oin, "handoff.expired", Some("ps-s1"), expired.clone())
        .await;
    svb.has_received(1).await;
    let inbox = svb.get("/v1/inbox").await;
    assert_eq!(
        inbox["letters"],
        json!([{
            "id": id, "event": "handoff.expired", "version": 1, "pseudonym": "ps-s1",
            "at": "2026-03-02T09:00:00Z", "known": true, "warn": ["ine"], "data": expired,
        }])
    );
}

#[tokio::test]
async fn the_newest_letter_stands_first_and_all_go_with_the_access() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let review = json!({ "progress": false, "reviewAt": "2026-03-30T08:00:00Z" });
    let advice = json!({
        "consultation": "c-1", "by": UTRECHT, "question": "Kan dit?", "theme": "income",
        "answerBy": "2026-03-04T09:00:00Z",
    });
    platform
        .tell(&svb.oin, "review.passed", Some("ps-s1"), review)
        .await;
    platform
        .tell(&svb.oin, "advice.asked", Some("ps-s1"), advice)
        .await;
    svb.has_received(2).await;
    assert_eq!(
        names(&svb.get("/v1/inbox").await),
        ["advice.asked", "review.passed"]
    );

    let ended = json!({ "reason": "closed" });
    platform
        .tell(&svb.oin, "access.ended", Some("ps-s1"), ended)
        .await;
    svb.has_received(3).await;
    assert_eq!(names(&svb.get("/v1/inbox").await), [] as [&str; 0]);
}

/// What a table or a signal asks is about no case, and stands there all the same.
#[tokio::test]
async fn what_is_about_no_case_stands_in_the_inbox() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let told = [
        (
            "meeting.invited",
            json!({
                "meeting": "meeting_1", "body": UTRECHT, "rung": "regional_table",
                "at": "2026-03-09T09:00:00Z", "contact": "liaison",
            }),
        ),
        (
            "signal.assigned",
            json!({
                "signal": "signal_1", "kind": "scarcity", "theme": "housing", "by": UTRECHT,
                "answerBy": "2026-03-30T08:00:00Z",
            }),
        ),
    ];
    for (event, data) in &told {
        platform.tell(&svb.oin, event, None, data.clone()).await;
    }
    svb.has_received(2).await;
    let inbox = svb.get("/v1/inbox").await;
    let letters = inbox["letters"].as_array().unwrap();
    let kept: Vec<_> = letters
        .iter()
        .rev()
        .map(|letter| (letter["event"].as_str().unwrap(), letter["data"].clone()))
        .collect();
    assert_eq!(kept, told);
    assert!(letters.iter().all(|letter| letter["pseudonym"].is_null()));
}

/// A letter that is to change something and that nothing is done with would be refused for ever.
#[tokio::test]
async fn every_letter_of_the_contract_is_taken() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../../proto/golden");
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let mut told = 0;
    for (event, version) in proto::ToParty::EVENTS {
        let file = format!("{golden}/{event}.v{version}.in.json");
        let letter: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let data = letter["data"].clone();
        platform.tell(&svb.oin, event, Some("ps-s1"), data).await;
        told += 1;
        svb.has_received(told).await;
    }
    let inbox = svb.get("/v1/inbox").await;
    assert_eq!(inbox["quarantine"], json!([]));
}

/// Each says that somebody has to act, or that nobody did.
#[tokio::test]
async fn a_term_that_passed_and_a_confirmed_urgency_stand_in_the_inbox() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let told = [
        (
            "acknowledgement.overdue",
            json!({ "rung": "workshop", "answerBy": "2026-03-09T09:00:00Z", "managers": ["ine"] }),
        ),
        (
            "completion.expired",
            json!({ "rung": "workshop", "reviewAt": "2026-03-30T08:00:00Z", "managers": ["ine"] }),
        ),
        (
            "explanation.overdue",
            json!({ "rung": "workshop", "unexplained": ["plan"], "managers": ["ine"] }),
        ),
        (
            "silence.persisted",
            json!({ "rung": "national_table", "managers": ["ine"] }),
        ),
        (
            "stay.warned",
            json!({ "rung": "national_desk", "tier": "national" }),
        ),
        ("urgency.confirmed", json!({ "by": UTRECHT })),
    ];
    for (event, data) in &told {
        let case = Some("ps-s1");
        platform.tell(&svb.oin, event, case, data.clone()).await;
    }
    svb.has_received(6).await;
    let inbox = svb.get("/v1/inbox").await;
    assert_eq!(inbox["quarantine"], json!([]));
    let letters = inbox["letters"].as_array().unwrap();
    assert_eq!(letters.len(), told.len());
    for (letter, (event, data)) in letters.iter().zip(told.iter().rev()) {
        assert_eq!(letter["event"], *event);
        assert_eq!(letter["known"], true, "{event}");
        assert_eq!(letter["data"], *data);
        let warn = data.get("managers").cloned();
        assert_eq!(letter["warn"], warn.unwrap_or(json!([])), "{event}");
    }
}

/// A platform that is newer than this service may say what it does not know yet.
#[tokio::test]
async fn an_unknown_letter_is_kept_as_it_came_and_shown_to_who_may_read_content() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    let data = json!({ "something": { "new": [1, 2] } });
    platform
        .tell(&svb.oin, "case.forgotten", Some("ps-s1"), data.clone())
        .await;
    let mut newer = platform.envelope("case.closed", Some("ps-s1"), data.clone());
    newer.type_.version = 2;
    platform.send(&svb.oin, &newer).await;
    svb.has_received(2).await;

    let inbox = svb.get("/v1/inbox").await;
    assert_eq!(inbox["quarantine"], json!([]));
    assert_eq!(names(&inbox), ["case.closed", "case.forgotten"]);
    for (letter, version) in [(0, 2), (1, 1)] {
        assert_eq!(inbox["letters"][letter]["data"], data);
        assert_eq!(inbox["letters"][letter]["version"], version);
        assert_eq!(inbox["letters"][letter]["known"], false);
    }
    let analyst = world.token(SVB, &["analyst"]);
    let (_, seen) = svb
        .call(Method::GET, "/v1/inbox", Some(&analyst), &[], Body::empty())
        .await;
    assert_eq!(names(&seen), ["case.closed", "case.forgotten"]);
    assert_eq!(seen["letters"][0].get("data"), None);
}

#[tokio::test]
async fn a_pause_moves_the_date_on_which_an_offer_waits() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    platform
        .tell(&svb.oin, "handoff.offered", Some("ps-s1"), card(HANDOFF))
        .await;
    let until = "2026-03-20T10:00:00Z";
    let resumed = json!({ "moved": [
        { "term": "handoff-reminder", "of": HANDOFF, "until": "2026-03-18T10:00:00Z" },
        { "term": "handoff-answer", "of": HANDOFF, "until": until },
    ]});
    platform
        .tell(&svb.oin, "case.resumed", Some("ps-s1"), resumed)
        .await;
    svb.has_received(2).await;
    assert_eq!(svb.get("/v1/inbox").await["handoffs"][0]["answerBy"], until);
}

/// Taking what was offered instead is an acceptance: the identity follows, as after any other.
#[tokio::test]
async fn a_counter_offer_that_is_taken_makes_the_sender_tell_who_the_people_are() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    utrecht
        .hand_in(
            "person.registered",
            json!({
                "ownReference": "Z-1", "personKey": "bella", "role": "data_subject",
                "bsn": BELLA, "name": "Bella de Vries", "birthDate": "2003-05-17",
            }),
        )
        .await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    platform.takes("case.reported").await;
    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", Some("ps-u1"), registered)
        .await;
    utrecht
        .hand_in("handoff.offered", offer("Z-1", HANDOFF, SVB))
        .await;
    platform.takes("handoff.offered").await;
    let countered = json!({
        "handoff": HANDOFF, "answer": "countered", "alternative": "Iets anders.",
        "by": SVB, "owner": UTRECHT,
    });
    platform
        .tell(&utrecht.oin, "handoff.answered", Some("ps-u1"), countered)
        .await;
    utrecht
        .hand_in(
            "counter.answered",
            json!({
                "actedBy": { "role": "case_director", "personRef": "carla" },
                "handoff": HANDOFF, "accepted": true,
            }),
        )
        .await;
    let answer = platform.takes("counter.answered").await;
    assert_eq!(answer.subject.as_deref(), Some("ps-u1"));
    let relayed = json!({
        "handoff": HANDOFF, "accepted": true, "receiver": SVB, "by": UTRECHT, "owner": UTRECHT,
    });
    platform
        .tell(&utrecht.oin, "counter.answered", Some("ps-u1"), relayed)
        .await;
    let shared = platform.takes("identity.shared").await;
    assert_eq!(shared.data["to"], SVB);
    assert_eq!(shared.data["handoff"], HANDOFF);
}

#[tokio::test]
async fn a_return_is_under_way_until_the_sender_accepts_it() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    platform
        .tell(&svb.oin, "handoff.offered", Some("ps-s1"), card(HANDOFF))
        .await;
    svb.has_received(1).await;
    svb.hand_in(
        "handoff.returned",
        json!({
            "actedBy": { "role": "agency_liaison", "personRef": "bo" },
            "handoff": HANDOFF, "back": OTHER_HANDOFF, "reason": "Niet bij ons.",
        }),
    )
    .await;
    let returned = platform.takes("handoff.returned").await;
    assert_eq!(returned.subject.as_deref(), Some("ps-s1"));
    let told = json!({ "handoff": HANDOFF, "back": OTHER_HANDOFF, "by": SVB, "owner": UTRECHT });
    platform
        .tell(&svb.oin, "handoff.returned", Some("ps-s1"), told)
        .await;
    svb.has_received(3).await;
    let state = |cases: &Value| cases["items"][0]["handoffs"][0]["state"].clone();
    assert_eq!(state(&svb.get("/v1/cases").await), "returning");
    let ended = json!({ "reason": "returned", "handoff": HANDOFF });
    platform
        .tell(&svb.oin, "access.ended", Some("ps-s1"), ended)
        .await;
    svb.has_received(4).await;
    let cases = svb.get("/v1/cases").await;
    assert_eq!(state(&cases), "returned");
    assert_eq!(cases["items"][0]["access"], false);
}

fn names(inbox: &Value) -> Vec<&str> {
    inbox["letters"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|letter| letter["event"].as_str())
        .collect()
}
