use jiff::Timestamp;

use super::mandate;
use crate::event::{
    AftercareStarted, CommitmentFulfilled, CommitmentMade, CommitmentRefused, CommitmentRequested,
};
use crate::{
    AnswerCommitment, Commitment, CommitmentAnswer, CommitmentStatus, Event, File,
    FulfilCommitment, Organisation, Refusal, RequestCommitment, RequestId, Rules, Stage, Underway,
};

pub(super) fn request(
    rules: &Rules,
    case: &Underway,
    request: RequestCommitment,
) -> Result<Vec<Event>, Refusal> {
    let above_first = rules
        .ladder
        .height(&case.file.rung)
        .is_some_and(|height| height > 0);
    match &case.stage {
        Stage::Admitted | Stage::Blocked(_) if above_first => {}
        Stage::Decided | Stage::Executing | Stage::Aftercare { .. } => {
            return Err(Refusal::AlreadyDecided);
        }
        Stage::Admitted
        | Stage::Blocked(_)
        | Stage::Active
        | Stage::EscalationRequested(_)
        | Stage::Returned(_)
        | Stage::DecisionProposed { .. } => {
            return Err(Refusal::NotAtTable);
        }
    }
    if case.file.commitments.contains_key(&request.request) {
        return Err(Refusal::CommitmentExists);
    }
    Ok(vec![Event::CommitmentRequested(CommitmentRequested {
        request: request.request,
        of: request.of,
        by: request.by,
        text: request.text,
    })])
}

pub(super) fn answer(
    rules: &Rules,
    file: &File,
    answer: AnswerCommitment,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let commitment = own(file, &answer.request, &answer.by)?;
    match commitment.status {
        CommitmentStatus::Requested => {}
        CommitmentStatus::Made { at, .. }
        | CommitmentStatus::Refused { at }
        | CommitmentStatus::Fulfilled { at } => {
            return Err(Refusal::CommitmentAnswered {
                by: commitment.of.clone(),
                at,
            });
        }
    }
    let AnswerCommitment {
        request,
        by,
        answer,
    } = answer;
    Ok(vec![match answer {
        CommitmentAnswer::Made {
            text,
            mandate,
            inside,
            amount_cents,
            due,
        } => {
            if amount_cents.is_some_and(|amount| amount <= 0) {
                return Err(Refusal::AmountRequired);
            }
            let recorded = mandate::recorded(rules, &by, inside, amount_cents, at)?;
            Event::CommitmentMade(CommitmentMade {
                request,
                by,
                text,
                mandate,
                mandate_id: recorded.id,
                stated: recorded.stated,
                amount_cents,
                due,
                late_at: rules.calendar.end_of(due),
            })
        }
        CommitmentAnswer::Refused { reason } => Event::CommitmentRefused(CommitmentRefused {
            request,
            by,
            reason,
        }),
    }])
}

/// The last commitment that is reported, after the decision, starts aftercare.
pub(super) fn fulfil(
    rules: &Rules,
    case: &Underway,
    fulfilment: FulfilCommitment,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    let commitment = own(file, &fulfilment.request, &fulfilment.by)?;
    match commitment.status {
        CommitmentStatus::Made { .. } => {}
        CommitmentStatus::Requested | CommitmentStatus::Refused { .. } => {
            return Err(Refusal::CommitmentNotMade);
        }
        CommitmentStatus::Fulfilled { at } => {
            return Err(Refusal::CommitmentAnswered {
                by: commitment.of.clone(),
                at,
            });
        }
    }
    // A late promise blocks the case again; keeping it all the same frees it.
    let running = match case.stage {
        Stage::Decided | Stage::Executing => true,
        Stage::Active | Stage::Blocked(_) | Stage::Admitted => file.decided,
        Stage::EscalationRequested(_)
        | Stage::Returned(_)
        | Stage::DecisionProposed { .. }
        | Stage::Aftercare { .. } => false,
    };
    let others_reported = file
        .commitments
        .iter()
        .filter(|(id, _)| **id != fulfilment.request)
        .all(|(_, other)| is_reported(other));
    let FulfilCommitment {
        request,
        by,
        result,
    } = fulfilment;
    let mut events = vec![Event::CommitmentFulfilled(CommitmentFulfilled {
        request,
        by,
        result,
    })];
    if running && others_reported {
        events.push(start_aftercare(rules, at));
    }
    Ok(events)
}

/// The checks with the citizen, counted from now.
pub(super) fn start_aftercare(rules: &Rules, at: Timestamp) -> Event {
    let terms = rules.ladder.terms.aftercare_checks.iter();
    Event::AftercareStarted(AftercareStarted {
        checks: terms.map(|term| rules.calendar.after(at, *term)).collect(),
    })
}

/// Whether an organisation has nothing left to report.
pub(super) fn is_reported(commitment: &Commitment) -> bool {
    match commitment.status {
        CommitmentStatus::Refused { .. } | CommitmentStatus::Fulfilled { .. } => true,
        CommitmentStatus::Requested | CommitmentStatus::Made { .. } => false,
    }
}

fn own<'a>(
    file: &'a File,
    request: &RequestId,
    by: &Organisation,
) -> Result<&'a Commitment, Refusal> {
    let commitment = file
        .commitments
        .get(request)
        .ok_or(Refusal::UnknownCommitment)?;
    if &commitment.of == by {
        Ok(commitment)
    } else {
        Err(Refusal::CommitmentNotYours(by.clone()))
    }
}
