//! What the past amounts to. Total: an event that cannot follow on what was before leaves it be.

use jiff::Timestamp;

use super::event::{Event, MeetingPlanned, RecusalDeclared};
use super::{
    Adopted, AgendaItem, Answer, CaseAtTable, Conclusion, Meeting, Obstacle, Obstacles, Open,
    Planned, Request, RequestStatus, Table,
};
use crate::{CaseId, PersonRef, RequestId};

pub(super) fn evolve(meeting: Meeting, event: &Event, at: Timestamp) -> Meeting {
    let mut meeting = happened(meeting, event, at);
    if let (Some(table), Some(has_texts)) = (meeting.table_mut(), writes(event)) {
        table.has_texts = has_texts;
    }
    meeting
}

/// Whether something is written of the meeting itself from this event on; nothing where that stays
/// as it was: what is said of a case stands under that case.
fn writes(event: &Event) -> Option<bool> {
    match event {
        Event::MeetingErasureOrdered(_) => Some(false),
        Event::AgendaRemoved(_) | Event::ObstacleRecorded(_) | Event::MeetingCancelled(_) => {
            Some(true)
        }
        Event::MeetingPlanned(_)
        | Event::MeetingRescheduled(_)
        | Event::AgendaAdded(_)
        | Event::OrganisationInvited(_)
        | Event::RecusalDeclared(_)
        | Event::MeetingOpened(_)
        | Event::CollisionRecorded(_)
        | Event::CommitmentRequested(_)
        | Event::CommitmentMade(_)
        | Event::CommitmentRefused(_)
        | Event::DecisionRecorded(_)
        | Event::CaseAdjourned(_)
        | Event::ObstacleRuledOut(_)
        | Event::MinutesAdopted(_)
        | Event::MeetingOverdue(_) => None,
    }
}

fn happened(meeting: Meeting, event: &Event, at: Timestamp) -> Meeting {
    match (meeting, event) {
        (Meeting::Unplanned, Event::MeetingPlanned(plan)) => Meeting::Planned(Box::new(Planned {
            table: first_table(plan),
            at: plan.planned_at,
            reminded: false,
        })),
        (Meeting::Planned(planned), Event::MeetingCancelled(_)) => {
            Meeting::Cancelled(Box::new(planned.table))
        }
        (Meeting::Open(open), Event::MeetingCancelled(_)) => {
            Meeting::Cancelled(Box::new(open.table))
        }
        (Meeting::Planned(planned), Event::MeetingOpened(opened)) => {
            Meeting::Open(Box::new(Open {
                cases: planned
                    .table
                    .agenda
                    .keys()
                    .map(|case| (case.clone(), CaseAtTable::default()))
                    .collect(),
                present: opened.present.clone(),
                table: planned.table,
            }))
        }
        (Meeting::Planned(mut planned), event) => {
            prepare(&mut planned, event);
            Meeting::Planned(planned)
        }
        (Meeting::Open(open), Event::MinutesAdopted(minutes)) => {
            Meeting::Adopted(Box::new(Adopted {
                table: open.table,
                by: minutes.by.clone(),
                minutes: minutes.cases.clone(),
            }))
        }
        (Meeting::Open(mut open), event) => {
            meet(&mut open, event, at);
            Meeting::Open(open)
        }
        (meeting @ (Meeting::Unplanned | Meeting::Adopted(_) | Meeting::Cancelled(_)), _) => {
            meeting
        }
    }
}

fn first_table(plan: &MeetingPlanned) -> Table {
    Table {
        id: plan.meeting.clone(),
        body: plan.body.clone(),
        rung: plan.rung.clone(),
        quorum: plan.quorum,
        invited: Default::default(),
        agenda: Default::default(),
        recused: Default::default(),
        has_texts: false,
    }
}

fn prepare(planned: &mut Planned, event: &Event) {
    let table = &mut planned.table;
    match event {
        Event::MeetingRescheduled(e) => {
            planned.at = e.planned_at;
            planned.reminded = false;
        }
        Event::MeetingOverdue(_) => planned.reminded = true,
        Event::AgendaAdded(e) => {
            let item = AgendaItem {
                urgent: e.urgent,
                since: e.since,
            };
            table.agenda.insert(e.case.clone(), item);
        }
        Event::AgendaRemoved(e) => {
            table.agenda.remove(&e.case);
        }
        Event::OrganisationInvited(e) => {
            table
                .invited
                .insert(e.organisation.clone(), e.contact.clone());
        }
        Event::RecusalDeclared(recusal) => recuse(table, recusal),
        Event::MeetingPlanned(_)
        | Event::MeetingOpened(_)
        | Event::MeetingCancelled(_)
        | Event::CollisionRecorded(_)
        | Event::CommitmentRequested(_)
        | Event::CommitmentMade(_)
        | Event::CommitmentRefused(_)
        | Event::DecisionRecorded(_)
        | Event::CaseAdjourned(_)
        | Event::ObstacleRecorded(_)
        | Event::ObstacleRuledOut(_)
        | Event::MinutesAdopted(_)
        | Event::MeetingErasureOrdered(_) => {}
    }
}

fn recuse(table: &mut Table, recusal: &RecusalDeclared) {
    table
        .recused
        .entry(recusal.case.clone())
        .or_default()
        .insert(recusal.organisation.clone());
}

fn meet(open: &mut Open, event: &Event, at: Timestamp) {
    match event {
        Event::RecusalDeclared(recusal) => {
            recuse(&mut open.table, recusal);
            for request in &recusal.struck {
                request_is(open, &recusal.case, request, RequestStatus::Struck);
            }
        }
        Event::CollisionRecorded(e) => {
            on(open, &e.case, |case| {
                case.collision = Some(e.collision.clone());
            });
        }
        Event::CommitmentRequested(e) => {
            let request = Request {
                of: e.of.clone(),
                law_or_theme: e.law_or_theme.clone(),
                text: e.text.clone(),
                status: RequestStatus::Waiting,
            };
            on(open, &e.case, |case| {
                case.requests.insert(e.request.clone(), request);
            });
        }
        Event::CommitmentMade(e) => {
            let answer = Answer::Made {
                text: e.text.clone(),
                mandate: e.mandate.clone(),
                due: e.due,
                amount_cents: e.amount_cents,
            };
            let answered = answered(at, &e.person, answer);
            request_is(open, &e.case, &e.request, answered);
        }
        Event::CommitmentRefused(e) => {
            let reason = e.reason.clone();
            let answered = answered(at, &e.person, Answer::Refused { reason });
            request_is(open, &e.case, &e.request, answered);
        }
        Event::DecisionRecorded(e) => on(open, &e.case, |case| {
            case.conclusion = Some(Conclusion::Decided {
                by: e.by.clone(),
                text: e.text.clone(),
                room: e.room,
                grounds: e.grounds.clone(),
            });
        }),
        Event::CaseAdjourned(e) => on(open, &e.case, |case| {
            case.conclusion = Some(Conclusion::Adjourned {
                reason: e.reason.clone(),
            });
        }),
        Event::ObstacleRecorded(e) => {
            let obstacle = Obstacle {
                text: e.text.clone(),
                target: e.target,
                owner: e.owner.clone(),
            };
            on(open, &e.case, |case| match &mut case.obstacles {
                Obstacles::Found(found) => found.push(obstacle),
                Obstacles::Unspoken | Obstacles::RuledOut => {
                    case.obstacles = Obstacles::Found(vec![obstacle]);
                }
            });
        }
        Event::ObstacleRuledOut(e) => {
            on(open, &e.case, |case| case.obstacles = Obstacles::RuledOut);
        }
        Event::MeetingPlanned(_)
        | Event::MeetingRescheduled(_)
        | Event::AgendaAdded(_)
        | Event::AgendaRemoved(_)
        | Event::OrganisationInvited(_)
        | Event::MeetingOpened(_)
        | Event::MinutesAdopted(_)
        | Event::MeetingCancelled(_)
        | Event::MeetingOverdue(_)
        | Event::MeetingErasureOrdered(_) => {}
    }
}

fn on(open: &mut Open, case: &CaseId, change: impl FnOnce(&mut CaseAtTable)) {
    if let Some(case) = open.cases.get_mut(case) {
        change(case);
    }
}

fn request_is(open: &mut Open, case: &CaseId, request: &RequestId, status: RequestStatus) {
    on(open, case, |case| {
        if let Some(request) = case.requests.get_mut(request) {
            request.status = status;
        }
    });
}

fn answered(at: Timestamp, person: &PersonRef, answer: Answer) -> RequestStatus {
    RequestStatus::Answered {
        at,
        person: person.clone(),
        answer,
    }
}
