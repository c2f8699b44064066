//! Requests for admission, moves on the ladder, and going down again.

use std::collections::BTreeSet;

use ladder::{Event, File, Organisation, Origin, event};
use proto::TriageReason;
use proto::codes::is_code;
use proto::event::{
    CaseDeescalated, DeescalationDeclined, DeescalationProposed, EscalationAcknowledged,
    EscalationCard, EscalationExpired, EscalationRefused, EscalationReturned, RungSkipped,
};
use uuid::Uuid;

use super::content::{age_band, code, oin, tier};
use super::hearers::{concerned, once};
use super::{LetterError, Letters, Scene, Told, ended};

/// The card, to the body asked and to who answers for it, unless they asked themselves. Of what
/// silence made, the owner and the raiser hear too: the owner with the term to give or explain
/// what that rung asks for.
pub(super) fn requested(
    scene: &Scene<'_>,
    request: &event::EscalationRequested,
) -> Result<Told, LetterError> {
    let file = &scene.file;
    let card = EscalationCard {
        escalation: wire_id(&request.escalation),
        rung: request.to.to_string(),
        tier: tier(request.tier),
        origin: proto::Origin::from_code(request.origin.as_str()).ok_or(LetterError::Code)?,
        theme: file.theme.clone(),
        rules: coded(&file.rules),
        age_band: age_band(scene),
        urgent: request.urgent,
        answer_by: request.answer_by,
        unexplained: coded(&request.unexplained),
        explain_by: None,
    };
    let nobody_asked = match request.origin {
        Origin::Asked | Origin::Insisted => false,
        Origin::HandoffSilence | Origin::TriageSilence | Origin::NoProgress => true,
    };
    let mut asked = BTreeSet::from([&request.body, &request.admitting]);
    if !nobody_asked {
        asked.remove(&request.by);
        return Ok(once(asked, card));
    }
    let task = EscalationCard {
        explain_by: request.explain_by,
        ..card.clone()
    };
    let own = [&file.owner, &file.raiser];
    asked.retain(|organisation| !own.contains(organisation));
    Ok([once(asked, card), once(own, task)].concat())
}

pub(super) fn acknowledged(scene: &Scene<'_>, seen: &event::EscalationAcknowledged) -> Told {
    let Some(request) = request(scene, &seen.escalation) else {
        return Vec::new();
    };
    let told = EscalationAcknowledged {
        escalation: wire_id(&seen.escalation),
        rung: request.to.to_string(),
        review_at: seen.review_at,
    };
    once(both_sides(&scene.file, request), told)
}

/// The remark that came with it is free text and stays at the platform.
pub(super) fn returned(scene: &Scene<'_>, back: &event::EscalationReturned) -> Told {
    let Some(request) = request(scene, &back.escalation) else {
        return Vec::new();
    };
    let told = EscalationReturned {
        escalation: wire_id(&back.escalation),
        rung: request.to.to_string(),
        missing: coded(&back.missing),
        complete_by: back.complete_by,
    };
    once(both_sides(&scene.file, request), told)
}

pub(super) fn refused(
    scene: &Scene<'_>,
    refusal: &event::EscalationRefused,
) -> Result<Told, LetterError> {
    let Some(request) = request(scene, &refusal.escalation) else {
        return Ok(Vec::new());
    };
    let told = EscalationRefused {
        escalation: wire_id(&refusal.escalation),
        rung: request.to.to_string(),
        reason: TriageReason::from_code(refusal.reason.as_str()).ok_or(LetterError::Code)?,
    };
    Ok(once(both_sides(&scene.file, request), told))
}

/// The body that was passed over sees why, and nothing else of the case.
pub(super) fn skipped(scene: &Scene<'_>, skipped: &event::RungSkipped) -> Told {
    let told = RungSkipped {
        rung: skipped.rung.to_string(),
        reason: code(&skipped.reason),
    };
    let body = skipped
        .body
        .iter()
        .filter(|body| **body != scene.file.owner);
    once(body, told)
}

/// Who hears that a case climbed: those who take part, the body that has it now, who admitted it
/// there, and who had it before.
pub(super) fn moved_up<'a>(
    scene: &'a Scene<'_>,
    escalated: &'a event::Escalated,
) -> BTreeSet<&'a Organisation> {
    let admitting = request(scene, &escalated.escalation).map(|request| &request.admitting);
    concerned(&scene.file)
        .into_iter()
        .chain([&escalated.body])
        .chain(admitting)
        .chain(scene.before.file().map(|before| &before.handler))
        .collect()
}

/// The receiver hears what it is asked to take, and the owner.
pub(super) fn proposed_down(
    file: &File,
    proposal: &event::DeescalationProposed,
) -> Result<Told, LetterError> {
    let receiver = &proposal.receiver.organisation;
    let told = DeescalationProposed {
        proposal: proposal.proposal.to_string(),
        rung: proposal.to.to_string(),
        tier: tier(proposal.tier),
        receiver: oin(receiver)?,
        role: proposal.receiver.role.clone(),
        reason: code(&proposal.reason),
    };
    Ok(once([receiver, &file.owner], told))
}

pub(super) fn not_taken_down(scene: &Scene<'_>, declined: &event::DeescalationDeclined) -> Told {
    let file = &scene.file;
    let proposal = scene
        .before
        .file()
        .and_then(|before| before.proposal.as_ref());
    let told = DeescalationDeclined {
        proposal: declined.proposal.to_string(),
        reason: code(&declined.reason),
    };
    let receiver = proposal.map(|proposal| &proposal.receiver.organisation);
    once(
        [&file.owner, &file.handler].into_iter().chain(receiver),
        told,
    )
}

/// The body that had the case hears that it left, and loses its access.
pub(super) fn moved_down(scene: &Scene<'_>, told: &CaseDeescalated) -> Told {
    let file = &scene.file;
    let body = scene.before.file().map(|before| &before.handler);
    let mut letters = once(concerned(file).into_iter().chain(body), told.clone());
    if let Some(body) = body {
        letters.extend(ended::access(file, body, "deescalated", None));
    }
    letters
}

impl Letters<'_> {
    /// Both managers and the raiser hear of silence: each organisation whom to warn of its own.
    pub(super) fn escalation_expired(
        &self,
        scene: &Scene<'_>,
        expiry: &event::EscalationExpired,
    ) -> Result<Told, LetterError> {
        let Some(request) = request(scene, &expiry.escalation) else {
            return Ok(Vec::new());
        };
        both_sides(&scene.file, request)
            .into_iter()
            .map(|organisation| {
                let told = EscalationExpired {
                    escalation: wire_id(&expiry.escalation),
                    rung: request.to.to_string(),
                    climb_at: expiry.climb_at,
                    managers: self.managers(organisation)?,
                };
                Ok((organisation.clone(), told.into()))
            })
            .collect()
    }
}

/// The request that an answer belongs to.
pub(super) fn request<'a>(
    scene: &Scene<'a>,
    id: &ladder::EscalationId,
) -> Option<&'a event::EscalationRequested> {
    scene.history.iter().find_map(|past| match past {
        Event::EscalationRequested(request) if request.escalation == *id => Some(request),
        _ => None,
    })
}

/// Owner, raiser and who asked; and those who were asked.
pub(super) fn both_sides<'a>(
    file: &'a File,
    request: &'a event::EscalationRequested,
) -> BTreeSet<&'a Organisation> {
    BTreeSet::from([
        &file.owner,
        &file.raiser,
        &request.by,
        &request.body,
        &request.admitting,
    ])
}

/// A request's id as an organisation may see it. One that silence made is built from the
/// platform's own id of the case, which stays inside.
pub(super) fn wire_id(id: &ladder::EscalationId) -> Option<Uuid> {
    id.as_str().parse().ok()
}

/// Only what has the form of a code: a letter must not carry a sentence where a code belongs.
pub(super) fn coded<'a>(words: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    words
        .into_iter()
        .filter(|word| is_code(word))
        .cloned()
        .collect()
}
