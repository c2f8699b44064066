//! What holds of a signal whatever is asked, in whatever order.

use std::collections::BTreeSet;

use jiff::Span;
use ladder::Organisation;
use ladder::signal::{
    AnswerKind, Artefact, Command, Due, Event, SignalKind, SignalRules, Standing, Step, deadlines,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::harness::{START, at};
use super::properties::search;
use super::samples::{svb, tax_office, utrecht};
use super::signals_harness::{Run, replay_gives};
use super::signals_invariants::{
    Verdict, ends_well, lapses_once_and_sets_the_next, never_forgotten, only_the_owner_acts,
    reads_back, silence_is_remembered,
};
use super::signals_samples::{
    add_cases, answer, assign, become_case, close, erase, raise, shortage, signal_rules, take,
};

/// One command, as numbers: which, two choices about it, and how long after the one before.
pub(crate) type Step4 = (u8, usize, usize, i64);

/// A kind of signal and up to sixty commands about it.
pub(crate) fn steps() -> impl Strategy<Value = (SignalKind, Vec<Step4>)> {
    let kind = prop::sample::select(SignalKind::ALL);
    let step = (0..20_u8, 0..12_usize, 0..12_usize, 0..200_i64);
    (kind, prop::collection::vec(step, 1..60))
}

pub(crate) fn run(kind: SignalKind, steps: &[Step4]) -> Run<SignalRules> {
    let mut run = Run::new(signal_rules());
    let mut now = at(START);
    let mut new = shortage();
    new.kind = kind;
    new.target = Some(Artefact::Law);
    run.execute(raise(new), now);
    for (which, this, that, hours) in steps {
        now += Span::new().hours(*hours);
        let command = command(&run, *which, *this, *that);
        run.execute(command, now);
    }
    run
}

fn command(run: &Run<SignalRules>, which: u8, this: usize, that: usize) -> Command {
    let organisations = [svb(), tax_office(), utrecht()];
    let any = || organisations[this % 3].clone();
    let state = run.state();
    // Most of what people do fits; the rest is anything.
    let owner: Organisation = state.owner().cloned().unwrap_or_else(any);
    let next = match &state {
        ladder::signal::Signal::Open(open) => match &open.stage {
            ladder::signal::Stage::Answered(answered) => match answered.standing {
                Standing::WillChange { done } => Step::after(done),
                Standing::WillNotChange | Standing::AlreadyPossible => None,
            },
            _ => None,
        },
        _ => None,
    };
    match which {
        0 => raise(shortage()),
        1..=2 => add_cases(&[["case_1", "case_3", "case_4", "case_5"][this % 4]]),
        3..=5 => assign(any()),
        6..=7 => answer(owner, AnswerKind::ALL[that % 4]),
        8 => answer(any(), AnswerKind::ALL[that % 4]),
        9..=13 => take(owner, next.unwrap_or(Step::ALL[that % 4])),
        14 => take(any(), Step::ALL[that % 4]),
        15 if this == 0 => become_case(),
        15..=16 => close(),
        17 if this == 0 => erase(),
        _ => Command::Lapse(Due::ALL[that % 3]),
    }
}

fn holds(property: fn(&Run<SignalRules>) -> Verdict) {
    search(&steps(), |(kind, steps)| {
        let run = run(kind, &steps);
        property(&run).map_err(|wrong| {
            let kinds: Vec<&str> = run.log.iter().map(|(event, _)| event.kind()).collect();
            format!("{wrong}; the log: {}", kinds.join(", "))
        })
    });
}

#[test]
fn a_signal_that_has_not_ended_always_has_a_next_deadline() {
    holds(|run| never_forgotten(&run.states[1..], deadlines));
}

#[test]
fn every_deadline_of_a_signal_lapses_once_and_sets_the_next() {
    holds(|run| {
        run.states
            .iter()
            .try_for_each(|signal| lapses_once_and_sets_the_next(&run.rules, signal, deadlines))
    });
}

#[test]
fn only_the_owner_of_a_signal_answers_and_takes_steps() {
    holds(|run| only_the_owner_acts(&run.log));
}

#[test]
fn no_signal_ends_without_an_answer_or_with_a_promise_unchecked() {
    holds(|run| ends_well(&run.log));
}

#[test]
fn every_silence_about_a_signal_is_remembered() {
    holds(|run| silence_is_remembered(&run.log, &run.state()));
}

#[test]
fn replaying_the_log_gives_the_signal() {
    holds(|run| replay_gives::<SignalRules>(&run.log, &run.state()));
}

#[test]
fn every_event_of_a_signal_reads_back_as_it_was_written() {
    holds(|run| reads_back(&run.log));
}

/// The search means something only when its sequences reach every kind of event.
#[test]
fn the_search_reaches_every_kind_of_event_of_a_signal() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut checked = 0;
    for _ in 0..1_500 {
        let (kind, steps) = steps().new_tree(&mut runner).unwrap().current();
        let run = run(kind, &steps);
        seen.extend(run.log.iter().map(|(event, _)| event.kind()));
        let through = |(event, _): &(Event, _)| matches!(event, Event::SignalStepRecorded(taken) if taken.step == Step::Checked);
        checked += usize::from(run.log.iter().any(through));
    }
    let all: BTreeSet<&str> = Event::KINDS.iter().copied().collect();
    assert_eq!(seen, all);
    assert!(checked >= 20, "{checked} runs came through all four steps");
}
