//! The policies say what the matrix says, no more and no less.

use gate::Role;

use crate::prover::{Kind, Prover, Verdict};
use crate::statements::{READERS, READS};
use crate::world::World;

/// For every role, reader and strength: the policies permit what the matrix gives, for every
/// category, purpose, level, standing and condition. Both directions are one question.
async fn policies_are_the_matrix(prover: &mut Prover, world: &World) -> Verdict {
    let reference = world.reference();
    for role in Role::ALL {
        let when = format!("principal.role == Role::\"{role}\"");
        for principal in READERS {
            for action in READS {
                let kind = Kind::of_case(principal, action);
                let both = (world.policies.as_str(), reference.as_str());
                let verdict = prover.alike(&world.schema, both, &kind, &when).await;
                if verdict != Verdict::Proved {
                    return verdict;
                }
            }
        }
    }
    Verdict::Proved
}

#[tokio::test]
async fn the_policies_say_what_the_matrix_says() {
    let mut prover = Prover::new();
    let verdict = policies_are_the_matrix(&mut prover, &World::committed()).await;
    prover.report("the_policies_say_what_the_matrix_says");
    assert_eq!(verdict, Verdict::Proved);
}

async fn assert_refuted(world: World, role: &str, category: &str) {
    let verdict = policies_are_the_matrix(&mut Prover::new(), &world).await;
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
