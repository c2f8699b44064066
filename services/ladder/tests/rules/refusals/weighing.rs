//! Methods and decisions.

use ladder::{
    Command, Event, Ground, InMandate, Method, Part, ProposeDecision, RecordAssessment, Refusal,
    RejectDecision, TakeDecision, Weighing,
};

use super::super::samples::{
    assessment, climb, decision, decision_id, part_of, proposal_of, reported, sealed, stated_of,
    utrecht, weighing,
};
use super::super::{decisions, weighing as methods};
use super::Row;

pub(super) fn rows() -> Vec<Row> {
    [parts(), decided()].concat()
}

fn record(part: RecordAssessment) -> Command {
    Command::RecordAssessment(part)
}

fn parts() -> Vec<Row> {
    let effect = || methods::recorded(part_of("a1", Method::ReversedTest, Part::Effect));
    let begun = || vec![reported(), effect()];
    let mut done = vec![reported()];
    done.extend(methods::reversed_test("a1"));
    let triangle = RecordAssessment {
        score: Some(6),
        ..part_of("a2", Method::ValueTriangle, Part::Return)
    };
    let law = part_of("a1", Method::ReversedTest, Part::Law);
    let plan = |part| part_of("a3", Method::BreakthroughPlan, part);
    let helpers = RecordAssessment {
        reason: Some(sealed("nothing else fits")),
        ..plan(Part::Helpers)
    };
    vec![
        (
            begun(),
            record(part_of("a1", Method::ReversedTest, Part::Goal)),
            Refusal::PartOfAnotherMethod,
        ),
        (
            begun(),
            record(law),
            Refusal::PartOutOfOrder(Part::Intent.as_str()),
        ),
        (begun(), record(triangle), Refusal::ScoreRequired),
        (
            begun(),
            record(part_of("a4", Method::PerspectiveCircle, Part::LegalView)),
            Refusal::VerdictRequired,
        ),
        (begun(), record(helpers), Refusal::CountRequired),
        (
            begun(),
            record(plan(Part::Goal)),
            Refusal::LighterMethodFirst,
        ),
        (
            done,
            record(part_of("a1", Method::ReversedTest, Part::Effect)),
            Refusal::AssessmentComplete,
        ),
    ]
}

fn take(weighing: Option<Weighing>) -> Command {
    Command::TakeDecision(TakeDecision {
        weighing,
        ..decision()
    })
}

fn decided() -> Vec<Row> {
    let on = |id: &str| Weighing {
        assessments: [assessment(id)].into(),
        ..weighing()
    };
    let begun = vec![
        reported(),
        methods::recorded(part_of("a1", Method::ReversedTest, Part::Effect)),
    ];
    let paper = || vec![reported(), decisions::on_paper("d1")];
    let roomless = Weighing {
        room: None,
        ..weighing()
    };
    let groundless = Weighing {
        grounds: [].into(),
        ..weighing()
    };
    let cheap = Weighing {
        grounds: [Ground::Cost].into(),
        ..weighing()
    };
    let reject = Command::RejectDecision(RejectDecision {
        decision: decision_id("d9"),
        reason: sealed("not enough"),
    });
    let again: ProposeDecision = proposal_of("d1");
    let blocked = super::super::samples::blocked(ladder::BlockType::Rule);
    let waits: Vec<Event> = [vec![reported(), blocked], vec![decisions::on_paper("d1")]].concat();
    let mut nobody = stated_of(utrecht());
    nobody.role = " ".into();
    let unmandated = Command::TakeDecision(TakeDecision {
        mandate: InMandate::Stated {
            mandate: Box::new(nobody),
            subject: "family_income".into(),
        },
        ..decision()
    });
    vec![
        (vec![reported()], unmandated, Refusal::MandateRequired),
        (begun, take(Some(on("a1"))), Refusal::AssessmentIncomplete),
        (
            vec![reported()],
            take(Some(on("a9"))),
            Refusal::UnknownAssessment,
        ),
        (
            paper(),
            Command::ProposeDecision(again),
            Refusal::DecisionExists,
        ),
        (paper(), reject, Refusal::UnknownDecision),
        (
            waits,
            Command::RequestEscalation(climb(&["question"])),
            Refusal::DecisionPending,
        ),
        (
            vec![reported()],
            take(Some(roomless)),
            Refusal::RoomRequired,
        ),
        (vec![reported()], take(None), Refusal::RoomRequired),
        (
            vec![reported()],
            take(Some(groundless)),
            Refusal::GroundsRequired,
        ),
        (vec![reported()], take(Some(cheap)), Refusal::CostAlone),
    ]
}
