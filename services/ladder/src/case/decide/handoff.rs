use jiff::Timestamp;

use super::given;
use super::report::legal_basis;
use crate::calendar::halfway;
use crate::event::{
    HandoffAccepted, HandoffCountered, HandoffDeclined, HandoffOffered, HandoffWithdrawn,
    IdentityShared,
};
use crate::{
    AnswerHandoff, Event, File, Handoff, HandoffAnswer, HandoffId, HandoffStatus, OfferHandoff,
    Refusal, Rules, ShareIdentity, WithdrawHandoff,
};

pub(super) fn offer(
    rules: &Rules,
    file: &File,
    offer: OfferHandoff,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if file.handoffs.contains_key(&offer.handoff) {
        return Err(Refusal::HandoffExists(offer.handoff));
    }
    if offer.from == offer.to {
        return Err(Refusal::HandoffToSelf);
    }
    if offer.legal_basis.trim().is_empty() {
        return Err(Refusal::LegalBasisRequired);
    }
    let terms = &rules.ladder.terms;
    let term = if offer.urgent {
        terms.handoff_answer_urgent
    } else {
        terms.handoff_answer
    };
    let answer_by = rules.calendar.after(at, term);
    let basis = legal_basis(file, &offer.from, &offer.to, &offer.legal_basis);
    let offered = Event::HandoffOffered(HandoffOffered {
        handoff: offer.handoff,
        from: offer.from,
        to: offer.to,
        handoff_kind: offer.kind,
        requested_outcome: offer.requested_outcome,
        rules: offer.rules,
        urgent: offer.urgent,
        summary: offer.summary,
        legal_basis: offer.legal_basis,
        contact_role: offer.contact_role,
        remind_at: halfway(at, answer_by),
        answer_by,
    });
    Ok(basis.into_iter().chain([offered]).collect())
}

pub(super) fn answer(
    file: &File,
    answer: AnswerHandoff,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let handoff = known(file, &answer.handoff)?;
    if handoff.to != answer.by {
        return Err(Refusal::HandoffNotYours(answer.by));
    }
    still_open(handoff, at)?;
    let AnswerHandoff {
        handoff,
        by,
        answer,
        text,
    } = answer;
    let event = match answer {
        HandoffAnswer::Accepted => Event::HandoffAccepted(HandoffAccepted { handoff, by, text }),
        HandoffAnswer::Declined {
            reason,
            alternative,
        } => {
            let reason = given(reason).ok_or(Refusal::ReasonRequired)?;
            Event::HandoffDeclined(HandoffDeclined {
                handoff,
                by,
                reason,
                text,
                alternative,
            })
        }
        HandoffAnswer::Countered {
            reason,
            alternative,
        } => {
            let alternative = alternative.ok_or(Refusal::AlternativeRequired)?;
            Event::HandoffCountered(HandoffCountered {
                handoff,
                by,
                reason,
                text,
                alternative,
            })
        }
    };
    Ok(vec![event])
}

pub(super) fn withdraw(
    file: &File,
    withdrawal: WithdrawHandoff,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let handoff = known(file, &withdrawal.handoff)?;
    if handoff.from != withdrawal.by {
        return Err(Refusal::HandoffNotYours(withdrawal.by));
    }
    still_open(handoff, at)?;
    let WithdrawHandoff {
        handoff,
        reason,
        by: _,
    } = withdrawal;
    Ok(vec![Event::HandoffWithdrawn(HandoffWithdrawn {
        handoff,
        reason,
    })])
}

pub(super) fn share_identity(file: &File, share: ShareIdentity) -> Result<Vec<Event>, Refusal> {
    let handoff = known(file, &share.handoff)?;
    if handoff.from != share.from || handoff.to != share.to {
        return Err(Refusal::HandoffNotYours(share.from));
    }
    if !matches!(handoff.status, HandoffStatus::Accepted { .. }) {
        return Err(Refusal::HandoffNotAccepted);
    }
    let ShareIdentity {
        handoff,
        from,
        to,
        sealed,
    } = share;
    Ok(vec![Event::IdentityShared(IdentityShared {
        handoff,
        from,
        to,
        sealed,
    })])
}

fn known<'a>(file: &'a File, id: &HandoffId) -> Result<&'a Handoff, Refusal> {
    file.handoffs
        .get(id)
        .ok_or_else(|| Refusal::UnknownHandoff(id.clone()))
}

/// An answer after the term is too late even when the clock has not ticked yet: whoever asks the
/// rules gets one answer, whichever message arrives first.
fn still_open(handoff: &Handoff, now: Timestamp) -> Result<(), Refusal> {
    match handoff.status {
        HandoffStatus::Offered { answer_by, .. } if now < answer_by => Ok(()),
        HandoffStatus::Offered { answer_by, .. } => Err(Refusal::HandoffExpired { at: answer_by }),
        HandoffStatus::Expired { at } => Err(Refusal::HandoffExpired { at }),
        HandoffStatus::Withdrawn { at } => Err(Refusal::HandoffWithdrawn { at }),
        HandoffStatus::Accepted { at }
        | HandoffStatus::Declined { at }
        | HandoffStatus::Countered { at } => Err(Refusal::AlreadyAnswered {
            by: handoff.to.clone(),
            at,
        }),
    }
}
