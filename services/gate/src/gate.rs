use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    path::Path,
};

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision, Entities, EntityUid, Policy, PolicyId,
    PolicySet, Request, Schema,
};

use crate::{
    Action, Actor, CaseFacts, Category, Facts, Grant, LoadError, Marker, Purpose, Reading, Role,
    Sources, Strength,
    entities::{Names, Unfit},
};

/// The read actions of the schema, the weakest first. Who may see something in full may see it masked
/// and as a pseudonym (the proofs show it of the policies), so what is denied costs one question.
pub(crate) const READS: [(Strength, &str); 3] = [
    (Strength::Pseudonym, "ReadPseudonym"),
    (Strength::Masked, "ReadMasked"),
    (Strength::Full, "ReadFull"),
];

/// The policies at work. Share one per process.
pub struct Gate {
    authorizer: Authorizer,
    schema: Schema,
    /// All policies, and those that speak of one action: a question is put to the latter only.
    pub(crate) policies: PolicySet,
    by_action: HashMap<&'static str, PolicySet>,
    pub(crate) names: Names,
    purposes: BTreeMap<Role, Vec<Purpose>>,
}

/// A command is permitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    /// The role that it is permitted to, or `clock` or `service`: to be recorded with the event.
    pub acting_role: &'static str,
    /// The ids of the policies that permit it, sorted.
    pub reasons: Vec<String>,
}

/// A command is denied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct Denial {
    /// Why, in one word.
    pub code: DenialCode,
    /// The ids of the policies that forbid it, sorted; empty when none permits it.
    pub reasons: Vec<String>,
}

/// Why a command is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DenialCode {
    /// The actor states no role that is known here.
    UnknownRole,
    /// The command is not for this kind of actor.
    NotForThisActor,
    /// No policy permits it.
    NotPermitted,
    /// A policy forbids it.
    Forbidden,
    /// The policies could not be evaluated; a fault of ours, answered with no.
    Fault,
}

impl DenialCode {
    /// The code for answers and for the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownRole => "unknown_role",
            Self::NotForThisActor => "not_for_this_actor",
            Self::NotPermitted => "not_permitted",
            Self::Forbidden => "forbidden",
            Self::Fault => "gate_fault",
        }
    }
}

impl fmt::Display for DenialCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Gate {
    /// A gate with the policies of a directory.
    ///
    /// # Errors
    /// When a file cannot be read or a policy does not fit the schema; the error names it.
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        Self::new(&Sources::read(directory)?)
    }

    /// A gate with the policies that the program was built with.
    ///
    /// # Errors
    /// When a policy does not fit the schema.
    pub fn embedded() -> Result<Self, LoadError> {
        Self::new(&Sources::embedded())
    }

    /// A gate with the given policies.
    ///
    /// # Errors
    /// When a policy does not fit the schema; the error names it.
    pub fn new(sources: &Sources) -> Result<Self, LoadError> {
        let (schema, policies) = sources.compile()?;
        let names =
            Names::new().ok_or_else(|| LoadError::Schema("the gate's own names".to_owned()))?;
        let mut by_action = HashMap::new();
        for word in Action::ALL
            .iter()
            .map(|action| action.as_str())
            .chain(READS.map(|(_, word)| word))
        {
            let action = names.action(word);
            let about = policies.policies().filter(|one| speaks_of(one, &action));
            let about = PolicySet::from_policies(about.cloned())
                .map_err(|error| LoadError::Twice(error.to_string()))?;
            by_action.insert(word, about);
        }
        Ok(Self {
            authorizer: Authorizer::new(),
            schema,
            policies,
            by_action,
            names,
            purposes: sources.parse_purposes()?,
        })
    }

    /// Whether the actor may do this with a thing, and in which role.
    ///
    /// # Errors
    /// A [`Denial`] with its code, and the policies that forbid it if any does.
    pub fn may(&self, actor: &Actor, action: Action, facts: &dyn Facts) -> Result<Permit, Denial> {
        let roles: Vec<Option<Role>> = match actor {
            Actor::Clock => vec![None],
            Actor::Organisation(service) if service.acts_for_nobody() => vec![None],
            _ => actor.roles().iter().copied().map(Some).collect(),
        };
        let mut denial = Denial::plain(DenialCode::UnknownRole);
        for role in roles {
            let asked = self
                .entities(actor, role, facts)
                .and_then(|at| self.ask(actor, action.as_str(), facts, Context::empty(), &at));
            match asked {
                Ok(Answer::Permitted(reasons)) => {
                    return Ok(Permit {
                        acting_role: role.map_or(actor.without_role(), Role::as_str),
                        reasons,
                    });
                }
                Ok(Answer::Denied(found)) => denial = found,
                Err(Unfit) => denial = Denial::plain(DenialCode::Fault),
            }
        }
        Err(denial)
    }

    /// How much of a category the actor may see for a purpose: the strongest that is permitted to
    /// any of the actor's roles.
    pub fn read<C: Marker>(&self, actor: &Actor, purpose: Purpose, facts: &CaseFacts) -> Grant<C> {
        Grant::new(self.reading(actor, purpose, C::CATEGORY, facts))
    }

    /// The answer of [`Gate::read`] without the key: for saying what is shown and why.
    pub fn reading(
        &self,
        actor: &Actor,
        purpose: Purpose,
        category: Category,
        facts: &CaseFacts,
    ) -> Reading {
        let mut best = Reading {
            category,
            strength: Strength::None,
            role: None,
            policies: Vec::new(),
            rules: Vec::new(),
        };
        for role in actor.roles() {
            let Ok(entities) = self.entities(actor, Some(*role), facts) else {
                continue;
            };
            for (strength, action) in READS {
                if strength <= best.strength {
                    continue;
                }
                let answer = self
                    .names
                    .context(category, purpose)
                    .and_then(|context| self.ask(actor, action, facts, context, &entities));
                let Ok(Answer::Permitted(policies)) = answer else {
                    break;
                };
                best = Reading {
                    category,
                    strength,
                    role: Some(*role),
                    rules: Vec::new(),
                    policies,
                };
            }
        }
        best.rules = self.rules(&best.policies);
        best
    }

    /// The purpose to take when a request names none: of the usual purposes of the actor's roles
    /// the first for which the case's course may be seen. `None`: no purpose gives anything.
    pub fn default_purpose(&self, actor: &Actor, facts: &CaseFacts) -> Option<Purpose> {
        actor
            .roles()
            .iter()
            .flat_map(|role| self.usual_purposes(*role))
            .copied()
            .find(|purpose| {
                let course = self.reading(actor, *purpose, Category::Process, facts);
                course.strength > Strength::None
            })
    }

    /// How many policies there are.
    pub fn policies(&self) -> usize {
        self.policies.num_of_policies()
    }

    /// The purposes that a role reads for, the usual one first.
    pub fn usual_purposes(&self, role: Role) -> &[Purpose] {
        self.purposes.get(&role).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn entities(
        &self,
        actor: &Actor,
        role: Option<Role>,
        facts: &dyn Facts,
    ) -> Result<Entities, Unfit> {
        // The types of `Actor` and of the facts give what the schema asks (a test shows it), so
        // checking it again with every question is saved.
        self.names.entities(actor, role, facts, None)
    }

    pub(crate) fn ask(
        &self,
        actor: &Actor,
        action: &str,
        facts: &dyn Facts,
        context: Context,
        entities: &Entities,
    ) -> Result<Answer, Unfit> {
        let request = Request::new(
            self.names.principal(actor),
            self.names.action(action),
            facts.uid(&self.names),
            context,
            Some(&self.schema),
        );
        // The schema says which kinds of actor an action is for.
        let Ok(request) = request else {
            return Ok(Answer::Denied(Denial::plain(DenialCode::NotForThisActor)));
        };
        let policies = self.by_action.get(action).ok_or(Unfit)?;
        let response = self.authorizer.is_authorized(&request, policies, entities);
        // A policy that fails is passed over by Cedar, a prohibition too: better no answer then.
        if response.diagnostics().errors().next().is_some() {
            return Err(Unfit);
        }
        let mut reasons: Vec<String> = response
            .diagnostics()
            .reason()
            .map(ToString::to_string)
            .collect();
        reasons.sort_unstable();
        Ok(match response.decision() {
            Decision::Allow => Answer::Permitted(reasons),
            Decision::Deny if reasons.is_empty() => {
                Answer::Denied(Denial::plain(DenialCode::NotPermitted))
            }
            Decision::Deny => Answer::Denied(Denial {
                code: DenialCode::Forbidden,
                reasons,
            }),
        })
    }

    fn rules(&self, policies: &[String]) -> Vec<String> {
        let mut rules: Vec<String> = policies
            .iter()
            .filter_map(|id| {
                let policy = self.policies.policy(&PolicyId::new(id))?;
                policy.annotation("rule").map(str::to_owned)
            })
            .collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate")
            .field("policies", &self.policies())
            .finish_non_exhaustive()
    }
}

/// Whether a policy's scope names the action, or any. (The schema has no groups of actions.)
fn speaks_of(policy: &Policy, action: &EntityUid) -> bool {
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::Eq(one) => one == *action,
        ActionConstraint::In(some) => some.contains(action),
    }
}

pub(crate) enum Answer {
    Permitted(Vec<String>),
    Denied(Denial),
}

impl Denial {
    fn plain(code: DenialCode) -> Self {
        Self {
            code,
            reasons: Vec::new(),
        }
    }
}
