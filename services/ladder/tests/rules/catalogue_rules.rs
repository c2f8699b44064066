//! The rules that households get stuck on: what the shipped catalogue holds, and what it answers.

use std::collections::BTreeSet;

use ladder::catalogue::{Basis, Collision, CollisionKind, Responsible, Rule, RuleCatalogue};

const SHIPPED: &str = include_str!("../../../../deploy/rules.toml");

fn shipped() -> RuleCatalogue {
    RuleCatalogue::from_toml(SHIPPED, "deploy/rules.toml").unwrap()
}

fn rule<'a>(catalogue: &'a RuleCatalogue, id: &str) -> &'a Rule {
    let found = catalogue.get(id);
    found.unwrap_or_else(|| panic!("{id} is not in the catalogue"))
}

fn ids(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|id| (*id).to_owned()).collect()
}

fn names(rules: &[&Rule]) -> Vec<String> {
    rules.iter().map(|rule| rule.id.clone()).collect()
}

/// Three rules that rest on each other, and one that works against the first.
const CHAIN: &str = r#"
[[statute]]
id = "act"
name = "Wet"
intent = "Helpen."

[[rule]]
id = "top"
name = "Top"
law = "act"
owner = { kind = "municipality" }
condition = "Na het midden."
intent = "Volgen."
depends_on = ["middle"]

[[rule]]
id = "middle"
name = "Midden"
law = "act"
owner = { kind = "municipality" }
condition = "Na de bodem."
intent = "Volgen."
depends_on = ["bottom"]

[[rule]]
id = "bottom"
name = "Bodem"
law = "act"
owner = { kind = "municipality" }
condition = "Altijd."
intent = "Dragen."

[[rule]]
id = "against"
name = "Tegen"
internal = true
owner = { external = "iemand" }
condition = "Altijd."
intent = "Remmen."
collides_with = [{ rule = "top", why = "Zij heffen elkaar op." }]
"#;

fn chain() -> RuleCatalogue {
    RuleCatalogue::from_toml(CHAIN, "rules.toml").unwrap()
}

#[test]
fn every_rule_that_the_domain_names_is_there_with_the_reason_why_it_exists() {
    let catalogue = shipped();
    // Domain, section b6: G1 to G8, G10 and G11.
    for id in [
        "child_benefit_requires_parent_or_guardian",
        "child_budget_follows_child_benefit",
        "participation_asset_limit",
        "participation_duty_to_inform",
        "participation_stop",
        "participation_reclaim",
        "participation_fine",
        "special_assistance_necessary_costs",
        "housing_cost_supplement_not_at_18",
        "student_finance_standard_amount",
        "tenancy_notice_two_months",
        "urgency_declaration",
        "evidence_based_care",
        "personal_data_needs_basis",
        "own_access_criteria",
        "own_protocol",
        "own_standard_process",
    ] {
        let rule = rule(&catalogue, id);
        assert!(rule.intent.len() > 20, "{id}: {}", rule.intent);
        assert!(rule.condition.len() > 20, "{id}: {}", rule.condition);
    }
    // G9: the laws themselves, for the step of the reversed test that asks what they are for.
    for (id, name) in [
        (
            "social_support_act",
            "Wet maatschappelijke ondersteuning 2015",
        ),
        ("youth_act", "Jeugdwet"),
        ("participation_act", "Participatiewet"),
    ] {
        let statute = catalogue.statute(id).unwrap();
        assert_eq!(statute.name, name);
        assert!(statute.intent.len() > 20, "{id}: {}", statute.intent);
    }
}

#[test]
fn when_child_benefit_stops_the_child_budget_falls_with_it() {
    let catalogue = shipped();
    let stopped = "child_benefit_requires_parent_or_guardian";
    let falls = "child_budget_follows_child_benefit";
    assert_eq!(names(&catalogue.dependents(stopped)), [falls]);
    assert_eq!(
        catalogue.collisions(&ids(&[stopped, falls])),
        [Collision {
            kind: CollisionKind::Chain,
            rules: [falls.to_owned(), stopped.to_owned()],
            why: "‘Kindgebonden budget volgt de kinderbijslag’ hangt af van ‘Kinderbijslag alleen \
                  voor een ouder of voogd’. Wat door de ene regel stopt, stopt ook door de andere."
                .to_owned(),
        }]
    );
}

#[test]
fn the_asset_limit_works_against_help_to_find_work() {
    let found = shipped().collisions(&ids(&[
        "participation_asset_limit",
        "participation_support_to_work",
    ]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, CollisionKind::Collision);
    let willems_car = "Wie zijn auto moet verkopen";
    assert!(found[0].why.starts_with(willems_car), "{}", found[0].why);
}

#[test]
fn the_policy_on_housing_costs_may_be_deviated_from_and_meets_two_rules() {
    let catalogue = shipped();
    let aisha = ids(&[
        "housing_cost_supplement_not_at_18",
        "student_finance_standard_amount",
        "tenancy_notice_two_months",
    ]);
    assert!(rule(&catalogue, "housing_cost_supplement_not_at_18").policy_rule);
    assert!(rule(&catalogue, "special_assistance_necessary_costs").policy_rule);
    let met: Vec<String> = catalogue
        .collisions(&aisha)
        .into_iter()
        .map(|collision| collision.rules[1].clone())
        .collect();
    let expected = [
        "student_finance_standard_amount",
        "tenancy_notice_two_months",
    ];
    assert_eq!(met, expected);
}

#[test]
fn only_the_urgency_declaration_divides_what_is_scarce() {
    let catalogue = shipped();
    let scarce: Vec<&Rule> = catalogue
        .rules()
        .iter()
        .filter(|rule| rule.scarcity)
        .collect();
    assert_eq!(names(&scarce), ["urgency_declaration"]);
}

#[test]
fn rules_that_no_law_asks_for_can_be_scrapped_and_no_others() {
    let catalogue = shipped();
    let scrappable: Vec<&Rule> = catalogue
        .rules()
        .iter()
        .filter(|rule| rule.scrappable())
        .collect();
    assert_eq!(
        names(&scrappable),
        [
            "own_access_criteria",
            "own_protocol",
            "own_standard_process"
        ]
    );
    assert_eq!(
        rule(&catalogue, "urgency_declaration").basis,
        Basis::Statute("housing_allocation_act".to_owned())
    );
}

#[test]
fn each_rule_of_the_svb_belongs_to_the_organisation_that_carries_out_its_law() {
    #[derive(serde::Deserialize)]
    struct Party {
        oin: String,
        laws: Vec<String>,
    }
    let svb: Party = toml::from_str(include_str!("../../../../deploy/parties/svb.toml")).unwrap();
    let catalogue = shipped();
    let mut count = 0;
    for rule in catalogue.rules() {
        let Basis::Statute(law) = &rule.basis else {
            continue;
        };
        let own = matches!(&rule.owner, Responsible::Organisation(oin) if oin.as_str() == svb.oin);
        assert_eq!(own, svb.laws.contains(law), "{}", rule.id);
        count += usize::from(own);
    }
    assert_eq!(count, 14);
}

#[test]
fn every_law_that_an_organisation_carries_out_is_in_the_catalogue() {
    #[derive(serde::Deserialize)]
    struct Party {
        #[serde(default)]
        laws: Vec<String>,
    }
    let catalogue = shipped();
    for party in [
        include_str!("../../../../deploy/parties/utrecht.toml"),
        include_str!("../../../../deploy/parties/svb.toml"),
        include_str!("../../../../deploy/parties/tax-office.toml"),
        include_str!("../../../../deploy/parties/spirit.toml"),
    ] {
        let party: Party = toml::from_str(party).unwrap();
        assert!(!party.laws.is_empty());
        for law in party.laws {
            assert!(catalogue.statute(&law).is_some(), "{law}");
        }
    }
}

#[test]
fn what_falls_is_told_nearest_first_and_through_the_whole_chain() {
    assert_eq!(names(&chain().dependents("bottom")), ["middle", "top"]);
    assert_eq!(names(&chain().dependents("top")), [""; 0]);
    assert_eq!(names(&chain().dependents("nobody")), [""; 0]);
}

#[test]
fn a_chain_is_seen_when_the_rule_in_between_is_not_named() {
    let found = chain().collisions(&ids(&["bottom", "top"]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, CollisionKind::Chain);
    assert_eq!(found[0].rules, ["top", "bottom"]);
}

#[test]
fn a_collision_counts_whichever_of_the_two_states_it_and_once() {
    assert_eq!(
        chain().collisions(&ids(&["against", "top"])),
        [Collision {
            kind: CollisionKind::Collision,
            rules: ["top".to_owned(), "against".to_owned()],
            why: "Zij heffen elkaar op.".to_owned(),
        }]
    );
}

#[test]
fn rules_that_have_nothing_to_do_with_each_other_do_not_collide() {
    assert_eq!(chain().collisions(&ids(&["against", "bottom"])), []);
    assert_eq!(chain().collisions(&ids(&["top", "gone_since"])), []);
}
