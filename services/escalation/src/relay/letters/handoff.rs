//! Handoffs: the card, and everything that can become of an offer. However it ends, the sender,
//! the receiver and the raiser hear of it.

use ladder::{Event, Handoff, HandoffStatus, Organisation, event};
use proto::event::{
    AnswerRelayed, CounterAnswerRelayed, CounterExpired, HandoffCard, HandoffExpired,
    HandoffReminded, IdentityRelayed, OwnerChanged, ReturnRelayed, WithdrawalRelayed,
};
use proto::{Answer, DeclineReason};

use super::content::{age_band, code, handoff_id, oin};
use super::hearers::{concerned, once};
use super::{LetterError, Letters, Scene, Told, ended};

/// The card that a receiver sees before acceptance: codes only.
pub(super) fn card(
    scene: &Scene<'_>,
    offer: &event::HandoffOffered,
) -> Result<HandoffCard, LetterError> {
    Ok(HandoffCard {
        handoff: handoff_id(&offer.handoff)?,
        from: oin(&offer.from)?,
        contact: offer.contact_role.clone(),
        kind: proto::HandoffKind::from_code(offer.handoff_kind.as_str())
            .ok_or(LetterError::Code)?,
        theme: scene.file.theme.clone(),
        rules: offer.rules.clone(),
        requested_outcome: offer.requested_outcome.clone(),
        age_band: age_band(scene),
        urgent: offer.urgent,
        answer_by: offer.answer_by,
        addressee: offer.addressee.as_ref().map(ToString::to_string),
        returns: offer.returns.as_ref().map(handoff_id).transpose()?,
    })
}

/// Half of the term has passed: the receiver hears until when it can answer, unless it did.
pub(super) fn reminded(
    scene: &Scene<'_>,
    reminder: &event::HandoffReminded,
) -> Result<Told, LetterError> {
    let Some(handoff) = scene.file.handoffs.get(&reminder.handoff) else {
        return Ok(Vec::new());
    };
    let HandoffStatus::Offered { answer_by, .. } = handoff.status else {
        return Ok(Vec::new());
    };
    let told = HandoffReminded {
        handoff: handoff_id(&reminder.handoff)?,
        answer_by,
        owner: oin(&scene.file.owner)?,
    };
    Ok(once([&handoff.to], told))
}

/// The reason of a withdrawal is free text and was never meant for a card.
pub(super) fn withdrawn(scene: &Scene<'_>, id: &ladder::HandoffId) -> Result<Told, LetterError> {
    let told = WithdrawalRelayed {
        handoff: handoff_id(id)?,
        reason: None,
        owner: oin(&scene.file.owner)?,
    };
    Ok(once(sides(scene, id), told))
}

/// The alternative is not taken.
pub(super) fn counter_refused(
    scene: &Scene<'_>,
    answer: &event::CounterRefused,
) -> Result<Told, LetterError> {
    let Some(handoff) = scene.file.handoffs.get(&answer.handoff) else {
        return Ok(Vec::new());
    };
    let told = CounterAnswerRelayed {
        handoff: handoff_id(&answer.handoff)?,
        accepted: false,
        reason: code(&answer.reason),
        receiver: oin(&handoff.to)?,
        owner: oin(&scene.file.owner)?,
        by: oin(&answer.by)?,
    };
    Ok(once(sides(scene, &answer.handoff), told))
}

pub(super) fn counter_expired(
    scene: &Scene<'_>,
    expiry: &event::CounterExpired,
) -> Result<Told, LetterError> {
    let told = CounterExpired {
        handoff: handoff_id(&expiry.handoff)?,
        owner: oin(&scene.file.owner)?,
    };
    Ok(once(sides(scene, &expiry.handoff), told))
}

/// The card of the offer with which it comes back follows; why, the sender reads after accepting.
pub(super) fn returned(
    scene: &Scene<'_>,
    back: &event::HandoffReturned,
) -> Result<Told, LetterError> {
    let told = ReturnRelayed {
        handoff: handoff_id(&back.handoff)?,
        back: handoff_id(&back.back)?,
        by: oin(&back.by)?,
        owner: oin(&scene.file.owner)?,
    };
    Ok(once(sides(scene, &back.handoff), told))
}

/// Passed on unread.
pub(super) fn identity(share: &event::IdentityShared) -> Result<Told, LetterError> {
    let told = IdentityRelayed {
        handoff: handoff_id(&share.handoff)?,
        from: oin(&share.from)?,
        sealed: share.sealed.clone(),
    };
    Ok(once([&share.to], told))
}

/// Everybody hears who owns the case now. Who owned it loses its access, unless it raised the case
/// or still has a part in it.
pub(super) fn owner_changed(
    scene: &Scene<'_>,
    change: &event::OwnerChanged,
) -> Result<Told, LetterError> {
    let handoff = handoff_id(&change.handoff)?;
    let told = OwnerChanged {
        from: oin(&change.from)?,
        owner: oin(&change.to)?,
        handoff,
    };
    let hearers = concerned(&scene.file)
        .into_iter()
        .chain([&change.from, &change.to]);
    let mut letters = once(hearers, told);
    letters.extend(ended::access(
        &scene.file,
        &change.from,
        "owner_changed",
        Some(handoff),
    ));
    Ok(letters)
}

/// Sender, receiver and raiser.
fn sides<'a>(
    scene: &'a Scene<'_>,
    id: &ladder::HandoffId,
) -> impl Iterator<Item = &'a Organisation> {
    let handoff: Option<&Handoff> = scene.file.handoffs.get(id);
    handoff
        .into_iter()
        .flat_map(|handoff| [&handoff.from, &handoff.to, &scene.file.raiser])
}

/// Whoever gave something back has it no longer once that is accepted.
fn given_back(scene: &Scene<'_>, id: &ladder::HandoffId) -> Result<Told, LetterError> {
    let Some(handoff) = scene.file.handoffs.get(id) else {
        return Ok(Vec::new());
    };
    let Some(earlier) = &handoff.returns else {
        return Ok(Vec::new());
    };
    let earlier = Some(handoff_id(earlier)?);
    Ok(ended::access(
        &scene.file,
        &handoff.from,
        "returned",
        earlier,
    ))
}

impl Letters<'_> {
    /// Both managers and the raiser hear of silence: each organisation whom to warn of its own.
    pub(super) fn handoff_expired(
        &self,
        scene: &Scene<'_>,
        expiry: &event::HandoffExpired,
    ) -> Result<Told, LetterError> {
        let file = &scene.file;
        let handoff = handoff_id(&expiry.handoff)?;
        let owner = oin(&file.owner)?;
        let mut letters = Vec::new();
        let hearers: std::collections::BTreeSet<_> =
            sides(scene, &expiry.handoff).chain([&file.owner]).collect();
        for organisation in hearers {
            let told = HandoffExpired {
                handoff,
                reason: None,
                owner: owner.clone(),
                managers: self.managers(organisation)?,
            };
            letters.extend(once([organisation], told));
        }
        Ok(letters)
    }

    /// Both hear of an acceptance; the receiver also gets what it may now read.
    pub(super) async fn accepted(
        &self,
        scene: &Scene<'_>,
        accepted: &event::HandoffAccepted,
    ) -> Result<Told, LetterError> {
        let told = AnswerRelayed {
            handoff: handoff_id(&accepted.handoff)?,
            answer: Answer::Accepted,
            reason: None,
            text: self.opened(scene, accepted.text.as_ref()).await?,
            alternative: None,
            owner: oin(&scene.file.owner)?,
            by: oin(&accepted.by)?,
        };
        let mut letters = answered(scene, &accepted.handoff, &told);
        letters.extend(self.opening_of(scene, &accepted.handoff).await?);
        letters.extend(given_back(scene, &accepted.handoff)?);
        Ok(letters)
    }

    pub(super) async fn declined(
        &self,
        scene: &Scene<'_>,
        declined: &event::HandoffDeclined,
    ) -> Result<Told, LetterError> {
        let told = AnswerRelayed {
            handoff: handoff_id(&declined.handoff)?,
            answer: Answer::Declined,
            reason: DeclineReason::from_code(&declined.reason),
            text: self.opened(scene, declined.text.as_ref()).await?,
            alternative: self.opened(scene, declined.alternative.as_ref()).await?,
            owner: oin(&scene.file.owner)?,
            by: oin(&declined.by)?,
        };
        Ok(answered(scene, &declined.handoff, &told))
    }

    pub(super) async fn countered(
        &self,
        scene: &Scene<'_>,
        counter: &event::HandoffCountered,
    ) -> Result<Told, LetterError> {
        let told = AnswerRelayed {
            handoff: handoff_id(&counter.handoff)?,
            answer: Answer::Countered,
            reason: counter.reason.as_deref().and_then(DeclineReason::from_code),
            text: self.opened(scene, counter.text.as_ref()).await?,
            alternative: self.opened(scene, Some(&counter.alternative)).await?,
            owner: oin(&scene.file.owner)?,
            by: oin(&counter.by)?,
        };
        Ok(answered(scene, &counter.handoff, &told))
    }

    /// Taking the alternative is an acceptance: the receiver gets what it may now read.
    pub(super) async fn counter_accepted(
        &self,
        scene: &Scene<'_>,
        answer: &event::CounterAccepted,
    ) -> Result<Told, LetterError> {
        let Some(handoff) = scene.file.handoffs.get(&answer.handoff) else {
            return Ok(Vec::new());
        };
        let told = CounterAnswerRelayed {
            handoff: handoff_id(&answer.handoff)?,
            accepted: true,
            reason: None,
            receiver: oin(&handoff.to)?,
            owner: oin(&scene.file.owner)?,
            by: oin(&answer.by)?,
        };
        let mut letters = once(sides(scene, &answer.handoff), told);
        letters.extend(self.opening_of(scene, &answer.handoff).await?);
        letters.extend(given_back(scene, &answer.handoff)?);
        Ok(letters)
    }

    async fn opening_of(
        &self,
        scene: &Scene<'_>,
        id: &ladder::HandoffId,
    ) -> Result<Told, LetterError> {
        let offer = scene.history.iter().find_map(|past| match past {
            Event::HandoffOffered(offer) if offer.handoff == *id => Some(offer),
            _ => None,
        });
        match offer {
            Some(offer) => Ok(once([&offer.to], self.opening(scene, offer).await?)),
            None => Ok(Vec::new()),
        }
    }
}

/// Sender and receiver get the whole answer; a raiser who is neither gets it without the words.
fn answered(scene: &Scene<'_>, id: &ladder::HandoffId, told: &AnswerRelayed) -> Told {
    let Some(handoff) = scene.file.handoffs.get(id) else {
        return Vec::new();
    };
    let mut letters = once([&handoff.from, &handoff.to], told.clone());
    let raiser = &scene.file.raiser;
    if ![&handoff.from, &handoff.to].contains(&raiser) {
        let in_codes = AnswerRelayed {
            text: None,
            alternative: None,
            ..told.clone()
        };
        letters.extend(once([raiser], in_codes));
    }
    letters
}
