use std::collections::BTreeSet;

use jiff::Timestamp;

use super::given;
use super::report::legal_basis;
use crate::event::{
    Escalated, EscalationRefused, EscalationRequested, EscalationReturned, EvidenceGiven,
    RungSkipped,
};
use crate::{
    Event, File, Ladder, Organisation, Refusal, RequestEscalation, Rules, Rung, Stage, Triage,
    TriageAnswer, Underway,
};

/// The reason that the rules give themselves when a rung has nobody for this theme and region.
const NO_COMPETENT_BODY: &str = "no_competent_body";

pub(super) fn request(
    rules: &Rules,
    case: &Underway,
    request: RequestEscalation,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match &case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted => {}
        Stage::EscalationRequested(_) => return Err(Refusal::EscalationPending),
        Stage::Decided | Stage::Executing | Stage::Aftercare { .. } => {
            return Err(Refusal::NotClimbing);
        }
    }
    let file = &case.file;
    // Going down first would turn an admission into a jump over rungs that nobody skipped.
    if file.proposal.is_some() {
        return Err(Refusal::DeescalationPending);
    }
    if file.blocks.is_empty() {
        return Err(Refusal::BlockRequired);
    }
    let climb = Climb::plan(&rules.ladder, file, &request)?;
    climb.check_evidence(file, &request)?;
    let basis = climb.legal_basis(file, &request)?;

    let term = if request.urgent {
        climb.rung.answer_urgent
    } else {
        climb.rung.answer
    };
    let answer_by = match term.or(climb.rung.answer) {
        Some(term) => rules.calendar.after(at, term),
        None => return Err(Refusal::NoHigherRung),
    };
    let Some(admission) = &climb.rung.admission else {
        return Err(Refusal::NoHigherRung);
    };
    let requested = Event::EscalationRequested(EscalationRequested {
        escalation: request.escalation,
        by: request.by,
        to: climb.rung.id.clone(),
        tier: climb.rung.tier,
        admitting: admission
            .organisation
            .clone()
            .unwrap_or_else(|| climb.body.clone()),
        admitting_role: admission.role.clone(),
        body: climb.body,
        evidence: request
            .evidence
            .into_iter()
            .map(|e| EvidenceGiven {
                item: e.item,
                explained: e.explained,
                text: e.text,
            })
            .collect(),
        urgent: request.urgent,
        answer_by,
    });
    Ok(climb
        .skipped
        .into_iter()
        .map(Event::RungSkipped)
        .chain(basis)
        .chain([requested])
        .collect())
}

/// Where a request leads: the rung, its body, and what is passed over on the way.
struct Climb<'a> {
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
                None => skipped.push(RungSkipped {
                    rung: rung.id.clone(),
                    reason: NO_COMPETENT_BODY.to_owned(),
                    body: None,
                }),
            }
        }
        Err(Refusal::NoHigherRung)
    }

    /// Comply or explain: every item that this rung asks for is given, or explained, now or
    /// before. The rungs below were passed already, or are skipped and ask nothing.
    fn check_evidence(&self, file: &File, request: &RequestEscalation) -> Result<(), Refusal> {
        let provided: BTreeSet<&str> = request
            .evidence
            .iter()
            .map(|evidence| evidence.item.as_str())
            .chain(file.evidence.iter().map(String::as_str))
            .collect();
        let missing: Vec<String> = self
            .rung
            .evidence
            .iter()
            .filter(|item| !provided.contains(item.as_str()))
            .cloned()
            .collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(Refusal::EvidenceMissing(missing))
        }
    }

    /// A body outside the owner's organisation needs a recorded ground.
    fn legal_basis(
        &self,
        file: &File,
        request: &RequestEscalation,
    ) -> Result<Option<Event>, Refusal> {
        let known = file
            .legal_bases
            .iter()
            .any(|(_, receiver)| receiver == &self.body);
        if self.body == file.owner || self.body == request.by || known {
            return Ok(None);
        }
        match request.legal_basis.as_deref().map(str::trim) {
            Some(ground) if !ground.is_empty() => {
                Ok(legal_basis(file, &request.by, &self.body, ground))
            }
            Some(_) | None => Err(Refusal::LegalBasisRequired),
        }
    }
}

pub(super) fn triage(case: &Underway, triage: Triage) -> Result<Vec<Event>, Refusal> {
    let Stage::EscalationRequested(request) = &case.stage else {
        return Err(Refusal::EscalationNotPending);
    };
    if request.escalation != triage.escalation {
        return Err(Refusal::EscalationNotPending);
    }
    let escalation = triage.escalation;
    let event = match triage.answer {
        TriageAnswer::Admitted => Event::Escalated(Escalated {
            escalation,
            rung: request.to.clone(),
            tier: request.tier,
            body: request.body.clone(),
        }),
        TriageAnswer::Returned if triage.missing.is_empty() => {
            return Err(Refusal::MissingItemsRequired);
        }
        TriageAnswer::Returned => Event::EscalationReturned(EscalationReturned {
            escalation,
            missing: triage.missing.into_iter().collect(),
            text: triage.text,
        }),
        TriageAnswer::Refused => Event::EscalationRefused(EscalationRefused {
            escalation,
            reason: triage.reason.ok_or(Refusal::ReasonRequired)?,
            text: triage.text,
        }),
    };
    Ok(vec![event])
}
