//! The end of a case, and of an organisation's access to it.

use jiff::Timestamp;
use ladder::{File, HandoffStatus, Organisation, event};
use proto::event::{AccessEnded, CaseClosed, CaseReopened, ErasureCompleted, WithdrawalRelayed};
use proto::{HandoffId, Outcome};

use super::content::{handoff_id, oin, tier};
use super::hearers::{awaited_too, concerned, once};
use super::{LetterError, Scene, Told};

/// The letter with which an organisation's access ends, unless it still takes part.
pub(super) fn access(
    file: &File,
    of: &Organisation,
    reason: &str,
    handoff: Option<HandoffId>,
) -> Told {
    if concerned(file).contains(of) {
        return Vec::new();
    }
    once([of], ended(reason, handoff))
}

fn ended(reason: &str, handoff: Option<HandoffId>) -> AccessEnded {
    AccessEnded {
        reason: reason.to_owned(),
        handoff,
    }
}

/// Everybody hears that a case is closed, or stopped; the access of those who only took part ends.
/// An offer that was still open ends with it, and both sides and the raiser hear of that too.
pub(super) fn closed(
    scene: &Scene<'_>,
    outcome: ladder::Outcome,
    at: Timestamp,
) -> Result<Told, LetterError> {
    let file = &scene.file;
    let mut letters = Vec::new();
    for (id, handoff) in &file.handoffs {
        let was_open = scene
            .before
            .file()
            .and_then(|before| before.handoffs.get(id))
            .is_some_and(|before| matches!(before.status, HandoffStatus::Offered { .. }));
        if was_open && handoff.status == (HandoffStatus::Withdrawn { at }) {
            let told = WithdrawalRelayed {
                handoff: handoff_id(id)?,
                reason: None,
                owner: oin(&file.owner)?,
            };
            letters.extend(once([&handoff.from, &handoff.to, &file.raiser], told));
        }
    }
    let told = CaseClosed {
        rung: file.rung.to_string(),
        tier: tier(file.tier),
        outcome: Outcome::from_code(outcome.as_str()).ok_or(LetterError::Code)?,
        reason: None,
    };
    let taking_part = concerned(file);
    for organisation in awaited_too(&scene.before).union(&taking_part) {
        let stays = **organisation == file.owner || **organisation == file.raiser;
        if taking_part.contains(organisation) {
            letters.extend(once([*organisation], told.clone()));
        }
        if !stays {
            letters.extend(once([*organisation], ended("closed", None)));
        }
    }
    Ok(letters)
}

/// Everybody who ever received anything hears that it was erased, and never whom it was about:
/// their own files follow their own terms.
pub(super) fn erased(file: &File, done: &event::ErasureCompleted) -> Told {
    let told = ErasureCompleted {
        scope: done.scope.word().to_owned(),
        reason: done.ground.as_str().to_owned(),
    };
    once(file.received(), told)
}

/// Why it was reopened is free text; the letter says only that somebody asked for it.
pub(super) fn reopened(reopened: &event::CaseReopened) -> CaseReopened {
    CaseReopened {
        rung: reopened.rung.to_string(),
        tier: tier(reopened.tier),
        reason: "asked".to_owned(),
    }
}
