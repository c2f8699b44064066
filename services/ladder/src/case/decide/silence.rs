//! Silence climbs by itself, but only the process climbs: the body above gets the card, ownership
//! stays, and the owner gets the task to give or explain what that rung asks for.

use jiff::Timestamp;

use super::escalation::{Asking, Climb, requested};
use super::terms;
use crate::event::{ReviewPassed, SilencePersisted};
use crate::{EscalationId, Event, Origin, Rules, RungId, Stage, Underway};

/// What follows when nobody did anything after silence.
pub(super) fn climb(rules: &Rules, case: &Underway, origin: Origin, at: Timestamp) -> Vec<Event> {
    if let Some(events) = next_rung(rules, case, origin, at) {
        return events;
    }
    vec![Event::SilencePersisted(SilencePersisted {
        climb_at: terms::climb(rules, at),
    })]
}

/// The review of a case came. A body that took a case up and made no progress loses it to the
/// rung above; at the owner's own rung, or where nobody stands above, it is said and looked at
/// again.
pub(super) fn review(rules: &Rules, case: &Underway, at: Timestamp) -> Vec<Event> {
    let file = &case.file;
    let passed = Event::ReviewPassed(ReviewPassed {
        progress: file.review.progress,
        review_at: match case.stage {
            Stage::Blocked(_) => rules.calendar.after(at, rules.ladder.terms.block_review),
            _ => terms::review(rules, &file.rung, at),
        },
    });
    let climbs = if is_taken_up(rules, case) && !file.review.progress {
        next_rung(rules, case, Origin::NoProgress, at)
    } else {
        None
    };
    [passed]
        .into_iter()
        .chain(climbs.unwrap_or_default())
        .collect()
}

/// Whether a body above the first rung has it. A block that is recorded there takes nothing away:
/// editing a case never clears its escalation.
fn is_taken_up(rules: &Rules, case: &Underway) -> bool {
    match &case.stage {
        Stage::Admitted => true,
        Stage::Blocked(_) => case.file.rung != rules.ladder.first().id,
        Stage::Active
        | Stage::EscalationRequested(_)
        | Stage::Returned(_)
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => false,
    }
}

/// Whether climbing would help this case at all: a shortage is not solved higher up, and what was
/// decided does not climb.
pub(super) fn can_climb(case: &Underway) -> bool {
    let stage = match &case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted | Stage::EscalationRequested(_) => true,
        Stage::Returned(_)
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => false,
    };
    stage && !case.file.is_scarcity() && case.file.proposal.is_none()
}

/// The request that silence makes, with the rungs it passes because nobody is competent there.
pub(super) fn next_rung(
    rules: &Rules,
    case: &Underway,
    origin: Origin,
    at: Timestamp,
) -> Option<Vec<Event>> {
    if !can_climb(case) {
        return None;
    }
    let file = &case.file;
    let from = match case.pending() {
        // Somebody asked a body that still has time to answer.
        Some(_) if origin == Origin::HandoffSilence => return None,
        Some(request) => &request.to,
        None => &file.rung,
    };
    let climb = Climb::next(&rules.ladder, file, from)?;
    let asking = Asking {
        escalation: follow_up(from, at)?,
        by: file.owner.clone(),
        origin,
        evidence: Vec::new(),
        unexplained: climb.missing(&rules.ladder, file, &[]),
        insistence: None,
        urgent: false,
        basis: Vec::new(),
    };
    requested(rules, climb, asking, at)
}

/// The id of a request that nobody made. It is the case's own, and says nothing about the case: it
/// follows from the rung it comes from and the moment, so that deciding twice gives the same one.
fn follow_up(from: &RungId, at: Timestamp) -> Option<EscalationId> {
    let text = format!("silence-{}-{from}", at.as_second());
    EscalationId::parse(&text[..text.len().min(80)]).ok()
}
