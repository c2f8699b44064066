//! The policies say what the matrix says, no more and no less.

use std::str::FromStr;

use cedar_policy::{Effect, PolicySet};
use gate::Role;
use proofs::reference;

use crate::prover::{Kind, Prover, Verdict};
use crate::statements::{READERS, READS};
use crate::world::World;

/// For every role and strength: the policies permit what the matrix gives, for every
/// category, purpose, level, standing and condition. Both directions are one question.
async fn policies_are_the_matrix(
    prover: &mut Prover,
    world: &World,
    principal: &'static str,
) -> Verdict {
    let reference = world.reference();
    for role in Role::ALL {
        let when = format!("principal.role == Role::\"{role}\"");
        for action in READS {
            let kind = Kind::of_case(principal, action);
            let both = (world.policies.as_str(), reference.as_str());
            let verdict = prover.alike(&world.schema, both, &kind, &when).await;
            if verdict != Verdict::Proved {
                return verdict;
            }
        }
    }
    Verdict::Proved
}

async fn assert_the_same(principal: &'static str, statement: &str) {
    let mut prover = Prover::new();
    let verdict = policies_are_the_matrix(&mut prover, &World::committed(), principal).await;
    prover.report(statement);
    assert_eq!(verdict, Verdict::Proved);
}

#[tokio::test]
async fn the_policies_say_of_people_what_the_matrix_says() {
    assert_the_same("Person", "the_policies_say_of_people_what_the_matrix_says").await;
}

#[tokio::test]
async fn the_policies_say_of_services_what_the_matrix_says() {
    assert_the_same(
        "Organisation",
        "the_policies_say_of_services_what_the_matrix_says",
    )
    .await;
}

async fn assert_refuted(world: World, role: &str, category: &str) {
    let verdict = policies_are_the_matrix(&mut Prover::new(), &world, "Person").await;
    let Verdict::Refuted(request) = &verdict else {
        panic!("{verdict:?}");
    };
    for word in [role, category] {
        assert!(request.contains(&format!("\"{word}\"")), "{request}");
    }
}

#[tokio::test]
async fn a_policy_that_gives_more_is_found() {
    assert_refuted(
        World::wrong("policies-give-more.cedar"),
        "regional_handler",
        "family",
    )
    .await;
}

#[tokio::test]
async fn a_policy_that_is_missing_is_found() {
    assert_refuted(
        World::wrong("policies-give-less.cedar"),
        "case_director",
        "help",
    )
    .await;
}

#[tokio::test]
async fn a_cell_that_gives_more_is_found() {
    assert_refuted(
        World::wrong_cell("matrix-gives-more.txt"),
        "fund_holder",
        "health",
    )
    .await;
}

#[tokio::test]
async fn a_cell_that_gives_less_is_found() {
    assert_refuted(
        World::wrong_cell("matrix-gives-less.txt"),
        "care_professional",
        "care",
    )
    .await;
}

#[tokio::test]
async fn a_cell_without_its_condition_is_found() {
    assert_refuted(
        World::wrong_cell("matrix-without-condition.txt"),
        "agency_liaison",
        "tax",
    )
    .await;
}

/// What a cell gives under a rule is given by policies that carry that rule: so that the reason which
/// an answer names is the one of the law.
async fn policies_carry_the_rules(prover: &mut Prover, world: &World) -> Verdict {
    for row in &world.matrix.rows {
        for (category, cell) in &row.cells {
            let Some(most) = cell.given.iter().map(|given| given.strength).max() else {
                continue;
            };
            let cell_policies = reference::of_cell(&world.matrix, row, *category);
            for rule in &cell.rules {
                let carrying = with_rule(&world.policies, rule);
                for principal in READERS {
                    let kind = Kind::of_case(principal, reference::actions(most)[0]);
                    let both = (cell_policies.as_str(), carrying.as_str());
                    let verdict = prover.implies(&world.schema, both, &kind).await;
                    if verdict != Verdict::Proved {
                        return verdict;
                    }
                }
            }
        }
    }
    Verdict::Proved
}

/// The permits that carry a rule, and all prohibitions.
fn with_rule(policies: &str, rule: &str) -> String {
    let all = PolicySet::from_str(policies).unwrap();
    let kept = all.policies().filter(|policy| {
        policy.effect() == Effect::Forbid || policy.annotation("rule") == Some(rule)
    });
    kept.map(|policy| format!("{policy}\n")).collect()
}

#[tokio::test]
async fn every_rule_behind_a_cell_stands_at_the_policies_that_give_it() {
    let mut prover = Prover::new();
    let verdict = policies_carry_the_rules(&mut prover, &World::committed()).await;
    prover.report("every_rule_behind_a_cell_stands_at_the_policies_that_give_it");
    assert_eq!(verdict, Verdict::Proved);
}

#[tokio::test]
async fn a_policy_with_another_rule_is_found() {
    let world = World::wrong("another-rule.cedar");
    let verdict = policies_carry_the_rules(&mut Prover::new(), &world).await;
    assert!(matches!(verdict, Verdict::Refuted(_)), "{verdict:?}");
}
