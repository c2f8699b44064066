//! Commands about the course of a case: what blocks, up, down, and on hold.

use jiff::Span;
use ladder::{
    AcknowledgeEscalation, AnswerDeescalation, BlockType, ChooseOwnershipMode, Command,
    ConfirmUrgency, EscalationId, ExtendTerm, GiveEvidence, Insist, Organisation, OwnershipMode,
    ProposeDeescalation, Receiver, RecordLegalBasis, RecordPerspective, ReportFact,
    RequestEscalation, Resume, Stage, Suspend, SuspensionReason, Triage, TriageAnswer,
    TriageReason, deadlines,
};

use super::super::samples;
use super::{About, maybe, mostly, organisation};

pub(super) fn fact(about: &About<'_>) -> Command {
    Command::ReportFact(ReportFact {
        source: organisation(about.this),
        category: "finance".into(),
        law: "akw".into(),
        rule: None,
        summary: samples::sealed("fact"),
        since: "2026-01-01".into(),
        legal_basis: samples::GROUND.into(),
    })
}

/// Seldom a shortage, for that climbs no more.
pub(super) fn block(about: &About<'_>) -> Command {
    let kinds = BlockType::ALL;
    let kind = kinds[about.this % kinds.len()];
    let seldom = kind == BlockType::Scarcity && !about.that.is_multiple_of(4);
    samples::record_block(if seldom { BlockType::Rule } else { kind })
}

pub(super) fn perspective(_: &About<'_>) -> Command {
    Command::RecordPerspective(RecordPerspective {
        text: samples::sealed("better"),
    })
}

pub(super) fn basis(about: &About<'_>) -> Command {
    Command::RecordLegalBasis(RecordLegalBasis {
        source: about.file.owner.clone(),
        receiver: organisation(about.this),
        legal_basis: maybe(about.that, samples::GROUND).unwrap_or_default(),
    })
}

pub(super) fn mode(about: &About<'_>) -> Command {
    Command::ChooseOwnershipMode(ChooseOwnershipMode {
        mode: OwnershipMode::ALL[usize::from(!about.this.is_multiple_of(4))],
    })
}

fn new_escalation(about: &About<'_>) -> EscalationId {
    samples::escalation(&format!("e{}", about.run.log.len()))
}

/// The request that waits, or came back.
fn current(about: &About<'_>) -> EscalationId {
    let current = about.underway.and_then(|case| match &case.stage {
        Stage::EscalationRequested(request) => Some(request.escalation.clone()),
        Stage::Returned(returned) => Some(returned.escalation.clone()),
        _ => None,
    });
    match current {
        Some(current) if !about.that.is_multiple_of(8) => current,
        _ => samples::escalation("e1"),
    }
}

pub(super) fn climb(about: &About<'_>) -> Command {
    let rungs = about.run.rules.ladder.rungs();
    let items: Vec<&str> = rungs
        .iter()
        .flat_map(|rung| rung.evidence.iter().map(String::as_str))
        .filter(|item| !about.that.is_multiple_of(5) || item.len() % 2 == about.this % 2)
        .collect();
    Command::RequestEscalation(RequestEscalation {
        escalation: new_escalation(about),
        by: mostly(Some(&about.file.handler), about.that),
        to: (!about.this.is_multiple_of(3)).then(|| rungs[about.this % rungs.len()].id.clone()),
        skip_reason: maybe(about.that, "urgent"),
        urgent: about.that.is_multiple_of(4),
        person: Some(samples::person("p-1")),
        legal_basis: maybe(about.this, samples::GROUND),
        ..samples::climb(&items)
    })
}

pub(super) fn insist(about: &About<'_>) -> Command {
    Command::Insist(Insist {
        escalation: new_escalation(about),
        by: about.file.owner.clone(),
        explanation: samples::sealed("the answer does not fit"),
        legal_basis: maybe(about.this, samples::GROUND),
    })
}

pub(super) fn confirm_urgency(about: &About<'_>) -> Command {
    Command::ConfirmUrgency(ConfirmUrgency {
        by: about.file.owner.clone(),
        person: samples::person(if about.that.is_multiple_of(3) {
            "p-1"
        } else {
            "p-2"
        }),
    })
}

pub(super) fn give_evidence(about: &About<'_>) -> Command {
    let asked: Vec<String> = about
        .underway
        .and_then(|case| case.pending())
        .map(|request| request.unexplained.iter().cloned().collect())
        .unwrap_or_default();
    let count = if about.that.is_multiple_of(2) {
        asked.len()
    } else {
        1
    };
    let items: Vec<&str> = asked.iter().take(count).map(String::as_str).collect();
    Command::GiveEvidence(GiveEvidence {
        escalation: current(about),
        evidence: samples::evidence(&items),
    })
}

pub(super) fn acknowledge(about: &About<'_>) -> Command {
    Command::AcknowledgeEscalation(AcknowledgeEscalation {
        escalation: current(about),
        review_at: None,
    })
}

pub(super) fn triage(about: &About<'_>) -> Command {
    let answer = match about.this % 6 {
        0 => TriageAnswer::Returned,
        1 => TriageAnswer::Refused,
        _ => TriageAnswer::Admitted,
    };
    Command::Triage(Triage {
        escalation: current(about),
        reason: (!about.that.is_multiple_of(3)).then_some(TriageReason::OtherRoute),
        missing: maybe(about.that, "question").into_iter().collect(),
        ..samples::triage_with(answer)
    })
}

pub(super) fn propose_descent(about: &About<'_>) -> Command {
    let rungs = about.run.rules.ladder.rungs();
    Command::ProposeDeescalation(ProposeDeescalation {
        proposal: samples::proposal("p1"),
        to: rungs[about.this % rungs.len()].id.clone(),
        receiver: Receiver {
            organisation: organisation(about.that),
            role: "case_director".into(),
        },
        reason: "solved_here".into(),
    })
}

pub(super) fn answer_descent(about: &About<'_>) -> Command {
    Command::AnswerDeescalation(AnswerDeescalation {
        proposal: samples::proposal("p1"),
        accepted: about.this.is_multiple_of(2),
        reason: maybe(about.that, "no_capacity"),
    })
}

pub(super) fn suspend(about: &About<'_>) -> Command {
    let now = about.run.log.last().map(|(_, at)| *at).unwrap_or_default();
    let hours = 24 * i64::try_from(about.this).unwrap() + 100;
    Command::Suspend(Suspend {
        by: about.file.owner.clone(),
        reason: SuspensionReason::ALL[about.that % 4],
        text: None,
        until: now + Span::new().hours(hours),
    })
}

pub(super) fn resume(about: &About<'_>) -> Command {
    Command::Resume(Resume {
        by: about.file.owner.clone(),
    })
}

pub(super) fn extend(about: &About<'_>) -> Command {
    let open = deadlines(&about.run.case);
    let Some((due, from)) = open.get(about.this % open.len().max(1)) else {
        return resume(about);
    };
    let file = about.file;
    // Whoever is asked by it; the owner for the rest.
    let debtor: Option<&Organisation> = match due {
        ladder::Due::HandoffAnswer(id) => file.handoffs.get(id).map(|it| &it.to),
        ladder::Due::AdviceAnswer(id) => file.consultations.get(id).map(|it| &it.of),
        ladder::Due::CommitmentDay(id) => file.commitments.get(id).map(|it| &it.of),
        _ => Some(&file.owner),
    };
    Command::ExtendTerm(ExtendTerm {
        due: due.clone(),
        by: mostly(debtor, about.that),
        reason: samples::sealed("the file is on its way"),
        to: *from + Span::new().hours(i64::try_from(about.that).unwrap() * 2),
    })
}
