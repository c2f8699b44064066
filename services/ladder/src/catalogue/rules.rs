use std::collections::{BTreeMap, BTreeSet};

use super::responsible::Responsible;
use crate::FileError;
use crate::coded::coded;
use crate::file_error::Source;

mod circle;
mod read;

/// A law, with the reason why it was written: what a decision is held against in the second step
/// of the reversed test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statute {
    /// Its id, as in `laws` of `deploy/parties`.
    pub id: String,
    /// Its name, in Dutch.
    pub name: String,
    /// What it is for, in Dutch.
    pub intent: String,
    /// Whether a jurist still has to confirm these texts.
    pub provisional: bool,
}

/// What a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The statute of this id.
    Statute(String),
    /// Nothing but the organisation's own choice: an access criterion, a protocol, a standard
    /// process. A lesson may propose to scrap it.
    Internal,
}

/// A rule that this one works against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The other rule.
    pub rule: String,
    /// What the two do together that neither means, in Dutch.
    pub why: String,
}

/// One rule that can stop a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id, as in facts, cards and blocks.
    pub id: String,
    /// Its name, in Dutch.
    pub name: String,
    /// The statute it rests on, or none.
    pub basis: Basis,
    /// Who can explain, apply or change it.
    pub owner: Responsible,
    /// When it applies and what follows, in Dutch.
    pub condition: String,
    /// Why it exists, in Dutch: a professional who knows can see when it misses its aim. A
    /// deviation cites this text.
    pub intent: String,
    /// The rules that this one rests on: when one of them stops something, this one does too.
    pub depends_on: Vec<String>,
    /// The rules that this one works against; it stands with one of the two only.
    pub collides_with: Vec<Clash>,
    /// Whether it is a policy rule (*beleidsregel*), from which the organisation can deviate by
    /// itself (Awb 4:84).
    pub policy_rule: bool,
    /// Whether it divides what is scarce. An exception for one household then costs another its
    /// place, so it leads to a signal and not up the ladder.
    pub scarcity: bool,
    /// Whether a jurist still has to confirm these texts.
    pub provisional: bool,
}

impl Rule {
    /// Whether the organisation can simply scrap it: no law asks for it.
    pub fn scrappable(&self) -> bool {
        self.basis == Basis::Internal
    }
}

coded! {
    /// How two rules together stop a household.
    CollisionKind, "kind of collision" {
        /// They work against each other.
        Collision = "collision",
        /// One rests on the other: what stops there stops here.
        Chain = "chain",
    }
}

/// Two rules that together stop a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collision {
    /// How.
    pub kind: CollisionKind,
    /// Both rules. In a chain the one that falls comes first, then the one it rests on; otherwise
    /// they stand in the catalogue's order.
    pub rules: [String; 2],
    /// What they do together, in Dutch.
    pub why: String,
}

/// The rules that professionals run into (`deploy/rules.toml`): what each is for, on what it
/// rests and what it works against.
///
/// Every id is unique, every rule and statute that is named exists, and no rule rests on itself,
/// directly or by way of others.
#[derive(Debug, Clone)]
pub struct RuleCatalogue {
    statutes: BTreeMap<String, Statute>,
    rules: Vec<Rule>,
    positions: BTreeMap<String, usize>,
}

impl RuleCatalogue {
    /// Reads the text of `deploy/rules.toml`; `file_name` is how errors name it.
    ///
    /// # Errors
    /// [`FileError`] with line and remedy for what keeps the file from being such a catalogue:
    /// an id that stands twice, a rule or law that is not there, a circle of dependencies, or an
    /// entry without a name, owner, condition or intent.
    pub fn from_toml(text: &str, file_name: &str) -> Result<Self, FileError> {
        read::catalogue(Source::new(file_name, text))
    }

    /// All rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of that id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.positions
            .get(id)
            .map(|position| &self.rules[*position])
    }

    /// The statute of that id.
    pub fn statute(&self, id: &str) -> Option<&Statute> {
        self.statutes.get(id)
    }

    /// All statutes, by id.
    pub fn statutes(&self) -> impl Iterator<Item = &Statute> {
        self.statutes.values()
    }

    /// What falls when this rule stops something: the rules that rest on it, directly or by way
    /// of others, nearest first. None for an id that is not in the catalogue.
    pub fn dependents(&self, id: &str) -> Vec<&Rule> {
        let mut found: Vec<&Rule> = Vec::new();
        let mut next = vec![id];
        while !next.is_empty() {
            let nearest: Vec<&Rule> = self
                .rules
                .iter()
                .filter(|rule| rule.depends_on.iter().any(|on| next.contains(&on.as_str())))
                .filter(|rule| !found.iter().any(|known| known.id == rule.id))
                .collect();
            next = nearest.iter().map(|rule| rule.id.as_str()).collect();
            found.extend(nearest);
        }
        found
    }

    /// Every pair among `ids` that works against each other or of which one rests on the other,
    /// directly or by way of rules that need not be among `ids`. In the order of the catalogue.
    ///
    /// Ids that are not in the catalogue are passed over: an old case may name a rule that is
    /// gone.
    pub fn collisions(&self, ids: &BTreeSet<String>) -> Vec<Collision> {
        let named: Vec<&Rule> = self
            .rules
            .iter()
            .filter(|rule| ids.contains(&rule.id))
            .collect();
        let mut found = Vec::new();
        for (position, one) in named.iter().enumerate() {
            for other in &named[position + 1..] {
                found.extend(clash(one, other));
                found.extend(self.chain(one, other));
                found.extend(self.chain(other, one));
            }
        }
        found
    }

    /// The chain in which `falls` rests on `on`, if it does.
    fn chain(&self, falls: &Rule, on: &Rule) -> Option<Collision> {
        let dependents = self.dependents(&on.id);
        dependents.iter().any(|rule| rule.id == falls.id).then(|| Collision {
            kind: CollisionKind::Chain,
            rules: [falls.id.clone(), on.id.clone()],
            why: format!(
                "‘{}’ hangt af van ‘{}’. Wat door de ene regel stopt, stopt ook door de andere.",
                falls.name, on.name
            ),
        })
    }
}

/// The stated collision of two rules, whichever of them states it.
fn clash(one: &Rule, other: &Rule) -> Option<Collision> {
    let stated = |from: &Rule, to: &Rule| {
        let mut clashes = from.collides_with.iter();
        clashes
            .find(|clash| clash.rule == to.id)
            .map(|clash| clash.why.clone())
    };
    let why = stated(one, other).or_else(|| stated(other, one))?;
    Some(Collision {
        kind: CollisionKind::Collision,
        rules: [one.id.clone(), other.id.clone()],
        why,
    })
}
