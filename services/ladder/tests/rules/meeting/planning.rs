//! Planning, the agenda, invitations, opening, and a moment that passes.

use ladder::meeting::event::{
    MeetingErasureOrdered, MeetingOverdue, MeetingRescheduled, OrganisationInvited,
};
use ladder::meeting::{
    Command, Due, DueParseError, Event, Invite, Meeting, Refusal, agenda, deadlines,
};
use ladder::{ContactId, Decider, ErasureGround};

use super::super::harness::at;
use super::super::samples::{case_id, rung, spirit, svb, table, tax_office};
use super::harness::{START, given, rules_with};
use super::samples::{
    PLANNED_AT, SINCE, added, cancel, cancelled, erase, invite, invited, lapse, obstacle_found,
    on_agenda, open, opened, plan, plan_of, planned, prepared, put, reschedule, take_off,
    taken_off,
};

const LATER: &str = "2026-03-17T09:00:00Z";

#[test]
fn a_meeting_is_planned_with_the_quorum_of_its_rung() {
    given([]).when(plan(), START).then([planned()]);
}

#[test]
fn a_rung_without_a_table_plans_no_meeting() {
    given([])
        .when(plan_of("own_work"), START)
        .then_refused(Refusal::NoTable(rung("own_work")));
}

#[test]
fn a_quorum_of_nought_is_no_table() {
    let refused = rules_with(0).decide(&Meeting::Unplanned, plan(), at(START));
    assert_eq!(refused, Err(Refusal::NoTable(rung("national_table"))));
}

#[test]
fn a_meeting_is_planned_for_a_moment_to_come() {
    given([])
        .when(plan(), PLANNED_AT)
        .then_refused(Refusal::MomentPassed { at: at(PLANNED_AT) });
    given([planned()])
        .when(reschedule(PLANNED_AT), PLANNED_AT)
        .then_refused(Refusal::MomentPassed { at: at(PLANNED_AT) });
}

#[test]
fn the_agenda_takes_urgent_cases_first_then_the_oldest_then_by_id() {
    let meeting = given([
        planned(),
        added("c1", false, "2026-02-03T09:00:00Z"),
        added("c3", false, SINCE),
        added("c2", false, SINCE),
        added("c9", true, "2026-03-01T09:00:00Z"),
        added("c8", true, "2026-02-28T09:00:00Z"),
    ])
    .meeting;
    let expected = ["c8", "c9", "c2", "c3", "c1"].map(case_id);
    assert_eq!(agenda(&meeting), expected);
}

#[test]
fn a_case_that_becomes_urgent_moves_up() {
    let meeting = given([planned(), on_agenda("c1"), on_agenda("c2")])
        .when(put("c2", true, SINCE), START)
        .then([added("c2", true, SINCE)]);
    assert_eq!(agenda(&meeting), ["c2", "c1"].map(case_id));
}

#[test]
fn a_case_that_is_taken_off_is_not_on_the_agenda() {
    let meeting = given([planned(), on_agenda("c1"), on_agenda("c2")])
        .when(take_off("c1"), START)
        .then([taken_off("c1")]);
    assert_eq!(agenda(&meeting), [case_id("c2")]);
}

#[test]
fn an_invitation_may_name_another_contact() {
    let contact = Some(ContactId::parse("contact-7").unwrap());
    let again = Command::Invite(Invite {
        organisation: svb(),
        contact: contact.clone(),
    });
    given([planned(), invited(svb())])
        .when(again, START)
        .then([Event::OrganisationInvited(OrganisationInvited {
            organisation: svb(),
            contact,
        })]);
}

#[test]
fn a_meeting_opens_with_exactly_its_quorum() {
    let meeting = given(prepared())
        .when(open([table(), svb()]), PLANNED_AT)
        .then([opened([table(), svb()])]);
    assert!(matches!(meeting, Meeting::Open(_)));
}

#[test]
fn one_organisation_short_of_the_quorum_it_stays_closed() {
    given(prepared())
        .when(open([svb()]), PLANNED_AT)
        .then_refused(Refusal::NoQuorum {
            present: 1,
            quorum: 2,
        });
}

#[test]
fn who_was_not_invited_does_not_sit_down() {
    given(prepared())
        .when(open([table(), svb(), spirit()]), PLANNED_AT)
        .then_refused(Refusal::NotInvited(spirit()));
}

#[test]
fn the_body_does_not_count_unless_it_is_invited() {
    given([planned(), invited(svb()), on_agenda("c1")])
        .when(open([table(), svb()]), PLANNED_AT)
        .then_refused(Refusal::NotInvited(table()));
}

#[test]
fn a_meeting_without_an_agenda_stays_closed() {
    given([planned(), invited(table()), invited(svb())])
        .when(open([table(), svb()]), PLANNED_AT)
        .then_refused(Refusal::AgendaEmpty);
}

#[test]
fn an_open_meeting_keeps_its_moment_agenda_and_invitations() {
    let open_already = || {
        let mut events = prepared();
        events.push(opened([table(), svb()]));
        given(events)
    };
    for command in [
        reschedule(LATER),
        put("c2", false, SINCE),
        take_off("c1"),
        invite(spirit()),
        open([table(), svb(), tax_office()]),
    ] {
        open_already()
            .when(command, PLANNED_AT)
            .then_refused(Refusal::MeetingOpen);
    }
}

fn overdue(planned_at: &str) -> Event {
    Event::MeetingOverdue(MeetingOverdue {
        body: table(),
        planned_at: at(planned_at),
    })
}

fn moved(to: &str) -> Event {
    Event::MeetingRescheduled(MeetingRescheduled { planned_at: at(to) })
}

#[test]
fn a_moment_that_passes_without_opening_reminds_the_body_once() {
    let meeting = given(prepared())
        .when(lapse(), PLANNED_AT)
        .then([overdue(PLANNED_AT)]);
    assert_eq!(deadlines(&meeting), []);
    let mut reminded = prepared();
    reminded.push(overdue(PLANNED_AT));
    given(reminded).when(lapse(), LATER).then_nothing();
}

#[test]
fn a_meeting_that_is_moved_is_not_overdue_at_the_old_moment() {
    let moved_once = [planned(), moved(LATER)];
    given(moved_once.clone())
        .when(lapse(), PLANNED_AT)
        .then_nothing();
    assert_eq!(
        deadlines(&given(moved_once).meeting),
        [(Due::Overdue, at(LATER))]
    );
}

#[test]
fn a_meeting_that_is_moved_after_its_reminder_is_reminded_again() {
    let meeting = given([planned(), overdue(PLANNED_AT)])
        .when(reschedule(LATER), PLANNED_AT)
        .then([moved(LATER)]);
    assert_eq!(deadlines(&meeting), [(Due::Overdue, at(LATER))]);
}

#[test]
fn a_meeting_that_opened_or_was_called_off_is_never_overdue() {
    let mut open_already = prepared();
    open_already.push(opened([table(), svb()]));
    for history in [open_already, vec![planned(), cancelled()], vec![]] {
        let given = given(history);
        assert_eq!(deadlines(&given.meeting), []);
        given.when(lapse(), LATER).then_nothing();
    }
}

#[test]
fn an_open_meeting_can_still_be_called_off() {
    let mut events = prepared();
    events.push(opened([table(), svb()]));
    let meeting = given(events).when(cancel(), PLANNED_AT).then([cancelled()]);
    assert!(matches!(meeting, Meeting::Cancelled(_)), "{meeting:?}");
}

#[test]
fn a_deadline_is_written_and_read_back() {
    assert_eq!(Due::Overdue.to_string().parse(), Ok(Due::Overdue));
    let unknown: Result<Due, DueParseError> = "handoff-answer/h1".parse();
    assert_eq!(
        unknown.unwrap_err().to_string(),
        "'handoff-answer/h1' names no deadline of a meeting"
    );
}

#[test]
fn what_was_written_of_a_meeting_itself_is_erased_whatever_became_of_it_and_not_twice() {
    let ordered = Event::MeetingErasureOrdered(MeetingErasureOrdered {
        by: Some(table()),
        ground: ErasureGround::Request,
    });
    given([])
        .when(erase(), START)
        .then_refused(Refusal::UnknownMeeting);
    given([planned()])
        .when(erase(), START)
        .then_refused(Refusal::NothingToErase);
    let mut open = prepared();
    open.push(opened([table(), svb()]));
    open.push(obstacle_found());
    for history in [open, vec![planned(), cancelled()]] {
        given(history.clone())
            .when(erase(), START)
            .then([ordered.clone()]);
        let erased = history.into_iter().chain([ordered.clone()]);
        given(erased)
            .when(erase(), START)
            .then_refused(Refusal::NothingToErase);
    }
}
