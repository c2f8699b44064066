use jiff::Timestamp;

use crate::event::{HandoffCountered, HandoffExpired, HandoffOffered, HandoffReturned};
use crate::{File, Handoff, HandoffId, HandoffStatus, Origin};

pub(super) fn offered(file: &mut File, offer: &HandoffOffered, at: Timestamp) {
    if let Some(earlier) = &offer.instead_of {
        counter_is_over(file, earlier);
    }
    file.rules.extend(offer.rules.iter().cloned());
    let handoff = Handoff {
        from: offer.from.clone(),
        to: offer.to.clone(),
        kind: offer.handoff_kind,
        requested_outcome: offer.requested_outcome.clone(),
        rules: offer.rules.clone(),
        legal_basis: offer.legal_basis.clone(),
        urgent: offer.urgent,
        since: at,
        returns: offer.returns.clone(),
        status: HandoffStatus::Offered {
            remind_at: offer.remind_at,
            answer_by: offer.answer_by,
            reminded: false,
        },
    };
    file.handoffs.insert(offer.handoff.clone(), handoff);
}

pub(super) fn reminded(file: &mut File, id: &HandoffId) {
    if let Some(handoff) = file.handoffs.get_mut(id)
        && let HandoffStatus::Offered { reminded, .. } = &mut handoff.status
    {
        *reminded = true;
    }
}

/// Accepting what comes back ends the handoff that it came from.
pub(super) fn accepted(file: &mut File, id: &HandoffId, at: Timestamp) {
    is(file, id, HandoffStatus::Accepted { at });
    if let Some(earlier) = on_its_way_back(file, id) {
        earlier.status = HandoffStatus::Returned { at };
    }
}

pub(super) fn declined(file: &mut File, id: &HandoffId, at: Timestamp) {
    is(file, id, HandoffStatus::Declined { at });
    stays_with_receiver(file, id, at);
}

pub(super) fn withdrawn(file: &mut File, id: &HandoffId, at: Timestamp) {
    is(file, id, HandoffStatus::Withdrawn { at });
    stays_with_receiver(file, id, at);
}

pub(super) fn expired(file: &mut File, e: &HandoffExpired, at: Timestamp) {
    is(file, &e.handoff, HandoffStatus::Expired { at });
    stays_with_receiver(file, &e.handoff, at);
    // Of two silences the first one counts.
    if let (Some(climb_at), None) = (e.climb_at, &file.silence) {
        file.silence = Some((climb_at, Origin::HandoffSilence));
    }
}

pub(super) fn countered(file: &mut File, e: &HandoffCountered, at: Timestamp) {
    let status = HandoffStatus::Countered {
        at,
        follow_up_by: Some(e.follow_up_by),
    };
    is(file, &e.handoff, status);
    stays_with_receiver(file, &e.handoff, at);
}

pub(super) fn counter_is_over(file: &mut File, id: &HandoffId) {
    if let Some(handoff) = file.handoffs.get_mut(id)
        && let HandoffStatus::Countered { follow_up_by, .. } = &mut handoff.status
    {
        *follow_up_by = None;
    }
}

pub(super) fn returned(file: &mut File, e: &HandoffReturned) {
    let back = e.back.clone();
    is(file, &e.handoff, HandoffStatus::Returning { back });
}

/// What was offered back and not accepted stays with whoever had it.
fn stays_with_receiver(file: &mut File, back: &HandoffId, at: Timestamp) {
    if let Some(earlier) = on_its_way_back(file, back) {
        earlier.status = HandoffStatus::Accepted { at };
    }
}

/// The handoff that goes back with this one. Once that was met with something else it stays where
/// it is, and may go back with another.
fn on_its_way_back<'a>(file: &'a mut File, with: &HandoffId) -> Option<&'a mut Handoff> {
    file.handoffs.values_mut().find(
        |handoff| matches!(&handoff.status, HandoffStatus::Returning { back } if back == with),
    )
}

/// Open offers and counter-offers end with the case; what was on its way back stays where it was.
pub(super) fn ended(file: &mut File, at: Timestamp) {
    for handoff in file.handoffs.values_mut() {
        match &mut handoff.status {
            HandoffStatus::Offered { .. } => handoff.status = HandoffStatus::Withdrawn { at },
            HandoffStatus::Countered { follow_up_by, .. } => *follow_up_by = None,
            HandoffStatus::Returning { .. } => handoff.status = HandoffStatus::Accepted { at },
            HandoffStatus::Accepted { .. }
            | HandoffStatus::Declined { .. }
            | HandoffStatus::Withdrawn { .. }
            | HandoffStatus::Expired { .. }
            | HandoffStatus::Returned { .. } => {}
        }
    }
}

fn is(file: &mut File, id: &HandoffId, status: HandoffStatus) {
    if let Some(handoff) = file.handoffs.get_mut(id) {
        handoff.status = status;
    }
}
