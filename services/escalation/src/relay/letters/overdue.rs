//! Terms of a request that passed, a silence that goes on and a long stay: who should have acted is
//! told again, and owner and raiser hear it. Whoever only has the card hears nothing beyond it.

use std::collections::BTreeSet;

use ladder::{File, Organisation, RequestStatus, event};
use proto::event::{
    AcknowledgementOverdue, CompletionExpired, ExplanationOverdue, SilencePersisted, StayWarned,
};
use proto::{Text, ToParty};

use super::content::tier;
use super::escalation::{both_sides, coded, request, wire_id};
use super::hearers::{asked_to_admit, once, pending, sees_the_course};
use super::{LetterError, Letters, Scene, Told};

impl Letters<'_> {
    /// The body asked is reminded; both managers and the raiser hear why. Whoever answered since
    /// is not.
    pub(super) fn not_acknowledged(
        &self,
        scene: &Scene<'_>,
        overdue: &event::AcknowledgementOverdue,
    ) -> Result<Told, LetterError> {
        let Some(asked) = request(scene, &overdue.escalation) else {
            return Ok(Vec::new());
        };
        let Some(RequestStatus::Waiting { answer_by, .. }) =
            pending(&scene.case).map(|request| &request.status)
        else {
            return Ok(Vec::new());
        };
        let hearers = both_sides(&scene.file, asked);
        self.each(hearers, |_, managers| AcknowledgementOverdue {
            escalation: wire_id(&overdue.escalation),
            rung: asked.to.to_string(),
            answer_by: *answer_by,
            managers,
        })
    }

    /// When the case is looked at again is no word for a card.
    pub(super) fn not_completed(
        &self,
        scene: &Scene<'_>,
        expiry: &event::CompletionExpired,
    ) -> Result<Told, LetterError> {
        let Some(asked) = request(scene, &expiry.escalation) else {
            return Ok(Vec::new());
        };
        let hearers = both_sides(&scene.file, asked);
        self.each(hearers, |organisation, managers| CompletionExpired {
            escalation: wire_id(&expiry.escalation),
            rung: asked.to.to_string(),
            review_at: sees_the_course(&scene.file, organisation).then_some(expiry.review_at),
            managers,
        })
    }

    /// The owner has the task again, with a new term; the body hears what is still missing, which
    /// stood on its card.
    pub(super) fn not_explained(
        &self,
        scene: &Scene<'_>,
        overdue: &event::ExplanationOverdue,
    ) -> Result<Told, LetterError> {
        let (Some(asked), Some(waiting)) =
            (request(scene, &overdue.escalation), pending(&scene.case))
        else {
            return Ok(Vec::new());
        };
        let file = &scene.file;
        let hearers = both_sides(file, asked);
        self.each(hearers, |organisation, managers| {
            let own = [&file.owner, &file.raiser].contains(&organisation);
            ExplanationOverdue {
                escalation: wire_id(&overdue.escalation),
                rung: asked.to.to_string(),
                unexplained: coded(&waiting.unexplained),
                explain_by: own.then_some(overdue.explain_by),
                managers,
            }
        })
    }

    /// Owner and raiser, who has the case, and who is asked to take it up.
    pub(super) fn silence_persists(
        &self,
        scene: &Scene<'_>,
        silence: &event::SilencePersisted,
    ) -> Result<Told, LetterError> {
        let file = &scene.file;
        let hearers = asked_to_admit(&scene.case)
            .chain([&file.owner, &file.raiser, &file.handler])
            .collect();
        self.each(hearers, |organisation, managers| SilencePersisted {
            rung: file.rung.to_string(),
            again_at: sees_the_course(file, organisation).then_some(silence.climb_at),
            managers,
        })
    }

    /// A letter for each, with whom to warn there.
    fn each<T: Into<ToParty>>(
        &self,
        hearers: BTreeSet<&Organisation>,
        told: impl Fn(&Organisation, Vec<Text>) -> T,
    ) -> Result<Told, LetterError> {
        hearers
            .into_iter()
            .map(|organisation| {
                let managers = self.managers(organisation)?;
                Ok((organisation.clone(), told(organisation, managers).into()))
            })
            .collect()
    }
}

/// Owner and raiser, and who has the case.
pub(super) fn stayed_long(file: &File) -> Told {
    let told = StayWarned {
        rung: file.rung.to_string(),
        tier: tier(file.tier),
    };
    once([&file.owner, &file.raiser, &file.handler], told)
}
