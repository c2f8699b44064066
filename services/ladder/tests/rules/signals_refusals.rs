//! Every refusal of a signal once, so that none is a dead letter.

use std::collections::BTreeSet;

use ladder::signal::{AnswerKind, Command, Event, Refusal, SignalKind, Step};

use super::harness::{START, at};
use super::samples::{svb, tax_office};
use super::signals_samples::{
    add_cases, answer, answered, assign, assigned, become_case, close, closed, erase,
    erasure_ordered, raise, raised, shortage, signal_given, take, taken,
};

type Row = (Vec<Event>, Command, Refusal);

fn every_row() -> Vec<Row> {
    let waiting = || vec![raised(), assigned(svb())];
    let told = |what| vec![raised(), assigned(svb()), answered(svb(), what)];
    let over = || {
        let mut events = told(AnswerKind::WillNotChange);
        events.push(closed());
        events
    };
    let mut done = told(AnswerKind::WillChange);
    done.extend(Step::ALL.iter().map(|step| taken(svb(), *step)));
    let mut unchecked = told(AnswerKind::WillChange);
    unchecked.extend(Step::ALL[..3].iter().map(|step| taken(svb(), *step)));
    let mut themeless = shortage();
    themeless.theme = " ".into();
    let mut aimless = shortage();
    aimless.kind = SignalKind::Obstacle;
    aimless.target = None;
    let again = Refusal::SignalAnswered {
        by: svb(),
        at: at(START),
    };
    vec![
        (vec![], add_cases(&["case_3"]), Refusal::UnknownSignal),
        (waiting(), raise(shortage()), Refusal::SignalExists),
        (over(), raise(shortage()), Refusal::SignalExists),
        (over(), add_cases(&["case_3"]), Refusal::SignalEnded),
        (vec![], raise(themeless), Refusal::ThemeRequired),
        (vec![], raise(aimless), Refusal::TargetRequired),
        (
            waiting(),
            assign(tax_office()),
            Refusal::AlreadyAssigned(svb()),
        ),
        (
            told(AnswerKind::WillChange),
            assign(tax_office()),
            Refusal::AlreadyAssigned(svb()),
        ),
        (
            told(AnswerKind::NeedsOtherOwner),
            assign(svb()),
            Refusal::NeedsOtherOwner(svb()),
        ),
        (
            vec![raised()],
            answer(svb(), AnswerKind::WillChange),
            Refusal::NotAssigned,
        ),
        (
            waiting(),
            answer(tax_office(), AnswerKind::WillChange),
            Refusal::SignalNotYours(tax_office()),
        ),
        (
            told(AnswerKind::WillChange),
            take(tax_office(), Step::EffectNamed),
            Refusal::SignalNotYours(tax_office()),
        ),
        (
            told(AnswerKind::WillChange),
            answer(svb(), AnswerKind::WillChange),
            again,
        ),
        (waiting(), close(), Refusal::NotAnswered),
        (
            told(AnswerKind::NeedsOtherOwner),
            close(),
            Refusal::NotAnswered,
        ),
        (
            waiting(),
            take(svb(), Step::EffectNamed),
            Refusal::NoChangePromised,
        ),
        (
            told(AnswerKind::AlreadyPossible),
            take(svb(), Step::EffectNamed),
            Refusal::NoChangePromised,
        ),
        (
            told(AnswerKind::WillChange),
            take(svb(), Step::LaidDown),
            Refusal::StepOutOfOrder(Step::EffectNamed),
        ),
        (done, take(svb(), Step::Checked), Refusal::StepsDone),
        (told(AnswerKind::WillChange), close(), Refusal::NotChecked),
        (unchecked, close(), Refusal::NotChecked),
        (vec![raised()], become_case(), Refusal::NotUnease),
        (
            vec![raised(), erasure_ordered()],
            erase(),
            Refusal::NothingToErase,
        ),
    ]
}

#[test]
fn every_refusal_of_a_signal_comes_when_its_rule_is_broken() {
    for (history, command, refusal) in every_row() {
        signal_given(history)
            .when(command, START)
            .then_refused(refusal);
    }
}

/// Reads the codes from the source, so that a refusal added there must get its row here.
#[test]
fn no_refusal_of_a_signal_is_without_a_row() {
    let declared: BTreeSet<&str> = include_str!("../../src/signal/refusal.rs")
        .lines()
        .filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\","))
        .collect();
    let rows = every_row();
    let shown: BTreeSet<&str> = rows.iter().map(|(_, _, refusal)| refusal.code()).collect();
    assert_eq!(declared.len(), 17);
    assert_eq!(shown, declared);
}
