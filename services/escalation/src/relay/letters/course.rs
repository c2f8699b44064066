//! The course of a case between the moves: advice, reviews, urgency, commitments and measures that
//! fall due, dates that stand still or move.

use std::collections::BTreeSet;

use ladder::{Case, Event, File, HandoffStatus, Moved, Organisation, Urgency, event};
use proto::SuspensionReason;
use proto::event::{
    AdviceAsked, AdviceExpired, AdviceRelayed, CaseResumed, CaseSuspended, CommitmentLate,
    ConfirmationRelayed, MeasureDue, MovedTerm, ReviewPassed, TermExtended, UrgencyClaimed,
    UrgencyLapsed,
};

use super::content::{erased, oin, request_id};
use super::hearers::{awaited_too, concerned, may_hear_of, once, pending};
use super::{LetterError, Letters, Scene, Told};

impl Letters<'_> {
    /// The question names nobody, so it goes to who is asked as it is.
    pub(super) async fn advice_asked(
        &self,
        scene: &Scene<'_>,
        asked: &event::AdviceAsked,
    ) -> Result<Told, LetterError> {
        let told = AdviceAsked {
            consultation: asked.consultation.to_string(),
            by: oin(&asked.by)?,
            question: self
                .opened(Some(&asked.question))
                .await?
                .unwrap_or_else(erased),
            theme: scene.file.theme.clone(),
            answer_by: asked.answer_by,
        };
        Ok(once([&asked.of], told))
    }

    pub(super) async fn advice_given(
        &self,
        scene: &Scene<'_>,
        given: &event::AdviceGiven,
    ) -> Result<Told, LetterError> {
        let told = AdviceRelayed {
            consultation: given.consultation.to_string(),
            by: oin(&given.by)?,
            answer: self
                .opened(Some(&given.answer))
                .await?
                .unwrap_or_else(erased),
        };
        let asked = question(scene, &given.consultation);
        Ok(once(asked.map(|asked| &asked.by), told))
    }
}

pub(super) fn advice_expired(
    scene: &Scene<'_>,
    expiry: &event::AdviceExpired,
) -> Result<Told, LetterError> {
    let Some(asked) = question(scene, &expiry.consultation) else {
        return Ok(Vec::new());
    };
    let told = AdviceExpired {
        consultation: expiry.consultation.to_string(),
        of: oin(&asked.of)?,
    };
    Ok(once([&asked.by], told))
}

fn question<'a>(scene: &Scene<'a>, id: &ladder::ConsultationId) -> Option<&'a event::AdviceAsked> {
    scene.history.iter().find_map(|past| match past {
        Event::AdviceAsked(asked) if asked.consultation == *id => Some(asked),
        _ => None,
    })
}

/// The owner hears of every review; that nothing happened, the raiser hears too.
pub(super) fn reviewed(file: &File, review: &event::ReviewPassed) -> Told {
    let told = ReviewPassed {
        progress: review.progress,
        review_at: review.review_at,
    };
    let raiser = (!review.progress).then_some(&file.raiser);
    once([&file.owner].into_iter().chain(raiser), told)
}

pub(super) fn urgency_claimed(
    file: &File,
    claim: &event::UrgencyClaimed,
) -> Result<Told, LetterError> {
    let told = UrgencyClaimed {
        by: oin(&claim.by)?,
        confirm_by: claim.confirm_by,
    };
    Ok(once([&file.owner], told))
}

/// Owner, raiser and who claimed it hear who confirmed it; whoever has to answer in the short term
/// hears that it stays.
pub(super) fn urgency_confirmed(
    scene: &Scene<'_>,
    second: &event::UrgencyConfirmed,
) -> Result<Told, LetterError> {
    let file = &scene.file;
    let claimed_by = match scene.before.file().map(|before| &before.urgency) {
        Some(Urgency::Claimed { by, .. }) => Some(by),
        Some(Urgency::Ordinary | Urgency::Confirmed) | None => None,
    };
    let told = ConfirmationRelayed {
        by: Some(oin(&second.by)?),
    };
    let own: BTreeSet<_> = [&file.owner, &file.raiser]
        .into_iter()
        .chain(claimed_by)
        .collect();
    let offered = file.handoffs.values().filter_map(|handoff| {
        let waits = matches!(handoff.status, HandoffStatus::Offered { .. });
        (waits && handoff.urgent).then_some(&handoff.to)
    });
    let asked = pending(&scene.case)
        .filter(|request| request.urgent)
        .into_iter()
        .flat_map(|request| [&request.body, &request.admitting]);
    let others: Vec<_> = offered
        .chain(asked)
        .filter(|organisation| !own.contains(organisation))
        .collect();
    let on_a_card = ConfirmationRelayed { by: None };
    Ok([once(own, told), once(others, on_a_card)].concat())
}

/// The owner hears of it, and everybody whose own term became longer.
pub(super) fn urgency_lapsed(scene: &Scene<'_>, lapse: &event::UrgencyLapsed) -> Told {
    awaited_too(&scene.case)
        .into_iter()
        .filter_map(|organisation| {
            let moved = moved_for(&scene.case, &lapse.moved, organisation);
            let hears = !moved.is_empty() || *organisation == scene.file.owner;
            hears.then(|| (organisation.clone(), UrgencyLapsed { moved }.into()))
        })
        .collect()
}

pub(super) fn commitment_late(
    file: &File,
    late: &event::CommitmentLate,
) -> Result<Told, LetterError> {
    let told = CommitmentLate {
        request: request_id(&late.request)?,
        by: oin(&late.by)?,
        review_at: late.review_at,
    };
    Ok(once([&late.by, &file.owner], told))
}

pub(super) fn measure_due(file: &File, due: &event::MeasureDue) -> Result<Told, LetterError> {
    let Some(measure) = file.measures.get(&due.measure) else {
        return Ok(Vec::new());
    };
    let told = MeasureDue {
        measure: due.measure.to_string(),
        by: oin(&measure.by)?,
        until: measure.until,
    };
    Ok(once([&measure.watcher, &file.owner], told))
}

/// Whoever takes part hears why, in a code; whoever only has a card hears that it waits.
pub(super) fn suspended(
    scene: &Scene<'_>,
    pause: &event::CaseSuspended,
) -> Result<Told, LetterError> {
    let reason = SuspensionReason::from_code(pause.reason.as_str()).ok_or(LetterError::Code)?;
    let card_only = scene.file.card_only();
    let told = |reason| -> Result<CaseSuspended, LetterError> {
        Ok(CaseSuspended {
            by: oin(&pause.by)?,
            reason,
            until: pause.until,
        })
    };
    let mut taking_part = concerned(&scene.file);
    taking_part.retain(|organisation| !card_only.contains(organisation));
    let mut others = awaited_too(&scene.case);
    others.retain(|organisation| !taking_part.contains(organisation));
    Ok([
        once(taking_part, told(Some(reason))?),
        once(others, told(None)?),
    ]
    .concat())
}

/// Everybody hears that the terms run again, and when the own ones end now.
pub(super) fn resumed(
    scene: &Scene<'_>,
    resumed: &event::CaseResumed,
) -> Result<Told, LetterError> {
    let by = resumed.by.as_ref().map(oin).transpose()?;
    Ok(awaited_too(&scene.case)
        .into_iter()
        .map(|organisation| {
            let told = CaseResumed {
                by: by.clone(),
                moved: moved_for(&scene.case, &resumed.moved, organisation),
            };
            (organisation.clone(), told.into())
        })
        .collect())
}

pub(super) fn extended(
    scene: &Scene<'_>,
    extension: &event::TermExtended,
) -> Result<Told, LetterError> {
    let told = TermExtended {
        by: oin(&extension.by)?,
        from: extension.from,
        moved: wire(&extension.moved),
    };
    let mut hearers = awaited_too(&scene.case);
    hearers.retain(|organisation| {
        **organisation == extension.by
            || !moved_for(
                &scene.case,
                std::slice::from_ref(&extension.moved),
                organisation,
            )
            .is_empty()
    });
    Ok(once(hearers, told))
}

/// The terms that move, as far as they concern one organisation.
fn moved_for(case: &Case, moved: &[Moved], organisation: &Organisation) -> Vec<MovedTerm> {
    let Case::Underway(underway) = case else {
        return Vec::new();
    };
    moved
        .iter()
        .filter(|moved| may_hear_of(underway, &moved.due, organisation))
        .map(wire)
        .collect()
}

fn wire(moved: &Moved) -> MovedTerm {
    let text = moved.due.to_string();
    let (term, of) = match text.split_once('/') {
        Some((term, of)) => (term, of.parse().ok()),
        None => (text.as_str(), None),
    };
    MovedTerm {
        term: term.to_owned(),
        of,
        until: moved.to,
    }
}
