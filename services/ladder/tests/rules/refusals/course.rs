//! Drafts, ownership, advice, counters, insisting, urgency, what the admitting body does.

use ladder::event::{
    AdviceAsked, AdviceGiven, DraftSaved, EscalationAcknowledged, HandoffCountered,
};
use ladder::{
    AcknowledgeEscalation, AnswerCounter, BlockType, Command, ConfirmUrgency, Event, GiveAdvice,
    GiveEvidence, Insist, OfferHandoff, Refusal, RequestEscalation, TriageReason,
};

use super::super::harness::at;
use super::super::samples::{
    ANSWER_BY, TEN_DAYS, blocked, case_id, climb, climbed, consultation, escalation,
    escalation_refused, escalation_returned, evidence, handoff, offer_of, offered, person,
    reported, requested, rung, sealed, send_feedback, svb, tax_office, urgency_claimed, utrecht,
};
use super::super::{advice, insisting};
use super::Row;

pub(super) fn rows() -> Vec<Row> {
    [
        drafts(),
        questions(),
        counters(),
        climbs(),
        urgent(),
        bodies(),
    ]
    .concat()
}

fn drafts() -> Vec<Row> {
    let draft = Event::DraftSaved(DraftSaved {
        case: case_id("case_1"),
        owner: utrecht(),
        content: sealed("half a story"),
        remind_at: at(TEN_DAYS),
    });
    let foreign = OfferHandoff {
        from: svb(),
        ..offer_of("h9", tax_office())
    };
    vec![
        (vec![draft], send_feedback(), Refusal::NotShared),
        (vec![reported()], Command::DiscardDraft, Refusal::NotADraft),
        (
            vec![reported()],
            Command::OfferHandoff(foreign),
            Refusal::NotOwner(svb()),
        ),
    ]
}

fn questions() -> Vec<Row> {
    let asked = Event::AdviceAsked(AdviceAsked {
        consultation: consultation("q1"),
        by: utrecht(),
        of: svb(),
        question: sealed("may a sibling be the carer?"),
        answer_by: at("2026-03-04T09:00:00Z"),
    });
    let given = Event::AdviceGiven(AdviceGiven {
        consultation: consultation("q1"),
        by: svb(),
        answer: sealed("yes"),
    });
    let answer = |id: &str, by| {
        Command::GiveAdvice(GiveAdvice {
            consultation: consultation(id),
            by,
            answer: sealed("yes"),
        })
    };
    let open = || vec![reported(), asked.clone()];
    vec![
        (open(), advice::ask(), Refusal::ConsultationExists),
        (open(), answer("q9", svb()), Refusal::UnknownConsultation),
        (
            open(),
            answer("q1", tax_office()),
            Refusal::ConsultationNotYours(tax_office()),
        ),
        (
            vec![reported(), asked.clone(), given],
            answer("q1", svb()),
            Refusal::ConsultationOver,
        ),
    ]
}

fn counters() -> Vec<Row> {
    let countered = Event::HandoffCountered(HandoffCountered {
        handoff: handoff("h1"),
        by: svb(),
        reason: None,
        text: None,
        alternative: sealed("half of it"),
        follow_up_by: at(ANSWER_BY),
    });
    let take = |by| {
        Command::AnswerCounter(AnswerCounter {
            handoff: handoff("h1"),
            by,
            accepted: true,
            reason: None,
        })
    };
    vec![
        (
            vec![reported(), offered()],
            take(utrecht()),
            Refusal::CounterNotOpen,
        ),
        (
            vec![reported(), offered(), countered],
            take(svb()),
            Refusal::HandoffOfAnother(svb()),
        ),
    ]
}

fn waiting() -> Vec<Event> {
    vec![
        reported(),
        blocked(BlockType::Rule),
        Event::EscalationRequested(requested("workshop")),
    ]
}

fn climbs() -> Vec<Row> {
    let insist = || insisting::insist("e2");
    let scarce = vec![reported(), blocked(BlockType::Scarcity)];
    let ask = Command::RequestEscalation(climb(&["question"]));
    let mut twice = waiting();
    twice.push(escalation_refused(TriageReason::OtherRoute));
    let mut second = requested("local_table");
    second.origin = ladder::Origin::Insisted;
    twice.push(Event::EscalationRequested(second));
    twice.push(escalation_refused(TriageReason::OtherRoute));
    // And the workshop refuses once more.
    twice.push(Event::EscalationRequested(requested("workshop")));
    twice.push(escalation_returned(&["question"]));
    let blind = Insist {
        legal_basis: Some(" ".into()),
        ..insisting::insistence("e2")
    };
    let mut at_desk = climbed(&["workshop", "local_table"]);
    at_desk[0] = super::super::samples::reported_about("youth_care");
    at_desk.push(Event::EscalationRequested(requested("regional_table")));
    at_desk.push(escalation_refused(TriageReason::NotCompetent));
    vec![
        (scarce, ask, Refusal::ScarcityGoesToSignal),
        (
            vec![reported(), blocked(BlockType::Rule)],
            insist(),
            Refusal::NothingToInsistOn,
        ),
        (twice, insist(), Refusal::AlreadyInsisted(rung("workshop"))),
        (at_desk, Command::Insist(blind), Refusal::LegalBasisRequired),
    ]
}

fn urgent() -> Vec<Row> {
    let nobody = OfferHandoff {
        urgent: true,
        ..offer_of("h9", svb())
    };
    let second = |who: &str| {
        Command::ConfirmUrgency(ConfirmUrgency {
            by: utrecht(),
            person: person(who),
        })
    };
    vec![
        (
            vec![reported()],
            Command::OfferHandoff(nobody),
            Refusal::UrgencyNeedsPerson,
        ),
        (vec![reported()], second("p-2"), Refusal::UrgencyNotClaimed),
        (
            vec![reported(), urgency_claimed()],
            second("p-1"),
            Refusal::SamePerson,
        ),
    ]
}

fn bodies() -> Vec<Row> {
    let acknowledge = |review_at: Option<&str>| {
        Command::AcknowledgeEscalation(AcknowledgeEscalation {
            escalation: escalation("e1"),
            review_at: review_at.map(at),
        })
    };
    let mut seen = waiting();
    seen.push(Event::EscalationAcknowledged(EscalationAcknowledged {
        escalation: escalation("e1"),
        review_at: at(TEN_DAYS),
    }));
    let give = Command::GiveEvidence(GiveEvidence {
        escalation: escalation("e1"),
        evidence: evidence(&["question"]),
    });
    let again = RequestEscalation {
        to: Some(rung("workshop")),
        ..climb(&["tried_provisions"])
    };
    let mut returned = waiting();
    returned.push(escalation_returned(&["question"]));
    vec![
        (
            waiting(),
            give,
            Refusal::EvidenceNotAsked("question".into()),
        ),
        (seen, acknowledge(None), Refusal::AlreadyAcknowledged),
        (
            waiting(),
            acknowledge(Some("2027-01-04T09:00:00Z")),
            Refusal::ReviewNotAhead,
        ),
        (
            returned,
            Command::RequestEscalation(again),
            Refusal::EvidenceMissing(vec!["question".into()]),
        ),
    ]
}
