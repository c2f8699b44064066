//! Comply or explain.

use ladder::{BlockType, Command, Event, Evidence, Refusal, RequestEscalation, TriageReason};

use super::harness::{START, given};
use super::samples::{
    GROUND, blocked, climb, climbed, escalated, escalation_refused, escalation_returned, evidence,
    evidence_given, reported, requested, rung, sealed, skipped, utrecht,
};

fn ask(request: RequestEscalation) -> Command {
    Command::RequestEscalation(request)
}

fn missing(items: &[&str]) -> Refusal {
    Refusal::EvidenceMissing(items.iter().map(|item| (*item).to_owned()).collect())
}

/// Straight to the desk, with nothing.
fn national() -> RequestEscalation {
    RequestEscalation {
        to: Some(rung("national_desk")),
        skip_reason: Some("urgent".into()),
        ..climb(&[])
    }
}

#[test]
fn every_missing_item_is_named_at_once() {
    given([reported(), blocked(BlockType::Rule)])
        .when(ask(national()), START)
        .then_refused(missing(&[
            "local_and_regional_attempts",
            "organisation_supports",
        ]));
}

#[test]
fn an_explanation_counts_as_much_as_the_evidence() {
    let explained = Evidence {
        item: "citizens_wish".into(),
        explained: true,
        text: sealed("Bella is in hospital"),
    };
    let mut items = evidence(&["question", "tried_provisions"]);
    items.push(explained);
    let request = RequestEscalation {
        evidence: items,
        ..climb(&[])
    };
    let events = given([reported(), blocked(BlockType::Rule)])
        .when(ask(request), START)
        .decided();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].kind(), "escalation.requested");
}

#[test]
fn evidence_given_with_a_request_that_came_back_counts_the_next_time() {
    for came_back in [
        escalation_returned(&["question"]),
        escalation_refused(TriageReason::NotComplete),
    ] {
        let mut expected = requested("workshop");
        expected.evidence = evidence_given(&["question"]);
        given([
            reported(),
            blocked(BlockType::Rule),
            Event::EscalationRequested(requested("workshop")),
            came_back,
        ])
        .when(ask(climb(&["question"])), START)
        .then([Event::EscalationRequested(expected)]);
    }
}

#[test]
fn a_rung_with_nobody_asks_nothing() {
    let request = RequestEscalation {
        legal_basis: Some(GROUND.into()),
        ..climb(&["local_and_regional_attempts", "organisation_supports"])
    };
    let events = given(climbed(&["workshop", "local_table"]))
        .when(ask(request), START)
        .decided();
    let last = events.last().unwrap();
    assert_eq!(
        last,
        &Event::EscalationRequested(requested("national_desk"))
    );
}

#[test]
fn a_rung_skipped_with_a_reason_asks_nothing() {
    let request = RequestEscalation {
        to: Some(rung("local_table")),
        skip_reason: Some("urgent".into()),
        ..climb(&["light_method", "parties_contacted"])
    };
    given([reported(), blocked(BlockType::Rule)])
        .when(ask(request), START)
        .then_refused(missing(&["legal_basis_per_party"]));
}

/// The workshop was passed over in an earlier request; from the local table on it stays passed
/// over.
#[test]
fn a_rung_skipped_earlier_asks_nothing_later_either() {
    let request = RequestEscalation {
        legal_basis: Some(GROUND.into()),
        ..climb(&["local_and_regional_attempts"])
    };
    given([
        reported(),
        blocked(BlockType::Rule),
        skipped("workshop", "urgent", Some(utrecht())),
        Event::EscalationRequested(requested("local_table")),
        escalated("local_table"),
    ])
    .when(ask(request), START)
    .then_refused(missing(&["organisation_supports"]));
}

#[test]
fn an_item_that_no_rung_asks_does_not_make_up_for_one_that_is_missing() {
    given([reported(), blocked(BlockType::Rule)])
        .when(ask(climb(&["questions"])), START)
        .then_refused(missing(&["question"]));
}
