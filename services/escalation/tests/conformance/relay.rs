//! What leaves: the same letters with the same ids however often it stops in between, and nothing
//! in them that is not for the reader.

use std::collections::BTreeMap;

use escalation::relay::{ANSWERS, EVENTS};
use journal::Db;
use serde_json::json;

use crate::carrier::Carrier;
use crate::party::{accept, offer};
use crate::place::Place;
use crate::world::{SVB, UTRECHT, World, until};

on_every_ground!(
    letters_written_again_have_the_same_ids,
    letters_sent_again_are_heard_once,
    a_letter_holds_only_the_readers_own_pseudonym,
    a_card_holds_no_free_text,
    a_letter_too_long_to_leave_is_told_shorter,
    thousands_of_mistakes_are_answered,
);

on_both_engines!(
    what_the_bus_inside_the_process_forgot_is_told_again,
    a_letter_says_in_its_header_of_which_trace_it_is,
);

impl World {
    /// Waits until everything that happened was passed on.
    async fn relayed(&self) {
        until("the relay is at the end", async || {
            let db = self.db();
            let head = db.head().await.unwrap();
            let events = db.checkpoint(EVENTS).await.unwrap();
            let answers = db.checkpoint(ANSWERS).await.unwrap();
            ((events, answers) == (head.position, head.answers)).then_some(())
        })
        .await;
    }

    /// As if the relay died after publishing and before it noted so.
    async fn forget_what_was_sent(&mut self) {
        self.stop().await;
        let db = Db::open(&self.place.url, escalation::service::migrations())
            .await
            .unwrap();
        db.save_checkpoint(EVENTS, 0).await.unwrap();
        db.save_checkpoint(ANSWERS, 0).await.unwrap();
        db.close().await;
    }
}

/// A case that the SVB accepted to think along with.
async fn story(world: &World) -> BTreeMap<&'static str, Vec<proto::Envelope>> {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (_, case) = utrecht.report("Z-1").await;
    let handoff = world.new_handoff();
    utrecht
        .send("handoff.offered", Some(case.as_str()), offer(handoff, SVB))
        .await;
    let card = svb.hear("handoff.offered").await;
    let theirs = card.subject.clone().unwrap();
    svb.send("handoff.answered", Some(&theirs), accept(handoff))
        .await;
    let opened = svb.hear("handoff.opened").await;
    let relayed = utrecht.hear("handoff.answered").await;
    BTreeMap::from([(SVB, vec![card, opened]), (UTRECHT, vec![relayed])])
}

/// `sent_view` without what is not its own.
async fn sent(world: &World) -> Vec<String> {
    world
        .place
        .dump(|table| table == "sent_view")
        .await
        .remove("sent_view")
        .unwrap()
}

async fn letters_written_again_have_the_same_ids(mut world: World) {
    let before = story(&world).await;
    world.relayed().await;
    let sent_before = sent(&world).await;
    // To Utrecht its registration, two receipts and the answer; to the SVB the
    // card, a receipt, the answer, and what was opened.
    assert_eq!(sent_before.len(), 8);
    world.forget_what_was_sent().await;
    // On an empty bus everything is heard again.
    world.carrier = world.carrier.afresh();
    world.start_again().await;
    for (of, letters) in &before {
        let mut party = world.party(of).await;
        for letter in letters {
            let again = party.hear(&letter.type_.event).await;
            assert_eq!(&again, letter);
        }
    }
    world.relayed().await;
    assert_eq!(sent(&world).await, sent_before);
}

async fn what_the_bus_inside_the_process_forgot_is_told_again(place: Place) {
    let mut world = World::start(place, Carrier::local()).await;
    let before = story(&world).await;
    world.relayed().await;
    world.stop().await;
    world.carrier = world.carrier.afresh();
    world.start_again().await;
    for (of, letters) in &before {
        let mut party = world.party(of).await;
        for letter in letters {
            assert_eq!(&party.hear(&letter.type_.event).await, letter);
        }
    }
}

async fn letters_sent_again_are_heard_once(mut world: World) {
    story(&world).await;
    world.relayed().await;
    let sent_before = sent(&world).await;
    // What the first listeners left unread.
    let mut svb = world.party(SVB).await;
    world.forget_what_was_sent().await;
    world.start_again().await;
    world.relayed().await;
    assert_eq!(sent(&world).await, sent_before);

    let next = svb.wire_at(2, "heartbeat.sent", None, json!({}));
    svb.publish(&next).await;
    svb.stored("e2").await;
    let heard_before = svb.heard_so_far();
    let repeated: Vec<_> = heard_before
        .iter()
        .filter(|event| ["handoff.offered", "handoff.opened"].contains(&event.as_str()))
        .collect();
    assert_eq!(repeated, [] as [&String; 0]);
}

/// So that who carries it need not read it.
async fn a_letter_says_in_its_header_of_which_trace_it_is(place: Place) {
    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    let _traces = chassis::telemetry::init("test").unwrap();
    let world = World::start(place, Carrier::nats()).await;
    let mut utrecht = world.party(UTRECHT).await;
    let mut wire = utrecht.wire("case.reported", None, crate::party::report("Z-1"));
    wire.body["traceparent"] = format!("00-{TRACE}-00f067aa0ba902b7-01").into();
    utrecht.publish(&wire).await;
    let answer = utrecht.hear("input.stored").await;
    let registered = utrecht.hear("case.registered").await;
    for letter in [&answer, &registered] {
        let header = utrecht.trace_of(letter).expect("a letter with a header");
        assert_eq!(Some(header), letter.traceparent.as_deref());
        assert_eq!(header.split('-').nth(1), Some(TRACE));
    }
}

async fn a_letter_holds_only_the_readers_own_pseudonym(world: World) {
    let letters = story(&world).await;
    let case = world.case().await;
    let names = [UTRECHT, SVB].map(|of| (of, world.pseudonym(of, &case)));
    for (of, letters) in letters {
        for letter in letters {
            let text = String::from_utf8(letter.encode().unwrap()).unwrap();
            assert!(!text.contains(case.as_str()), "{text}");
            for (whose, name) in &names {
                assert_eq!(text.contains(name.as_str()), *whose == of, "{of}: {text}");
            }
        }
    }
}

async fn a_card_holds_no_free_text(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (_, case) = utrecht.report("Z-1").await;
    let handoff = world.new_handoff();
    utrecht
        .send("handoff.offered", Some(case.as_str()), offer(handoff, SVB))
        .await;
    let card = svb.hear("handoff.offered").await;
    assert_eq!(
        card.data,
        json!({
            "handoff": handoff,
            "from": UTRECHT,
            "contact": "raiser",
            "kind": "advice",
            "theme": "sibling_care",
            "rules": ["akw_art_7"],
            "requestedOutcome": "restore_benefit",
            "ageBand": "18-20",
            "urgent": false,
            "answerBy": "2026-03-09T08:00:00Z",
        })
    );
    assert_eq!(card.type_.to_string(), "nl.doorbraak.handoff.offered.v1");
}

/// One letter that could not leave would hold up everybody's.
async fn a_letter_too_long_to_leave_is_told_shorter(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let mut report = crate::party::report("Z-1");
    let household = report["persons"].as_array_mut().unwrap();
    household.extend((0..150).map(|number| {
        json!({"personKey": format!("p{number}"), "role": "third_party", "ageBand": "27-66"})
    }));
    utrecht.send("case.reported", None, report).await;
    let case = utrecht.hear("case.registered").await.subject.unwrap();
    let handoff = world.new_handoff();
    let mut offered = offer(handoff, SVB);
    offered["summary"] = "Weet u meer? ".repeat(4_900).into();
    utrecht.send("handoff.offered", Some(&case), offered).await;
    let card = svb.hear("handoff.offered").await;
    svb.send("handoff.answered", card.subject.as_deref(), accept(handoff))
        .await;
    let opened = svb.hear("handoff.opened").await;
    assert_eq!(opened.data["persons"].as_array().unwrap().len(), 151);
    let summary = opened.data["summary"].as_str().unwrap();
    assert!(summary.starts_with("Weet u meer? Weet"), "{summary:.40}");
    assert!(summary.ends_with("(ingekort; de hele tekst staat op het platform)"));
    utrecht.hear("handoff.answered").await;
}

async fn thousands_of_mistakes_are_answered(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut report = crate::party::report("Z-1");
    report["lifeDomains"] = vec![1; 20_000].into();
    let id = utrecht.send("case.reported", None, report).await;
    let refused = utrecht.hear("input.refused").await;
    assert_eq!(refused.data["input"], id);
    let wrong = refused.data["invalidParams"].as_array().unwrap();
    assert_eq!(wrong.len(), 33);
    assert_eq!(
        wrong[32],
        json!({ "name": "", "reason": "19968 more mistakes are not told" })
    );
    utrecht.report("Z-2").await;
}
