//! Bella's story, command by command, against the timeline that was written by hand.

use jiff::Timestamp;
use ladder::{
    BlockType, Case, Close, Command, Decider, HandoffAnswer, InformCitizen, LessonKind,
    Organisation, Outcome, ProposeDeescalation, ReportFact, RequestEscalation, ShareIdentity,
    Triage, TriageAnswer, deadlines,
};
use serde_json::{Value, json};

use super::harness::{at, fold, rules};
use super::samples::{
    GROUND, answer_proposal, commit, decide, desk, escalation, evidence, fulfil, handoff, offer,
    proposal, receiver, record_block, report, request_commitment, rung, sealed, send_feedback,
    spirit, svb, tax_office, triage_with, utrecht,
};

const EXPECTED: &str = include_str!("../../../../tests/scenarios/bella.expected.json");

/// Tells the story, command by command; the clock ticks for every deadline that comes between.
struct Story {
    case: Case,
    timeline: Vec<Value>,
}

impl Story {
    fn tell(commands: Vec<(&str, Command)>) -> Self {
        let mut story = Self {
            case: Case::Absent,
            timeline: Vec::new(),
        };
        for (moment, command) in commands {
            story.clock_until(at(moment));
            story.execute(command, at(moment));
        }
        story
    }

    fn clock_until(&mut self, moment: Timestamp) {
        while let Some((due, when)) = deadlines(&self.case)
            .into_iter()
            .filter(|(_, when)| *when <= moment)
            .min_by_key(|(_, when)| *when)
        {
            assert!(self.timeline.len() < 100, "{due} keeps firing");
            self.execute(Command::Lapse(due), when);
        }
    }

    fn execute(&mut self, command: Command, when: Timestamp) {
        let by_clock = matches!(command, Command::Lapse(_));
        let events = rules().decide(&self.case, command, when).unwrap();
        for event in &events {
            self.case = fold(std::mem::take(&mut self.case), [event], when);
            self.timeline.push(json!({
                "position": self.timeline.len() + 1,
                "at": when.to_string(),
                "kind": event.kind(),
                "rung": self.case.file().unwrap().rung.as_str(),
                "clock": by_clock,
            }));
        }
    }
}

fn accepts(id: &str, by: Organisation) -> Command {
    answers(id, by, HandoffAnswer::Accepted)
}

fn answers(id: &str, by: Organisation, answer: HandoffAnswer) -> Command {
    Command::AnswerHandoff(ladder::AnswerHandoff {
        handoff: handoff(id),
        by,
        answer,
        text: None,
    })
}

fn shares(id: &str, to: Organisation) -> Command {
    Command::ShareIdentity(ShareIdentity {
        handoff: handoff(id),
        from: utrecht(),
        to,
        sealed: "numbers and names".into(),
    })
}

fn fact(source: Organisation, category: &str) -> Command {
    Command::ReportFact(ReportFact {
        source,
        category: category.into(),
        law: "akw".into(),
        rule: None,
        summary: sealed("what is the case"),
        since: "2026-02-01".into(),
        legal_basis: GROUND.into(),
    })
}

fn asks(id: &str, by: Organisation, items: &[&str], ground: Option<&str>) -> Command {
    Command::RequestEscalation(RequestEscalation {
        escalation: escalation(id),
        by,
        to: None,
        skip_reason: None,
        evidence: evidence(items),
        urgent: false,
        person: None,
        legal_basis: ground.map(str::to_owned),
    })
}

fn admits(id: &str) -> Command {
    Command::Triage(Triage {
        escalation: escalation(id),
        ..triage_with(TriageAnswer::Admitted)
    })
}

fn matching_at_the_source() -> Vec<(&'static str, Command)> {
    let declined = HandoffAnswer::Declined {
        reason: Some("no_power".into()),
        alternative: None,
    };
    vec![
        ("2026-03-02T09:00:00Z", report()),
        ("2026-03-02T10:00:00Z", offer("h-svb", svb())),
        ("2026-03-02T10:05:00Z", offer("h-tax", tax_office())),
        ("2026-03-02T10:10:00Z", offer("h-spirit", spirit())),
        ("2026-03-03T09:00:00Z", accepts("h-svb", svb())),
        ("2026-03-03T09:00:00Z", shares("h-svb", svb())),
        ("2026-03-03T09:00:00Z", fact(svb(), "finance")),
        ("2026-03-03T11:00:00Z", accepts("h-spirit", spirit())),
        ("2026-03-03T11:00:00Z", shares("h-spirit", spirit())),
        ("2026-03-03T11:00:00Z", fact(spirit(), "care")),
        ("2026-03-06T09:00:00Z", accepts("h-tax", tax_office())),
        ("2026-03-06T09:00:00Z", shares("h-tax", tax_office())),
        ("2026-03-06T13:00:00Z", fact(tax_office(), "finance")),
        ("2026-03-09T09:00:00Z", offer("h-restore", svb())),
        (
            "2026-03-10T09:00:00Z",
            answers("h-restore", svb(), declined),
        ),
    ]
}

fn the_climb() -> Vec<(&'static str, Command)> {
    let workshop = ["question", "tried_provisions", "citizens_wish"];
    let local = ["light_method", "parties_contacted", "legal_basis_per_party"];
    let national = ["local_and_regional_attempts", "organisation_supports"];
    let top = ["requested_commitments", "mandate_gap", "system_obstacle"];
    vec![
        ("2026-03-10T13:00:00Z", record_block(BlockType::Rule)),
        (
            "2026-03-10T13:30:00Z",
            asks("e1", utrecht(), &workshop, None),
        ),
        ("2026-03-11T09:00:00Z", admits("e1")),
        ("2026-03-12T09:00:00Z", asks("e2", utrecht(), &local, None)),
        ("2026-03-12T14:00:00Z", admits("e2")),
        (
            "2026-03-16T09:00:00Z",
            asks("e3", utrecht(), &national, Some(GROUND)),
        ),
        ("2026-03-17T09:00:00Z", admits("e3")),
        (
            "2026-03-19T09:00:00Z",
            asks("e4", desk(), &top, Some(GROUND)),
        ),
        ("2026-03-20T09:00:00Z", admits("e4")),
    ]
}

fn words_become_deeds() -> Vec<(&'static str, Command)> {
    let down = Command::ProposeDeescalation(ProposeDeescalation {
        proposal: proposal("p1"),
        to: rung("local_table"),
        receiver: receiver(),
        reason: "decided".into(),
    });
    let inform = Command::InformCitizen(InformCitizen {
        text: sealed("what Bella is told"),
    });
    let close = Command::Close(Box::new(Close {
        outcome: Outcome::SolvedByDeviation,
        evaluation: sealed("evaluation"),
        lesson: Some((LessonKind::ChangeRule, sealed("the chain breaks"))),
    }));
    vec![
        ("2026-03-27T09:00:00Z", request_commitment("r-svb", svb())),
        (
            "2026-03-27T09:05:00Z",
            request_commitment("r-tax", tax_office()),
        ),
        (
            "2026-03-27T09:10:00Z",
            request_commitment("r-spirit", spirit()),
        ),
        (
            "2026-03-27T09:15:00Z",
            request_commitment("r-utrecht", utrecht()),
        ),
        ("2026-03-30T09:00:00Z", commit("r-svb", svb())),
        ("2026-03-30T10:00:00Z", commit("r-tax", tax_office())),
        ("2026-03-31T09:00:00Z", commit("r-spirit", spirit())),
        ("2026-03-31T10:00:00Z", commit("r-utrecht", utrecht())),
        ("2026-04-01T09:00:00Z", decide()),
        ("2026-04-01T10:00:00Z", send_feedback()),
        ("2026-04-02T09:00:00Z", inform),
        ("2026-04-02T10:00:00Z", down),
        ("2026-04-03T09:00:00Z", answer_proposal(true, None)),
        ("2026-04-15T09:00:00Z", fulfil("r-svb", svb())),
        ("2026-04-16T09:00:00Z", fulfil("r-tax", tax_office())),
        ("2026-04-17T09:00:00Z", fulfil("r-spirit", spirit())),
        ("2026-04-20T09:00:00Z", fulfil("r-utrecht", utrecht())),
        ("2026-05-21T09:00:00Z", close),
    ]
}

fn bella() -> Story {
    Story::tell([matching_at_the_source(), the_climb(), words_become_deeds()].concat())
}

#[test]
fn bellas_commands_lead_to_her_timeline() {
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let expected: Vec<Value> = expected["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            json!({
                "position": row["position"],
                "at": row["at"],
                "kind": row["kind"],
                "rung": row["rung"],
                "clock": row["role"] == "clock",
            })
        })
        .collect();
    assert_eq!(expected.len(), 52);
    assert_eq!(bella().timeline, expected);
}

#[test]
fn bellas_case_ends_as_her_story_does() {
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let case = bella().case;
    let file = case.file().unwrap();
    let ended = json!({
        "rung": file.rung.as_str(),
        "tier": file.tier.as_str(),
        "state": case.state_name().unwrap().as_str(),
        "outcome": case.outcome().unwrap().as_str(),
        "owner": file.owner.as_str(),
    });
    assert_eq!(ended, expected["case"]);
}

/// The demo waits at the desk: three organisations take part by then, and the owner is still one.
#[test]
fn at_the_desk_three_organisations_take_part() {
    let story = Story::tell([matching_at_the_source(), the_climb()[..6].to_vec()].concat());
    let file = story.case.file().unwrap();
    assert_eq!(
        file.participants(),
        [&svb(), &tax_office(), &spirit()].into()
    );
    assert_eq!(file.owner, utrecht());
}
