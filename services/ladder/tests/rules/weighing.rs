//! Methods for weighing, each with its own rule for being complete.

use ladder::event::{AssessmentCompleted, AssessmentRecorded};
use ladder::{Command, Event, Method, Part, RecordAssessment, Refusal};

use super::harness::{START, given};
use super::samples::{assessment, part_of, reported, sealed};

pub(crate) fn recorded(part: RecordAssessment) -> Event {
    Event::AssessmentRecorded(AssessmentRecorded {
        assessment: part.assessment,
        method: part.method,
        part: part.part,
        text: part.text,
        score: part.score,
        sufficient: part.sufficient,
        amount_cents: part.amount_cents,
        count: part.count,
        reason: part.reason,
    })
}

fn completed(id: &str, method: Method, passed: bool) -> Event {
    Event::AssessmentCompleted(AssessmentCompleted {
        assessment: assessment(id),
        method,
        passed,
    })
}

/// All four steps.
pub(crate) fn reversed_test(id: &str) -> Vec<Event> {
    let parts = Method::ReversedTest.parts().iter();
    parts
        .map(|part| recorded(part_of(id, Method::ReversedTest, *part)))
        .chain([completed(id, Method::ReversedTest, true)])
        .collect()
}

fn record(part: RecordAssessment) -> Command {
    Command::RecordAssessment(part)
}

/// A history with these parts.
fn with(parts: impl IntoIterator<Item = RecordAssessment>) -> Vec<Event> {
    let parts = parts.into_iter().map(recorded);
    [reported()].into_iter().chain(parts).collect()
}

#[test]
fn the_reversed_test_goes_in_order_and_is_complete_with_the_law() {
    let step = |part| part_of("a1", Method::ReversedTest, part);
    given(with([step(Part::Effect)]))
        .when(record(step(Part::Law)), START)
        .then_refused(Refusal::PartOutOfOrder("intent"));
    let three = [Part::Effect, Part::Intent, Part::Ethics].map(step);
    let case = given(with(three))
        .when(record(step(Part::Law)), START)
        .then([
            recorded(step(Part::Law)),
            completed("a1", Method::ReversedTest, true),
        ]);
    let evidence = &case.file().unwrap().evidence;
    assert!(evidence.contains("light_method"), "{evidence:?}");
}

#[test]
fn the_value_triangle_misses_no_corner_and_every_corner_has_a_score() {
    let corner = |part, score| RecordAssessment {
        score,
        ..part_of("a1", Method::ValueTriangle, part)
    };
    for score in [None, Some(0), Some(6)] {
        given([reported()])
            .when(record(corner(Part::Legitimacy, score)), START)
            .then_refused(Refusal::ScoreRequired);
    }
    let two = [
        corner(Part::Return, Some(2)),
        corner(Part::Legitimacy, Some(4)),
    ];
    let last = || corner(Part::Involvement, Some(5));
    given(with(two)).when(record(last()), START).then([
        recorded(last()),
        completed("a1", Method::ValueTriangle, true),
    ]);
}

#[test]
fn the_perspective_circle_passes_only_when_all_three_views_suffice() {
    let view = |part, sufficient| RecordAssessment {
        sufficient: Some(sufficient),
        ..part_of("a1", Method::PerspectiveCircle, part)
    };
    for (legal, social, passes) in [
        (true, true, true),
        (false, true, false),
        (true, false, false),
    ] {
        let two = [
            view(Part::LegalView, legal),
            view(Part::FinancialView, true),
        ];
        let last = || view(Part::SocialView, social);
        given(with(two)).when(record(last()), START).then([
            recorded(last()),
            completed("a1", Method::PerspectiveCircle, passes),
        ]);
    }
}

#[test]
fn a_part_that_is_written_again_takes_the_place_of_what_stood_there() {
    let view = |part, sufficient| RecordAssessment {
        sufficient: Some(sufficient),
        ..part_of("a1", Method::PerspectiveCircle, part)
    };
    let parts = [
        view(Part::LegalView, false),
        view(Part::LegalView, true),
        view(Part::FinancialView, true),
    ];
    let last = || view(Part::SocialView, true);
    given(with(parts)).when(record(last()), START).then([
        recorded(last()),
        completed("a1", Method::PerspectiveCircle, true),
    ]);
}

fn helpers() -> RecordAssessment {
    RecordAssessment {
        count: Some(14),
        ..part_of("a2", Method::BreakthroughPlan, Part::Helpers)
    }
}

#[test]
fn a_heavy_method_comes_after_a_light_one_or_with_a_reason() {
    given([reported()])
        .when(record(helpers()), START)
        .then_refused(Refusal::LighterMethodFirst);
    let mut after_light = vec![reported()];
    after_light.extend(reversed_test("a1"));
    given(after_light)
        .when(record(helpers()), START)
        .then([recorded(helpers())]);
    let reasoned = || RecordAssessment {
        reason: Some(sealed("nothing else fits")),
        ..helpers()
    };
    given([reported()])
        .when(record(reasoned()), START)
        .then([recorded(reasoned())]);
}

#[test]
fn the_breakthrough_plan_counts_helpers_and_has_the_households_own_part() {
    let parts: Vec<RecordAssessment> = Method::BreakthroughPlan
        .parts()
        .iter()
        .filter(|part| **part != Part::OwnPart)
        .map(|part| RecordAssessment {
            count: Some(14),
            ..part_of("a2", Method::BreakthroughPlan, *part)
        })
        .collect();
    assert_eq!(parts.len(), 6);
    let case = given(with(parts.clone())).case();
    assert_eq!(
        case.file().unwrap().assessments[&assessment("a2")].passed,
        None
    );
    let own = || part_of("a2", Method::BreakthroughPlan, Part::OwnPart);
    let case = given(with(parts)).when(record(own()), START).then([
        recorded(own()),
        completed("a2", Method::BreakthroughPlan, true),
    ]);
    assert!(case.file().unwrap().evidence.contains("plan"));
}
