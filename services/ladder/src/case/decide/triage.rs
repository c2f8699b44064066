//! What the admitting body does with a request.

use jiff::Timestamp;

use super::escalation::stored;
use super::terms;
use crate::event::{
    Escalated, EscalationAcknowledged, EscalationRefused, EscalationReturned, EvidenceProvided,
};
use crate::{
    AcknowledgeEscalation, EscalationId, Event, GiveEvidence, Refusal, Request, RequestStatus,
    Rules, Stage, Triage, TriageAnswer, Underway,
};

pub(super) fn triage(
    rules: &Rules,
    case: &Underway,
    triage: Triage,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let request = pending(case, &triage.escalation)?;
    let escalation = triage.escalation;
    let event = match triage.answer {
        TriageAnswer::Admitted => Event::Escalated(Escalated {
            escalation,
            rung: request.to.clone(),
            tier: request.tier,
            body: request.body.clone(),
            review_at: terms::review(rules, &request.to, at),
            warn_at: rules
                .ladder
                .rung(&request.to)
                .and_then(|rung| rung.warn)
                .map(|term| rules.calendar.after(at, term)),
        }),
        TriageAnswer::Returned if triage.missing.is_empty() => {
            return Err(Refusal::MissingItemsRequired);
        }
        TriageAnswer::Returned => Event::EscalationReturned(EscalationReturned {
            escalation,
            missing: triage.missing.into_iter().collect(),
            text: triage.text,
            complete_by: rules.calendar.after(at, rules.ladder.terms.completion),
        }),
        TriageAnswer::Refused => Event::EscalationRefused(EscalationRefused {
            escalation,
            reason: triage.reason.ok_or(Refusal::ReasonRequired)?,
            text: triage.text,
            review_at: match *request.before {
                Stage::Blocked(_) => rules.calendar.after(at, rules.ladder.terms.block_review),
                _ => terms::review(rules, &case.file.rung, at),
            },
        }),
    };
    Ok(vec![event])
}

/// Pauses the ladder, but not for ever: the review comes at the rung's term at the latest.
pub(super) fn acknowledge(
    rules: &Rules,
    case: &Underway,
    it: AcknowledgeEscalation,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let request = pending(case, &it.escalation)?;
    match request.status {
        RequestStatus::Waiting { .. } | RequestStatus::Expired => {}
        RequestStatus::Acknowledged { .. } => return Err(Refusal::AlreadyAcknowledged),
    }
    let latest = terms::review(rules, &request.to, at);
    let review_at = it.review_at.unwrap_or(latest);
    if review_at <= at || review_at > latest {
        return Err(Refusal::ReviewNotAhead);
    }
    Ok(vec![Event::EscalationAcknowledged(
        EscalationAcknowledged {
            escalation: it.escalation,
            review_at,
        },
    )])
}

/// What silence left unexplained, given or explained afterwards.
pub(super) fn give_evidence(case: &Underway, it: GiveEvidence) -> Result<Vec<Event>, Refusal> {
    let request = pending(case, &it.escalation)?;
    let unasked = it
        .evidence
        .iter()
        .find(|evidence| !request.unexplained.contains(&evidence.item));
    if let Some(unasked) = unasked {
        return Err(Refusal::EvidenceNotAsked(unasked.item.clone()));
    }
    if it.evidence.is_empty() {
        let left = request.unexplained.iter().cloned().collect();
        return Err(Refusal::EvidenceMissing(left));
    }
    Ok(vec![Event::EvidenceProvided(EvidenceProvided {
        escalation: it.escalation,
        evidence: it.evidence.into_iter().map(stored).collect(),
    })])
}

fn pending<'a>(case: &'a Underway, escalation: &EscalationId) -> Result<&'a Request, Refusal> {
    case.pending()
        .filter(|request| request.escalation == *escalation)
        .ok_or(Refusal::EscalationNotPending)
}
