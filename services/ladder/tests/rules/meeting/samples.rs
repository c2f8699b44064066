//! One specimen of every command and event of a meeting; a test changes the one field that it is
//! about. The table is the national one, its quorum two.

use std::collections::BTreeSet;

use ladder::meeting::event::{
    AgendaAdded, AgendaRemoved, CaseAdjourned, CollisionRecorded, CommitmentMade,
    CommitmentRefused, CommitmentRequested, DecisionRecorded, MeetingCancelled, MeetingOpened,
    MeetingPlanned, MinutesAdopted, ObstacleRecorded, ObstacleRuledOut, OrganisationInvited,
    RecusalDeclared,
};
use ladder::meeting::{
    Adjourn, AdoptMinutes, Answer, AnswerRequest, Cancel, Command, DeclareRecusal, Due, EraseTexts,
    Event, Invite, NoObstacle, OpenMeeting, Plan, PutOnAgenda, RecordCollision, RecordDecision,
    RecordObstacle, RequestCommitment, Reschedule, TakeOffAgenda,
};
use ladder::signal::Artefact;
use ladder::{ErasureGround, Ground, Mandate, MeetingId, Organisation, PersonRef, Room};

use super::super::harness::at;
use super::super::samples::{case_id, request, rung, sealed, svb, table, tax_office};

/// Tuesday 10 March 2026, 10:00: when the table is planned to meet.
pub(crate) const PLANNED_AT: &str = "2026-03-10T09:00:00Z";
/// Since when the cases waited.
pub(crate) const SINCE: &str = "2026-02-02T09:00:00Z";
/// The law on which the samples ask.
pub(crate) const LAW: &str = "akw";

pub(crate) fn meeting_id() -> MeetingId {
    MeetingId::parse("meeting_1").unwrap()
}

pub(crate) fn person(text: &str) -> PersonRef {
    PersonRef::parse(text).unwrap()
}

/// A mandate of this organisation for everything, held by `p-1`.
pub(crate) fn mandate(organisation: Organisation) -> Mandate {
    Mandate {
        id: "mandate-12".into(),
        holder: person("p-1"),
        organisation,
        scope: BTreeSet::new(),
        amount_cents: Some(500_000),
        until: None,
    }
}

// Planning.

pub(crate) fn plan() -> Command {
    plan_of("national_table")
}

pub(crate) fn plan_of(of: &str) -> Command {
    Command::Plan(Plan {
        meeting: meeting_id(),
        body: table(),
        rung: rung(of),
        at: at(PLANNED_AT),
    })
}

pub(crate) fn planned() -> Event {
    planned_with(2)
}

pub(crate) fn planned_with(quorum: u32) -> Event {
    Event::MeetingPlanned(MeetingPlanned {
        meeting: meeting_id(),
        body: table(),
        rung: rung("national_table"),
        quorum,
        planned_at: at(PLANNED_AT),
    })
}

pub(crate) fn reschedule(moment: &str) -> Command {
    Command::Reschedule(Reschedule { at: at(moment) })
}

pub(crate) fn put(case: &str, urgent: bool, since: &str) -> Command {
    Command::PutOnAgenda(PutOnAgenda {
        case: case_id(case),
        urgent,
        since: at(since),
    })
}

pub(crate) fn added(case: &str, urgent: bool, since: &str) -> Event {
    Event::AgendaAdded(AgendaAdded {
        case: case_id(case),
        urgent,
        since: at(since),
    })
}

pub(crate) fn on_agenda(case: &str) -> Event {
    added(case, false, SINCE)
}

pub(crate) fn take_off(case: &str) -> Command {
    Command::TakeOffAgenda(TakeOffAgenda {
        case: case_id(case),
        reason: sealed("solved"),
    })
}

pub(crate) fn taken_off(case: &str) -> Event {
    Event::AgendaRemoved(AgendaRemoved {
        case: case_id(case),
        reason: sealed("solved"),
    })
}

pub(crate) fn invite(organisation: Organisation) -> Command {
    Command::Invite(Invite {
        organisation,
        contact: None,
    })
}

pub(crate) fn invited(organisation: Organisation) -> Event {
    Event::OrganisationInvited(OrganisationInvited {
        organisation,
        contact: None,
    })
}

pub(crate) fn open(present: impl IntoIterator<Item = Organisation>) -> Command {
    Command::Open(OpenMeeting {
        present: present.into_iter().collect(),
    })
}

pub(crate) fn opened(present: impl IntoIterator<Item = Organisation>) -> Event {
    Event::MeetingOpened(MeetingOpened {
        present: present.into_iter().collect(),
    })
}

pub(crate) fn cancel() -> Command {
    Command::Cancel(Cancel {
        reason: sealed("storm"),
    })
}

pub(crate) fn cancelled() -> Event {
    Event::MeetingCancelled(MeetingCancelled {
        reason: sealed("storm"),
    })
}

pub(crate) fn erase() -> Command {
    Command::EraseTexts(EraseTexts {
        by: Some(table()),
        ground: ErasureGround::Request,
    })
}

pub(crate) fn lapse() -> Command {
    Command::Lapse(Due::Overdue)
}

/// Planned with the table, SVB and the tax office invited, and `c1` on the agenda.
pub(crate) fn prepared() -> Vec<Event> {
    vec![
        planned(),
        invited(table()),
        invited(svb()),
        invited(tax_office()),
        on_agenda("c1"),
    ]
}

/// The same, opened with all three, and then these.
pub(crate) fn at_table(more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    let mut events = prepared();
    events.push(opened([table(), svb(), tax_office()]));
    events.extend(more);
    events
}

/// The same, opened with the table and SVB only: exactly the quorum.
pub(crate) fn at_small_table(more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    let mut events = prepared();
    events.push(opened([table(), svb()]));
    events.extend(more);
    events
}

// At the table.

pub(crate) fn recuse(organisation: Organisation) -> Command {
    Command::DeclareRecusal(DeclareRecusal {
        case: case_id("c1"),
        organisation,
        by: person("p-1"),
    })
}

pub(crate) fn recused(organisation: Organisation, struck: &[&str]) -> Event {
    Event::RecusalDeclared(RecusalDeclared {
        case: case_id("c1"),
        organisation,
        by: person("p-1"),
        struck: struck.iter().map(|id| request(id)).collect(),
    })
}

pub(crate) fn collide() -> Command {
    Command::RecordCollision(RecordCollision {
        case: case_id("c1"),
        collision: sealed("two laws"),
    })
}

pub(crate) fn collided() -> Event {
    Event::CollisionRecorded(CollisionRecorded {
        case: case_id("c1"),
        collision: sealed("two laws"),
    })
}

pub(crate) fn ask(id: &str, of: Organisation) -> Command {
    ask_in("c1", id, of)
}

pub(crate) fn ask_in(case: &str, id: &str, of: Organisation) -> Command {
    Command::RequestCommitment(RequestCommitment {
        case: case_id(case),
        request: request(id),
        of,
        law_or_theme: LAW.into(),
        text: sealed("please"),
    })
}

pub(crate) fn asked(id: &str, of: Organisation) -> Event {
    asked_in("c1", id, of)
}

pub(crate) fn asked_in(case: &str, id: &str, of: Organisation) -> Event {
    Event::CommitmentRequested(CommitmentRequested {
        case: case_id(case),
        request: request(id),
        of,
        law_or_theme: LAW.into(),
        text: sealed("please"),
    })
}

/// A commitment of 2,500 euros in this mandate.
pub(crate) fn promise(mandate: Mandate) -> Answer {
    Answer::Made {
        text: sealed("we will"),
        mandate: Box::new(mandate),
        due: "2026-05-01".parse().unwrap(),
        amount_cents: Some(250_000),
    }
}

pub(crate) fn no() -> Answer {
    Answer::Refused {
        reason: sealed("no power"),
    }
}

pub(crate) fn answer(id: &str, by: Organisation, answer: Answer) -> Command {
    Command::AnswerRequest(AnswerRequest {
        case: case_id("c1"),
        request: request(id),
        by,
        person: person("p-1"),
        answer,
    })
}

pub(crate) fn make(id: &str, by: Organisation) -> Command {
    answer(id, by.clone(), promise(mandate(by)))
}

pub(crate) fn made(id: &str, by: Organisation) -> Event {
    Event::CommitmentMade(CommitmentMade {
        case: case_id("c1"),
        request: request(id),
        person: person("p-1"),
        text: sealed("we will"),
        mandate: Box::new(mandate(by.clone())),
        due: "2026-05-01".parse().unwrap(),
        amount_cents: Some(250_000),
        by,
    })
}

pub(crate) fn refused(id: &str, by: Organisation) -> Event {
    Event::CommitmentRefused(CommitmentRefused {
        case: case_id("c1"),
        request: request(id),
        by,
        person: person("p-1"),
        reason: sealed("no power"),
    })
}

pub(crate) fn decide_on(by: Organisation, grounds: &[Ground]) -> Command {
    Command::RecordDecision(RecordDecision {
        case: case_id("c1"),
        by,
        text: sealed("decision"),
        room: Room::DeviationFromPolicyRule,
        grounds: grounds.iter().copied().collect(),
    })
}

pub(crate) fn decide() -> Command {
    decide_on(table(), &[Ground::Justice, Ground::Cost])
}

pub(crate) fn decided() -> Event {
    Event::DecisionRecorded(DecisionRecorded {
        case: case_id("c1"),
        by: table(),
        text: sealed("decision"),
        room: Room::DeviationFromPolicyRule,
        grounds: [Ground::Justice, Ground::Cost].into(),
    })
}

pub(crate) fn adjourn(case: &str) -> Command {
    Command::Adjourn(Adjourn {
        case: case_id(case),
        reason: sealed("next time"),
    })
}

pub(crate) fn adjourned(case: &str) -> Event {
    Event::CaseAdjourned(CaseAdjourned {
        case: case_id(case),
        reason: sealed("next time"),
    })
}

pub(crate) fn find_obstacle() -> Command {
    Command::RecordObstacle(RecordObstacle {
        case: case_id("c1"),
        text: sealed("the rule"),
        target: Artefact::PolicyRule,
        owner: tax_office(),
    })
}

pub(crate) fn obstacle_found() -> Event {
    Event::ObstacleRecorded(ObstacleRecorded {
        case: case_id("c1"),
        text: sealed("the rule"),
        target: Artefact::PolicyRule,
        owner: tax_office(),
    })
}

pub(crate) fn no_obstacle() -> Command {
    Command::NoObstacle(NoObstacle {
        case: case_id("c1"),
    })
}

pub(crate) fn ruled_out() -> Event {
    Event::ObstacleRuledOut(ObstacleRuledOut {
        case: case_id("c1"),
    })
}

pub(crate) fn adopt() -> Command {
    Command::AdoptMinutes(AdoptMinutes {
        by: person("chair"),
    })
}

pub(crate) fn adopted(cases: Vec<ladder::meeting::MinutedCase>) -> Event {
    Event::MinutesAdopted(MinutesAdopted {
        by: person("chair"),
        cases,
    })
}
