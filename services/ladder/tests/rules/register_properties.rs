//! What holds of a register whatever is asked, in whatever order.

use std::collections::BTreeSet;

use jiff::Span;
use ladder::RungId;
use ladder::register::{Command, Event, RegisterRules};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::harness::{START, at};
use super::properties::search;
use super::register_invariants::{
    Query, Verdict, find, finds_who_is_there, heartbeats_are_apart, mandates_are_one,
    no_deputy_cycle, reads_back,
};
use super::register_samples::{
    clear_absence, confirm, contact, day, entry, in_regions, mandate, record, register_rules,
    remove, with_mandates,
};
use super::signals_harness::{Run, replay_gives};

const IDS: [&str; 5] = ["c1", "c2", "c3", "c4", "c5"];
const LAWS: [&str; 2] = ["youth_act", "participation_act"];
const THEMES: [&str; 2] = ["housing", "debts"];
const REGIONS: [&str; 2] = ["midden-nederland", "friesland"];
const RUNGS: [&str; 2] = ["workshop", "local_table"];
const FIRST_DAY: &str = "2026-07-01";

fn some_of(words: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(words, 0..=words.len())
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(words))
}

fn recording() -> impl Strategy<Value = Command> {
    let about = (
        some_of(&LAWS),
        some_of(&THEMES),
        some_of(&REGIONS),
        one_of(&RUNGS),
    );
    let id = prop::sample::select(&IDS[..]);
    (id, about, one_of(&IDS), 0..12_u8).prop_map(
        |(id, (laws, themes, regions, rung), deputy, key)| {
            let mut entry = in_regions(entry(&laws, &themes), &regions);
            entry.rung = rung.map(|rung| RungId::parse(rung).unwrap());
            entry.deputy = deputy.map(contact);
            if key < 4 {
                entry = with_mandates(entry, vec![mandate(&format!("m{key}"), None)]);
            }
            record(id, entry)
        },
    )
}

fn command() -> impl Strategy<Value = Command> {
    let id = || prop::sample::select(&IDS[..]);
    let cover = prop::option::of(id());
    let away = (id(), 0..20_i64, -1..20_i64, cover).prop_map(|(id, from, days, cover)| {
        let from = day(FIRST_DAY) + Span::new().days(from);
        Command::SetAbsence {
            contact: contact(id),
            from,
            until: from + Span::new().days(days),
            cover: cover.map(contact),
        }
    });
    prop_oneof![
        6 => recording(),
        4 => away,
        1 => id().prop_map(clear_absence),
        1 => id().prop_map(confirm),
        1 => id().prop_map(remove),
        2 => Just(Command::BeatHeart),
    ]
}

/// Up to forty commands, each so many minutes after the one before.
pub(crate) fn commands() -> impl Strategy<Value = Vec<(Command, i64)>> {
    prop::collection::vec((command(), 0..10_i64), 1..40)
}

fn query() -> impl Strategy<Value = Query> {
    (
        one_of(&LAWS),
        one_of(&THEMES),
        one_of(&REGIONS),
        one_of(&RUNGS),
        0..40_i64,
    )
        .prop_map(|(law, theme, region, rung, days)| Query {
            law,
            theme,
            region,
            rung: rung.map(|rung| RungId::parse(rung).unwrap()),
            on: day(FIRST_DAY) + Span::new().days(days),
        })
}

pub(crate) fn run(commands: Vec<(Command, i64)>) -> Run<RegisterRules> {
    let mut run = Run::new(register_rules());
    let mut now = at(START);
    for (command, minutes) in commands {
        now += Span::new().minutes(minutes);
        run.execute(command, now);
    }
    run
}

fn holds(property: fn(&Run<RegisterRules>) -> Verdict) {
    search(&commands(), |commands| property(&run(commands)));
}

#[test]
fn deputies_never_come_back_to_where_they_began() {
    holds(|run| run.states.iter().try_for_each(no_deputy_cycle));
}

#[test]
fn nobody_who_is_away_is_found_while_somebody_is_there() {
    search(&(commands(), query()), |(commands, query)| {
        run(commands)
            .states
            .iter()
            .try_for_each(|register| finds_who_is_there(register, &query, find))
    });
}

#[test]
fn a_mandate_stands_in_the_register_once() {
    holds(|run| run.states.iter().try_for_each(mandates_are_one));
}

#[test]
fn signs_of_life_do_not_fill_the_log() {
    holds(|run| heartbeats_are_apart(&run.rules, &run.log));
}

#[test]
fn replaying_the_log_gives_the_register() {
    holds(|run| replay_gives::<RegisterRules>(&run.log, &run.state()));
}

#[test]
fn every_event_of_a_register_reads_back_as_it_was_written() {
    holds(|run| reads_back(&run.log));
}

/// The search means something only when it reaches every kind of event, deputies that stand in,
/// and questions for which nobody is there.
#[test]
fn the_search_reaches_every_kind_of_event_and_of_answer_of_a_register() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let (mut stood_in, mut nobody) = (0, 0);
    for _ in 0..1_500 {
        let (commands, query) = (commands(), query())
            .new_tree(&mut runner)
            .unwrap()
            .current();
        let run = run(commands);
        seen.extend(run.log.iter().map(|(event, _)| event.kind()));
        if let Some(found) = find(&run.state(), &query) {
            stood_in += usize::from(found.instead_of.is_some());
            nobody += usize::from(found.absent);
        }
    }
    let all: BTreeSet<&str> = Event::KINDS.iter().copied().collect();
    assert_eq!(seen, all);
    assert!(stood_in >= 50, "{stood_in} questions found a deputy");
    assert!(nobody >= 10, "{nobody} questions found nobody there");
}
