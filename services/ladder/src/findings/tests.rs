//! Each kind of finding, and a case without any.

// A test may stop at once: the panic names the line.
#![allow(clippy::unwrap_used)]

mod told;

use told::{OWNER, SVB, TAX_OFFICE, Told, at};

use super::{Because, Finding, LastHeard, NextStep};
use crate::catalogue::CollisionKind;
use crate::{BlockType, HandoffId, HandoffKind, Organisation, RequestId, RungId};

fn organisation(oin: &str) -> Organisation {
    Organisation::parse(oin).unwrap()
}

fn kinds(found: &[Finding]) -> Vec<&'static str> {
    found.iter().map(|it| it.kind().as_str()).collect()
}

#[test]
fn a_case_that_was_just_reported_has_none() {
    let told = Told::reported();
    assert_eq!(told.found("2026-03-02T09:00:00Z"), []);
}

#[test]
fn a_review_that_passed_without_progress_is_one_until_somebody_moves() {
    // 20 working days after 2 March, over the clock change.
    let mut told = Told::reported();
    assert_eq!(told.found("2026-03-30T07:59:59Z"), []);
    let stuck = Finding {
        because: Because::NoProgress {
            since: at("2026-03-30T08:00:00Z"),
            rung: RungId::parse("own_work").unwrap(),
            handler: organisation(OWNER),
        },
        next: vec![NextStep::RecordBlock, NextStep::AskAdvice],
    };
    assert_eq!(
        told.found("2026-03-30T08:00:00Z"),
        std::slice::from_ref(&stuck)
    );
    // The clock sets the next review; what was found stays found.
    told.review("2026-03-30T08:00:00Z");
    assert_eq!(told.found("2026-03-31T08:00:00Z"), [stuck]);
    told.offer("h1", SVB, "2026-04-01T08:00:00Z");
    assert_eq!(told.found("2026-04-01T08:00:00Z"), []);
}

#[test]
fn recording_a_block_does_not_make_a_stuck_case_look_cared_for() {
    let mut told = Told::reported();
    told.review("2026-03-30T08:00:00Z");
    told.block(BlockType::Rule, &[], "2026-03-31T08:00:00Z");
    let found = told.found("2026-03-31T08:00:00Z");
    assert_eq!(kinds(&found), ["no_progress"]);
    // Now that a block is recorded, it can climb.
    assert_eq!(found[0].next, [NextStep::Escalate, NextStep::AskAdvice]);
}

#[test]
fn deadlines_on_hold_are_nobodys_delay() {
    let mut told = Told::reported();
    told.suspend("2026-03-03T09:00:00Z", "2026-05-01T09:00:00Z");
    assert_eq!(told.found("2026-04-20T09:00:00Z"), []);
}

#[test]
fn a_body_that_said_no_can_be_insisted_on() {
    let mut told = Told::reported();
    told.block(BlockType::Rule, &[], "2026-03-02T09:00:00Z");
    told.refused_admission("2026-03-02T09:00:00Z");
    // The answer itself was something that happened; after it nothing did.
    told.review("2026-03-16T09:00:00Z");
    told.review("2026-03-30T08:00:00Z");
    let found = told.found("2026-03-30T08:00:00Z");
    assert_eq!(kinds(&found), ["no_progress"]);
    assert_eq!(found[0].next, [NextStep::Insist, NextStep::AskAdvice]);
}

#[test]
fn the_second_refusal_of_the_same_handoff_is_one_the_first_is_not() {
    let mut told = Told::reported();
    told.offer("h1", SVB, "2026-03-02T09:00:00Z");
    told.decline("h1", SVB, "2026-03-02T10:00:00Z");
    assert_eq!(told.found("2026-03-02T10:00:00Z"), []);
    told.offer("h0", SVB, "2026-03-02T11:00:00Z");
    assert_eq!(
        told.found("2026-03-02T11:00:00Z"),
        [],
        "it may still accept"
    );
    told.decline("h0", SVB, "2026-03-03T11:00:00Z");
    let expected = Finding {
        because: Because::RefusedTwice {
            by: organisation(SVB),
            asked: HandoffKind::Task,
            handoffs: ["h1", "h0"].map(|id| HandoffId::parse(id).unwrap()).into(),
            last_at: at("2026-03-03T11:00:00Z"),
        },
        next: vec![NextStep::RecordBlock, NextStep::AskAdvice],
    };
    assert_eq!(told.found("2026-03-03T11:00:00Z"), [expected]);
}

#[test]
fn refusals_of_two_organisations_are_not_the_same_handoff() {
    let mut told = Told::reported();
    for (id, to) in [("h1", SVB), ("h2", TAX_OFFICE)] {
        told.offer(id, to, "2026-03-02T09:00:00Z");
        told.decline(id, to, "2026-03-02T10:00:00Z");
    }
    assert_eq!(told.found("2026-03-02T10:00:00Z"), []);
}

#[test]
fn the_ladder_file_says_how_many_refusals_are_too_many() {
    let mut told = Told::reported();
    told.rules.ladder.thresholds.refusals = 3;
    for id in ["h1", "h2"] {
        told.offer(id, SVB, "2026-03-02T09:00:00Z");
        told.decline(id, SVB, "2026-03-02T10:00:00Z");
    }
    assert_eq!(told.found("2026-03-02T10:00:00Z"), []);
}

#[test]
fn a_rule_that_falls_with_another_is_shown_with_the_whole_chain() {
    // The two ends are named; the rule in between is the catalogue's.
    let mut told = Told::reported();
    told.catalogue("a", "b", "c");
    told.block(BlockType::Rule, &["a", "c"], "2026-03-02T09:00:00Z");
    let chain = Finding {
        because: Because::RulesCollide {
            kind: CollisionKind::Chain,
            rules: ["a", "b", "c"].map(str::to_owned).into(),
        },
        next: vec![NextStep::Weigh, NextStep::Escalate, NextStep::AskAdvice],
    };
    assert_eq!(told.found("2026-03-02T09:00:00Z"), [chain]);
}

#[test]
fn the_rules_of_bella_hang_together_in_the_catalogue_that_is_shipped() {
    let mut told = Told::reported();
    let rules = [
        "child_budget_follows_child_benefit",
        "child_benefit_requires_parent_or_guardian",
    ];
    told.block(BlockType::Rule, &rules, "2026-03-02T09:00:00Z");
    let found = told.found("2026-03-02T09:00:00Z");
    let because = Because::RulesCollide {
        kind: CollisionKind::Chain,
        rules: rules.map(str::to_owned).into(),
    };
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].because, because);
}

#[test]
fn rules_that_work_against_each_other_are_one_in_the_order_of_the_catalogue() {
    let mut told = Told::reported();
    let named = ["participation_asset_limit", "participation_support_to_work"];
    told.block(BlockType::Rule, &named, "2026-03-02T09:00:00Z");
    let found = told.found("2026-03-02T09:00:00Z");
    let because = Because::RulesCollide {
        kind: CollisionKind::Collision,
        rules: vec![named[1].to_owned(), named[0].to_owned()],
    };
    assert_eq!(found[0].because, because);
    assert_eq!(found.len(), 1);
}

#[test]
fn an_organisation_that_must_answer_is_silent_after_the_term_of_the_ladder() {
    let mut told = Told::reported();
    told.offer("h1", SVB, "2026-03-02T09:00:00Z");
    let heard = |oin: &str| LastHeard::from([(organisation(oin), at("2026-03-02T08:00:00Z"))]);
    told.heard = heard(SVB);
    assert_eq!(told.found("2026-03-03T08:00:00Z"), []);
    let silent = Finding {
        because: Because::PartySilent {
            organisation: organisation(SVB),
            last_heard: at("2026-03-02T08:00:00Z"),
            handoffs: vec![HandoffId::parse("h1").unwrap()],
            commitments: vec![],
        },
        next: vec![NextStep::CallParty, NextStep::OfferAgain],
    };
    assert_eq!(told.found("2026-03-03T08:00:01Z"), [silent]);
    // Nobody waits for the tax office.
    told.heard = heard(TAX_OFFICE);
    assert_eq!(told.found("2026-03-03T08:00:01Z"), []);
}

#[test]
fn a_shortage_goes_to_a_signal_and_never_up() {
    let mut told = Told::reported();
    told.block(BlockType::Scarcity, &[], "2026-03-02T09:00:00Z");
    told.review("2026-03-16T09:00:00Z");
    let found = told.found("2026-03-16T09:00:00Z");
    assert_eq!(kinds(&found), ["scarcity", "no_progress"]);
    assert_eq!(
        found[0].because,
        Because::Scarcity {
            theme: "family_income".to_owned()
        }
    );
    for finding in &found {
        assert_eq!(finding.next, [NextStep::RaiseSignal]);
    }
}

#[test]
fn a_commitment_is_late_from_the_end_of_its_last_day_until_it_is_fulfilled() {
    let mut told = Told::reported();
    told.block(BlockType::Rule, &[], "2026-03-02T09:00:00Z");
    told.admitted("2026-03-02T09:00:00Z");
    told.committed("r1", SVB, "2026-03-10", "2026-03-02T09:00:00Z");
    assert_eq!(told.found("2026-03-10T22:59:59Z"), []);
    let late = Finding {
        because: Because::LateCommitment {
            request: RequestId::parse("r1").unwrap(),
            of: organisation(SVB),
            due: "2026-03-10".parse().unwrap(),
        },
        next: vec![NextStep::CallParty, NextStep::Escalate, NextStep::AskAdvice],
    };
    assert_eq!(told.found("2026-03-10T23:00:00Z"), [late]);
    told.fulfilled("r1", SVB, "2026-03-11T09:00:00Z");
    assert_eq!(told.found("2026-03-11T09:00:00Z"), []);
}

#[test]
fn a_case_that_has_ended_has_none() {
    let mut told = Told::reported();
    told.block(BlockType::Scarcity, &[], "2026-03-02T09:00:00Z");
    told.withdrawn("2026-03-03T09:00:00Z");
    assert_eq!(told.found("2026-05-01T09:00:00Z"), []);
}
