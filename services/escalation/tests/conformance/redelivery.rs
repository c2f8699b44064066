//! The same event again: the same answer, and nothing more.

use jiff::ToSpan;
use journal::Outcome;
use serde_json::json;

use crate::party::{accept, acted_by, fact, report};
use crate::world::{SVB, UTRECHT, World};

on_every_ground!(
    a_stored_event_again_is_stored_once,
    a_refused_event_again_hears_the_same_refusal,
    a_denied_event_again_hears_the_same_denial,
    a_quarantined_event_again_stands_there_once,
    an_event_that_waited_in_vain_does_not_wait_again,
);

async fn a_stored_event_again_is_stored_once(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let wire = utrecht.wire("case.reported", None, report("Z-1"));
    for _ in 0..3 {
        utrecht.publish(&wire).await;
    }
    let told = utrecht.everything().await;

    let log = world.log().await;
    let kinds = world.kinds().await;
    assert_eq!(kinds, ["case.reported", "heartbeat.received"]);
    let answers: Vec<_> = told
        .iter()
        .filter(|told| told.type_.event.starts_with("input."))
        .collect();
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].type_.event, "input.stored");
    let stored = json!({"input": "e1", "events": [log[0].id], "position": 1});
    assert_eq!(answers[0].data, stored);
    // The report and the heartbeat.
    assert_eq!(world.answers().await.len(), 2);
}

async fn a_refused_event_again_hears_the_same_refusal(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let (_, case) = utrecht.report("Z-1").await;
    // A case does not climb before it is known what blocks it.
    let climb = json!({
        "actedBy": acted_by("raiser"), "evidence": [], "urgent": false,
    });
    let wire = utrecht.wire("escalation.requested", Some(case.as_str()), climb);
    answered_once(world, utrecht, wire, "block_required").await;
}

async fn a_denied_event_again_hears_the_same_denial(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let (_, case) = utrecht.report("Z-1").await;
    let mut wire = utrecht.wire("fact.reported", Some(case.as_str()), fact("Een feit."));
    wire.body["data"]["actedBy"] = acted_by("analyst");
    answered_once(world, utrecht, wire, "not_allowed").await;
}

async fn answered_once(
    world: World,
    mut utrecht: crate::party::Party,
    wire: crate::party::Wire,
    code: &str,
) {
    for _ in 0..3 {
        utrecht.publish(&wire).await;
    }
    let told = utrecht.everything().await;
    let refusals: Vec<_> = told
        .iter()
        .filter(|told| told.type_.event == "input.refused")
        .collect();
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0].data["input"], "e2");
    assert_eq!(refusals[0].data["reason"], code);
    let kinds = world.kinds().await;
    assert_eq!(kinds, ["case.reported", "heartbeat.received"]);
    let refused = world.answers().await.into_iter().filter(
        |answer| matches!(&answer.outcome, Outcome::Refused { code: known, .. } if known == code),
    );
    assert_eq!(refused.count(), 1);
}

async fn a_quarantined_event_again_stands_there_once(world: World) {
    let mut utrecht = world.party(UTRECHT).await;
    let wire = utrecht.wire("case.reported", None, json!({}));
    for _ in 0..3 {
        utrecht.publish(&wire).await;
    }
    let told = utrecht.everything().await;
    let refusals = told
        .iter()
        .filter(|told| told.data["reason"] == "invalid_data")
        .count();
    assert_eq!(refusals, 1);
    assert_eq!(world.quarantine().await.len(), 1);
}

async fn an_event_that_waited_in_vain_does_not_wait_again(world: World) {
    let mut svb = world.party(SVB).await;
    let wire = svb.wire(
        "handoff.answered",
        Some("ps_unknown"),
        accept(world.new_handoff()),
    );
    svb.publish(&wire).await;
    world.wait_for_waiting(1).await;
    world.clock.set(world.clock.now() + 25.hours());
    assert_eq!(svb.refused("e1").await, "not_known_in_time");

    svb.publish(&wire).await;
    let told = svb.everything().await;
    assert_eq!(told, []);
    assert_eq!(world.waiting().await.len(), 0);
    assert_eq!(world.quarantine().await.len(), 1);
}
