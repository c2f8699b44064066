//! Rule catalogues that nobody wrote: accepted are exactly those that can be used.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Write;

use ladder::catalogue::{CollisionKind, RuleCatalogue};
use proptest::prelude::*;

use super::invariants::Verdict;
use super::properties::search;

/// One generated rule: the number in its id, the rules it rests on, and those it works against.
type Written = (usize, Vec<usize>, Vec<usize>);

/// Up to six rules. Ids are mostly each rule's own place, and rules are mostly named that are
/// there, so that both kinds of catalogue come often.
fn written() -> impl Strategy<Value = Vec<Written>> {
    (0..=6_usize).prop_flat_map(|count| {
        let named = || prop::collection::vec(0..=count + count / 4, 0..=2);
        let one = (prop::bool::weighted(0.03), named(), named(), any::<bool>());
        prop::collection::vec(one, count).prop_map(move |rules| {
            let rules = rules.into_iter().enumerate();
            rules
                .map(|(place, (copied, mut on, mut against, upward))| {
                    if upward {
                        // Half of the rules name later ones only: no circle by way of these.
                        on.retain(|named| *named > place && *named < count);
                        against.retain(|named| *named > place && *named < count);
                    }
                    (if copied { 0 } else { place }, on, against)
                })
                .collect()
        })
    })
}

fn file(rules: &[Written]) -> String {
    let mut text = String::new();
    for (id, on, against) in rules {
        let on: Vec<String> = on.iter().map(|id| format!("r{id}")).collect();
        let against: Vec<String> = against
            .iter()
            .map(|id| format!("{{ rule = \"r{id}\", why = \"Zo.\" }}"))
            .collect();
        let against = against.join(", ");
        let _ = writeln!(
            text,
            "[[rule]]\nid = \"r{id}\"\nname = \"R{id}\"\ninternal = true\n\
             owner = {{ external = \"iemand\" }}\ncondition = \"Als.\"\nintent = \"Opdat.\"\n\
             depends_on = {on:?}\ncollides_with = [{against}]"
        );
    }
    text
}

/// Which rule rests on which, directly or by way of others; places, by Warshall.
fn reaches(rules: &[Written]) -> Vec<Vec<bool>> {
    let count = rules.len();
    let mut reaches = vec![vec![false; count]; count];
    for (place, (_, on, _)) in rules.iter().enumerate() {
        for on in on.iter().filter(|on| **on < count) {
            reaches[place][*on] = true;
        }
    }
    for via in 0..count {
        for from in 0..count {
            for to in 0..count {
                reaches[from][to] |= reaches[from][via] && reaches[via][to];
            }
        }
    }
    reaches
}

/// Whether every id is unique, everything named is there and named once, no rule works against
/// itself, and none rests on itself.
fn usable(rules: &[Written]) -> bool {
    let count = rules.len();
    let ids: BTreeSet<usize> = rules.iter().map(|(id, _, _)| *id).collect();
    let mut pairs = BTreeSet::new();
    ids.len() == count
        && rules.iter().all(|(own, on, against)| {
            let distinct: BTreeSet<&usize> = on.iter().collect();
            distinct.len() == on.len()
                && on.iter().chain(against).all(|named| *named < count)
                && against
                    .iter()
                    .all(|other| own != other && pairs.insert([own.min(other), own.max(other)]))
        })
        && reaches(rules).iter().enumerate().all(|(at, to)| !to[at])
}

#[test]
fn accepted_are_exactly_the_closed_catalogues_without_a_circle() {
    let (accepted, refused) = (Cell::new(0), Cell::new(0));
    search(&written(), |rules| {
        let read = RuleCatalogue::from_toml(&file(&rules), "rules.toml");
        match (usable(&rules), read) {
            (true, Ok(_)) => accepted.set(accepted.get() + 1),
            (false, Err(error)) if error.line.is_some() => refused.set(refused.get() + 1),
            (usable, read) => return Err(format!("usable: {usable}, but {read:?}")),
        }
        Ok(())
    });
    // A search that saw one kind only would have shown nothing.
    assert!(accepted.get() > 0 && refused.get() > 0);
}

fn answers(rules: &[Written]) -> Verdict {
    let Ok(catalogue) = RuleCatalogue::from_toml(&file(rules), "rules.toml") else {
        return Ok(());
    };
    let reaches = reaches(rules);
    let all: BTreeSet<String> = (0..rules.len()).map(|place| format!("r{place}")).collect();
    let collisions = catalogue.collisions(&all);
    for (on, _) in rules.iter().enumerate() {
        let fallen = catalogue.dependents(&format!("r{on}"));
        let fallen: Vec<&str> = fallen.iter().map(|rule| rule.id.as_str()).collect();
        for (falls, reached) in reaches.iter().enumerate() {
            let (one, other) = (format!("r{falls}"), format!("r{on}"));
            let told = fallen.iter().filter(|id| **id == one).count();
            let chains = collisions
                .iter()
                .filter(|found| found.kind == CollisionKind::Chain)
                .filter(|found| found.rules == [one.clone(), other.clone()])
                .count();
            let expected = usize::from(reached[on]);
            if (told, chains) != (expected, expected) {
                return Err(format!("{one} on {other}: {told} told, {chains} chains"));
            }
        }
    }
    let stated: usize = rules.iter().map(|(_, _, against)| against.len()).sum();
    let found = collisions
        .iter()
        .filter(|found| found.kind == CollisionKind::Collision);
    match found.count() {
        found if found == stated => Ok(()),
        found => Err(format!("{stated} collisions stated, {found} found")),
    }
}

#[test]
fn each_chain_and_each_collision_is_told_once_and_no_others() {
    search(&written(), |rules| answers(&rules));
}
