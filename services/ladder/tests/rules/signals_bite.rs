//! The checks of the property tests of signals, tried on rules and logs that are wrong on purpose.

use jiff::Timestamp;
use ladder::Decider;
use ladder::signal::{
    AnswerKind, Command, Due, Event, Refusal, Signal, SignalLeftUnassigned, SignalRules, Stage,
    Step, deadlines,
};

use super::harness::{START, at};
use super::samples::{svb, tax_office};
use super::signals_harness::{Recorded, replay_gives};
use super::signals_invariants::{
    ends_well, lapses_once_and_sets_the_next, never_forgotten, only_the_owner_acts,
    silence_is_remembered,
};
use super::signals_samples::{
    ACT_BY, answered, assigned, closed, raised, signal_given, signal_rules, taken,
};

fn log(events: impl IntoIterator<Item = Event>) -> Vec<Recorded<SignalRules>> {
    events.into_iter().map(|event| (event, at(START))).collect()
}

fn found(verdict: Result<(), String>, expected: &str) {
    let wrong = verdict.unwrap_err();
    assert!(wrong.contains(expected), "{wrong}");
}

/// An acknowledged signal that is never looked at again.
fn forgets_what_is_answered(signal: &Signal) -> Vec<(Due, Timestamp)> {
    match signal {
        Signal::Open(open) if matches!(open.stage, Stage::Answered(_)) => Vec::new(),
        Signal::Absent | Signal::Open(_) | Signal::Closed(_) => deadlines(signal),
    }
}

#[test]
fn an_answer_that_stops_the_clock_for_ever_is_found() {
    let states = [signal_given([
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillChange),
    ])
    .state];
    assert_eq!(never_forgotten(&states, deadlines), Ok(()));
    found(
        never_forgotten(&states, forgets_what_is_answered),
        "deadlines [] of",
    );
}

/// What becomes of a deadline that passed, in rules that are wrong.
type Twist = fn(Vec<Event>) -> Vec<Event>;

struct Wrong(SignalRules, Twist);

impl Decider for Wrong {
    type Command = Command;
    type Event = Event;
    type State = Signal;
    type Refusal = Refusal;

    fn decide(
        &self,
        state: &Signal,
        command: Command,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        self.0.decide(state, command, at).map(self.1)
    }

    fn evolve(state: Signal, event: &Event, at: Timestamp) -> Signal {
        SignalRules::evolve(state, event, at)
    }
}

fn lapses(twist: Twist) -> Result<(), String> {
    let signal = signal_given([raised()]).state;
    lapses_once_and_sets_the_next(&Wrong(signal_rules(), twist), &signal, deadlines)
}

#[test]
fn rules_that_set_no_next_deadline_are_found() {
    assert_eq!(lapses(|events| events), Ok(()));
    let standing_still: Twist = |events| {
        let left = SignalLeftUnassigned {
            assign_by: at(ACT_BY),
        };
        events
            .into_iter()
            .map(|_| Event::SignalLeftUnassigned(left.clone()))
            .collect()
    };
    found(lapses(standing_still), "nothing is waited for after");
}

#[test]
fn rules_that_let_a_deadline_pass_are_found() {
    found(lapses(|_| Vec::new()), "led to 0 events");
}

#[test]
fn rules_that_report_a_silence_twice_are_found() {
    found(
        lapses(|events| [events.clone(), events].concat()),
        "led to 2 events",
    );
}

#[test]
fn rules_that_do_not_wait_are_found() {
    let early: Twist = |_| {
        vec![Event::SignalLeftUnassigned(SignalLeftUnassigned {
            assign_by: at("2026-04-01T00:00:00Z"),
        })]
    };
    found(lapses(early), "fired too early");
}

#[test]
fn an_answer_by_another_is_found() {
    let by_other = answered(tax_office(), AnswerKind::WillChange);
    found(
        only_the_owner_acts(&log([raised(), assigned(svb()), by_other])),
        "signal.answered by 00000099000000003000",
    );
}

#[test]
fn a_step_by_an_owner_that_passed_the_signal_on_is_found() {
    let events = [
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::NeedsOtherOwner),
        taken(svb(), Step::EffectNamed),
    ];
    found(only_the_owner_acts(&log(events)), "owned by None");
}

#[test]
fn an_end_before_the_check_is_found() {
    let mut events = vec![
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillChange),
    ];
    events.extend(Step::ALL[..3].iter().map(|step| taken(svb(), *step)));
    let mut checked = events.clone();
    events.push(closed());
    found(ends_well(&log(events)), "a promised change ended after");
    checked.extend([taken(svb(), Step::Checked), closed()]);
    assert_eq!(ends_well(&log(checked)), Ok(()));
}

#[test]
fn steps_of_an_earlier_promise_do_not_count() {
    let mut events = vec![
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillChange),
    ];
    events.extend(Step::ALL.iter().map(|step| taken(svb(), *step)));
    events.extend([
        answered(svb(), AnswerKind::WillNotChange),
        answered(svb(), AnswerKind::WillChange),
        closed(),
    ]);
    found(ends_well(&log(events)), "a promised change ended after []");
}

#[test]
fn an_end_without_an_answer_and_an_event_after_the_end_are_found() {
    found(ends_well(&log([raised(), closed()])), "ended while None");
    let events = [
        raised(),
        assigned(svb()),
        answered(svb(), AnswerKind::WillNotChange),
        closed(),
        assigned(svb()),
    ];
    found(ends_well(&log(events)), "signal.assigned after the end");
}

#[test]
fn a_silence_that_is_forgotten_is_found() {
    let left = Event::SignalLeftUnassigned(SignalLeftUnassigned {
        assign_by: at(ACT_BY),
    });
    let events = log([raised(), left]);
    let forgetful = signal_given([raised()]).state;
    found(
        silence_is_remembered(&events, &forgetful),
        "1 silences, 0 remembered",
    );
    assert!(replay_gives::<SignalRules>(&events, &forgetful).is_err());
}
