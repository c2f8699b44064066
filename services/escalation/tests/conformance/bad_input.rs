//! What cannot be taken in: told to its sender or kept in quarantine, and never in the way of what
//! comes after it.

use bus::{MAX_PAYLOAD, Message, PublishError};
use jiff::ToSpan;
use proto::out_subject;
use serde_json::{Value, json};

use crate::party::{Party, Wire, accept, acted_by, fact, offer, report};
use crate::world::{SVB, TAX_OFFICE, UTRECHT, World};

on_every_ground!(
    broken_json,
    an_unknown_type,
    another_version,
    invalid_data,
    the_source_of_another_organisation,
    a_source_that_is_no_oin,
    a_body_over_the_limit_is_not_published,
    an_event_over_the_limit,
    type_and_subject_disagree,
    a_missing_subject,
    an_unknown_receiver,
    an_answer_to_an_expired_handoff,
);

/// The bad event heard exactly this, stands in quarantine for it, and the next one goes through.
async fn refused_and_behind_it_nothing_waits(
    world: &World,
    sender: &mut Party,
    id: &str,
    code: &str,
    text: &str,
) {
    let (event, data) = sender.answer_to(id).await;
    assert_eq!(event, "input.refused");
    let wrong = if matches!(code, "invalid_data" | "invalid_envelope") {
        params(text)
    } else {
        json!([])
    };
    let refused = json!({"input": id, "reason": code, "text": text, "invalidParams": wrong});
    assert_eq!(data, refused);
    let quarantine = world.quarantine().await;
    let reasons: Vec<_> = quarantine
        .iter()
        .map(|row| (&*row.reason, &*row.detail))
        .collect();
    assert_eq!(reasons, [(code, text)]);
    assert_eq!(quarantine[0].sender, sender.oin.as_str());
    next_goes_through(world, sender).await;
}

/// What the text names, one by one.
fn params(text: &str) -> Value {
    text.split("; ")
        .map(|one| {
            let (name, reason) = one.split_once(' ').unwrap();
            json!({"name": name, "reason": reason})
        })
        .collect()
}

async fn next_goes_through(world: &World, sender: &mut Party) {
    let before = world.log().await.len();
    let id = sender.send("case.reported", None, report("the next")).await;
    let stored = sender.stored(&id).await;
    let log = world.log().await;
    assert_eq!(log.len(), before + 1);
    let event = &log[before];
    assert_eq!(world.reference(event).await, "the next");
    assert_eq!(
        stored,
        json!({"input": id, "events": [event.id], "position": event.position})
    );
    assert_eq!(world.waiting().await.len(), 0);
}

/// A good report, to be made wrong.
fn good(sender: &mut Party) -> Wire {
    sender.wire("case.reported", None, report("Z-1"))
}

/// Sends a report that one change makes wrong.
async fn refuses(world: World, code: &str, text: &str, change: impl FnOnce(&mut Wire)) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut wire = good(&mut utrecht);
    change(&mut wire);
    let id = utrecht.publish(&wire).await;
    refused_and_behind_it_nothing_waits(&world, &mut utrecht, &id, code, text).await;
}

/// Nobody can be told, for nobody can say which event it was; the sender's count stands still.
async fn broken_json(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    utrecht
        .publish_bytes("case.reported", "{\"id\": \"e1\",".to_owned())
        .await;
    next_goes_through(&world, &mut utrecht).await;
    let quarantine = world.quarantine().await;
    assert_eq!(quarantine.len(), 1);
    assert_eq!(quarantine[0].reason, "broken_json");
    assert_eq!(
        quarantine[0].detail,
        "the event is no JSON: broken at line 1, column 12"
    );
    assert_eq!(quarantine[0].message, None);
    assert_eq!(
        quarantine[0].subject,
        out_subject(&utrecht.oin, "case.reported")
    );
    let told = utrecht.everything().await;
    assert!(told.iter().all(|told| told.type_.event != "input.refused"));
}

async fn an_unknown_type(world: World) {
    refuses(
        world,
        "unknown_type",
        "there is no event of this type",
        |wire| {
            wire.event = "case.exploded".to_owned();
            wire.body["type"] = "nl.doorbraak.case.exploded.v1".into();
        },
    )
    .await;
}

async fn another_version(world: World) {
    let text = "this version of the event is not supported; supported is version 1";
    refuses(world, "unsupported_version", text, |wire| {
        wire.body["type"] = "nl.doorbraak.case.reported.v2".into();
    })
    .await;
}

/// Everything that is wrong is named, and no value is repeated.
async fn invalid_data(world: World) {
    let text = "/actedBy/role is none of [\"raiser\",\"case_director\",\"process_director\",\
         \"agency_liaison\",\"care_professional\",\"fund_holder\",\"regional_handler\",\
         \"national_adviser\",\"table_member\",\"administrator\",\"analyst\",\"privacy_officer\",\
         \"operator\",\"citizen\"]; \
         /desiredOutcome is required; \
         /persons/0/birthDate is no valid date; \
         /theme does not match ^[a-z0-9][a-z0-9_.-]{0,63}$";
    refuses(world, "invalid_data", text, |wire| {
        let data = &mut wire.body["data"];
        data["actedBy"]["role"] = "SECRET".into();
        data["persons"][0]["birthDate"] = "SECRET".into();
        data["theme"] = "SECRET THEME".into();
        data.as_object_mut().unwrap().remove("desiredOutcome");
    })
    .await;
}

async fn the_source_of_another_organisation(world: World) {
    let text = "the source names another organisation than the sender";
    refuses(world, "source_mismatch", text, |wire| {
        wire.body["source"] = format!("urn:nld:oin:{TAX_OFFICE}:systeem:test").into();
    })
    .await;
}

async fn a_source_that_is_no_oin(world: World) {
    let text = "/source an OIN has 20 positions, this has 3";
    refuses(world, "invalid_envelope", text, |wire| {
        wire.body["source"] = "urn:nld:oin:123:systeem:test".into();
    })
    .await;
}

async fn a_body_over_the_limit_is_not_published(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let subject = out_subject(&utrecht.oin, "case.reported");
    let message = Message::event(subject, "big".to_owned(), "x".repeat(MAX_PAYLOAD + 1));
    assert_eq!(
        utrecht.bus.publish(message).await,
        Err(PublishError::TooLarge)
    );
    next_goes_through(&world, &mut utrecht).await;
    assert_eq!(world.quarantine().await, []);
}

/// In binary mode the attributes count too: the body fits the carrier, the event is too large.
async fn an_event_over_the_limit(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut wire = good(&mut utrecht);
    let rest = MAX_PAYLOAD - wire.body["data"].to_string().len();
    let story = format!("Het verhaal.{}", "x".repeat(rest));
    wire.body["data"]["story"] = story.into();
    let message = utrecht.binary(&wire);
    assert_eq!(message.payload.len(), MAX_PAYLOAD);
    utrecht.bus.publish(message.clone()).await.unwrap();

    let attributes = message
        .headers
        .iter()
        .filter(|(name, _)| name.starts_with("ce-"));
    let attributes: usize = attributes
        .map(|(name, value)| name.len() + value.len())
        .sum();
    let measured = MAX_PAYLOAD + attributes;
    let text = format!("the event measures {measured} bytes, at most 65536 are allowed");
    refused_and_behind_it_nothing_waits(&world, &mut utrecht, "e1", "too_large", &text).await;
}

async fn type_and_subject_disagree(world: World) {
    refuses(
        world,
        "subject_mismatch",
        "subject and type name different events",
        |wire| {
            wire.event = "fact.reported".to_owned();
        },
    )
    .await;
}

async fn a_missing_subject(world: World) {
    let text = "this event needs the pseudonym of its case as subject";
    refuses(world, "subject_missing", text, |wire| {
        wire.event = "fact.reported".to_owned();
        wire.body["type"] = "nl.doorbraak.fact.reported.v1".into();
        wire.body["data"] = fact("Een feit.");
    })
    .await;
}

/// A valid event that asks what cannot be: refused, and no business of the operator.
async fn refused_without_quarantine(
    world: &World,
    sender: &mut Party,
    id: &str,
    code: &str,
    text: &str,
) {
    let (event, data) = sender.answer_to(id).await;
    assert_eq!(event, "input.refused");
    let refused = json!({"input": id, "reason": code, "text": text, "invalidParams": []});
    assert_eq!(data, refused);
    assert_eq!(world.quarantine().await, []);
    next_goes_through(world, sender).await;
}

async fn an_unknown_receiver(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let (_, case) = utrecht.report("Z-1").await;
    let nobody = "00000099000000008000";
    let data = offer(world.new_handoff(), nobody);
    let id = utrecht
        .send("handoff.offered", Some(case.as_str()), data)
        .await;
    let text = format!("{nobody} is not an organisation of this platform");
    refused_without_quarantine(&world, &mut utrecht, &id, "unknown_receiver", &text).await;
}

async fn an_answer_to_an_expired_handoff(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (_, case) = utrecht.report("Z-1").await;
    let handoff = world.new_handoff();
    let mut data: Value = offer(handoff, SVB);
    data["actedBy"] = acted_by("case_director");
    utrecht
        .send("handoff.offered", Some(case.as_str()), data)
        .await;
    let theirs = svb.hear("handoff.offered").await.subject.unwrap();
    world.clock.set(world.clock.now() + (10 * 24).hours());
    svb.hear("handoff.expired").await;

    let id = svb
        .send("handoff.answered", Some(&theirs), accept(handoff))
        .await;
    let text = "the offer expired at 2026-03-12T08:00:00Z; it can be offered again";
    refused_without_quarantine(&world, &mut svb, &id, "handoff_expired", text).await;
}
