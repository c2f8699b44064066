//! Structural signals: a pattern finds somebody who can act, and that somebody must answer.

use ladder::CaseId;
use ladder::signal::{
    AnswerKind, Due, Ending, Event, Refusal, SignalGrown, SignalKind, SignalLeftUnassigned,
    SignalOverdue, SignalStalled, StateName, Step, deadlines,
};

use super::harness::{START, at};
use super::samples::{svb, tax_office, utrecht};
use super::signals_samples::{
    ACT_BY, NEXT_ACT_BY, add_cases, answer, answered, answered_until, assign, assigned,
    assigned_by, became_case, become_case, cases, close, closed, erase, erasure_ordered, raise,
    raised, raised_as, shortage, signal_given, take, taken,
};

fn lapse(due: Due) -> ladder::signal::Command {
    ladder::signal::Command::Lapse(due)
}

#[test]
fn a_signal_that_is_raised_waits_for_an_owner_with_a_deadline() {
    let story = signal_given([])
        .when(raise(shortage()), START)
        .then([raised()]);
    assert_eq!(story.state.state_name(), Some(StateName::Unassigned));
    assert_eq!(story.state.owner(), None);
    assert_eq!(deadlines(&story.state), [(Due::Assignment, at(ACT_BY))]);
}

/// Scenario 5: twenty youths, one signal.
#[test]
fn twenty_cases_are_one_signal_and_the_same_case_counts_once() {
    let mut story = signal_given([raised()]);
    for n in 3..=20_u32 {
        let id = format!("case_{n}");
        let grown = Event::SignalGrown(SignalGrown {
            cases: cases(&[&id]),
            count: n,
        });
        story = story.when(add_cases(&[&id, "case_1"]), START).then([grown]);
    }
    let story = story
        .when(add_cases(&["case_1", "case_20"]), START)
        .then_nothing();
    assert_eq!(story.state.file().unwrap().case_count(), 20);
}

#[test]
fn growth_does_not_postpone_the_answer() {
    let grown = Event::SignalGrown(SignalGrown {
        cases: cases(&["case_3"]),
        count: 3,
    });
    let story = signal_given([raised(), assigned(svb())])
        .when(add_cases(&["case_3"]), "2026-03-13T09:00:00Z")
        .then([grown]);
    assert_eq!(deadlines(&story.state), [(Due::SignalAnswer, at(ACT_BY))]);
}

#[test]
fn a_signal_that_nobody_takes_is_reported_again_and_again() {
    let left = |until| {
        Event::SignalLeftUnassigned(SignalLeftUnassigned {
            assign_by: at(until),
        })
    };
    let story = signal_given([raised()])
        .when(lapse(Due::Assignment), ACT_BY)
        .then([left(NEXT_ACT_BY)])
        .when(lapse(Due::Assignment), ACT_BY)
        .then_nothing()
        .when(lapse(Due::Assignment), NEXT_ACT_BY)
        .then([left("2026-04-14T08:00:00Z")]);
    assert_eq!(story.state.file().unwrap().overdue, 2);
}

#[test]
fn silence_is_visible_and_the_late_answer_still_counts() {
    let overdue = Event::SignalOverdue(SignalOverdue {
        owner: svb(),
        answer_by: at(NEXT_ACT_BY),
    });
    let late = "2026-03-20T09:00:00Z";
    let story = signal_given([raised()])
        .when(assign(svb()), START)
        .then([assigned(svb())])
        .when(lapse(Due::SignalAnswer), "2026-03-16T08:59:59Z")
        .then_nothing()
        .when(lapse(Due::SignalAnswer), ACT_BY)
        .then([overdue]);
    assert_eq!(
        deadlines(&story.state),
        [(Due::SignalAnswer, at(NEXT_ACT_BY))]
    );
    let story = story
        .when(answer(svb(), AnswerKind::WillNotChange), late)
        .then([answered_until(
            svb(),
            AnswerKind::WillNotChange,
            "2026-04-03T08:00:00Z",
        )]);
    assert_eq!(story.state.file().unwrap().overdue, 1);
    assert_eq!(story.state.state_name(), Some(StateName::Answered));
}

#[test]
fn an_owner_who_needs_another_hands_the_signal_on_and_never_back_to_itself() {
    let story = signal_given([raised(), assigned(svb())])
        .when(answer(svb(), AnswerKind::NeedsOtherOwner), START)
        .then([answered(svb(), AnswerKind::NeedsOtherOwner)]);
    assert_eq!(story.state.owner(), None);
    assert_eq!(deadlines(&story.state), [(Due::Assignment, at(ACT_BY))]);
    let story = story.when(assign(tax_office()), START).then([assigned_by(
        tax_office(),
        Some(svb()),
        at(ACT_BY),
    )]);
    assert_eq!(story.state.owner(), Some(&tax_office()));
}

#[test]
fn a_promised_change_goes_through_four_steps_and_only_then_ends() {
    let mut story = signal_given([
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillChange),
    ]);
    for step in [
        Step::EffectNamed,
        Step::TriedInPractice,
        Step::LaidDown,
        Step::Checked,
    ] {
        story = story
            .when(take(svb(), step), START)
            .then([taken(svb(), step)]);
    }
    let story = story.when(close(), START).then([closed()]);
    assert_eq!(story.state.state_name(), Some(StateName::Closed));
    assert_eq!(deadlines(&story.state), []);
}

#[test]
fn each_step_gives_time_for_the_next() {
    let mut next = taken(svb(), Step::EffectNamed);
    if let Event::SignalStepRecorded(step) = &mut next {
        step.act_by = at("2026-03-27T09:00:00Z");
    }
    let story = signal_given([
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillChange),
    ])
    .when(take(svb(), Step::EffectNamed), "2026-03-13T09:00:00Z")
    .then([next]);
    let expected = [(Due::FollowUp, at("2026-03-27T09:00:00Z"))];
    assert_eq!(deadlines(&story.state), expected);
}

#[test]
fn a_promise_that_stands_still_is_reported() {
    let stalled = Event::SignalStalled(SignalStalled {
        owner: svb(),
        act_by: at(NEXT_ACT_BY),
    });
    let story = signal_given([
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillChange),
    ])
    .when(lapse(Due::FollowUp), ACT_BY)
    .then([stalled]);
    assert_eq!(deadlines(&story.state), [(Due::FollowUp, at(NEXT_ACT_BY))]);
    assert_eq!(story.state.file().unwrap().overdue, 1);
}

#[test]
fn a_promise_that_cannot_be_kept_is_taken_back_in_the_open() {
    let story = signal_given([
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillChange),
        taken(svb(), Step::EffectNamed),
    ])
    .when(answer(svb(), AnswerKind::WillNotChange), START)
    .then([answered(svb(), AnswerKind::WillNotChange)]);
    story.when(close(), START).then([closed()]);
}

#[test]
fn what_is_already_possible_ends_without_steps() {
    signal_given([
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::AlreadyPossible),
    ])
    .when(close(), START)
    .then([closed()]);
}

#[test]
fn an_unease_becomes_a_case_that_takes_over() {
    let story = signal_given([raised_as(SignalKind::Unease)])
        .when(become_case(), START)
        .then([became_case()]);
    let ladder::signal::Signal::Closed(end) = &story.state else {
        panic!("the signal has not ended");
    };
    assert_eq!(
        end.ending,
        Ending::BecameCase(CaseId::parse("case_9").unwrap())
    );
}

#[test]
fn an_obstacle_that_says_what_must_change_is_raised() {
    let mut obstacle = shortage();
    obstacle.kind = SignalKind::Obstacle;
    signal_given([])
        .when(raise(obstacle), START)
        .then([raised_as(SignalKind::Obstacle)]);
}

#[test]
fn deadlines_of_another_stage_lead_to_nothing() {
    let late = "2026-06-01T09:00:00Z";
    let unassigned = || signal_given([raised()]);
    let waiting = || signal_given([raised(), assigned(svb())]);
    let promised = || {
        signal_given([
            raised(),
            assigned(svb()),
            answered(svb(), AnswerKind::WillChange),
        ])
    };
    unassigned()
        .when(lapse(Due::SignalAnswer), late)
        .then_nothing();
    unassigned().when(lapse(Due::FollowUp), late).then_nothing();
    waiting().when(lapse(Due::Assignment), late).then_nothing();
    waiting().when(lapse(Due::FollowUp), late).then_nothing();
    promised().when(lapse(Due::Assignment), late).then_nothing();
    promised()
        .when(lapse(Due::SignalAnswer), late)
        .then_nothing();
    signal_given([])
        .when(lapse(Due::Assignment), late)
        .then_nothing();
}

#[test]
fn a_signals_deadline_reads_back_as_it_was_written() {
    for due in Due::ALL {
        assert_eq!(due.to_string().parse(), Ok(*due));
    }
    let error = "signal-answer/1".parse::<Due>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "'signal-answer/1' is no deadline of a signal"
    );
}

#[test]
fn the_raiser_stays_known_whoever_owns_the_signal() {
    let story = signal_given([raised(), assigned(svb())]);
    assert_eq!(story.state.file().unwrap().raiser, utrecht());
    assert_eq!(story.state.owner(), Some(&svb()));
}

#[test]
fn what_was_written_of_a_signal_is_erased_open_or_ended_and_not_twice() {
    signal_given([raised()])
        .when(erase(), START)
        .then([erasure_ordered()])
        .when(erase(), START)
        .then_refused(Refusal::NothingToErase);
    // What is written after it can be erased in its turn; an owner's silence is no text.
    let answered = answered(svb(), AnswerKind::WillNotChange);
    let history = [
        raised(),
        erasure_ordered(),
        assigned(svb()),
        answered,
        erasure_ordered(),
    ];
    signal_given(history.clone())
        .when(erase(), START)
        .then_refused(Refusal::NothingToErase);
    let ended = signal_given(history.into_iter().chain([closed()]))
        .when(erase(), START)
        .then([erasure_ordered()]);
    assert_eq!(ended.state.state_name(), Some(StateName::Closed));
    ended
        .when(erase(), START)
        .then_refused(Refusal::NothingToErase);
    signal_given([])
        .when(erase(), START)
        .then_refused(Refusal::UnknownSignal);
}
