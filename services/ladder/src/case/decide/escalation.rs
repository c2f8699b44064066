use std::collections::BTreeSet;

use jiff::Timestamp;

use super::sharing::legal_basis;
use super::{given, terms, urgency};
use crate::event::{EscalationRequested, EvidenceGiven, RungSkipped};
use crate::{
    EscalationId, Event, Evidence, File, Insist, Ladder, Organisation, Origin, Refusal,
    RequestEscalation, Returned, Rules, Rung, RungId, Sealed, Stage, Underway,
};

/// The reason that the rules give themselves when a rung has nobody for this theme and region.
const NO_COMPETENT_BODY: &str = "no_competent_body";

pub(super) fn request(
    rules: &Rules,
    case: &Underway,
    request: RequestEscalation,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    let returned = may_ask(case)?;
    if file.blocks.is_empty() {
        return Err(Refusal::BlockRequired);
    }
    if file.is_scarcity() {
        return Err(Refusal::ScarcityGoesToSignal);
    }
    let climb = Climb::plan(&rules.ladder, file, &request)?;
    let missing = climb.missing(&rules.ladder, file, &request.evidence);
    if !missing.is_empty() {
        return Err(Refusal::EvidenceMissing(missing));
    }
    // Naming the rung does not get around what it found missing.
    if let Some(returned) = returned.filter(|it| it.to == climb.rung.id) {
        let given = provided(&request.evidence, file);
        let left: Vec<String> = returned.missing.difference(&given).cloned().collect();
        if !left.is_empty() {
            return Err(Refusal::EvidenceMissing(left));
        }
    }
    let basis = climb.legal_basis(rules, file, &request.by, request.legal_basis.as_deref())?;
    let claim = match request.urgent {
        true => urgency::claim(rules, file, &request.by, request.person, at)?,
        false => None,
    };
    let asking = Asking {
        escalation: request.escalation,
        by: request.by,
        origin: Origin::Asked,
        evidence: request.evidence,
        unexplained: Vec::new(),
        insistence: None,
        urgent: request.urgent,
        basis,
    };
    let requested = requested(rules, climb, asking, at).ok_or(Refusal::NoHigherRung)?;
    Ok(claim.into_iter().chain(requested).collect())
}

/// Once per rung, after it returned or refused: the body above it hears the case. What is not
/// given is explained by the insistence itself.
pub(super) fn insist(
    rules: &Rules,
    case: &Underway,
    insistence: Insist,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    may_ask(case)?;
    if file.is_scarcity() {
        return Err(Refusal::ScarcityGoesToSignal);
    }
    let below = match &case.stage {
        Stage::Returned(returned) => &returned.to,
        Stage::Active
        | Stage::Blocked(_)
        | Stage::Admitted
        | Stage::EscalationRequested(_)
        | Stage::DecisionProposed { .. }
        | Stage::Decided
        | Stage::Executing
        | Stage::Aftercare { .. } => file.refused_at.as_ref().ok_or(Refusal::NothingToInsistOn)?,
    };
    if file.insisted.contains(below) {
        return Err(Refusal::AlreadyInsisted(below.clone()));
    }
    let climb = Climb::next(&rules.ladder, file, below).ok_or(Refusal::NoHigherRung)?;
    let basis = climb.legal_basis(
        rules,
        file,
        &insistence.by,
        insistence.legal_basis.as_deref(),
    )?;
    let evidence = climb
        .missing(&rules.ladder, file, &[])
        .into_iter()
        .map(|item| Evidence {
            item,
            explained: true,
            text: insistence.explanation.clone(),
        })
        .collect();
    let asking = Asking {
        escalation: insistence.escalation,
        by: insistence.by,
        origin: Origin::Insisted,
        evidence,
        unexplained: Vec::new(),
        insistence: Some(insistence.explanation),
        urgent: false,
        basis,
    };
    requested(rules, climb, asking, at).ok_or(Refusal::NoHigherRung)
}

/// Whether a case can ask for admission now; the request that came back, when one did.
fn may_ask(case: &Underway) -> Result<Option<&Returned>, Refusal> {
    // Going down first would turn an admission into a jump over rungs that nobody skipped.
    if case.file.proposal.is_some() {
        return Err(Refusal::DeescalationPending);
    }
    match &case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted => Ok(None),
        Stage::Returned(returned) => Ok(Some(returned)),
        Stage::EscalationRequested(_) => Err(Refusal::EscalationPending),
        Stage::DecisionProposed { .. } => Err(Refusal::DecisionPending),
        Stage::Decided | Stage::Executing | Stage::Aftercare { .. } => Err(Refusal::NotClimbing),
    }
}

/// Who asks for admission, and with what.
pub(super) struct Asking {
    pub(super) escalation: EscalationId,
    pub(super) by: Organisation,
    pub(super) origin: Origin,
    pub(super) evidence: Vec<Evidence>,
    pub(super) unexplained: Vec<String>,
    pub(super) insistence: Option<Sealed>,
    pub(super) urgent: bool,
    /// Grounds for sharing that were not recorded before.
    pub(super) basis: Vec<Event>,
}

/// The rungs passed over, the grounds, and the request; nothing where the rung admits nobody.
pub(super) fn requested(
    rules: &Rules,
    climb: Climb<'_>,
    asking: Asking,
    at: Timestamp,
) -> Option<Vec<Event>> {
    let admission = climb.rung.admission.as_ref()?;
    let admitting = admission
        .organisation
        .clone()
        .unwrap_or_else(|| climb.body.clone());
    let urgent = climb.rung.answer_urgent.filter(|_| asking.urgent);
    let answer_by = rules.until(at, urgent.or(climb.rung.answer)?, &admitting);
    let acknowledge_by = terms::first_word(rules, climb.rung, asking.urgent, at, &admitting);
    let explain = rules.calendar.after(at, rules.ladder.terms.explain);
    let requested = Event::EscalationRequested(EscalationRequested {
        escalation: asking.escalation,
        by: asking.by,
        to: climb.rung.id.clone(),
        tier: climb.rung.tier,
        admitting,
        admitting_role: admission.role.clone(),
        body: climb.body,
        origin: asking.origin,
        evidence: asking.evidence.into_iter().map(stored).collect(),
        explain_by: (!asking.unexplained.is_empty()).then_some(explain),
        unexplained: asking.unexplained,
        insistence: asking.insistence,
        urgent: asking.urgent,
        acknowledge_by: acknowledge_by.filter(|by| *by < answer_by),
        answer_by,
    });
    let skipped = climb.skipped.into_iter().map(Event::RungSkipped);
    Some(skipped.chain(asking.basis).chain([requested]).collect())
}

pub(super) fn stored(evidence: Evidence) -> EvidenceGiven {
    EvidenceGiven {
        item: evidence.item,
        explained: evidence.explained,
        text: evidence.text,
    }
}

/// Items that are there: given or explained now, or before.
fn provided(evidence: &[Evidence], file: &File) -> BTreeSet<String> {
    evidence
        .iter()
        .map(|evidence| &evidence.item)
        .chain(&file.evidence)
        .cloned()
        .collect()
}

/// Where a request leads: the rung, its body, and what is passed over on the way.
pub(super) struct Climb<'a> {
    rung: &'a Rung,
    body: Organisation,
    skipped: Vec<RungSkipped>,
}

impl<'a> Climb<'a> {
    fn plan(ladder: &'a Ladder, file: &File, request: &RequestEscalation) -> Result<Self, Refusal> {
        if let Some(to) = &request.to {
            let height = ladder
                .height(to)
                .ok_or_else(|| Refusal::UnknownRung(to.clone()))?;
            if ladder.height(&file.rung).is_some_and(|now| height <= now) {
                return Err(Refusal::RungNotHigher(to.clone()));
            }
        }
        let mut skipped = Vec::new();
        for rung in ladder.above(&file.rung) {
            let body = rung.body_for(&file.owner, &file.theme, &file.region);
            let asked_for = request.to.as_ref().is_none_or(|to| to == &rung.id);
            match body {
                Some(body) if asked_for => {
                    return Ok(Self {
                        rung,
                        body,
                        skipped,
                    });
                }
                Some(body) => {
                    let reason = given(request.skip_reason.clone())
                        .ok_or_else(|| Refusal::SkipNeedsReason(rung.id.clone()))?;
                    skipped.push(RungSkipped {
                        rung: rung.id.clone(),
                        reason,
                        body: Some(body),
                    });
                }
                None if request.to.as_ref() == Some(&rung.id) => {
                    return Err(Refusal::NoCompetentBody(rung.id.clone()));
                }
                None => skipped.push(nobody_there(rung)),
            }
        }
        Err(Refusal::NoHigherRung)
    }

    /// The next rung above `from` with a competent body.
    pub(super) fn next(ladder: &'a Ladder, file: &File, from: &RungId) -> Option<Self> {
        let mut skipped = Vec::new();
        for rung in ladder.above(from) {
            match rung.body_for(&file.owner, &file.theme, &file.region) {
                Some(body) => {
                    return Some(Self {
                        rung,
                        body,
                        skipped,
                    });
                }
                None => skipped.push(nobody_there(rung)),
            }
        }
        None
    }

    /// Comply or explain: the items that this rung asks for and that are neither given nor
    /// explained, now or before. The rungs below were passed already, or are skipped and ask
    /// nothing; what raising leaves for later is asked before the first time.
    pub(super) fn missing(
        &self,
        ladder: &Ladder,
        file: &File,
        evidence: &[Evidence],
    ) -> Vec<String> {
        let provided = provided(evidence, file);
        ladder
            .raising
            .iter()
            .chain(&self.rung.evidence)
            .filter(|item| !provided.contains(*item))
            .map(String::as_str)
            .collect::<BTreeSet<&str>>()
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    /// A body outside the owner's organisation needs a recorded ground, and so does whoever
    /// admits on its behalf.
    fn legal_basis(
        &self,
        rules: &Rules,
        file: &File,
        by: &Organisation,
        ground: Option<&str>,
    ) -> Result<Vec<Event>, Refusal> {
        let admission = self.rung.admission.as_ref();
        let admitting = admission.and_then(|admission| admission.organisation.as_ref());
        let strangers: BTreeSet<&Organisation> = [Some(&self.body), admitting]
            .into_iter()
            .flatten()
            .filter(|body| **body != file.owner && *body != by)
            .filter(|body| !file.is_told(body))
            .collect();
        if strangers.is_empty() {
            return Ok(Vec::new());
        }
        match ground.map(str::trim) {
            Some(ground) if !ground.is_empty() => strangers
                .into_iter()
                .filter_map(|body| legal_basis(rules, file, by, body, ground).transpose())
                .collect(),
            Some(_) | None => Err(Refusal::LegalBasisRequired),
        }
    }
}

fn nobody_there(rung: &Rung) -> RungSkipped {
    RungSkipped {
        rung: rung.id.clone(),
        reason: NO_COMPETENT_BODY.to_owned(),
        body: None,
    }
}
