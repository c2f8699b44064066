//! Rules of the case that together stop the household.

use std::collections::BTreeMap;

use super::{Because, Finding, NextStep, Seen, steps};
use crate::catalogue::{CollisionKind, RuleCatalogue};

/// Every pair among the rules that were named in the case, as the catalogue has it. What was
/// decided needs no weighing any more.
pub(super) fn collisions<'a>(
    seen: Seen<'a>,
    catalogue: &'a RuleCatalogue,
) -> impl Iterator<Item = Finding> + 'a {
    let file = &seen.case.file;
    let pairs = if file.decided {
        Vec::new()
    } else {
        catalogue.collisions(&file.rules)
    };
    pairs.into_iter().map(move |pair| Finding {
        because: Because::RulesCollide {
            kind: pair.kind,
            rules: match pair.kind {
                CollisionKind::Collision => pair.rules.into(),
                CollisionKind::Chain => chain(catalogue, &pair.rules),
            },
        },
        next: [NextStep::Weigh]
            .into_iter()
            .chain(steps::upwards(seen))
            .collect(),
    })
}

/// The shortest way from the rule that falls to the rule that it rests on, both included.
fn chain(catalogue: &RuleCatalogue, [falls, on]: &[String; 2]) -> Vec<String> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut next = vec![falls.as_str()];
    while !next.is_empty() && !came_from.contains_key(on.as_str()) {
        let mut nearest = Vec::new();
        for id in next {
            let rests_on = catalogue.get(id).map(|rule| rule.depends_on.as_slice());
            for lower in rests_on.unwrap_or_default() {
                if !came_from.contains_key(lower.as_str()) {
                    came_from.insert(lower, id);
                    nearest.push(lower.as_str());
                }
            }
        }
        next = nearest;
    }
    let back = std::iter::successors(Some(on.as_str()), |id| came_from.get(id).copied());
    let mut way: Vec<String> = back.map(str::to_owned).collect();
    way.reverse();
    way
}
