use jiff::Timestamp;

use crate::event::{
    AdviceAsked, BlockRecorded, FactReported, LegalBasisRecorded, OwnerChanged, Reported,
};
use crate::{
    Consultation, ConsultationId, Disclosed, File, Kept, OwnershipMode, Review, Stage, Underway,
    Urgency,
};

/// Items of evidence that a report can hold already.
pub(crate) const CITIZENS_WISH: &str = "citizens_wish";
pub(crate) const TRIED_PROVISIONS: &str = "tried_provisions";
pub(crate) const PERSPECTIVE: &str = "perspective";

/// The role of people outside the household.
const OUTSIDE: &str = "third_party";

pub(super) fn first(reported: &Reported) -> Underway {
    let words = reported.citizens_words.is_some() || reported.no_words_reason.is_some();
    let tried = !reported.tried_provisions.is_empty()
        || !reported.provisions.is_empty()
        || reported.no_provision_reason.is_some();
    let evidence = [
        (words, CITIZENS_WISH),
        (tried, TRIED_PROVISIONS),
        (reported.perspective.is_some(), PERSPECTIVE),
    ];
    Underway {
        file: File {
            id: reported.case.clone(),
            owner: reported.owner.clone(),
            raiser: reported.owner.clone(),
            ownership_mode: OwnershipMode::ProfessionalKeeps,
            theme: reported.theme.clone(),
            region: reported.region.clone(),
            rung: reported.rung.clone(),
            tier: reported.tier,
            handler: reported.owner.clone(),
            handoffs: Default::default(),
            consultations: Default::default(),
            legal_bases: Default::default(),
            consents: Default::default(),
            objections: Default::default(),
            blocks: Vec::new(),
            rules: Default::default(),
            evidence: evidence
                .into_iter()
                .filter(|(given, _)| *given)
                .map(|(_, item)| item.to_owned())
                .collect(),
            insisted: Default::default(),
            refused_at: None,
            told_by_silence: Default::default(),
            commitments: Default::default(),
            assessments: Default::default(),
            funds: Default::default(),
            measures: Default::default(),
            urgency: Urgency::Ordinary,
            feedback_sent: false,
            citizen_informed: false,
            informing_postponed: false,
            decided: false,
            proposal: None,
            review: review(reported.review_at),
            stuck_since: None,
            silence: None,
            warn_at: None,
            extended: Default::default(),
            kept: Kept {
                persons: reported
                    .persons
                    .iter()
                    .map(|person| person.person_key.clone())
                    .collect(),
                outside: reported
                    .persons
                    .iter()
                    .filter(|person| person.role == OUTSIDE)
                    .map(|person| person.person_key.clone())
                    .collect(),
                ..Kept::default()
            },
        },
        stage: Stage::Active,
        suspension: None,
    }
}

/// A review that was set just now: nothing has happened since.
pub(super) fn review(at: Timestamp) -> Review {
    Review {
        at,
        progress: false,
    }
}

pub(super) fn basis(file: &mut File, e: &LegalBasisRecorded) {
    file.legal_bases.insert(Disclosed {
        source: e.source.clone(),
        receiver: e.receiver.clone(),
        legal_basis: e.legal_basis.clone(),
        categories: e.categories.clone(),
        consent: e.consent,
    });
}

pub(super) fn fact(file: &mut File, e: &FactReported) {
    file.rules.extend(e.rule.clone());
    let known = (e.category.clone(), e.law.clone());
    file.kept.categories.insert(known);
}

pub(super) fn block(case: &mut Underway, e: &BlockRecorded) {
    case.file.blocks.push(e.block);
    case.file.rules.extend(e.rules.iter().cloned());
    match case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted => {
            case.stage = Stage::Blocked(e.block);
            // A review can come sooner because of a block, never later: an edit puts nothing off.
            case.file.review.at = case.file.review.at.min(e.review_at);
        }
        Stage::EscalationRequested(_)
        | Stage::Returned(_)
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => {}
    }
}

pub(super) fn perspective(file: &mut File) {
    file.evidence.insert(PERSPECTIVE.to_owned());
}

pub(super) fn owner(file: &mut File, e: &OwnerChanged) {
    // Whoever handled the case as its owner hands that over as well.
    if file.handler == e.from {
        file.handler = e.to.clone();
    }
    file.owner = e.to.clone();
}

pub(super) fn advice_asked(file: &mut File, e: &AdviceAsked) {
    let asked = Consultation {
        of: e.of.clone(),
        answer_by: Some(e.answer_by),
    };
    file.consultations.insert(e.consultation.clone(), asked);
}

pub(super) fn advice_is_over(file: &mut File, id: &ConsultationId) {
    if let Some(consultation) = file.consultations.get_mut(id) {
        consultation.answer_by = None;
    }
}
