//! The ladder as this case has climbed it.

use std::collections::BTreeSet;

use screens::page::{Place, Step};

use super::super::Web;
use super::{Case, Escalation, Happened};

/// Every rung of the ladder, low to high, and what it is to this case.
pub(super) fn steps(
    web: &Web,
    case: &Case,
    happened: &[Happened],
    escalations: &[Escalation],
) -> Vec<Step> {
    let rungs = web.0.platform.ground.rules.ladder.rungs();
    let visited: BTreeSet<&str> = happened.iter().map(|one| one.rung.as_str()).collect();
    let now = case.rung.as_deref().unwrap_or_default();
    let reached = rungs
        .iter()
        .rposition(|rung| visited.contains(rung.id.as_str()) || rung.id.as_str() == now);
    let waits = |one: &&Escalation| matches!(one.status.as_str(), "requested" | "acknowledged");
    let asked = escalations
        .iter()
        .find(waits)
        .map(|one| one.to_rung.as_str());
    let steps = rungs.iter().enumerate().map(|(index, rung)| {
        let id = rung.id.as_str();
        let place = if id == now {
            Place::Now
        } else if asked == Some(id) {
            Place::Asked
        } else if visited.contains(id) {
            Place::Done
        } else if reached.is_some_and(|reached| index < reached) {
            Place::Skipped
        } else {
            Place::Ahead
        };
        Step {
            name: rung.name.clone(),
            place,
        }
    });
    steps.collect()
}
