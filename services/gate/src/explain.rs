//! Why so much is shown and no more: a decision in the policies' own words.

use std::collections::BTreeSet;

use cedar_policy::PolicyId;

use crate::gate::{Answer, Denial, DenialCode, READS};
use crate::{Actor, CaseFacts, Category, Gate, Purpose, Reading, Strength};

/// A policy that decided, and on what it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// Its id.
    pub policy: String,
    /// The rule that it carries out, `r1` to `r11`.
    pub rule: Option<String>,
    /// The article.
    pub basis: Option<String>,
}

/// Why the next strength is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotShown {
    /// That strength.
    pub strength: Strength,
    /// Why not.
    pub code: DenialCode,
    /// The prohibitions, when there are any.
    pub forbidding: Vec<Grounds>,
}

impl DenialCode {
    /// Every code.
    pub const ALL: [Self; 5] = [
        Self::UnknownRole,
        Self::NotForThisActor,
        Self::NotPermitted,
        Self::Forbidden,
        Self::Fault,
    ];
}

impl Gate {
    /// On what these policies rest.
    pub fn grounds(&self, policies: &[String]) -> Vec<Grounds> {
        let policies = policies.iter();
        policies
            .map(|id| {
                let policy = self.policies.policy(&PolicyId::new(id));
                let said = |name| policy.and_then(|policy| policy.annotation(name));
                Grounds {
                    policy: id.clone(),
                    rule: said("rule").map(str::to_owned),
                    basis: said("basis").map(str::to_owned),
                }
            })
            .collect()
    }

    /// Why no more is shown than a reading says; `None` when all of it is. The same questions as for
    /// the reading, put for the strength after it to each of the actor's roles.
    pub fn not_shown(
        &self,
        actor: &Actor,
        purpose: Purpose,
        facts: &CaseFacts,
        reading: &Reading,
    ) -> Option<NotShown> {
        let mut stronger = READS.into_iter().filter(|(it, _)| *it > reading.strength);
        let (strength, action) = stronger.next()?;
        let mut code = DenialCode::UnknownRole;
        let mut forbidding = BTreeSet::new();
        for role in actor.roles() {
            let entities = self.entities(actor, Some(*role), facts);
            let answer = entities.and_then(|entities| {
                let context = self.names.context(reading.category, purpose)?;
                self.ask(actor, action, facts, context, &entities)
            });
            match answer {
                Ok(Answer::Denied(Denial {
                    code: found,
                    reasons,
                })) => {
                    // A prohibition says most; whatever else denies says the same for all roles.
                    if code != DenialCode::Forbidden {
                        code = found;
                    }
                    forbidding.extend(reasons);
                }
                Ok(Answer::Permitted(_)) => {}
                Err(_) => code = DenialCode::Fault,
            }
        }
        let forbidding: Vec<String> = forbidding.into_iter().collect();
        Some(NotShown {
            strength,
            code,
            forbidding: self.grounds(&forbidding),
        })
    }

    /// How much of a category this actor sees for a purpose.
    pub fn strength(
        &self,
        actor: &Actor,
        purpose: Purpose,
        category: Category,
        facts: &CaseFacts,
    ) -> Strength {
        self.reading(actor, purpose, category, facts).strength
    }

    /// The rules that any policy names.
    pub fn rules_named(&self) -> BTreeSet<String> {
        let rules = self.policies.policies();
        rules
            .filter_map(|policy| policy.annotation("rule"))
            .map(str::to_owned)
            .collect()
    }
}
