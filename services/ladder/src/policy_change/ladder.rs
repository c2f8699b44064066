use std::fmt;

use super::RungTerm;
use crate::{Ladder, Rung, RungId, Term, TermKey, Terms};

/// Something that a new ladder file says otherwise. As text: one line, for whoever edits it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LadderDifference {
    /// A term of `[terms]` has another length or kind.
    Term {
        /// Which.
        key: TermKey,
        /// What it was.
        old: Term,
        /// What it would be.
        new: Term,
    },
    /// The checks of aftercare are others.
    AftercareChecks {
        /// What they were.
        old: Vec<Term>,
        /// What they would be.
        new: Vec<Term>,
    },
    /// A number of `[thresholds]` is another.
    Threshold {
        /// Its name in the file.
        name: &'static str,
        /// What it was.
        old: u32,
        /// What it would be.
        new: u32,
    },
    /// A rung that was not there.
    RungAdded(RungId),
    /// A rung that would no longer be there; cases may stand on it.
    RungRemoved(RungId),
    /// The rungs that stay stand in another order.
    Reordered,
    /// A rung has another name on screens.
    RungRenamed {
        /// Which.
        rung: RungId,
        /// What it was.
        old: String,
        /// What it would be.
        new: String,
    },
    /// A term of a rung is another, or there is none.
    RungTerm {
        /// Which rung.
        rung: RungId,
        /// Which of its terms.
        term: RungTerm,
        /// What it was.
        old: Option<Term>,
        /// What it would be.
        new: Option<Term>,
    },
    /// Something else of a rung is another.
    RungChanged {
        /// Which.
        rung: RungId,
        /// Its key in the file: `tier`, `body`, `admission`, `evidence` or `quorum`.
        key: &'static str,
    },
}

impl RungTerm {
    /// What the rung says; nothing is read into it.
    pub(super) fn of(self, rung: &Rung) -> Option<Term> {
        match self {
            Self::Answer => rung.answer,
            Self::AnswerUrgent => rung.answer_urgent,
            Self::Acknowledge => rung.acknowledge,
            Self::Review => rung.review,
            Self::Warn => rung.warn,
        }
    }
}

pub(super) fn differences(old: &Ladder, new: &Ladder) -> Vec<LadderDifference> {
    let mut found = of_terms(&old.terms, &new.terms);
    let thresholds = old
        .thresholds
        .named()
        .into_iter()
        .zip(new.thresholds.named());
    for ((name, old), (_, new)) in thresholds.filter(|((_, old), (_, new))| old != new) {
        found.push(LadderDifference::Threshold { name, old, new });
    }
    let gone = old
        .rungs()
        .iter()
        .filter(|rung| new.rung(&rung.id).is_none());
    found.extend(gone.map(|rung| LadderDifference::RungRemoved(rung.id.clone())));
    let stays = |from: &Ladder, other: &Ladder| -> Vec<RungId> {
        let ids = from.rungs().iter().map(|rung| rung.id.clone());
        ids.filter(|id| other.rung(id).is_some()).collect()
    };
    if stays(old, new) != stays(new, old) {
        found.push(LadderDifference::Reordered);
    }
    for rung in new.rungs() {
        match old.rung(&rung.id) {
            None => found.push(LadderDifference::RungAdded(rung.id.clone())),
            Some(before) => found.extend(of_rung(before, rung)),
        }
    }
    found
}

fn of_terms(old: &Terms, new: &Terms) -> Vec<LadderDifference> {
    let mut found: Vec<LadderDifference> = TermKey::ALL
        .iter()
        .map(|key| (*key, old.get(*key), new.get(*key)))
        .filter(|(_, old, new)| old != new)
        .map(|(key, old, new)| LadderDifference::Term { key, old, new })
        .collect();
    if old.aftercare_checks != new.aftercare_checks {
        found.push(LadderDifference::AftercareChecks {
            old: old.aftercare_checks.clone(),
            new: new.aftercare_checks.clone(),
        });
    }
    found
}

fn of_rung(old: &Rung, new: &Rung) -> Vec<LadderDifference> {
    let rung = || new.id.clone();
    let mut found = Vec::new();
    if old.name != new.name {
        found.push(LadderDifference::RungRenamed {
            rung: rung(),
            old: old.name.clone(),
            new: new.name.clone(),
        });
    }
    for term in RungTerm::ALL.iter().copied() {
        let (old, new) = (term.of(old), term.of(new));
        if old != new {
            found.push(LadderDifference::RungTerm {
                rung: rung(),
                term,
                old,
                new,
            });
        }
    }
    let others = [
        ("tier", old.tier == new.tier),
        ("body", old.body == new.body),
        ("admission", old.admission == new.admission),
        ("evidence", old.evidence == new.evidence),
        ("quorum", old.quorum == new.quorum),
    ];
    let changed = others.into_iter().filter(|(_, same)| !same);
    found.extend(changed.map(|(key, _)| LadderDifference::RungChanged { rung: rung(), key }));
    found
}

impl fmt::Display for LadderDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |terms: &[Term]| {
            let terms: Vec<String> = terms.iter().map(Term::to_string).collect();
            terms.join(", ")
        };
        let or_none = |term: &Option<Term>| term.map_or_else(|| "none".into(), |t| t.to_string());
        match self {
            Self::Term { key, old, new } => write!(f, "{}: {old} -> {new}", key.as_str()),
            Self::AftercareChecks { old, new } => {
                write!(f, "aftercare_checks: {} -> {}", list(old), list(new))
            }
            Self::Threshold { name, old, new } => write!(f, "{name}: {old} -> {new}"),
            Self::RungAdded(rung) => write!(f, "rung {rung}: added"),
            Self::RungRemoved(rung) => write!(f, "rung {rung}: removed"),
            Self::Reordered => f.write_str("the rungs stand in another order"),
            Self::RungRenamed { rung, old, new } => write!(f, "rung {rung}: {old} -> {new}"),
            Self::RungTerm {
                rung,
                term,
                old,
                new,
            } => {
                let (old, new) = (or_none(old), or_none(new));
                write!(f, "rung {rung}, {}: {old} -> {new}", term.as_str())
            }
            Self::RungChanged { rung, key } => write!(f, "rung {rung}: another {key}"),
        }
    }
}
