//! What holds whatever is asked, in whatever order: searched for on the ladder of this platform
//! and on ladders that nobody wrote.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};

use ladder::{Decider, Event, Rules};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::generated::{Run, ladder_file, run, steps};
use super::harness::{rules, rules_on};
use super::invariants::{
    Verdict, deadlines_fire_once, in_a_mandate, lapse, never_left_alone, no_rung_without_reason,
    nothing_after_the_end, objections_take_more_time_once, one_lapse_moves_once, one_owner,
    reads_back, replay_gives, scarcity_stays_below, shares_make_the_sum, silence_discloses_nothing,
};

/// Searches for a counter-example. The seed is new every time and printed with what is found;
/// `PROPTEST_RNG_SEED` sets it, `PROPTEST_CASES` the number of tries.
pub(crate) fn search<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> Verdict)
where
    S::Value: Debug,
{
    let defaults = Config::default();
    let seed = match defaults.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => RandomState::new().hash_one("seed"),
    };
    let config = Config {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed),
        ..defaults
    };
    let found = TestRunner::new(config).run(strategy, |value| {
        property(value).map_err(TestCaseError::fail)
    });
    if let Err(counter_example) = found {
        panic!("{counter_example}\nto see it again: PROPTEST_RNG_SEED={seed}");
    }
}

fn holds_everywhere(property: fn(&Run) -> Verdict) {
    let told = |run: Run| {
        property(&run).map_err(|wrong| {
            let kinds: Vec<&str> = run.log.iter().map(|(event, _)| event.kind()).collect();
            format!("{wrong}; the log: {}", kinds.join(", "))
        })
    };
    search(&steps(), |(theme, steps)| told(run(rules(), theme, &steps)));
    search(&(ladder_file(), steps()), |(ladder, (theme, steps))| {
        told(run(rules_on(&ladder), theme, &steps))
    });
}

#[test]
fn a_case_has_exactly_one_owner_and_another_only_by_taking_over() {
    holds_everywhere(|run| one_owner(&run.log, Rules::evolve));
}

#[test]
fn no_rung_is_passed_over_without_a_reason() {
    holds_everywhere(|run| no_rung_without_reason(&run.log, &run.rules.ladder));
}

#[test]
fn replaying_the_log_gives_the_state() {
    holds_everywhere(|run| replay_gives(&run.log, &run.case));
}

#[test]
fn every_event_reads_back_as_it_was_written() {
    holds_everywhere(|run| reads_back(&run.log));
}

#[test]
fn nothing_happens_to_a_closed_case_but_opening_it_again() {
    holds_everywhere(|run| nothing_after_the_end(&run.log));
}

#[test]
fn every_deadline_fires_once_at_its_time() {
    holds_everywhere(|run| {
        run.states()
            .try_for_each(|case| deadlines_fire_once(&run.rules, case, lapse))
    });
}

#[test]
fn no_case_is_left_without_a_next_deadline() {
    holds_everywhere(|run| run.states().try_for_each(never_left_alone));
}

#[test]
fn one_deadline_moves_a_case_once() {
    holds_everywhere(|run| one_lapse_moves_once(&run.moves));
}

#[test]
fn an_automatic_climb_discloses_nothing_beyond_the_card() {
    holds_everywhere(|run| silence_discloses_nothing(&run.log, Rules::evolve));
}

#[test]
fn a_shortage_never_climbs() {
    holds_everywhere(|run| scarcity_stays_below(&run.moves));
}

#[test]
fn every_promise_and_decision_is_in_a_recorded_mandate() {
    holds_everywhere(|run| in_a_mandate(&run.rules, &run.moves));
}

#[test]
fn an_objection_takes_more_time_once_and_in_time() {
    holds_everywhere(|run| objections_take_more_time_once(&run.log));
}

#[test]
fn the_shares_of_a_fund_make_its_sum_exactly() {
    holds_everywhere(|run| shares_make_the_sum(&run.log));
}

/// The search means something only when its sequences reach every kind of event.
#[test]
fn the_search_reaches_every_kind_of_event() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for _ in 0..6_000 {
        let (theme, steps) = steps().new_tree(&mut runner).unwrap().current();
        let run = run(rules(), theme, &steps);
        seen.extend(run.log.iter().map(|(event, _)| event.kind()));
    }
    let all: BTreeSet<&str> = Event::KINDS.iter().copied().collect();
    let missed: BTreeSet<&&str> = all.difference(&seen).collect();
    assert_eq!(missed, [].into());
}
