//! Deciding, and what follows until the case is closed.

use std::collections::BTreeSet;

use jiff::civil::date;
use ladder::{
    AnswerCommitment, Close, Command, CommitmentAnswer, DecisionId, FulfilCommitment, Ground,
    InMandate, InformCitizen, Initiative, Organisation, Outcome, ProposeDecision, RejectDecision,
    Reopen, RequestCommitment, RequestId, Room, SendFeedback, Stage, StatedMandate, TakeDecision,
    Underway, Weighing, Withdraw,
};

use super::{Message, message, text};
use crate::model::ladders::{other, owner};

fn weighing() -> Weighing {
    Weighing {
        room: Some(Room::WithinLaw),
        grounds: BTreeSet::from([Ground::Justice]),
        assessments: BTreeSet::new(),
        compared: Vec::new(),
        difference: None,
    }
}

fn proposal() -> DecisionId {
    DecisionId::parse("d1").unwrap()
}

fn promise(id: &str) -> RequestId {
    RequestId::parse(id).unwrap()
}

pub(crate) fn propose() -> Command {
    Command::ProposeDecision(ProposeDecision {
        decision: proposal(),
        by: owner(),
        text: text(),
        weighing: weighing(),
    })
}

pub(crate) fn reject() -> Command {
    Command::RejectDecision(RejectDecision {
        decision: proposal(),
        reason: text(),
    })
}

fn stated(organisation: Organisation) -> InMandate {
    InMandate::Stated {
        mandate: Box::new(StatedMandate::of(organisation, "administrator", None)),
        subject: String::new(),
    }
}

fn decide() -> Command {
    Command::TakeDecision(TakeDecision {
        proposal: None,
        text: text(),
        weighing: Some(weighing()),
        mandate: stated(owner()),
        system_obstacle: None,
    })
}

pub(crate) fn request_commitment(id: &str) -> Command {
    Command::RequestCommitment(RequestCommitment {
        request: promise(id),
        of: other(),
        by: owner(),
        text: text(),
    })
}

/// Made for today, or refused.
pub(crate) fn answer_commitment(id: &str, made: bool) -> Command {
    Command::AnswerCommitment(AnswerCommitment {
        request: promise(id),
        by: other(),
        answer: if made {
            CommitmentAnswer::Made {
                text: text(),
                mandate: text(),
                inside: stated(other()),
                amount_cents: None,
                due: date(2026, 3, 4),
            }
        } else {
            CommitmentAnswer::Refused { reason: text() }
        },
    })
}

pub(crate) fn fulfil(id: &str) -> Command {
    Command::FulfilCommitment(FulfilCommitment {
        request: promise(id),
        by: other(),
        result: text(),
    })
}

pub(crate) fn inform() -> Command {
    Command::InformCitizen(InformCitizen { text: text() })
}

fn close() -> Command {
    Command::Close(Box::new(Close {
        outcome: Outcome::SolvedWithinRules,
        evaluation: text(),
        lesson: None,
    }))
}

pub(crate) fn withdraw() -> Command {
    Command::Withdraw(Withdraw {
        initiative: Initiative::Citizen,
        reason: text(),
    })
}

pub(crate) fn reopen() -> Command {
    Command::Reopen(Reopen {
        by: owner(),
        reason: text(),
    })
}

fn in_aftercare(case: &Underway) -> bool {
    matches!(case.stage, Stage::Aftercare { .. })
}

fn told(case: &Underway) -> bool {
    case.file.feedback_sent
}

/// Deciding without commitments, and closing. That people are told is one step after another,
/// once there is something to tell: the order of these does not matter here.
pub(crate) fn endings() -> Vec<Message> {
    let feedback = Command::SendFeedback(SendFeedback { text: text() });
    vec![
        message("the owner decides", decide()),
        message("the raiser is told", feedback).when(in_aftercare),
        message("the citizen is told", inform()).when(told),
        message("the owner closes", close()).when(told),
    ]
}
