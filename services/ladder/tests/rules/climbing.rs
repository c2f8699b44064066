//! Asking to be admitted to a higher rung: which rung, what is passed over, on what ground.

use ladder::event::EscalationRequested;
use ladder::{
    BlockType, Command, Event, Organisation, Origin, Refusal, RequestEscalation, StateName,
};

use super::harness::{START, at, given};
use super::samples::{
    GROUND, blocked, climb, climbed, decided, desk, escalation, evidence, evidence_given,
    expert_team, ground, person, proposed, reported, reported_about, requested, rung, skipped,
    table, urgency_claimed, utrecht,
};

const WORKSHOP: [&str; 3] = ["question", "tried_provisions", "citizens_wish"];
const LOCAL: [&str; 3] = ["light_method", "parties_contacted", "legal_basis_per_party"];
const REGIONAL: [&str; 2] = ["plan", "urgency"];
const DESK: [&str; 2] = ["local_and_regional_attempts", "organisation_supports"];
const TABLE: [&str; 3] = ["requested_commitments", "mandate_gap", "system_obstacle"];

fn ask(request: RequestEscalation) -> Command {
    Command::RequestEscalation(request)
}

/// A case with a competent regional body, on the local table.
fn youth_care_case() -> Vec<Event> {
    let mut events = climbed(&["workshop", "local_table"]);
    events[0] = reported_about("youth_care");
    events
}

fn with_ground(items: &[&str]) -> RequestEscalation {
    RequestEscalation {
        legal_basis: Some(GROUND.into()),
        ..climb(items)
    }
}

#[test]
fn a_blocked_case_asks_the_next_rung_and_waits_there_five_working_days() {
    let case = given([reported(), blocked(BlockType::Rule)])
        .when(ask(climb(&WORKSHOP)), START)
        .then([Event::EscalationRequested(EscalationRequested {
            escalation: escalation("e1"),
            by: utrecht(),
            to: rung("workshop"),
            tier: ladder::Tier::Local,
            body: utrecht(),
            admitting: utrecht(),
            admitting_role: "process_director".into(),
            origin: Origin::Asked,
            evidence: evidence_given(&WORKSHOP),
            unexplained: vec![],
            explain_by: None,
            insistence: None,
            urgent: false,
            acknowledge_by: Some(at("2026-03-04T09:00:00Z")),
            answer_by: at("2026-03-09T09:00:00Z"),
        })]);
    assert_eq!(case.state_name(), Some(StateName::EscalationRequested));
    assert_eq!(case.file().unwrap().rung, rung("own_work"));
}

#[test]
fn an_urgent_request_is_answered_within_one_working_day() {
    let mut expected = requested("workshop");
    expected.urgent = true;
    // The first word is due with the answer.
    expected.acknowledge_by = None;
    expected.answer_by = at("2026-03-03T09:00:00Z");
    let urgent = RequestEscalation {
        urgent: true,
        person: Some(person("p-1")),
        ..climb(&WORKSHOP)
    };
    given([reported(), blocked(BlockType::Rule)])
        .when(ask(urgent), START)
        .then([urgency_claimed(), Event::EscalationRequested(expected)]);
}

#[test]
fn a_rung_with_nobody_for_this_theme_is_skipped_by_itself() {
    let mut expected = requested("national_desk");
    expected.evidence = evidence_given(&DESK);
    given(climbed(&["workshop", "local_table"]))
        .when(ask(with_ground(&DESK)), START)
        .then([
            skipped("regional_table", "no_competent_body", None),
            ground(utrecht(), desk()),
            Event::EscalationRequested(expected),
        ]);
}

#[test]
fn a_rung_with_a_competent_body_is_the_next_one() {
    given(youth_care_case())
        .when(ask(with_ground(&REGIONAL)), START)
        .then([
            ground(utrecht(), expert_team()),
            Event::EscalationRequested(requested("regional_table")),
        ]);
}

#[test]
fn a_competent_rung_is_skipped_with_the_reason_that_was_given_and_its_body_named() {
    let request = RequestEscalation {
        to: Some(rung("national_desk")),
        skip_reason: Some("home is lost on Friday".into()),
        ..with_ground(&DESK)
    };
    given(youth_care_case()).when(ask(request), START).then([
        skipped(
            "regional_table",
            "home is lost on Friday",
            Some(expert_team()),
        ),
        ground(utrecht(), desk()),
        Event::EscalationRequested(requested("national_desk")),
    ]);
}

#[test]
fn every_rung_that_is_passed_over_is_named() {
    let request = RequestEscalation {
        to: Some(rung("national_table")),
        skip_reason: Some("urgent".into()),
        ..with_ground(&TABLE)
    };
    given([reported(), blocked(BlockType::Rule)])
        .when(ask(request), START)
        .then([
            skipped("workshop", "urgent", Some(utrecht())),
            skipped("local_table", "urgent", Some(utrecht())),
            skipped("regional_table", "no_competent_body", None),
            skipped("national_desk", "urgent", Some(desk())),
            ground(utrecht(), desk()),
            ground(utrecht(), table()),
            Event::EscalationRequested(requested("national_table")),
        ]);
}

#[test]
fn a_blank_reason_skips_no_competent_rung() {
    let request = RequestEscalation {
        to: Some(rung("local_table")),
        skip_reason: Some("  ".into()),
        ..climb(&LOCAL)
    };
    given([reported(), blocked(BlockType::Rule)])
        .when(ask(request), START)
        .then_refused(Refusal::SkipNeedsReason(rung("workshop")));
}

#[test]
fn the_desk_admits_to_the_table_and_asks_in_its_own_name() {
    let mut expected = requested("national_table");
    expected.by = desk();
    assert_eq!(
        expected.admitting,
        desk(),
        "the desk prepares the table's agenda"
    );
    assert_eq!(expected.body, table());
    let request = RequestEscalation {
        by: desk(),
        ..with_ground(&TABLE)
    };
    given(climbed(&["workshop", "local_table", "national_desk"]))
        .when(ask(request), START)
        .then([
            ground(desk(), table()),
            Event::EscalationRequested(expected),
        ]);
}

fn grounds_recorded(known: Vec<Event>, by: Organisation) -> usize {
    let request = RequestEscalation {
        by,
        ..with_ground(&DESK)
    };
    given(
        climbed(&["workshop", "local_table"])
            .into_iter()
            .chain(known),
    )
    .when(ask(request), START)
    .decided()
    .iter()
    .filter(|event| matches!(event, Event::LegalBasisRecorded(_)))
    .count()
}

#[test]
fn a_ground_is_recorded_once_per_receiver() {
    assert_eq!(grounds_recorded(vec![], utrecht()), 1);
    assert_eq!(
        grounds_recorded(vec![ground(utrecht(), desk())], utrecht()),
        0
    );
    assert_eq!(
        grounds_recorded(vec![ground(utrecht(), table())], utrecht()),
        1,
        "a ground for another receiver does not count"
    );
}

#[test]
fn a_known_ground_need_not_be_given_again() {
    let mut events = climbed(&["workshop", "local_table"]);
    events.push(ground(utrecht(), desk()));
    given(events).when(ask(climb(&DESK)), START).then([
        skipped("regional_table", "no_competent_body", None),
        Event::EscalationRequested(requested("national_desk")),
    ]);
}

#[test]
fn a_body_of_another_organisation_needs_a_ground() {
    for legal_basis in [None, Some(" ".to_owned())] {
        let request = RequestEscalation {
            legal_basis,
            ..climb(&DESK)
        };
        given(climbed(&["workshop", "local_table"]))
            .when(ask(request), START)
            .then_refused(Refusal::LegalBasisRequired);
    }
}

#[test]
fn a_decided_case_does_not_climb() {
    let mut events = climbed(&["workshop"]);
    events.push(decided());
    given(events)
        .when(ask(climb(&LOCAL)), START)
        .then_refused(Refusal::NotClimbing);
}

/// Otherwise the receiver could take the case down first, and admission would then lift it over
/// rungs that nobody skipped.
#[test]
fn a_case_does_not_climb_while_a_proposal_to_go_down_waits() {
    let mut events = climbed(&["workshop", "local_table"]);
    events.push(proposed("own_work"));
    given(events)
        .when(ask(with_ground(&DESK)), START)
        .then_refused(Refusal::DeescalationPending);
}

#[test]
fn the_evidence_of_a_request_is_kept_with_it() {
    let mut items = evidence(&WORKSHOP);
    items[1].explained = true;
    let request = RequestEscalation {
        evidence: items,
        ..climb(&[])
    };
    let mut expected = requested("workshop");
    expected.evidence[1].explained = true;
    given([reported(), blocked(BlockType::Rule)])
        .when(ask(request), START)
        .then([Event::EscalationRequested(expected)]);
}
