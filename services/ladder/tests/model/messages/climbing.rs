//! Up and down the ladder, and pausing.

use jiff::SignedDuration;
use ladder::{
    AcknowledgeEscalation, AnswerDeescalation, Command, ConfirmUrgency, EscalationId, Evidence,
    GiveEvidence, Insist, ProposalId, ProposeDeescalation, Receiver, RequestEscalation, Resume,
    RungId, Suspend, SuspensionReason, Triage, TriageAnswer, TriageReason,
};

use super::{Message, about_request, escalation, person, text, underway};
use crate::model::clock::now;
use crate::model::ladders::owner;

fn evidence(items: &[&str]) -> Vec<Evidence> {
    let given = |item: &&str| Evidence {
        item: (*item).to_owned(),
        explained: false,
        text: text(),
    };
    items.iter().map(given).collect()
}

/// With everything that any rung asks for.
pub(crate) fn request(id: &str, urgent: bool) -> Command {
    Command::RequestEscalation(RequestEscalation {
        escalation: escalation(id),
        by: owner(),
        to: None,
        skip_reason: None,
        evidence: evidence(&["plan", "obstacle"]),
        urgent,
        person: urgent.then(|| person("first")),
        legal_basis: Some("jeugdwet-7.4.0".into()),
    })
}

pub(crate) fn insist(id: &str) -> Command {
    Command::Insist(Insist {
        escalation: escalation(id),
        by: owner(),
        explanation: text(),
        legal_basis: Some("jeugdwet-7.4.0".into()),
    })
}

pub(crate) fn confirm_urgency() -> Command {
    Command::ConfirmUrgency(ConfirmUrgency {
        by: owner(),
        person: person("second"),
    })
}

fn triage(
    escalation: EscalationId,
    answer: TriageAnswer,
    reason: Option<TriageReason>,
    missing: &[&str],
) -> Command {
    Command::Triage(Triage {
        escalation,
        answer,
        reason,
        missing: missing.iter().map(|item| (*item).to_owned()).collect(),
        text: None,
    })
}

pub(crate) fn admit() -> Message {
    about_request("the body admits", |id| {
        triage(id, TriageAnswer::Admitted, None, &[])
    })
}

/// An answer to a request that may long be over.
pub(crate) fn admit_late(id: &str) -> Command {
    triage(escalation(id), TriageAnswer::Admitted, None, &[])
}

pub(crate) fn refuse() -> Message {
    about_request("the body refuses", |id| {
        let reason = Some(TriageReason::NotCompetent);
        triage(id, TriageAnswer::Refused, reason, &[])
    })
}

pub(crate) fn return_request() -> Message {
    about_request("the body returns", |id| {
        triage(id, TriageAnswer::Returned, None, &["plan"])
    })
}

pub(crate) fn acknowledge() -> Message {
    about_request("the body acknowledges", |escalation| {
        Command::AcknowledgeEscalation(AcknowledgeEscalation {
            escalation,
            review_at: None,
        })
    })
}

/// Everything that silence left unexplained.
pub(crate) fn explain() -> Message {
    Message {
        name: "the owner explains",
        write: Box::new(|case| {
            let request = underway(case)?.pending()?;
            let items: Vec<&str> = request.unexplained.iter().map(String::as_str).collect();
            (!items.is_empty()).then(|| {
                Command::GiveEvidence(GiveEvidence {
                    escalation: request.escalation.clone(),
                    evidence: evidence(&items),
                })
            })
        }),
    }
}

pub(crate) fn propose_descent() -> Command {
    Command::ProposeDeescalation(ProposeDeescalation {
        proposal: ProposalId::parse("p1").unwrap(),
        to: RungId::parse("own_work").unwrap(),
        receiver: Receiver {
            organisation: owner(),
            role: "professional".into(),
        },
        reason: "enough_here".into(),
    })
}

pub(crate) fn answer_descent(accepted: bool) -> Command {
    Command::AnswerDeescalation(AnswerDeescalation {
        proposal: ProposalId::parse("p1").unwrap(),
        accepted,
        reason: (!accepted).then(|| "no_room".to_owned()),
    })
}

pub(crate) fn suspend() -> Command {
    Command::Suspend(Suspend {
        by: owner(),
        reason: SuspensionReason::Procedure,
        text: None,
        until: now() + SignedDuration::from_hours(3),
    })
}

pub(crate) fn resume() -> Command {
    Command::Resume(Resume { by: owner() })
}
