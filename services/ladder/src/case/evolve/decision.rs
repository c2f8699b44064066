use std::collections::BTreeMap;

use jiff::Timestamp;

use super::report::review;
use crate::event::{
    AssessmentCompleted, AssessmentRecorded, CommitmentLate, CommitmentMade, CommitmentRequested,
    DecisionExpired, DecisionProposed, DecisionRejected,
};
use crate::{
    Assessment, BlockType, Commitment, CommitmentStatus, File, Method, ProposedDecision, RequestId,
    Stage, Underway,
};

/// Evidence that a finished weighing is.
const LIGHT_METHOD: &str = "light_method";
const PLAN: &str = "plan";

pub(super) fn requested(file: &mut File, e: &CommitmentRequested) {
    let commitment = Commitment {
        of: e.of.clone(),
        status: CommitmentStatus::Requested,
    };
    file.commitments.insert(e.request.clone(), commitment);
}

pub(super) fn made(file: &mut File, e: &CommitmentMade, at: Timestamp) {
    let status = CommitmentStatus::Made {
        at,
        due: e.due,
        late_at: e.late_at,
        late: false,
    };
    is(file, &e.request, status);
}

pub(super) fn refused(file: &mut File, request: &RequestId, at: Timestamp) {
    is(file, request, CommitmentStatus::Refused { at });
}

pub(super) fn fulfilled(case: &mut Underway, request: &RequestId, at: Timestamp) {
    is(&mut case.file, request, CommitmentStatus::Fulfilled { at });
    if case.stage == Stage::Decided {
        case.stage = Stage::Executing;
    }
}

/// A promise that is not kept stands in the way of the case again.
pub(super) fn late(case: &mut Underway, e: &CommitmentLate) {
    if let Some(commitment) = case.file.commitments.get_mut(&e.request)
        && let CommitmentStatus::Made { late, .. } = &mut commitment.status
    {
        *late = true;
    }
    if matches!(case.stage, Stage::Decided | Stage::Executing) {
        case.stage = Stage::Blocked(BlockType::Cooperation);
        case.file.blocks.push(BlockType::Cooperation);
        case.file.review = review(e.review_at);
    }
}

pub(super) fn assessed(file: &mut File, e: &AssessmentRecorded) {
    let assessment = file
        .assessments
        .entry(e.assessment.clone())
        .or_insert_with(|| Assessment {
            method: e.method,
            parts: BTreeMap::new(),
            passed: None,
        });
    assessment.parts.insert(e.part, e.sufficient);
}

pub(super) fn assessment_completed(file: &mut File, e: &AssessmentCompleted) {
    if let Some(assessment) = file.assessments.get_mut(&e.assessment) {
        assessment.passed = Some(e.passed);
    }
    let item = match e.method {
        Method::ReversedTest | Method::ValueTriangle | Method::PerspectiveCircle => LIGHT_METHOD,
        Method::BreakthroughPlan => PLAN,
    };
    file.evidence.insert(item.to_owned());
}

pub(super) fn proposed(case: &mut Underway, e: &DecisionProposed) {
    let proposed = ProposedDecision {
        by: e.by.clone(),
        weighing: e.weighing.clone(),
    };
    if let Stage::DecisionProposed {
        proposals,
        decide_by,
        ..
    } = &mut case.stage
    {
        proposals.insert(e.decision.clone(), proposed);
        *decide_by = e.decide_by;
        return;
    }
    case.stage = Stage::DecisionProposed {
        proposals: BTreeMap::from([(e.decision.clone(), proposed)]),
        decide_by: e.decide_by,
        before: Box::new(case.stage.clone()),
    };
}

pub(super) fn rejected(case: &mut Underway, e: &DecisionRejected) {
    if let Stage::DecisionProposed {
        proposals, before, ..
    } = &mut case.stage
    {
        proposals.remove(&e.decision);
        if proposals.is_empty() {
            case.stage = (**before).clone();
            case.file.review = review(e.review_at);
        }
    }
}

pub(super) fn expired(case: &mut Underway, e: &DecisionExpired) {
    if let Stage::DecisionProposed { before, .. } = &case.stage {
        case.stage = (**before).clone();
        case.file.review = review(e.review_at);
    }
}

pub(super) fn taken(case: &mut Underway) {
    case.file.decided = true;
    case.stage = Stage::Decided;
}

fn is(file: &mut File, id: &RequestId, status: CommitmentStatus) {
    if let Some(commitment) = file.commitments.get_mut(id) {
        commitment.status = status;
    }
}
