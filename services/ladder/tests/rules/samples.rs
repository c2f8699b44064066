//! One specimen of every command and event, as plain as the rules allow; a test changes the one
//! field that it is about.

mod answers;
mod ending;
mod weighing;

use jiff::Timestamp;
use ladder::catalogue::LegalBasis;
use ladder::event::{
    BlockRecorded, Escalated, EscalationRequested, EvidenceGiven, HandoffAccepted, HandoffOffered,
    LegalBasisRecorded, Reported, RungSkipped, UrgencyClaimed,
};
use ladder::{
    AnswerHandoff, AssessmentId, BlockType, CaseId, Command, ConsultationId, DecisionId,
    EscalationId, Event, Evidence, FundId, HandoffAnswer, HandoffId, HandoffKind, MeasureId,
    Organisation, Origin, PersonRef, ProposalId, RecordBlock, Report, RequestEscalation, RequestId,
    RungId, Sealed, Tier, Triage, TriageAnswer, WithdrawHandoff,
};

use super::harness::{START, at, rules};
pub(crate) use answers::{
    CLIMB_AT, escalation_expired, escalation_refused, escalation_returned, handoff_declined,
    handoff_expired,
};
pub(crate) use ending::{
    LATE_AT, aftercare, answer_proposal, citizen_informed, close, closed, commit, commitment_made,
    commitment_refused, commitment_requested, decide, decided, decision, due, feedback_sent,
    fulfil, fulfilled, propose, proposed, receiver, refuse_commitment, request_commitment,
    send_feedback, weighed, weighing,
};

pub(crate) use weighing::{inside, mandate_of, part_of, proposal_of, stated, stated_of};

pub(crate) const REMIND_AT: &str = "2026-03-05T21:00:00Z";
/// Two working days after the start.
pub(crate) const ACKNOWLEDGE_BY: &str = "2026-03-04T09:00:00Z";
pub(crate) const ANSWER_BY: &str = "2026-03-09T09:00:00Z";
/// Ten working days after the start: when a block is looked at again.
pub(crate) const TEN_DAYS: &str = "2026-03-16T09:00:00Z";
/// Twenty working days after the start, when the clock has been put forward: when a case without
/// progress is looked at.
pub(crate) const TWENTY_DAYS: &str = "2026-03-30T08:00:00Z";
/// The ground on which the samples share.
pub(crate) const GROUND: &str = "jeugdwet-7.4.0";

macro_rules! organisations {
    ($($name:ident = $oin:literal),+ $(,)?) => {
        $(pub(crate) fn $name() -> Organisation { Organisation::parse($oin).unwrap() })+
    };
}

organisations! {
    utrecht = "00000099000000001000",
    svb = "00000099000000002000",
    tax_office = "00000099000000003000",
    spirit = "00000099000000004000",
    expert_team = "00000099000000005000",
    desk = "00000099000000006000",
    table = "00000099000000007000",
}

macro_rules! identifiers {
    ($($name:ident: $type:ident),+ $(,)?) => {
        $(pub(crate) fn $name(text: &str) -> $type { $type::parse(text).unwrap() })+
    };
}

identifiers! {
    case_id: CaseId,
    handoff: HandoffId,
    escalation: EscalationId,
    request: RequestId,
    proposal: ProposalId,
    rung: RungId,
    person: PersonRef,
    consultation: ConsultationId,
    assessment: AssessmentId,
    decision_id: DecisionId,
    fund: FundId,
    measure: MeasureId,
}

pub(crate) fn sealed(text: &str) -> Sealed {
    Sealed::new(text)
}

// Reporting.

pub(crate) fn report_about(theme: &str) -> Report {
    Report {
        case: case_id("case_1"),
        owner: utrecht(),
        own_reference: sealed("own-1"),
        story: sealed("story"),
        desired_outcome: sealed("desired outcome"),
        citizens_words: Some(sealed("citizen's words")),
        no_words_reason: None,
        perspective: None,
        life_domains: vec!["income".into()],
        persons: Vec::new(),
        parties_involved: vec![sealed("SVB")],
        tried_provisions: vec![sealed("none")],
        provisions: Vec::new(),
        no_provision_reason: None,
        theme: theme.into(),
        region: "midden-nederland".into(),
    }
}

pub(crate) fn report() -> Command {
    Command::Report(Box::new(report_about("family_income")))
}

pub(crate) fn reported_about(theme: &str) -> Event {
    let report = report_about(theme);
    Event::Reported(Reported {
        case: report.case,
        owner: report.owner,
        own_reference: report.own_reference,
        rung: rung("own_work"),
        tier: Tier::Local,
        story: report.story,
        desired_outcome: report.desired_outcome,
        citizens_words: report.citizens_words,
        no_words_reason: report.no_words_reason,
        perspective: report.perspective,
        life_domains: report.life_domains,
        persons: report.persons,
        parties_involved: report.parties_involved,
        tried_provisions: report.tried_provisions,
        provisions: report.provisions,
        no_provision_reason: report.no_provision_reason,
        theme: report.theme,
        region: report.region,
        review_at: at(TWENTY_DAYS),
    })
}

/// A case for which no regional body is competent.
pub(crate) fn reported() -> Event {
    reported_about("family_income")
}

pub(crate) fn record_block(kind: BlockType) -> Command {
    Command::RecordBlock(RecordBlock {
        kind,
        rules: vec!["akw-7".into()],
        explanation: sealed("why it blocks"),
    })
}

pub(crate) fn blocked(block: BlockType) -> Event {
    Event::BlockRecorded(BlockRecorded {
        block,
        rules: vec!["akw-7".into()],
        explanation: sealed("why it blocks"),
        review_at: at(TEN_DAYS),
    })
}

pub(crate) fn ground(source: Organisation, receiver: Organisation) -> Event {
    Event::LegalBasisRecorded(LegalBasisRecorded {
        source,
        receiver,
        legal_basis: GROUND.into(),
        categories: basis().categories,
        own_law: basis().own_law,
        purpose: basis().usual_purpose(),
        consent: false,
        unlisted: false,
        disclosure: None,
        answers: None,
        template: None,
    })
}

/// [`GROUND`] as the catalogue of these tests has it.
pub(crate) fn basis() -> LegalBasis {
    rules().legal_bases.get(GROUND).unwrap().clone()
}

/// Claimed at `START` by person `p-1` of the owner.
pub(crate) fn urgency_claimed() -> Event {
    Event::UrgencyClaimed(UrgencyClaimed {
        by: utrecht(),
        person: person("p-1"),
        confirm_by: at("2026-03-03T09:00:00Z"),
    })
}

// Handoffs.

pub(crate) fn offer_of(id: &str, to: Organisation) -> ladder::OfferHandoff {
    ladder::OfferHandoff {
        handoff: handoff(id),
        from: utrecht(),
        to,
        kind: HandoffKind::Advice,
        requested_outcome: "opinion".into(),
        rules: vec!["akw-7".into()],
        urgent: false,
        summary: sealed("summary"),
        legal_basis: GROUND.into(),
        contact_role: "case_director".into(),
        person: None,
        addressee: None,
        instead_of: None,
    }
}

pub(crate) fn offer(id: &str, to: Organisation) -> Command {
    Command::OfferHandoff(offer_of(id, to))
}

/// What [`offer`] leads to at `START`.
pub(crate) fn offered_to(id: &str, to: Organisation) -> HandoffOffered {
    HandoffOffered {
        handoff: handoff(id),
        from: utrecht(),
        to,
        handoff_kind: HandoffKind::Advice,
        requested_outcome: "opinion".into(),
        rules: vec!["akw-7".into()],
        urgent: false,
        summary: sealed("summary"),
        legal_basis: GROUND.into(),
        contact_role: "case_director".into(),
        addressee: None,
        instead_of: None,
        returns: None,
        remind_at: at(REMIND_AT),
        answer_by: at(ANSWER_BY),
    }
}

/// Handoff `h1`, offered to the SVB.
pub(crate) fn offered() -> Event {
    Event::HandoffOffered(offered_to("h1", svb()))
}

pub(crate) fn answer_by(by: Organisation, answer: HandoffAnswer) -> Command {
    Command::AnswerHandoff(AnswerHandoff {
        handoff: handoff("h1"),
        by,
        answer,
        text: None,
    })
}

pub(crate) fn accept() -> Command {
    answer_by(svb(), HandoffAnswer::Accepted)
}

pub(crate) fn decline(reason: Option<&str>) -> Command {
    let answer = HandoffAnswer::Declined {
        reason: reason.map(str::to_owned),
        alternative: Some(sealed("ask the table")),
    };
    answer_by(svb(), answer)
}

pub(crate) fn counter(alternative: Option<&str>) -> Command {
    let answer = HandoffAnswer::Countered {
        reason: None,
        alternative: alternative.map(sealed),
    };
    answer_by(svb(), answer)
}

pub(crate) fn accepted() -> Event {
    Event::HandoffAccepted(HandoffAccepted {
        handoff: handoff("h1"),
        by: svb(),
        text: None,
    })
}

pub(crate) fn withdraw(by: Organisation) -> Command {
    Command::WithdrawHandoff(WithdrawHandoff {
        handoff: handoff("h1"),
        by,
        reason: sealed("solved"),
    })
}

// Climbing.

pub(crate) fn evidence(items: &[&str]) -> Vec<Evidence> {
    items
        .iter()
        .map(|item| Evidence {
            item: (*item).to_owned(),
            explained: false,
            text: sealed("evidence"),
        })
        .collect()
}

pub(crate) fn evidence_given(items: &[&str]) -> Vec<EvidenceGiven> {
    items
        .iter()
        .map(|item| EvidenceGiven {
            item: (*item).to_owned(),
            explained: false,
            text: sealed("evidence"),
        })
        .collect()
}

/// Request `e1` by the owner to be admitted to the next rung.
pub(crate) fn climb(items: &[&str]) -> RequestEscalation {
    RequestEscalation {
        escalation: escalation("e1"),
        by: utrecht(),
        to: None,
        skip_reason: None,
        evidence: evidence(items),
        urgent: false,
        person: None,
        legal_basis: None,
    }
}

/// A request to be admitted to `to` with the evidence that this rung asks, made at `START`.
pub(crate) fn requested(to: &str) -> EscalationRequested {
    let ladder = rules().ladder;
    let target = ladder.rung(&rung(to)).unwrap();
    let body = target
        .body_for(&utrecht(), "youth_care", "midden-nederland")
        .unwrap();
    let admission = target.admission.clone().unwrap();
    let items: Vec<&str> = target.evidence.iter().map(String::as_str).collect();
    EscalationRequested {
        escalation: escalation("e1"),
        by: utrecht(),
        to: rung(to),
        tier: target.tier,
        admitting: admission.organisation.unwrap_or_else(|| body.clone()),
        admitting_role: admission.role,
        body,
        origin: Origin::Asked,
        evidence: evidence_given(&items),
        unexplained: Vec::new(),
        explain_by: None,
        insistence: None,
        urgent: false,
        acknowledge_by: Some(at(ACKNOWLEDGE_BY)),
        answer_by: at(ANSWER_BY),
    }
}

pub(crate) fn escalated(to: &str) -> Event {
    let requested = requested(to);
    let ladder = rules().ladder;
    let target = ladder.rung(&rung(to)).unwrap();
    let review = target.review.unwrap();
    Event::Escalated(Escalated {
        escalation: requested.escalation,
        rung: requested.to,
        tier: requested.tier,
        body: requested.body,
        review_at: in_term(review),
        warn_at: target.warn.map(in_term),
    })
}

/// The end of a term that begins at `START`.
fn in_term(term: ladder::Term) -> Timestamp {
    rules().calendar.after(at(START), term)
}

pub(crate) fn skipped(id: &str, reason: &str, body: Option<Organisation>) -> Event {
    Event::RungSkipped(RungSkipped {
        rung: rung(id),
        reason: reason.into(),
        body,
    })
}

/// A blocked case, admitted to each of these rungs in turn.
pub(crate) fn climbed(rungs: &[&str]) -> Vec<Event> {
    let mut events = vec![reported(), blocked(BlockType::Rule)];
    for to in rungs {
        events.push(Event::EscalationRequested(requested(to)));
        events.push(escalated(to));
    }
    events
}

pub(crate) fn triage_with(answer: TriageAnswer) -> Triage {
    Triage {
        escalation: escalation("e1"),
        answer,
        reason: None,
        missing: Default::default(),
        text: None,
    }
}
