//! Standard provisions: regular help, found and tried first.

use std::collections::BTreeSet;

use ladder::catalogue::{Provision, ProvisionCatalogue, RuleCatalogue, TriedResult};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::properties::search;

const SHIPPED: &str = include_str!("../../../../deploy/provisions.toml");

fn shipped() -> ProvisionCatalogue {
    ProvisionCatalogue::from_toml(SHIPPED, "deploy/provisions.toml").unwrap()
}

fn suggested(catalogue: &ProvisionCatalogue, theme: &str, domains: &[&str]) -> Vec<String> {
    let domains: Vec<String> = domains.iter().map(|domain| (*domain).to_owned()).collect();
    let found = catalogue.suggest(theme, &domains);
    found
        .into_iter()
        .map(|provision| provision.id.clone())
        .collect()
}

#[test]
fn every_shipped_provision_rests_on_a_law_of_the_rule_catalogue() {
    let rules = include_str!("../../../../deploy/rules.toml");
    let rules = RuleCatalogue::from_toml(rules, "deploy/rules.toml").unwrap();
    let catalogue = shipped();
    assert_eq!(catalogue.provisions().len(), 18);
    for provision in catalogue.provisions() {
        assert!(rules.statute(&provision.law).is_some(), "{}", provision.law);
        assert_eq!(catalogue.get(&provision.id), Some(provision));
    }
    assert_eq!(catalogue.get("bijzondere_bijstand"), None);
}

#[test]
fn a_family_without_income_is_pointed_to_help_for_that_theme_first() {
    assert_eq!(
        suggested(
            &shipped(),
            "family_income",
            &["income", "care", "housing", "education"]
        ),
        [
            "special_assistance",
            "care_allowance",
            "rent_allowance",
            "child_benefit",
            "child_budget"
        ]
    );
}

#[test]
fn a_home_is_scarce_so_other_help_for_housing_comes_first() {
    let found = suggested(&shipped(), "housing", &["housing"]);
    let expected = [
        "special_assistance",
        "rent_allowance",
        "housing_cost_supplement",
        "urgency_declaration",
        "social_rented_home",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_theme_that_no_provision_knows_still_finds_help_by_domains_of_life() {
    assert_eq!(
        suggested(&shipped(), "unheard_of", &["education"]),
        ["student_finance"]
    );
    assert_eq!(suggested(&shipped(), "unheard_of", &[]), [""; 0]);
}

#[test]
fn a_domain_of_life_that_is_named_twice_counts_once() {
    let twice = suggested(
        &shipped(),
        "unheard_of",
        &["debt", "debt", "housing", "income"],
    );
    let once = suggested(&shipped(), "unheard_of", &["debt", "housing", "income"]);
    assert_eq!(twice, once);
}

#[test]
fn a_provision_that_was_tried_fell_short_in_one_of_four_ways() {
    let words: Vec<&str> = TriedResult::ALL
        .iter()
        .map(|result| result.as_str())
        .collect();
    assert_eq!(
        words,
        ["not_available", "too_slow", "did_not_fit", "scarcity"]
    );
    for word in words {
        assert_eq!(TriedResult::parse(word).map(TriedResult::as_str), Ok(word));
    }
    assert!(TriedResult::parse("not_needed").is_err());
}

const THEMES: &[&str] = &["a", "b"];
const DOMAINS: &[&str] = &["v", "w", "x", "y", "z"];

/// How well a provision fits; more is better.
fn fit(provision: &Provision, theme: &str, domains: &BTreeSet<String>) -> (bool, usize, bool) {
    (
        provision.themes.contains(theme),
        provision.life_domains.intersection(domains).count(),
        !provision.scarce,
    )
}

/// Whatever stands in the file: what is suggested fits, stands in order, is no more than five,
/// and nothing that is left out fits better.
#[test]
fn the_suggestions_are_the_best_fitting_five() {
    let one = (
        subsequence(THEMES, 1..=2),
        subsequence(DOMAINS, 0..=5),
        any::<bool>(),
    );
    let catalogue = prop::collection::vec(one, 0..12);
    let asked = (select(THEMES), subsequence(DOMAINS, 0..=5));
    search(&(catalogue, asked), |(entries, (theme, domains))| {
        let text: String = entries
            .iter()
            .enumerate()
            .map(|(number, (themes, domains, scarce))| {
                format!(
                    "[[provision]]\nid = \"p{number}\"\nname = \"P\"\nlaw = \"act\"\n\
                     themes = {themes:?}\nlife_domains = {domains:?}\nscarce = {scarce}\n\
                     carried_out_by = {{ kind = \"municipality\" }}\ngives = \"Hulp.\"\n"
                )
            })
            .collect();
        let catalogue =
            ProvisionCatalogue::from_toml(&text, "p").map_err(|error| error.to_string())?;
        let domains: Vec<String> = domains.into_iter().map(str::to_owned).collect();
        let found = catalogue.suggest(theme, &domains);
        let touched: BTreeSet<String> = domains.into_iter().collect();
        let fits = |provision: &Provision| fit(provision, theme, &touched);
        let fitting = catalogue
            .provisions()
            .iter()
            .filter(|one| fits(one).0 || fits(one).1 > 0);
        let mut expected: Vec<_> = fitting.map(fits).collect();
        expected.sort_unstable_by(|one, other| other.cmp(one));
        expected.truncate(5);
        let given: Vec<_> = found.iter().map(|one| fits(one)).collect();
        if given == expected {
            Ok(())
        } else {
            Err(format!("given {given:?}, the best are {expected:?}"))
        }
    });
}
