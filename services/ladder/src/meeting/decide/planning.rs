use jiff::Timestamp;

use super::count;
use crate::meeting::event::{
    AgendaAdded, AgendaRemoved, MeetingCancelled, MeetingOpened, MeetingOverdue, MeetingPlanned,
    MeetingRescheduled, OrganisationInvited,
};
use crate::meeting::{
    AgendaItem, Cancel, Due, Event, Invite, MeetingRules, OpenMeeting, Plan, Planned, PutOnAgenda,
    Refusal, Reschedule, Table, TakeOffAgenda,
};

pub(super) fn plan(
    rules: &MeetingRules,
    plan: Plan,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let quorum = match rules.quorums.get(&plan.rung) {
        Some(quorum) if *quorum > 0 => *quorum,
        Some(_) | None => return Err(Refusal::NoTable(plan.rung)),
    };
    to_come(plan.at, now)?;
    Ok(vec![Event::MeetingPlanned(MeetingPlanned {
        meeting: plan.meeting,
        body: plan.body,
        rung: plan.rung,
        quorum,
        planned_at: plan.at,
    })])
}

pub(super) fn reschedule(reschedule: &Reschedule, now: Timestamp) -> Result<Vec<Event>, Refusal> {
    to_come(reschedule.at, now)?;
    Ok(vec![Event::MeetingRescheduled(MeetingRescheduled {
        planned_at: reschedule.at,
    })])
}

fn to_come(at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if at <= now {
        return Err(Refusal::MomentPassed { at });
    }
    Ok(())
}

pub(super) fn put_on_agenda(table: &Table, put: PutOnAgenda) -> Result<Vec<Event>, Refusal> {
    let PutOnAgenda {
        case,
        urgent,
        since,
    } = put;
    if table.agenda.get(&case) == Some(&AgendaItem { urgent, since }) {
        return Err(Refusal::AlreadyOnAgenda(case));
    }
    Ok(vec![Event::AgendaAdded(AgendaAdded {
        case,
        urgent,
        since,
    })])
}

pub(super) fn take_off_agenda(table: &Table, take: TakeOffAgenda) -> Result<Vec<Event>, Refusal> {
    let TakeOffAgenda { case, reason } = take;
    if !table.agenda.contains_key(&case) {
        return Err(Refusal::NotOnAgenda(case));
    }
    Ok(vec![Event::AgendaRemoved(AgendaRemoved { case, reason })])
}

pub(super) fn invite(table: &Table, invitation: Invite) -> Result<Vec<Event>, Refusal> {
    let Invite {
        organisation,
        contact,
    } = invitation;
    if table.invited.get(&organisation) == Some(&contact) {
        return Err(Refusal::AlreadyInvited(organisation));
    }
    Ok(vec![Event::OrganisationInvited(OrganisationInvited {
        organisation,
        contact,
    })])
}

/// The body itself counts like any other organisation: when it is invited and present.
pub(super) fn open(table: &Table, opening: OpenMeeting) -> Result<Vec<Event>, Refusal> {
    let present = opening.present;
    if table.agenda.is_empty() {
        return Err(Refusal::AgendaEmpty);
    }
    if let Some(stranger) = present
        .iter()
        .find(|organisation| !table.invited.contains_key(*organisation))
    {
        return Err(Refusal::NotInvited(stranger.clone()));
    }
    let there = count(present.len());
    if there < table.quorum {
        return Err(Refusal::NoQuorum {
            present: there,
            quorum: table.quorum,
        });
    }
    Ok(vec![Event::MeetingOpened(MeetingOpened { present })])
}

pub(super) fn cancel(cancel: Cancel) -> Vec<Event> {
    vec![Event::MeetingCancelled(MeetingCancelled {
        reason: cancel.reason,
    })]
}

/// A moment that was moved, or has not come yet, is a fact of life: nothing follows.
pub(super) fn lapse(planned: &Planned, due: &Due, now: Timestamp) -> Vec<Event> {
    match due {
        Due::Overdue if !planned.reminded && planned.at <= now => {
            vec![Event::MeetingOverdue(MeetingOverdue {
                body: planned.table.body.clone(),
                planned_at: planned.at,
            })]
        }
        Due::Overdue => Vec::new(),
    }
}
