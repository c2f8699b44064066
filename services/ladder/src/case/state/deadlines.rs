//! The open deadlines of a case, and moving them.

use jiff::Timestamp;

use super::parts::{CommitmentStatus, HandoffStatus, RequestStatus};
use super::{Case, File, ObjectionStatus, Stage, Underway, Urgency};
use crate::Due;

/// The deadlines that are open in this state; those of the past are simply not there. While a
/// case is suspended there are the end of the suspension, and the terms of the law toward persons:
/// those do not wait for us.
pub fn deadlines(case: &Case) -> Vec<(Due, Timestamp)> {
    match case {
        Case::Absent | Case::Discarded | Case::Closed(_) => Vec::new(),
        Case::Draft(draft) => vec![(Due::DraftReminder, draft.remind_at)],
        Case::Underway(underway) => {
            let mut dues = match &underway.suspension {
                Some(suspension) => vec![(Due::SuspensionEnd, suspension.until)],
                None => running(underway),
            };
            dues.extend(toward_persons(&underway.file));
            dues
        }
    }
}

/// To settle objections (AVG 12(3)): a suspension of the case does not stop that term.
fn toward_persons(file: &File) -> impl Iterator<Item = (Due, Timestamp)> {
    let objections = file.objections.iter();
    objections.filter_map(|(id, objection)| match objection.status {
        ObjectionStatus::Open {
            settle_by,
            overdue: false,
            ..
        } => Some((Due::Objection(id.clone()), settle_by)),
        ObjectionStatus::Open { overdue: true, .. }
        | ObjectionStatus::Upheld
        | ObjectionStatus::Overruled
        | ObjectionStatus::Lifted => None,
    })
}

/// The deadlines that a suspension holds, as if the case were not suspended.
pub(crate) fn running(case: &Underway) -> Vec<(Due, Timestamp)> {
    let mut dues = Vec::new();
    of_file(&case.file, &mut dues);
    if case.is_reviewed() {
        dues.push((Due::Review, case.file.review.at));
    }
    of_stage(&case.stage, &mut dues);
    dues
}

fn of_file(file: &File, dues: &mut Vec<(Due, Timestamp)>) {
    for (id, handoff) in &file.handoffs {
        match &handoff.status {
            HandoffStatus::Offered {
                remind_at,
                answer_by,
                reminded,
            } => {
                if !reminded {
                    dues.push((Due::HandoffReminder(id.clone()), *remind_at));
                }
                dues.push((Due::HandoffAnswer(id.clone()), *answer_by));
            }
            HandoffStatus::Countered {
                follow_up_by: Some(by),
                ..
            } => dues.push((Due::CounterFollowUp(id.clone()), *by)),
            HandoffStatus::Countered { .. }
            | HandoffStatus::Accepted { .. }
            | HandoffStatus::Declined { .. }
            | HandoffStatus::Withdrawn { .. }
            | HandoffStatus::Expired { .. }
            | HandoffStatus::Returning { .. }
            | HandoffStatus::Returned { .. } => {}
        }
    }
    for (id, consultation) in &file.consultations {
        if let Some(answer_by) = consultation.answer_by {
            dues.push((Due::AdviceAnswer(id.clone()), answer_by));
        }
    }
    for (id, commitment) in &file.commitments {
        if let CommitmentStatus::Made {
            late_at,
            late: false,
            ..
        } = commitment.status
        {
            dues.push((Due::CommitmentDay(id.clone()), late_at));
        }
    }
    for (id, measure) in &file.measures {
        if let Some(ends_at) = measure.ends_at {
            dues.push((Due::MeasureEnd(id.clone()), ends_at));
        }
    }
    if let Urgency::Claimed { confirm_by, .. } = file.urgency {
        dues.push((Due::UrgencyConfirmation, confirm_by));
    }
    if let Some((climb_at, _)) = file.silence {
        dues.push((Due::Climb, climb_at));
    }
    if let Some(warn_at) = file.warn_at {
        dues.push((Due::StayWarning, warn_at));
    }
}

fn of_stage(stage: &Stage, dues: &mut Vec<(Due, Timestamp)>) {
    match stage {
        Stage::EscalationRequested(request) => {
            let id = &request.escalation;
            match request.status {
                RequestStatus::Waiting {
                    acknowledge_by,
                    answer_by,
                } => {
                    if let Some(by) = acknowledge_by {
                        dues.push((Due::EscalationAcknowledgement(id.clone()), by));
                    }
                    dues.push((Due::EscalationAnswer(id.clone()), answer_by));
                }
                RequestStatus::Acknowledged { review_at } => {
                    dues.push((Due::EscalationReview(id.clone()), review_at));
                }
                RequestStatus::Expired => {}
            }
            if let Some(by) = request.explain_by {
                dues.push((Due::Explanation(id.clone()), by));
            }
        }
        Stage::Returned(returned) => {
            let due = Due::Completion(returned.escalation.clone());
            dues.push((due, returned.complete_by));
        }
        Stage::DecisionProposed { decide_by, .. } => dues.push((Due::Decision, *decide_by)),
        Stage::Aftercare { checks } => {
            dues.extend(checks.first().map(|check| (Due::AftercareCheck, *check)));
        }
        Stage::Active | Stage::Blocked(_) | Stage::Admitted | Stage::Decided | Stage::Executing => {
        }
    }
}

/// Puts an open deadline at another moment; one that is not open stays what it is. The first word
/// on a request that is not urgent any more gets a term of its own.
pub(crate) fn put(case: &mut Underway, due: &Due, to: Timestamp) {
    let file = &mut case.file;
    match due {
        Due::HandoffReminder(id) | Due::HandoffAnswer(id) | Due::CounterFollowUp(id) => {
            let Some(handoff) = file.handoffs.get_mut(id) else {
                return;
            };
            match (&mut handoff.status, due) {
                (HandoffStatus::Offered { remind_at, .. }, Due::HandoffReminder(_)) => {
                    *remind_at = to;
                }
                (HandoffStatus::Offered { answer_by, .. }, Due::HandoffAnswer(_)) => {
                    *answer_by = to;
                }
                (
                    HandoffStatus::Countered {
                        follow_up_by: Some(by),
                        ..
                    },
                    Due::CounterFollowUp(_),
                ) => *by = to,
                _ => {}
            }
        }
        Due::AdviceAnswer(id) => {
            let asked = file.consultations.get_mut(id);
            if let Some(by) = asked.and_then(|asked| asked.answer_by.as_mut()) {
                *by = to;
            }
        }
        Due::CommitmentDay(id) => {
            let commitment = file.commitments.get_mut(id);
            if let Some(CommitmentStatus::Made { late_at, .. }) = commitment.map(|c| &mut c.status)
            {
                *late_at = to;
            }
        }
        Due::MeasureEnd(id) => {
            let measure = file.measures.get_mut(id);
            if let Some(ends_at) = measure.and_then(|measure| measure.ends_at.as_mut()) {
                *ends_at = to;
            }
        }
        Due::UrgencyConfirmation => {
            if let Urgency::Claimed { confirm_by, .. } = &mut file.urgency {
                *confirm_by = to;
            }
        }
        Due::Climb => {
            if let Some((at, _)) = &mut file.silence {
                *at = to;
            }
        }
        Due::Review => file.review.at = to,
        Due::StayWarning => {
            if let Some(at) = &mut file.warn_at {
                *at = to;
            }
        }
        Due::EscalationAcknowledgement(_)
        | Due::EscalationAnswer(_)
        | Due::EscalationReview(_)
        | Due::Explanation(_) => put_request(&mut case.stage, due, to),
        Due::Completion(_) => {
            if let Stage::Returned(returned) = &mut case.stage {
                returned.complete_by = to;
            }
        }
        Due::Decision => {
            if let Stage::DecisionProposed { decide_by, .. } = &mut case.stage {
                *decide_by = to;
            }
        }
        Due::AftercareCheck => {
            if let Stage::Aftercare { checks } = &mut case.stage
                && let Some(first) = checks.first_mut()
            {
                *first = to;
                checks.sort_unstable();
            }
        }
        Due::DraftReminder | Due::SuspensionEnd | Due::Objection(_) => {}
    }
}

fn put_request(stage: &mut Stage, due: &Due, to: Timestamp) {
    let Stage::EscalationRequested(request) = stage else {
        return;
    };
    match (&mut request.status, due) {
        (_, Due::Explanation(_)) => {
            if let Some(by) = &mut request.explain_by {
                *by = to;
            }
        }
        (RequestStatus::Waiting { acknowledge_by, .. }, Due::EscalationAcknowledgement(_)) => {
            *acknowledge_by = Some(to);
        }
        (RequestStatus::Waiting { answer_by, .. }, Due::EscalationAnswer(_)) => *answer_by = to,
        (RequestStatus::Acknowledged { review_at }, Due::EscalationReview(_)) => *review_at = to,
        _ => {}
    }
}
