//! Every refusal once, so that none is a dead letter.

mod citizens;
mod course;
mod erasing;
mod money;
mod pauses;
mod sharing;
mod weighing;

use std::collections::BTreeSet;

use ladder::{
    AnswerHandoff, BlockType, Command, Event, HandoffAnswer, Refusal, RequestEscalation,
    ShareIdentity, TriageAnswer,
};

use super::harness::{START, at, given};
use super::samples::{
    ANSWER_BY, accept, accepted, answer_by, answer_proposal, blocked, citizen_informed, climb,
    climbed, close, closed, commit, commitment_made, commitment_requested, counter, decide,
    decided, decline, desk, feedback_sent, fulfil, handoff, handoff_expired, offer, offer_of,
    offered, propose, proposed, report, reported, request_commitment, requested, rung, sealed,
    send_feedback, svb, tax_office, triage_with, utrecht, withdraw,
};

type Row = (Vec<Event>, Command, Refusal);

/// A minute after everything in the rows was recorded.
const NOW: &str = "2026-03-02T09:01:00Z";

fn handoffs() -> Vec<Row> {
    let open = || vec![reported(), offered()];
    let answered = || vec![reported(), offered(), accepted()];
    let withdrawn = Event::HandoffWithdrawn(ladder::event::HandoffWithdrawn {
        handoff: handoff("h1"),
        reason: sealed("solved"),
    });
    let unknown = Command::AnswerHandoff(AnswerHandoff {
        handoff: handoff("h9"),
        by: svb(),
        answer: HandoffAnswer::Accepted,
        text: None,
    });
    let mut groundless = offer_of("h1", svb());
    groundless.legal_basis = String::new();
    let share = Command::ShareIdentity(ShareIdentity {
        handoff: handoff("h1"),
        from: utrecht(),
        to: svb(),
        sealed: "numbers".into(),
    });
    let now = at(START);
    vec![
        (open(), unknown, Refusal::UnknownHandoff(handoff("h9"))),
        (
            open(),
            offer("h1", svb()),
            Refusal::HandoffExists(handoff("h1")),
        ),
        (
            vec![reported()],
            offer("h1", utrecht()),
            Refusal::HandoffToSelf,
        ),
        (
            open(),
            answer_by(tax_office(), HandoffAnswer::Accepted),
            Refusal::HandoffNotYours(tax_office()),
        ),
        (
            answered(),
            accept(),
            Refusal::AlreadyAnswered { by: svb(), at: now },
        ),
        (
            vec![reported(), offered(), withdrawn],
            accept(),
            Refusal::HandoffWithdrawn { at: now },
        ),
        (
            vec![reported(), offered(), handoff_expired()],
            withdraw(utrecht()),
            Refusal::HandoffExpired { at: now },
        ),
        (open(), decline(None), Refusal::ReasonRequired),
        (open(), counter(None), Refusal::AlternativeRequired),
        (
            vec![reported()],
            Command::OfferHandoff(groundless),
            Refusal::LegalBasisRequired,
        ),
        (open(), share, Refusal::HandoffNotAccepted),
    ]
}

fn climbing() -> Vec<Row> {
    let ask = |to: Option<&str>| {
        Command::RequestEscalation(RequestEscalation {
            to: to.map(rung),
            ..climb(&[])
        })
    };
    let stuck = || vec![reported(), blocked(BlockType::Rule)];
    let waiting = || {
        let mut events = stuck();
        events.push(Event::EscalationRequested(requested("workshop")));
        events
    };
    let at_top = climbed(&["workshop", "local_table", "national_desk", "national_table"]);
    let workshop_items: Vec<String> = ["question"].map(str::to_owned).into();
    let triage = |answer| Command::Triage(triage_with(answer));
    vec![
        (vec![reported()], ask(None), Refusal::BlockRequired),
        (
            stuck(),
            ask(Some("cellar")),
            Refusal::UnknownRung(rung("cellar")),
        ),
        (
            stuck(),
            ask(Some("own_work")),
            Refusal::RungNotHigher(rung("own_work")),
        ),
        (at_top, ask(None), Refusal::NoHigherRung),
        (
            climbed(&["workshop", "local_table"]),
            ask(Some("regional_table")),
            Refusal::NoCompetentBody(rung("regional_table")),
        ),
        (
            stuck(),
            ask(Some("local_table")),
            Refusal::SkipNeedsReason(rung("workshop")),
        ),
        (stuck(), ask(None), Refusal::EvidenceMissing(workshop_items)),
        (waiting(), ask(None), Refusal::EscalationPending),
        (
            stuck(),
            triage(TriageAnswer::Admitted),
            Refusal::EscalationNotPending,
        ),
        (
            waiting(),
            triage(TriageAnswer::Returned),
            Refusal::MissingItemsRequired,
        ),
        (vec![reported(), decided()], ask(None), Refusal::NotClimbing),
    ]
}

fn commitments() -> Vec<Row> {
    let asked = |more: Vec<Event>| {
        let mut events = climbed(&["workshop"]);
        events.push(commitment_requested("r1", svb()));
        events.extend(more);
        events
    };
    let made = || asked(vec![commitment_made("r1", svb())]);
    let again = Refusal::CommitmentAnswered {
        by: svb(),
        at: at(START),
    };
    vec![
        (
            vec![reported()],
            request_commitment("r1", svb()),
            Refusal::NotAtTable,
        ),
        (
            asked(vec![]),
            request_commitment("r1", desk()),
            Refusal::CommitmentExists,
        ),
        (
            asked(vec![]),
            commit("r9", svb()),
            Refusal::UnknownCommitment,
        ),
        (
            asked(vec![]),
            commit("r1", desk()),
            Refusal::CommitmentNotYours(desk()),
        ),
        (made(), commit("r1", svb()), again),
        (
            asked(vec![]),
            fulfil("r1", svb()),
            Refusal::CommitmentNotMade,
        ),
        (asked(vec![]), decide(), Refusal::CommitmentsUnanswered),
    ]
}

fn ends() -> Vec<Row> {
    let over = vec![reported(), decided(), closed()];
    let mut unreported = climbed(&["workshop"]);
    unreported.extend([
        commitment_requested("r1", svb()),
        commitment_made("r1", svb()),
        decided(),
        feedback_sent(),
        citizen_informed(),
    ]);
    let mut proposal_waits = climbed(&["workshop"]);
    proposal_waits.push(proposed("own_work"));
    vec![
        (vec![], send_feedback(), Refusal::UnknownCase),
        (vec![reported()], report(), Refusal::CaseExists),
        (over, send_feedback(), Refusal::CaseClosed),
        (
            vec![reported(), decided()],
            decide(),
            Refusal::AlreadyDecided,
        ),
        (vec![reported()], close(), Refusal::NotDecided),
        (
            vec![reported()],
            propose("own_work"),
            Refusal::RungNotLower(rung("own_work")),
        ),
        (
            proposal_waits,
            propose("own_work"),
            Refusal::DeescalationPending,
        ),
        (
            climbed(&["workshop"]),
            answer_proposal(true, None),
            Refusal::UnknownProposal,
        ),
        (
            vec![reported(), decided()],
            close(),
            Refusal::FeedbackRequired,
        ),
        (
            vec![reported(), decided(), feedback_sent()],
            close(),
            Refusal::CitizenNotInformed,
        ),
        (unreported, close(), Refusal::CommitmentsUnreported),
    ]
}

fn every_row() -> Vec<Row> {
    [
        handoffs(),
        climbing(),
        commitments(),
        ends(),
        course::rows(),
        erasing::rows(),
        citizens::rows(),
        weighing::rows(),
        money::rows(),
        pauses::rows(),
        sharing::rows(),
    ]
    .concat()
}

#[test]
fn every_refusal_comes_when_its_rule_is_broken() {
    for (history, command, refusal) in every_row() {
        given(history).when(command, NOW).then_refused(refusal);
    }
}

/// Reads the codes from the source, so that a refusal added there must get its row here.
#[test]
fn no_refusal_is_without_a_row() {
    let declared: BTreeSet<&str> = include_str!("../../src/case/refusal.rs")
        .lines()
        .filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\","))
        .collect();
    let shown: BTreeSet<&str> = every_row()
        .iter()
        .map(|(_, _, refusal)| refusal.code())
        .collect();
    assert_eq!(declared.len(), 113);
    assert_eq!(shown, declared);
}

#[test]
fn an_offer_that_expired_says_so_before_the_clock_does() {
    given([reported(), offered()])
        .when(withdraw(utrecht()), ANSWER_BY)
        .then_refused(Refusal::HandoffExpired { at: at(ANSWER_BY) });
}
