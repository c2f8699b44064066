//! From the first commitment to the end: commitments, the decision, going down, closing.

use jiff::civil::{Date, date};
use ladder::event::{
    AftercareStarted, CaseClosed, CitizenInformed, CommitmentFulfilled, CommitmentMade,
    CommitmentRefused, CommitmentRequested, DecisionTaken, DeescalationProposed, FeedbackSent,
    Weighed,
};
use ladder::{
    AnswerCommitment, AnswerDeescalation, Close, Command, CommitmentAnswer, Event,
    FulfilCommitment, Ground, Organisation, Outcome, ProposeDeescalation, Receiver,
    RequestCommitment, Room, SendFeedback, TakeDecision, Tier, Weighing,
};

use super::super::harness::at;
use super::{proposal, request, rung, sealed, stated, stated_of, table, utrecht};

pub(crate) fn request_commitment(id: &str, of: Organisation) -> Command {
    Command::RequestCommitment(RequestCommitment {
        request: request(id),
        of,
        by: table(),
        text: sealed("what is asked"),
    })
}

pub(crate) fn commitment_requested(id: &str, of: Organisation) -> Event {
    Event::CommitmentRequested(CommitmentRequested {
        request: request(id),
        of,
        by: table(),
        text: sealed("what is asked"),
    })
}

/// The end of the day that [`due`] is.
pub(crate) const LATE_AT: &str = "2026-05-01T22:00:00Z";

pub(crate) fn due() -> Date {
    date(2026, 5, 1)
}

pub(crate) fn commit(id: &str, by: Organisation) -> Command {
    Command::AnswerCommitment(AnswerCommitment {
        request: request(id),
        by: by.clone(),
        answer: CommitmentAnswer::Made {
            text: sealed("we will"),
            mandate: sealed("mandate 12"),
            inside: stated(by),
            amount_cents: None,
            due: due(),
        },
    })
}

pub(crate) fn commitment_made(id: &str, by: Organisation) -> Event {
    Event::CommitmentMade(CommitmentMade {
        request: request(id),
        stated: Some(stated_of(by.clone())),
        by,
        text: sealed("we will"),
        mandate: sealed("mandate 12"),
        mandate_id: None,
        amount_cents: None,
        due: due(),
        late_at: at(LATE_AT),
    })
}

pub(crate) fn refuse_commitment(id: &str, by: Organisation) -> Command {
    Command::AnswerCommitment(AnswerCommitment {
        request: request(id),
        by,
        answer: CommitmentAnswer::Refused {
            reason: sealed("no power"),
        },
    })
}

pub(crate) fn commitment_refused(id: &str, by: Organisation) -> Event {
    Event::CommitmentRefused(CommitmentRefused {
        request: request(id),
        by,
        reason: sealed("no power"),
    })
}

pub(crate) fn fulfil(id: &str, by: Organisation) -> Command {
    Command::FulfilCommitment(FulfilCommitment {
        request: request(id),
        by,
        result: sealed("done"),
    })
}

pub(crate) fn fulfilled(id: &str, by: Organisation) -> Event {
    Event::CommitmentFulfilled(CommitmentFulfilled {
        request: request(id),
        by,
        result: sealed("done"),
    })
}

pub(crate) fn aftercare(checks: &[&str]) -> Event {
    Event::AftercareStarted(AftercareStarted {
        checks: checks.iter().map(|check| at(check)).collect(),
    })
}

pub(crate) fn decide() -> Command {
    Command::TakeDecision(decision())
}

/// A decision without a proposal, within the law and for what is just.
pub(crate) fn decision() -> TakeDecision {
    TakeDecision {
        proposal: None,
        text: sealed("decision"),
        weighing: Some(weighing()),
        mandate: stated(utrecht()),
        system_obstacle: None,
    }
}

pub(crate) fn weighing() -> Weighing {
    Weighing {
        room: Some(Room::WithinLaw),
        grounds: [Ground::Justice].into(),
        assessments: [].into(),
        compared: Vec::new(),
        difference: None,
    }
}

/// What [`weighing`] becomes.
pub(crate) fn weighed() -> Weighed {
    Weighed {
        room: Room::WithinLaw,
        grounds: [Ground::Justice].into(),
        assessments: [].into(),
        compared: Vec::new(),
        difference: None,
    }
}

pub(crate) fn decided() -> Event {
    Event::DecisionTaken(DecisionTaken {
        proposal: None,
        text: sealed("decision"),
        weighing: weighed(),
        mandate: None,
        stated: Some(stated_of(utrecht())),
        system_obstacle: None,
    })
}

pub(crate) fn send_feedback() -> Command {
    Command::SendFeedback(SendFeedback {
        text: sealed("feedback"),
    })
}

pub(crate) fn feedback_sent() -> Event {
    Event::FeedbackSent(FeedbackSent {
        text: sealed("feedback"),
    })
}

pub(crate) fn citizen_informed() -> Event {
    Event::CitizenInformed(CitizenInformed {
        text: sealed("news"),
    })
}

pub(crate) fn close() -> Command {
    Command::Close(Box::new(Close {
        outcome: Outcome::SolvedByDeviation,
        evaluation: sealed("evaluation"),
        lesson: None,
    }))
}

pub(crate) fn closed() -> Event {
    Event::CaseClosed(CaseClosed {
        outcome: Outcome::SolvedByDeviation,
        evaluation: sealed("evaluation"),
    })
}

// Going down.

pub(crate) fn receiver() -> Receiver {
    Receiver {
        organisation: utrecht(),
        role: "case_director".into(),
    }
}

pub(crate) fn propose(to: &str) -> Command {
    Command::ProposeDeescalation(ProposeDeescalation {
        proposal: proposal("p1"),
        to: rung(to),
        receiver: receiver(),
        reason: "solved_here".into(),
    })
}

pub(crate) fn proposed(to: &str) -> Event {
    Event::DeescalationProposed(DeescalationProposed {
        proposal: proposal("p1"),
        to: rung(to),
        tier: Tier::Local,
        receiver: receiver(),
        reason: "solved_here".into(),
    })
}

pub(crate) fn answer_proposal(accepted: bool, reason: Option<&str>) -> Command {
    Command::AnswerDeescalation(AnswerDeescalation {
        proposal: proposal("p1"),
        accepted,
        reason: reason.map(str::to_owned),
    })
}
