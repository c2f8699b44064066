//! Whether a command can be carried out now, and what follows from it. One file per subject.

mod commitment;
mod conclusion;
mod minutes;
mod planning;
mod recusal;

use jiff::Timestamp;

use super::event::MeetingErasureOrdered;
use super::{
    CaseAtTable, Command, EraseTexts, Event, Meeting, MeetingRules, Open, Planned, Refusal, Table,
};
use crate::CaseId;

pub(super) fn decide(
    rules: &MeetingRules,
    meeting: &Meeting,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match meeting {
        Meeting::Unplanned => unplanned(rules, command, at),
        Meeting::Planned(planned) => prepare(planned, command, at),
        Meeting::Open(open) => meet(rules, open, command, at),
        Meeting::Adopted(adopted) => ended(&adopted.table, command, Refusal::MinutesAdopted),
        Meeting::Cancelled(table) => ended(table, command, Refusal::MeetingCancelled),
    }
}

fn unplanned(rules: &MeetingRules, command: Command, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Plan(plan) => planning::plan(rules, plan, at),
        Command::Lapse(_) => Ok(Vec::new()),
        Command::Reschedule(_)
        | Command::PutOnAgenda(_)
        | Command::TakeOffAgenda(_)
        | Command::Invite(_)
        | Command::DeclareRecusal(_)
        | Command::Open(_)
        | Command::RecordCollision(_)
        | Command::RequestCommitment(_)
        | Command::AnswerRequest(_)
        | Command::RecordDecision(_)
        | Command::Adjourn(_)
        | Command::RecordObstacle(_)
        | Command::NoObstacle(_)
        | Command::AdoptMinutes(_)
        | Command::Cancel(_)
        | Command::EraseTexts(_) => Err(Refusal::UnknownMeeting),
    }
}

fn prepare(planned: &Planned, command: Command, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    let table = &planned.table;
    match command {
        Command::Plan(_) => Err(Refusal::MeetingExists),
        Command::Reschedule(reschedule) => planning::reschedule(&reschedule, at),
        Command::PutOnAgenda(put) => planning::put_on_agenda(table, put),
        Command::TakeOffAgenda(take) => planning::take_off_agenda(table, take),
        Command::Invite(invitation) => planning::invite(table, invitation),
        Command::DeclareRecusal(recusal) => recusal::before(table, recusal),
        Command::Open(opening) => planning::open(table, opening),
        Command::Cancel(cancel) => Ok(planning::cancel(cancel)),
        Command::EraseTexts(order) => erase(table, order),
        Command::Lapse(due) => Ok(planning::lapse(planned, &due, at)),
        Command::RecordCollision(_)
        | Command::RequestCommitment(_)
        | Command::AnswerRequest(_)
        | Command::RecordDecision(_)
        | Command::Adjourn(_)
        | Command::RecordObstacle(_)
        | Command::NoObstacle(_)
        | Command::AdoptMinutes(_) => Err(Refusal::MeetingNotOpen),
    }
}

fn meet(
    rules: &MeetingRules,
    open: &Open,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Plan(_) => Err(Refusal::MeetingExists),
        Command::Reschedule(_)
        | Command::PutOnAgenda(_)
        | Command::TakeOffAgenda(_)
        | Command::Invite(_)
        | Command::Open(_) => Err(Refusal::MeetingOpen),
        Command::DeclareRecusal(recusal) => recusal::during(open, recusal),
        Command::RecordCollision(collision) => conclusion::collision(open, collision),
        Command::RequestCommitment(request) => commitment::request(open, request),
        Command::AnswerRequest(answer) => commitment::answer(rules, open, answer, at),
        Command::RecordDecision(decision) => conclusion::decision(open, decision),
        Command::Adjourn(adjournment) => conclusion::adjourn(open, adjournment),
        Command::RecordObstacle(obstacle) => conclusion::obstacle(open, obstacle),
        Command::NoObstacle(none) => conclusion::no_obstacle(open, none),
        Command::AdoptMinutes(adoption) => minutes::adopt(open, adoption),
        Command::Cancel(cancel) => Ok(planning::cancel(cancel)),
        Command::EraseTexts(order) => erase(&open.table, order),
        Command::Lapse(_) => Ok(Vec::new()),
    }
}

/// A clock that comes late is a fact of life, and what was written can be erased; everything else
/// is too late.
fn ended(table: &Table, command: Command, refusal: Refusal) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Lapse(_) => Ok(Vec::new()),
        Command::EraseTexts(order) => erase(table, order),
        Command::Plan(_)
        | Command::Reschedule(_)
        | Command::PutOnAgenda(_)
        | Command::TakeOffAgenda(_)
        | Command::Invite(_)
        | Command::DeclareRecusal(_)
        | Command::Open(_)
        | Command::RecordCollision(_)
        | Command::RequestCommitment(_)
        | Command::AnswerRequest(_)
        | Command::RecordDecision(_)
        | Command::Adjourn(_)
        | Command::RecordObstacle(_)
        | Command::NoObstacle(_)
        | Command::AdoptMinutes(_)
        | Command::Cancel(_) => Err(refusal),
    }
}

/// What is written after it is there again, until it is ordered once more.
fn erase(table: &Table, order: EraseTexts) -> Result<Vec<Event>, Refusal> {
    if !table.has_texts {
        return Err(Refusal::NothingToErase);
    }
    Ok(vec![Event::MeetingErasureOrdered(MeetingErasureOrdered {
        by: order.by,
        ground: order.ground,
    })])
}

/// What was said about a case of the agenda.
fn said<'a>(open: &'a Open, case: &CaseId) -> Result<&'a CaseAtTable, Refusal> {
    open.cases
        .get(case)
        .ok_or_else(|| Refusal::NotOnAgenda(case.clone()))
}

/// The same, when the table may still conclude on it.
fn unconcluded<'a>(open: &'a Open, case: &CaseId) -> Result<&'a CaseAtTable, Refusal> {
    let said = said(open, case)?;
    if said.conclusion.is_some() {
        return Err(Refusal::CaseConcluded(case.clone()));
    }
    Ok(said)
}

/// The table acts in a case only with the quorum of those who take part in it.
fn case_quorum(open: &Open, case: &CaseId) -> Result<(), Refusal> {
    let present = count(open.taking_part(case));
    let quorum = open.table.quorum;
    if present < quorum {
        return Err(Refusal::NoCaseQuorum {
            case: case.clone(),
            present,
            quorum,
        });
    }
    Ok(())
}

fn count(organisations: usize) -> u32 {
    u32::try_from(organisations).unwrap_or(u32::MAX)
}
