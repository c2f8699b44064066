use jiff::Timestamp;

use super::report::review;
use crate::case::state::put;
use crate::event::{
    CompletionExpired, Escalated, EscalationAcknowledged, EscalationExpired, EscalationRefused,
    EscalationRequested, EscalationReturned, EvidenceProvided, ExplanationOverdue, ReviewPassed,
    SilencePersisted, UrgencyClaimed, UrgencyLapsed,
};
use crate::{File, Origin, Request, RequestStatus, Returned, Stage, Underway, Urgency};

/// A request takes the place of one that nobody answered, or that came back: what to go back to
/// stays what it was before that one.
pub(super) fn requested(case: &mut Underway, e: &EscalationRequested, at: Timestamp) {
    let file = &mut case.file;
    file.evidence
        .extend(e.evidence.iter().map(|given| given.item.clone()));
    match e.origin {
        Origin::HandoffSilence | Origin::TriageSilence | Origin::NoProgress => {
            let bodies = [&e.body, &e.admitting];
            let others = bodies.into_iter().filter(|body| **body != file.owner);
            file.told_by_silence.extend(others.cloned());
        }
        Origin::Insisted => match &case.stage {
            Stage::Returned(returned) => file.insisted.extend([returned.to.clone()]),
            Stage::Active
            | Stage::Blocked(_)
            | Stage::EscalationRequested(_)
            | Stage::Admitted
            | Stage::DecisionProposed { .. }
            | Stage::Decided
            | Stage::Executing
            | Stage::Aftercare { .. } => file.insisted.extend(file.refused_at.take()),
        },
        Origin::Asked => {}
    }
    let before = match &case.stage {
        Stage::EscalationRequested(earlier) => earlier.before.clone(),
        Stage::Returned(returned) => returned.before.clone(),
        stage @ (Stage::Active
        | Stage::Blocked(_)
        | Stage::Admitted
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. }) => Box::new(stage.clone()),
    };
    case.stage = Stage::EscalationRequested(Request {
        escalation: e.escalation.clone(),
        to: e.to.clone(),
        tier: e.tier,
        body: e.body.clone(),
        admitting: e.admitting.clone(),
        admitting_role: e.admitting_role.clone(),
        origin: e.origin,
        since: at,
        urgent: e.urgent,
        status: RequestStatus::Waiting {
            acknowledge_by: e.acknowledge_by,
            answer_by: e.answer_by,
        },
        unexplained: e.unexplained.iter().cloned().collect(),
        explain_by: e.explain_by,
        before,
    });
}

pub(super) fn acknowledged(case: &mut Underway, e: &EscalationAcknowledged) {
    if let Stage::EscalationRequested(request) = &mut case.stage {
        request.status = RequestStatus::Acknowledged {
            review_at: e.review_at,
        };
    }
}

/// It is said once; the term to answer runs on.
pub(super) fn not_acknowledged(case: &mut Underway) {
    if let Stage::EscalationRequested(request) = &mut case.stage
        && let RequestStatus::Waiting { acknowledge_by, .. } = &mut request.status
    {
        *acknowledge_by = None;
    }
}

pub(super) fn returned(case: &mut Underway, e: &EscalationReturned) {
    if let Stage::EscalationRequested(request) = &case.stage {
        let missing = e.missing.iter().cloned().collect();
        // What was given and found wanting has to be given again.
        case.file.evidence = case.file.evidence.difference(&missing).cloned().collect();
        case.stage = Stage::Returned(Returned {
            escalation: e.escalation.clone(),
            to: request.to.clone(),
            missing,
            complete_by: e.complete_by,
            before: request.before.clone(),
        });
    }
}

pub(super) fn not_completed(case: &mut Underway, e: &CompletionExpired) {
    if let Stage::Returned(returned) = &case.stage {
        case.stage = (*returned.before).clone();
        case.file.review = review(e.review_at);
    }
}

pub(super) fn refused(case: &mut Underway, e: &EscalationRefused) {
    if let Stage::EscalationRequested(request) = &case.stage {
        case.file.refused_at = Some(request.to.clone());
        case.file.review = review(e.review_at);
        case.stage = (*request.before).clone();
    }
}

pub(super) fn expired(case: &mut Underway, e: &EscalationExpired) {
    if let Stage::EscalationRequested(request) = &mut case.stage {
        request.status = RequestStatus::Expired;
        case.file.silence = Some((e.climb_at, Origin::TriageSilence));
    }
}

pub(super) fn provided(case: &mut Underway, e: &EvidenceProvided) {
    let items = e.evidence.iter().map(|given| &given.item);
    case.file.evidence.extend(items.clone().cloned());
    if let Stage::EscalationRequested(request) = &mut case.stage {
        for item in items {
            request.unexplained.remove(item);
        }
        if request.unexplained.is_empty() {
            request.explain_by = None;
        }
    }
}

pub(super) fn explanation_overdue(case: &mut Underway, e: &ExplanationOverdue) {
    if let Stage::EscalationRequested(request) = &mut case.stage {
        request.explain_by = Some(e.explain_by);
    }
}

/// What came and could not climb comes again; what has not come yet stays where it is.
pub(super) fn silence_persists(case: &mut Underway, e: &SilencePersisted, now: Timestamp) {
    if let Some((at, _)) = &mut case.file.silence
        && *at <= now
    {
        *at = e.climb_at;
    }
    if let Stage::EscalationRequested(request) = &mut case.stage
        && let RequestStatus::Acknowledged { review_at } = &mut request.status
        && *review_at <= now
    {
        *review_at = e.climb_at;
    }
}

pub(super) fn urgency_claimed(file: &mut File, e: &UrgencyClaimed) {
    file.urgency = Urgency::Claimed {
        by: e.by.clone(),
        person: e.person.clone(),
        confirm_by: e.confirm_by,
    };
}

pub(super) fn urgency_confirmed(file: &mut File) {
    file.urgency = Urgency::Confirmed;
}

pub(super) fn urgency_lapsed(case: &mut Underway, e: &UrgencyLapsed) {
    case.file.urgency = Urgency::Ordinary;
    for handoff in case.file.handoffs.values_mut() {
        handoff.urgent = false;
    }
    if let Stage::EscalationRequested(request) = &mut case.stage {
        request.urgent = false;
    }
    for moved in &e.moved {
        put(case, &moved.due, moved.to);
    }
}

pub(super) fn escalated(case: &mut Underway, e: &Escalated) {
    let file = &mut case.file;
    file.rung = e.rung.clone();
    file.tier = e.tier;
    file.handler = e.body.clone();
    file.refused_at = None;
    file.review = review(e.review_at);
    file.warn_at = e.warn_at;
    case.stage = Stage::Admitted;
}

pub(super) fn reviewed(file: &mut File, e: &ReviewPassed, at: Timestamp) {
    file.review = review(e.review_at);
    file.stuck_since = (!e.progress).then(|| file.stuck_since.unwrap_or(at));
}
