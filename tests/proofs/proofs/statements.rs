//! What must hold whatever the matrix says.

use cedar_policy::Schema;

use crate::prover::{Kind, Prover, Verdict};
use crate::world::{World, about};

/// Who reads: people with a token, and organisations' services.
pub(crate) const READERS: [&str; 2] = ["Person", "Organisation"];

/// The read actions, the strongest first.
pub(crate) const READS: [&str; 3] = ["ReadFull", "ReadMasked", "ReadPseudonym"];

/// The reader's organisation has to do with the case, or the case is about the reader.
const CONCERNED: &str = r#"
  resource.owner == principal.organisation ||
  resource.raiser == principal.organisation ||
  resource.handlers.contains(principal.organisation) ||
  resource.past_handlers.contains(principal.organisation) ||
  resource.offered.contains(principal.organisation) ||
  resource.accepted.contains(principal.organisation) ||
  resource.committed.contains(principal.organisation) ||
  (resource has admitting && resource.admitting.organisation == principal.organisation) ||
  (principal is Person && resource.citizens.contains(principal.subject))"#;

/// The same for whoever has more to do with it than an offer.
const MORE_THAN_OFFERED: &str = r#"
  resource.owner == principal.organisation ||
  resource.raiser == principal.organisation ||
  resource.handlers.contains(principal.organisation) ||
  resource.past_handlers.contains(principal.organisation) ||
  resource.accepted.contains(principal.organisation) ||
  resource.committed.contains(principal.organisation) ||
  (resource has admitting && resource.admitting.organisation == principal.organisation) ||
  (principal is Person && resource.citizens.contains(principal.subject))"#;

/// The card: masked process, a pseudonym; and the lesson, which is of no single case.
const CARD: &str = r#"
  context.category == Category::"lesson" ||
  (context.category == Category::"process" && action != Action::"ReadFull") ||
  (context.category == Category::"identity" && action == Action::"ReadPseudonym")"#;

/// The BSN and tax data.
const BSN_AND_TAX: &str = r#"[Category::"bsn", Category::"tax"].contains(context.category)"#;

/// The first that is not proved of several statements about reading, in words of the policies.
async fn denied(prover: &mut Prover, world: &World, when: &str) -> Verdict {
    for principal in READERS {
        for action in READS {
            let kind = Kind::of_case(principal, action);
            let verdict = prover
                .denied(&world.schema, &world.policies, &kind, when)
                .await;
            if verdict != Verdict::Proved {
                return verdict;
            }
        }
    }
    Verdict::Proved
}

async fn national_roles(prover: &mut Prover, world: &World) -> Verdict {
    let when = r#"
      [Role::"national_adviser", Role::"table_member"].contains(principal.role) &&
      [
        Category::"bsn", Category::"tax", Category::"health", Category::"criminal"
      ].contains(context.category) &&
      !(context.purpose == Purpose::"own_law" &&
        resource.committed.contains(principal.organisation))"#;
    denied(prover, world, when).await
}

async fn outsiders_read_nothing(prover: &mut Prover, world: &World) -> Verdict {
    let when = format!("context.category != Category::\"lesson\" && !({CONCERNED})");
    denied(prover, world, &when).await
}

async fn for_outsiders_no_case_is_there(prover: &mut Prover, world: &World) -> Verdict {
    for principal in READERS {
        for action in ["ListCases", "ReadCase"] {
            let kind = Kind::of_case(principal, action);
            let when = format!("!({CONCERNED})");
            let verdict = prover
                .denied(&world.schema, &world.policies, &kind, &when)
                .await;
            if verdict != Verdict::Proved {
                return verdict;
            }
        }
    }
    Verdict::Proved
}

/// More only on a recorded ground, which is a pass of one's own.
async fn privacy_officers(prover: &mut Prover, world: &World) -> Verdict {
    let when = r#"
      principal.role == Role::"privacy_officer" &&
      ![
        Category::"process", Category::"decision", Category::"lesson"
      ].contains(context.category) &&
      !(action == Action::"ReadPseudonym" &&
        [Category::"identity", Category::"finance"].contains(context.category)) &&
      !(principal is Person && context.category == Category::"identity" &&
        resource.passes.contains({kind: "accounting", organisation: principal.organisation,
          subject: principal.subject, category: context.category}))"#;
    denied(prover, world, when).await
}

/// Whoever gets the stronger answer gets the weaker one: the policies for the weaker action, put
/// under the name of the stronger, permit whatever that is permitted.
async fn stronger_implies_weaker(prover: &mut Prover, world: &World) -> Verdict {
    for principal in READERS {
        for (strong, weak) in [("ReadFull", "ReadMasked"), ("ReadMasked", "ReadPseudonym")] {
            let kind = Kind::of_case(principal, strong);
            let renamed = exchanged(&world.policies, strong, weak);
            let both = (world.policies.as_str(), renamed.as_str());
            let verdict = prover.implies(&world.schema, both, &kind).await;
            if verdict != Verdict::Proved {
                return verdict;
            }
        }
    }
    Verdict::Proved
}

fn exchanged(policies: &str, one: &str, other: &str) -> String {
    let name = |word: &str| format!("Action::\"{word}\"");
    policies
        .replace(&name(one), "Action::\"\"")
        .replace(&name(other), &name(one))
        .replace("Action::\"\"", &name(other))
}

async fn before_acceptance(prover: &mut Prover, world: &World) -> Verdict {
    let offered = format!(
        "resource.offered.contains(principal.organisation) && \
         !({MORE_THAN_OFFERED}) && !({CARD})"
    );
    let verdict = denied(prover, world, &offered).await;
    if verdict != Verdict::Proved {
        return verdict;
    }
    // Whatever else the organisation has to do with the case: in these roles acceptance opens it.
    let receiving = format!(
        r#"[
          Role::"agency_liaison", Role::"care_professional", Role::"fund_holder"
        ].contains(principal.role) &&
        !resource.accepted.contains(principal.organisation) && !({CARD})"#
    );
    denied(prover, world, &receiving).await
}

async fn climbed_by_silence(prover: &mut Prover, world: &World) -> Verdict {
    let when = format!(
        r#"resource.card_only.contains(principal.organisation) &&
        !(resource.owner == principal.organisation) &&
        !(resource.raiser == principal.organisation) &&
        !resource.accepted.contains(principal.organisation) &&
        principal.role != Role::"citizen" && !({CARD})"#
    );
    denied(prover, world, &when).await
}

/// The policies say the same of the BSN and tax data whatever grounds are recorded, consent among
/// them. A ground, whatever its kind, reaches the policies as `shared_with` and in no other way; so
/// another set of organisations is put in its place, and the answer stays the same.
async fn consent(prover: &mut Prover, world: &World) -> Verdict {
    let without = world
        .policies
        .replace("resource.shared_with", "resource.past_handlers");
    for principal in READERS {
        for action in READS {
            let kind = Kind::of_case(principal, action);
            let both = (world.policies.as_str(), without.as_str());
            let verdict = prover.alike(&world.schema, both, &kind, BSN_AND_TAX).await;
            if verdict != Verdict::Proved {
                return verdict;
            }
        }
    }
    Verdict::Proved
}

/// What a person objects to the sharing of is read by nobody who got it from another.
async fn objections(prover: &mut Prover, world: &World) -> Verdict {
    let when = r#"
      resource.objected.contains(context.category) &&
      !(resource.owner == principal.organisation) &&
      !(resource.raiser == principal.organisation) &&
      !(resource has source && resource.source == principal.organisation) &&
      principal.role != Role::"citizen" &&
      !(principal is Person && (
        resource.passes.contains({kind: "emergency", organisation: principal.organisation,
          subject: principal.subject, category: context.category}) ||
        resource.passes.contains({kind: "accounting", organisation: principal.organisation,
          subject: principal.subject, category: context.category})))"#;
    denied(prover, world, when).await
}

/// The BSN and tax data open in full only to citizens, to an organisation that accepted a part or
/// was asked for a commitment and reads for its own law or care; tax data only its own.
async fn entitled(prover: &mut Prover, world: &World) -> Verdict {
    let when = format!(
        r#"{BSN_AND_TAX} &&
        !(context.category == Category::"bsn" && action != Action::"ReadFull") &&
        !(principal.role == Role::"citizen" &&
          principal is Person && resource.citizens.contains(principal.subject)) &&
        !([Purpose::"own_law", Purpose::"care"].contains(context.purpose) &&
          (resource.accepted.contains(principal.organisation) ||
            resource.committed.contains(principal.organisation)) &&
          (context.category == Category::"bsn" ||
            (resource has source && resource.source == principal.organisation)))"#
    );
    denied(prover, world, &when).await
}

async fn drafts(prover: &mut Prover, world: &World) -> Verdict {
    let when = r#"
      resource.state == "draft" &&
      !([Role::"raiser", Role::"case_director"].contains(principal.role) &&
        resource.owner == principal.organisation)"#;
    denied(prover, world, when).await
}

async fn learning(prover: &mut Prover, world: &World) -> Verdict {
    let when = r#"
      context.purpose == Purpose::"learn" &&
      ![
        Category::"process", Category::"decision", Category::"lesson"
      ].contains(context.category)"#;
    denied(prover, world, when).await
}

/// No policy fails for any request that the schema allows, commands included.
async fn no_failure(prover: &mut Prover, world: &World) -> Verdict {
    for kind in kinds(&world.schema) {
        for policy in about(&world.policies, &kind.action()).policies() {
            let verdict = prover.never_fails(&world.schema, policy, &kind).await;
            if verdict != Verdict::Proved {
                return verdict;
            }
        }
    }
    Verdict::Proved
}

/// Every kind of request of the schema.
fn kinds(schema: &Schema) -> Vec<Kind> {
    let types = |words: &[&'static str], found: &str| {
        words.iter().copied().find(|word| *word == found).unwrap()
    };
    schema
        .request_envs()
        .map(|env| Kind {
            principal: types(
                &["Person", "Organisation", "Service", "Clock"],
                &env.principal().to_string(),
            ),
            action: env.action().id().unescaped().to_owned(),
            resource: types(
                &["Case", "Meeting", "Signal", "Pass", "Register"],
                &env.resource().to_string(),
            ),
        })
        .collect()
}

/// A statement: it is proved of what is committed, and refuted of what is wrong.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident: $statement:ident, $wrong:literal;)+) => {
        $(
            mod $name {
                use super::*;

                $(#[$doc])*
                #[tokio::test]
                async fn is_proved() {
                    let mut prover = Prover::new();
                    let verdict = $statement(&mut prover, &World::committed()).await;
                    prover.report(stringify!($name));
                    assert_eq!(verdict, Verdict::Proved);
                }

                #[tokio::test]
                async fn is_refuted_by_a_wrong_policy() {
                    let mut prover = Prover::new();
                    let verdict = $statement(&mut prover, &World::wrong($wrong)).await;
                    assert!(matches!(verdict, Verdict::Refuted(_)), "{verdict:?}");
                }
            }
        )+
    };
}

statements! {
    no_national_role_reads_bsn_tax_health_or_criminal_data_but_on_its_own_law:
        national_roles, "national-health.cedar";
    nobody_outside_its_organisations_reads_anything_of_a_case:
        outsiders_read_nothing, "analyst-of-another.cedar";
    for_nobody_outside_its_organisations_a_case_is_there:
        for_outsiders_no_case_is_there, "case-for-all.cedar";
    a_privacy_officer_opens_no_person_without_a_ground:
        privacy_officers, "officer-opens-identity.cedar";
    full_implies_masked_implies_pseudonym:
        stronger_implies_weaker, "full-without-masked.cedar";
    before_acceptance_nobody_reads_more_than_the_card:
        before_acceptance, "liaison-before-acceptance.cedar";
    silence_discloses_no_more_than_the_card:
        climbed_by_silence, "silence-opens.cedar";
    consent_alone_never_permits_bsn_or_tax_data:
        consent, "bsn-when-shared.cedar";
    what_a_person_objects_to_no_receiver_reads:
        objections, "objection-overlooked.cedar";
    bsn_and_tax_data_open_to_entitled_organisations_only:
        entitled, "bsn-for-the-owner.cedar";
    a_draft_is_read_by_its_writers_only:
        drafts, "drafts-for-directors.cedar";
    learning_reads_no_person:
        learning, "learning-from-persons.cedar";
    no_policy_fails:
        no_failure, "fails.cedar";
}
