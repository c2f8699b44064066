//! What the past amounts to. Total: an event that cannot follow on what was before leaves it be.

use jiff::Timestamp;

use crate::event::{Event, Reported};
use crate::{
    Case, Closed, Commitment, CommitmentStatus, File, Handoff, HandoffId, HandoffStatus, Proposal,
    Request, RequestId, Stage, Underway,
};

pub(super) fn evolve(case: Case, event: &Event, at: Timestamp) -> Case {
    match (case, event) {
        (Case::Absent, Event::Reported(reported)) => Case::Underway(Box::new(Underway {
            file: first_file(reported),
            stage: Stage::Active,
        })),
        (Case::Underway(underway), Event::CaseClosed(closed)) => Case::Closed(Box::new(Closed {
            file: underway.file,
            outcome: closed.outcome,
        })),
        (Case::Underway(mut underway), event) => {
            apply(&mut underway, event, at);
            Case::Underway(underway)
        }
        (case @ (Case::Absent | Case::Closed(_)), _) => case,
    }
}

fn first_file(reported: &Reported) -> File {
    File {
        id: reported.case.clone(),
        owner: reported.owner.clone(),
        raiser: reported.owner.clone(),
        theme: reported.theme.clone(),
        region: reported.region.clone(),
        rung: reported.rung.clone(),
        tier: reported.tier,
        handler: reported.owner.clone(),
        handoffs: Default::default(),
        legal_bases: Default::default(),
        blocks: Vec::new(),
        evidence: Default::default(),
        commitments: Default::default(),
        feedback_sent: false,
        citizen_informed: false,
        decided: false,
        proposal: None,
    }
}

fn apply(case: &mut Underway, event: &Event, at: Timestamp) {
    let file = &mut case.file;
    match event {
        Event::Reported(_) | Event::CaseClosed(_) => {}
        Event::FactReported(_)
        | Event::IdentityShared(_)
        | Event::RungSkipped(_)
        | Event::LessonRecorded(_) => {}
        Event::LegalBasisRecorded(basis) => {
            file.legal_bases
                .insert((basis.source.clone(), basis.receiver.clone()));
        }
        Event::BlockRecorded(block) => {
            file.blocks.push(block.block);
            if matches!(
                case.stage,
                Stage::Active | Stage::Blocked(_) | Stage::Admitted
            ) {
                case.stage = Stage::Blocked(block.block);
            }
        }
        Event::HandoffOffered(offer) => {
            let status = HandoffStatus::Offered {
                remind_at: offer.remind_at,
                answer_by: offer.answer_by,
                reminded: false,
            };
            let handoff = Handoff {
                from: offer.from.clone(),
                to: offer.to.clone(),
                kind: offer.handoff_kind,
                status,
            };
            file.handoffs.insert(offer.handoff.clone(), handoff);
        }
        Event::HandoffReminded(reminder) => {
            if let Some(handoff) = file.handoffs.get_mut(&reminder.handoff)
                && let HandoffStatus::Offered { reminded, .. } = &mut handoff.status
            {
                *reminded = true;
            }
        }
        Event::HandoffAccepted(e) => {
            handoff_is(file, &e.handoff, HandoffStatus::Accepted { at });
        }
        Event::HandoffDeclined(e) => {
            handoff_is(file, &e.handoff, HandoffStatus::Declined { at });
        }
        Event::HandoffCountered(e) => {
            handoff_is(file, &e.handoff, HandoffStatus::Countered { at });
        }
        Event::HandoffWithdrawn(e) => {
            handoff_is(file, &e.handoff, HandoffStatus::Withdrawn { at });
        }
        Event::HandoffExpired(e) => handoff_is(file, &e.handoff, HandoffStatus::Expired { at }),
        Event::EscalationRequested(request) => {
            file.evidence
                .extend(request.evidence.iter().map(|given| given.item.clone()));
            let before = Box::new(case.stage.clone());
            case.stage = Stage::EscalationRequested(Request {
                escalation: request.escalation.clone(),
                to: request.to.clone(),
                tier: request.tier,
                body: request.body.clone(),
                admitting: request.admitting.clone(),
                admitting_role: request.admitting_role.clone(),
                answer_by: request.answer_by,
                expired: false,
                before,
            });
        }
        Event::EscalationExpired(_) => {
            if let Stage::EscalationRequested(request) = &mut case.stage {
                request.expired = true;
            }
        }
        Event::EscalationReturned(_) | Event::EscalationRefused(_) => {
            if let Stage::EscalationRequested(request) = &case.stage {
                case.stage = (*request.before).clone();
            }
        }
        Event::Escalated(escalated) => {
            file.rung = escalated.rung.clone();
            file.tier = escalated.tier;
            file.handler = escalated.body.clone();
            case.stage = Stage::Admitted;
        }
        Event::CommitmentRequested(e) => {
            let commitment = Commitment {
                of: e.of.clone(),
                status: CommitmentStatus::Requested,
            };
            file.commitments.insert(e.request.clone(), commitment);
        }
        Event::CommitmentMade(e) => {
            commitment_is(file, &e.request, CommitmentStatus::Made { at, due: e.due });
        }
        Event::CommitmentRefused(e) => {
            commitment_is(file, &e.request, CommitmentStatus::Refused { at });
        }
        Event::CommitmentFulfilled(e) => {
            commitment_is(file, &e.request, CommitmentStatus::Fulfilled { at });
            if case.stage == Stage::Decided {
                case.stage = Stage::Executing;
            }
        }
        Event::DecisionTaken(_) => {
            file.decided = true;
            case.stage = Stage::Decided;
        }
        Event::FeedbackSent(_) => file.feedback_sent = true,
        Event::CitizenInformed(_) => file.citizen_informed = true,
        Event::DeescalationProposed(e) => {
            file.proposal = Some(Proposal {
                id: e.proposal.clone(),
                to: e.to.clone(),
                tier: e.tier,
                receiver: e.receiver.clone(),
                reason: e.reason.clone(),
            });
        }
        Event::DeescalationDeclined(_) => file.proposal = None,
        Event::Deescalated(down) => {
            file.rung = down.rung.clone();
            file.tier = down.tier;
            file.handler = down.receiver.organisation.clone();
            file.proposal = None;
        }
        Event::AftercareStarted(aftercare) => {
            case.stage = Stage::Aftercare {
                check_at: aftercare.check_at,
                reminded: false,
            };
        }
        Event::AftercareReminded(_) => {
            if let Stage::Aftercare { reminded, .. } = &mut case.stage {
                *reminded = true;
            }
        }
    }
}

fn handoff_is(file: &mut File, id: &HandoffId, status: HandoffStatus) {
    if let Some(handoff) = file.handoffs.get_mut(id) {
        handoff.status = status;
    }
}

fn commitment_is(file: &mut File, id: &RequestId, status: CommitmentStatus) {
    if let Some(commitment) = file.commitments.get_mut(id) {
        commitment.status = status;
    }
}
