use jiff::Timestamp;

use super::{case_quorum, said, unconcluded};
use crate::meeting::event::{CommitmentMade, CommitmentRefused, CommitmentRequested};
use crate::meeting::{
    Answer, AnswerRequest, CaseAtTable, Event, MeetingRules, Open, Refusal, RequestCommitment,
    RequestStatus,
};
use crate::{CaseId, Organisation};

/// Only who is at the table is asked: whoever is not cannot answer before the minutes.
pub(super) fn request(open: &Open, request: RequestCommitment) -> Result<Vec<Event>, Refusal> {
    unconcluded(open, &request.case)?;
    case_quorum(open, &request.case)?;
    takes_part(open, &request.case, &request.of)?;
    let known = |case: &CaseAtTable| case.requests.contains_key(&request.request);
    if open.cases.values().any(known) {
        return Err(Refusal::RequestExists(request.request));
    }
    Ok(vec![Event::CommitmentRequested(CommitmentRequested {
        case: request.case,
        request: request.request,
        of: request.of,
        law_or_theme: request.law_or_theme,
        text: request.text,
    })])
}

/// An answer needs no quorum: an organisation commits itself, not the table. Inside the mandate
/// nobody approves it.
pub(super) fn answer(
    rules: &MeetingRules,
    open: &Open,
    answer: AnswerRequest,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let AnswerRequest {
        case,
        request,
        by,
        person,
        answer,
    } = answer;
    let Some(asked) = said(open, &case)?.requests.get(&request) else {
        return Err(Refusal::UnknownRequest(request));
    };
    if asked.of != by {
        return Err(Refusal::RequestNotYours(by));
    }
    match &asked.status {
        RequestStatus::Waiting => {}
        RequestStatus::Answered { at, .. } => {
            return Err(Refusal::AlreadyAnswered { by, at: *at });
        }
        RequestStatus::Struck => {
            return Err(Refusal::Recused {
                organisation: by,
                case,
            });
        }
    }
    Ok(vec![match answer {
        Answer::Made {
            text,
            mandate,
            due,
            amount_cents,
        } => {
            if amount_cents.is_some_and(|amount| amount <= 0) {
                return Err(Refusal::AmountNotPositive);
            }
            let today = at.to_zoned(rules.zone.clone()).date();
            mandate.check(&person, &by, &asked.law_or_theme, amount_cents, today)?;
            Event::CommitmentMade(CommitmentMade {
                case,
                request,
                by,
                person,
                text,
                mandate,
                due,
                amount_cents,
            })
        }
        Answer::Refused { reason } => Event::CommitmentRefused(CommitmentRefused {
            case,
            request,
            by,
            person,
            reason,
        }),
    }])
}

/// Whether an organisation is at the table and takes part in the case.
pub(super) fn takes_part(
    open: &Open,
    case: &CaseId,
    organisation: &Organisation,
) -> Result<(), Refusal> {
    if !open.present.contains(organisation) {
        return Err(Refusal::NotPresent(organisation.clone()));
    }
    if open.table.is_recused(organisation, case) {
        return Err(Refusal::Recused {
            organisation: organisation.clone(),
            case: case.clone(),
        });
    }
    Ok(())
}
