//! What people can send.

mod climbing;
mod ending;

use ladder::{
    AnswerCounter, AnswerHandoff, BlockType, Case, ChooseOwnershipMode, Command, EscalationId,
    HandoffAnswer, HandoffId, HandoffKind, OfferHandoff, Organisation, OwnershipMode, PersonRef,
    RecordBlock, RecordLegalBasis, Report, ReturnHandoff, Sealed, Underway, WithdrawHandoff,
};

use super::ladders::{other, owner};
pub(crate) use climbing::{
    acknowledge, admit, admit_late, answer_descent, confirm_urgency, explain, insist,
    propose_descent, refuse, request, resume, return_request, suspend,
};
pub(crate) use ending::{
    answer_commitment, endings, fulfil, inform, propose, reject, reopen, request_commitment,
    withdraw,
};

type Write = dyn Fn(&Case) -> Option<Command>;

/// Something that somebody can send, whenever they like.
pub(crate) struct Message {
    pub(crate) name: &'static str,
    write: Box<Write>,
}

impl Message {
    /// The command, when there is anything to write it about.
    pub(crate) fn command(&self, case: &Case) -> Option<Command> {
        (self.write)(case)
    }

    /// Only sent while this holds; the sender sees to that.
    pub(crate) fn when(self, holds: fn(&Underway) -> bool) -> Self {
        let write = self.write;
        Self {
            name: self.name,
            write: Box::new(move |case| underway(case).filter(|it| holds(it)).and(write(case))),
        }
    }
}

fn underway(case: &Case) -> Option<&Underway> {
    match case {
        Case::Underway(underway) => Some(underway),
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Closed(_) => None,
    }
}

/// The same text whatever has happened.
pub(crate) fn message(name: &'static str, command: Command) -> Message {
    Message {
        name,
        write: Box::new(move |_| Some(command.clone())),
    }
}

/// About the request that waits now.
fn about_request(name: &'static str, write: fn(EscalationId) -> Command) -> Message {
    Message {
        name,
        write: Box::new(move |case| {
            let request = underway(case)?.pending()?;
            Some(write(request.escalation.clone()))
        }),
    }
}

fn text() -> Sealed {
    Sealed::new("text")
}

pub(crate) fn handoff(id: &str) -> HandoffId {
    HandoffId::parse(id).unwrap()
}

fn escalation(id: &str) -> EscalationId {
    EscalationId::parse(id).unwrap()
}

fn person(id: &str) -> PersonRef {
    PersonRef::parse(id).unwrap()
}

// Reporting.

pub(crate) fn report() -> Command {
    Command::Report(Box::new(Report {
        case: ladder::CaseId::parse("case_1").unwrap(),
        owner: owner(),
        own_reference: Sealed::new("own-1"),
        story: text(),
        desired_outcome: text(),
        citizens_words: Some(text()),
        no_words_reason: None,
        perspective: None,
        life_domains: Vec::new(),
        persons: Vec::new(),
        parties_involved: Vec::new(),
        tried_provisions: Vec::new(),
        provisions: Vec::new(),
        no_provision_reason: Some(text()),
        theme: "family_income".into(),
        region: "midden-nederland".into(),
    }))
}

pub(crate) fn block(kind: BlockType) -> Command {
    Command::RecordBlock(RecordBlock {
        kind,
        rules: Vec::new(),
        explanation: text(),
    })
}

pub(crate) fn mode(mode: OwnershipMode) -> Command {
    Command::ChooseOwnershipMode(ChooseOwnershipMode { mode })
}

pub(crate) fn ground(to: Organisation) -> Command {
    Command::RecordLegalBasis(RecordLegalBasis {
        source: owner(),
        receiver: to,
        legal_basis: "jeugdwet-7.4.0".into(),
    })
}

// Handoffs.

pub(crate) struct Offer {
    pub(crate) id: &'static str,
    pub(crate) from: Organisation,
    pub(crate) to: Organisation,
    pub(crate) kind: HandoffKind,
    pub(crate) urgent: bool,
    pub(crate) instead_of: Option<&'static str>,
}

pub(crate) fn ownership(id: &'static str) -> Offer {
    Offer {
        id,
        from: owner(),
        to: other(),
        kind: HandoffKind::Ownership,
        urgent: false,
        instead_of: None,
    }
}

pub(crate) fn offer(offer: Offer) -> Command {
    Command::OfferHandoff(OfferHandoff {
        handoff: handoff(offer.id),
        from: offer.from,
        to: offer.to,
        kind: offer.kind,
        requested_outcome: "takeover".into(),
        rules: Vec::new(),
        urgent: offer.urgent,
        summary: text(),
        legal_basis: "jeugdwet-7.4.0".into(),
        contact_role: "case_director".into(),
        person: offer.urgent.then(|| person("first")),
        addressee: None,
        instead_of: offer.instead_of.map(handoff),
    })
}

fn answer(id: &str, by: Organisation, answer: HandoffAnswer) -> Command {
    Command::AnswerHandoff(AnswerHandoff {
        handoff: handoff(id),
        by,
        answer,
        text: None,
    })
}

pub(crate) fn accept(id: &str, by: Organisation) -> Command {
    answer(id, by, HandoffAnswer::Accepted)
}

pub(crate) fn decline(id: &str, by: Organisation) -> Command {
    let reason = Some("not_ours".to_owned());
    let alternative = None;
    answer(
        id,
        by,
        HandoffAnswer::Declined {
            reason,
            alternative,
        },
    )
}

pub(crate) fn counter(id: &str, by: Organisation) -> Command {
    let reason = None;
    let alternative = Some(text());
    answer(
        id,
        by,
        HandoffAnswer::Countered {
            reason,
            alternative,
        },
    )
}

pub(crate) fn answer_counter(id: &str, by: Organisation, accepted: bool) -> Command {
    Command::AnswerCounter(AnswerCounter {
        handoff: handoff(id),
        by,
        accepted,
        reason: (!accepted).then(|| "no_help".to_owned()),
    })
}

pub(crate) fn withdraw_handoff(id: &str, by: Organisation) -> Command {
    Command::WithdrawHandoff(WithdrawHandoff {
        handoff: handoff(id),
        by,
        reason: text(),
    })
}

pub(crate) fn give_back(id: &str, back: &str, by: Organisation) -> Command {
    Command::ReturnHandoff(ReturnHandoff {
        handoff: handoff(id),
        back: handoff(back),
        by,
        reason: text(),
        contact_role: "case_director".into(),
    })
}
