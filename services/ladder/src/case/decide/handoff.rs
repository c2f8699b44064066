use jiff::Timestamp;

use super::sharing::{legal_basis, opens_identity, the_way_back};
use super::silence::can_climb;
use super::{given, terms, urgency};
use crate::calendar::halfway;
use crate::event::{
    CounterAccepted, CounterRefused, HandoffAccepted, HandoffCountered, HandoffDeclined,
    HandoffExpired, HandoffOffered, HandoffReturned, HandoffWithdrawn, IdentityShared,
    OwnerChanged,
};
use crate::{
    AnswerCounter, AnswerHandoff, Event, File, Handoff, HandoffAnswer, HandoffId, HandoffKind,
    HandoffStatus, OfferHandoff, OwnershipMode, Refusal, ReturnHandoff, Rules, ShareIdentity,
    Underway, WithdrawHandoff,
};

pub(super) fn offer(
    rules: &Rules,
    case: &Underway,
    offer: OfferHandoff,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    if file.handoffs.contains_key(&offer.handoff) {
        return Err(Refusal::HandoffExists(offer.handoff));
    }
    if offer.from == offer.to {
        return Err(Refusal::HandoffToSelf);
    }
    if offer.from != file.owner {
        return Err(Refusal::NotOwner(offer.from));
    }
    if let Some(earlier) = &offer.instead_of {
        known(file, earlier)?;
    }
    if offer.legal_basis.trim().is_empty() {
        return Err(Refusal::LegalBasisRequired);
    }
    let claim = match offer.urgent {
        true => urgency::claim(rules, file, &offer.from, offer.person, at)?,
        false => None,
    };
    let terms = &rules.ladder.terms;
    let term = if offer.urgent {
        terms.handoff_answer_urgent
    } else {
        terms.handoff_answer
    };
    let answer_by = rules.until(at, term, &offer.to);
    let basis = legal_basis(rules, file, &offer.from, &offer.to, &offer.legal_basis)?;
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
        addressee: offer.addressee,
        instead_of: offer.instead_of,
        returns: None,
        remind_at: halfway(at, answer_by),
        answer_by,
    });
    Ok(claim.into_iter().chain(basis).chain([offered]).collect())
}

pub(super) fn answer(
    rules: &Rules,
    case: &Underway,
    answer: AnswerHandoff,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    let offered = known(file, &answer.handoff)?;
    if offered.to != answer.by {
        return Err(Refusal::HandoffNotYours(answer.by));
    }
    still_open(offered, case.clock(at))?;
    let AnswerHandoff {
        handoff,
        by,
        answer,
        text,
    } = answer;
    let event = match answer {
        HandoffAnswer::Accepted => {
            let moves = moves_owner(file, offered, &handoff);
            let accepted = Event::HandoffAccepted(HandoffAccepted { handoff, by, text });
            return Ok([accepted].into_iter().chain(moves).collect());
        }
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
            let term = rules.ladder.terms.counter_follow_up;
            Event::HandoffCountered(HandoffCountered {
                handoff,
                by,
                reason,
                text,
                alternative,
                follow_up_by: rules.until(at, term, &offered.from),
            })
        }
    };
    Ok(vec![event])
}

/// Only an ownership handoff in the mode "team takes over" moves the owner (domain, section d4).
/// What comes back moves it back, whatever the mode has become.
fn moves_owner(file: &File, offered: &Handoff, handoff: &HandoffId) -> Option<Event> {
    let moves = offered.kind == HandoffKind::Ownership
        && (file.ownership_mode == OwnershipMode::TeamTakesOver || offered.returns.is_some())
        && file.owner == offered.from;
    moves.then(|| {
        Event::OwnerChanged(OwnerChanged {
            from: offered.from.clone(),
            to: offered.to.clone(),
            handoff: handoff.clone(),
        })
    })
}

/// Taking the alternative makes the handoff accepted, as countered: its receiver has its part.
pub(super) fn answer_counter(file: &File, answer: AnswerCounter) -> Result<Vec<Event>, Refusal> {
    let handoff = known(file, &answer.handoff)?;
    if handoff.from != answer.by {
        return Err(Refusal::HandoffOfAnother(answer.by));
    }
    if !matches!(
        handoff.status,
        HandoffStatus::Countered {
            follow_up_by: Some(_),
            ..
        }
    ) {
        return Err(Refusal::CounterNotOpen);
    }
    let AnswerCounter {
        handoff,
        by,
        accepted,
        reason,
    } = answer;
    if accepted {
        return Ok(vec![Event::CounterAccepted(CounterAccepted {
            handoff,
            by,
        })]);
    }
    let reason = given(reason).ok_or(Refusal::ReasonRequired)?;
    Ok(vec![Event::CounterRefused(CounterRefused {
        handoff,
        by,
        reason,
    })])
}

/// What was accepted goes back as an offer of its own: it needs acceptance again, and until then
/// whoever gives it back is responsible.
pub(super) fn give_back(
    rules: &Rules,
    file: &File,
    back: ReturnHandoff,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let handoff = known(file, &back.handoff)?;
    if handoff.to != back.by {
        return Err(Refusal::HandoffNotYours(back.by));
    }
    if !matches!(handoff.status, HandoffStatus::Accepted { .. }) {
        return Err(Refusal::HandoffNotAccepted);
    }
    if file.handoffs.contains_key(&back.back) {
        return Err(Refusal::HandoffExists(back.back));
    }
    let term = rules.ladder.terms.handoff_answer;
    let answer_by = rules.until(at, term, &handoff.from);
    let there_and_back = (&back.by, &handoff.from);
    let basis = the_way_back(rules, file, there_and_back, &handoff.legal_basis);
    let offered = Event::HandoffOffered(HandoffOffered {
        handoff: back.back.clone(),
        from: back.by.clone(),
        to: handoff.from.clone(),
        handoff_kind: handoff.kind,
        requested_outcome: handoff.requested_outcome.clone(),
        rules: handoff.rules.clone(),
        urgent: false,
        summary: back.reason.clone(),
        legal_basis: handoff.legal_basis.clone(),
        contact_role: back.contact_role,
        addressee: None,
        instead_of: None,
        returns: Some(back.handoff.clone()),
        remind_at: halfway(at, answer_by),
        answer_by,
    });
    let returned = Event::HandoffReturned(HandoffReturned {
        handoff: back.handoff,
        by: back.by,
        back: back.back,
        reason: back.reason,
    });
    Ok([returned]
        .into_iter()
        .chain(basis)
        .chain([offered])
        .collect())
}

/// The term to answer ended in silence: ownership stays, and unless somebody does something the
/// process climbs.
pub(super) fn expire(rules: &Rules, case: &Underway, id: &HandoffId, now: Timestamp) -> Event {
    Event::HandoffExpired(HandoffExpired {
        handoff: id.clone(),
        climb_at: can_climb(case).then(|| terms::climb(rules, now)),
    })
}

pub(super) fn withdraw(
    case: &Underway,
    withdrawal: WithdrawHandoff,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let handoff = known(&case.file, &withdrawal.handoff)?;
    if handoff.from != withdrawal.by {
        return Err(Refusal::HandoffOfAnother(withdrawal.by));
    }
    still_open(handoff, case.clock(at))?;
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
    if handoff.from != share.from {
        return Err(Refusal::HandoffOfAnother(share.from));
    }
    if handoff.to != share.to {
        return Err(Refusal::HandoffNotYours(share.to));
    }
    if !matches!(handoff.status, HandoffStatus::Accepted { .. }) {
        return Err(Refusal::HandoffNotAccepted);
    }
    opens_identity(file, &share)?;
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
        HandoffStatus::Returning { .. } => Err(Refusal::HandoffNotAccepted),
        HandoffStatus::Accepted { at }
        | HandoffStatus::Declined { at }
        | HandoffStatus::Returned { at }
        | HandoffStatus::Countered { at, .. } => Err(Refusal::AlreadyAnswered {
            by: handoff.to.clone(),
            at,
        }),
    }
}
