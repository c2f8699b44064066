//! The checks of the property tests, tried on logs of meetings that are wrong on purpose.

use ladder::meeting::event::{MeetingRescheduled, MinutesAdopted};
use ladder::meeting::{Answer, Conclusion, Event, Meeting, MinutedCase, MinutedRequest};
use ladder::{Organisation, RequestId};

use super::super::harness::at;
use super::super::samples::{case_id, request, sealed, spirit, svb, table, tax_office};
use super::harness::{START, given};
use super::invariants::{
    Recorded, answers_are_asked_for, minutes_are_complete, nothing_after_the_end, quorum_is_kept,
    reads_back, recused_take_no_part, replay_gives,
};
use super::samples::{
    LAW, adjourned, adopted, asked, asked_in, at_small_table, at_table, cancelled, collided,
    decided, invited, made, mandate, on_agenda, opened, person, planned, prepared, promise,
    recused, refused, ruled_out,
};

fn log(events: impl IntoIterator<Item = Event>) -> Vec<Recorded> {
    events.into_iter().map(|event| (event, at(START))).collect()
}

fn minuted(requests: Vec<MinutedRequest>) -> MinutedCase {
    MinutedCase {
        case: case_id("c1"),
        collision: None,
        recused: Default::default(),
        requests,
        conclusion: Conclusion::Adjourned {
            reason: sealed("next time"),
        },
        obstacles: Vec::new(),
    }
}

fn minuted_answer(id: RequestId, of: Organisation, answer: Answer) -> MinutedRequest {
    MinutedRequest {
        request: id,
        of,
        law_or_theme: LAW.into(),
        text: sealed("please"),
        person: person("p-1"),
        answer,
    }
}

fn by_svb() -> MinutedRequest {
    minuted_answer(request("r1"), svb(), promise(mandate(svb())))
}

fn ended(said: Vec<Event>, minutes: MinutedCase) -> Vec<Recorded> {
    let mut events = at_table(said);
    events.push(adopted(vec![minutes]));
    log(events)
}

#[test]
fn minutes_with_an_unanswered_request_are_found() {
    let said = || vec![asked("r1", svb()), adjourned("c1")];
    let found = minutes_are_complete(&ended(said(), minuted(vec![])));
    assert_eq!(
        found,
        Err("minutes were adopted while Some(RequestId(\"r1\")) waits".into())
    );
    let invented = minutes_are_complete(&ended(said(), minuted(vec![by_svb()])));
    assert_eq!(invented, found);
}

#[test]
fn minutes_that_leave_an_answer_out_are_found() {
    let said = || vec![asked("r1", svb()), made("r1", svb()), adjourned("c1")];
    assert_eq!(
        minutes_are_complete(&ended(said(), minuted(vec![by_svb()]))),
        Ok(())
    );
    let found = minutes_are_complete(&ended(said(), minuted(vec![]))).unwrap_err();
    assert!(found.starts_with("case c1:"), "{found}");
}

#[test]
fn minutes_that_leave_a_case_out_are_found() {
    let mut events = prepared();
    events.extend([on_agenda("c2"), opened([table(), svb()])]);
    events.push(adopted(vec![minuted(vec![])]));
    let found = minutes_are_complete(&log(events)).unwrap_err();
    assert!(found.starts_with("the minutes cover"), "{found}");
}

#[test]
fn a_decision_without_a_word_on_repetition_is_found() {
    let decision = MinutedCase {
        conclusion: Conclusion::Decided {
            by: table(),
            text: sealed("decision"),
            room: ladder::Room::WithinLaw,
            grounds: [ladder::Ground::Justice].into(),
        },
        ..minuted(vec![])
    };
    assert_eq!(
        minutes_are_complete(&ended(vec![decided()], decision.clone())),
        Err("case c1 was decided without a word on repetition".into())
    );
    assert_eq!(
        minutes_are_complete(&ended(vec![decided(), ruled_out()], decision)),
        Ok(())
    );
}

#[test]
fn a_meeting_that_opened_below_its_quorum_is_found() {
    let mut events = prepared();
    events.push(opened([svb()]));
    assert_eq!(
        quorum_is_kept(&log(events)),
        Err("opened with 1 of 2".into())
    );
}

#[test]
fn a_stranger_at_the_table_is_found() {
    let mut events = prepared();
    events.push(opened([table(), svb(), spirit()]));
    assert_eq!(
        quorum_is_kept(&log(events)),
        Err("opened with an organisation that was not invited".into())
    );
}

#[test]
fn a_word_of_a_table_that_lost_its_quorum_is_found() {
    let events = at_small_table([recused(svb(), &[]), collided()]);
    assert_eq!(
        quorum_is_kept(&log(events)),
        Err("collision.recorded with 1 of 2 taking part".into())
    );
    let of_three = at_table([recused(svb(), &[]), collided()]);
    assert_eq!(quorum_is_kept(&log(of_three)), Ok(()));
}

#[test]
fn an_answer_of_a_recused_organisation_is_found() {
    for answer in [made("r1", svb()), refused("r1", svb())] {
        let kind = answer.kind();
        let events = at_table([asked("r1", svb()), recused(svb(), &["r1"]), answer]);
        assert_eq!(
            recused_take_no_part(&log(events)),
            Err(format!("{kind} of a recused organisation"))
        );
    }
}

#[test]
fn an_answer_that_was_struck_and_minuted_is_found() {
    let said = vec![
        asked("r1", svb()),
        made("r1", svb()),
        recused(svb(), &["r1"]),
        adjourned("c1"),
    ];
    assert_eq!(
        recused_take_no_part(&ended(said, minuted(vec![by_svb()]))),
        Err("minutes.adopted of a recused organisation".into())
    );
}

#[test]
fn a_recusal_that_strikes_what_others_said_is_found() {
    let events = at_table([asked("r1", tax_office()), recused(svb(), &["r1"])]);
    let found = recused_take_no_part(&log(events)).unwrap_err();
    assert!(found.contains("was not its to strike"), "{found}");
}

#[test]
fn a_second_answer_and_an_answer_that_nobody_asked_for_are_found() {
    for events in [
        vec![asked("r1", svb()), made("r1", svb()), refused("r1", svb())],
        vec![made("r1", svb())],
        vec![asked_in("c2", "r1", svb()), made("r1", svb())],
    ] {
        assert_eq!(
            answers_are_asked_for(&log(at_table(events))),
            Err("r1 was not waiting for 00000099000000002000".into())
        );
    }
}

#[test]
fn an_event_after_the_minutes_or_a_cancellation_is_found() {
    let late = || {
        Event::MeetingRescheduled(MeetingRescheduled {
            planned_at: at(START),
        })
    };
    let minutes = Event::MinutesAdopted(MinutesAdopted {
        by: person("chair"),
        cases: Vec::new(),
    });
    assert_eq!(
        nothing_after_the_end(&log([planned(), minutes, late()])),
        Err("meeting.rescheduled after minutes.adopted".into())
    );
    assert_eq!(
        nothing_after_the_end(&log([planned(), cancelled(), late()])),
        Err("meeting.rescheduled after meeting.cancelled".into())
    );
    assert_eq!(nothing_after_the_end(&log([planned(), late()])), Ok(()));
}

#[test]
fn a_meeting_that_the_log_does_not_give_is_found() {
    let events = [planned(), invited(svb())];
    let kept = given(events.clone()).meeting;
    assert_eq!(replay_gives(&log(events.clone()), &kept), Ok(()));
    let found = replay_gives(&log([planned()]), &kept).unwrap_err();
    assert!(found.starts_with("replay gives"), "{found}");
    assert!(replay_gives(&log(events), &Meeting::Unplanned).is_err());
}

#[test]
fn an_event_of_another_release_does_not_read_back() {
    assert_eq!(reads_back(&log(at_table([asked("r1", svb())]))), Ok(()));
    let error = Event::from_stored("meeting.vanished", 1, serde_json::Value::Null).unwrap_err();
    assert_eq!(error.to_string(), "no event 'meeting.vanished' version 1");
}
