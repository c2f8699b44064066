//! What other organisations do and leave undone.

use std::collections::BTreeMap;

use super::{Because, Finding, LastHeard, NextStep, Seen, steps};
use crate::{CommitmentStatus, Handoff, HandoffId, HandoffKind, HandoffStatus, Organisation};

/// Asking the same organisation for the same kind of thing is the same handoff, until it takes
/// one or an offer waits again. What is given back is no such offer.
pub(super) fn refused(seen: Seen<'_>) -> Vec<Finding> {
    let mut offers: BTreeMap<(&Organisation, HandoffKind), Vec<(&HandoffId, &Handoff)>> =
        BTreeMap::new();
    let file = &seen.case.file;
    for (id, handoff) in &file.handoffs {
        if handoff.returns.is_none() {
            let same = offers.entry((&handoff.to, handoff.kind)).or_default();
            same.push((id, handoff));
        }
    }
    let needed = usize::try_from(seen.rules.ladder.thresholds.refusals).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for ((by, asked), mut same) in offers {
        same.sort_by_key(|(_, handoff)| handoff.since);
        if same.iter().any(|(_, handoff)| is_alive(&handoff.status)) {
            continue;
        }
        let declined: Vec<_> = same
            .iter()
            .filter_map(|(id, handoff)| match handoff.status {
                HandoffStatus::Declined { at } => Some(((*id).clone(), at)),
                _ => None,
            })
            .collect();
        let last = declined.iter().map(|(_, at)| *at).max();
        if declined.len() >= needed
            && let Some(last_at) = last
        {
            found.push(Finding {
                because: Because::RefusedTwice {
                    by: by.clone(),
                    asked,
                    handoffs: declined.into_iter().map(|(id, _)| id).collect(),
                    last_at,
                },
                next: steps::upwards(seen),
            });
        }
    }
    found
}

/// Whether something came of an offer, or still can.
fn is_alive(status: &HandoffStatus) -> bool {
    match status {
        HandoffStatus::Offered { .. }
        | HandoffStatus::Accepted { .. }
        | HandoffStatus::Returning { .. } => true,
        HandoffStatus::Countered { follow_up_by, .. } => follow_up_by.is_some(),
        HandoffStatus::Declined { .. }
        | HandoffStatus::Withdrawn { .. }
        | HandoffStatus::Expired { .. }
        | HandoffStatus::Returned { .. } => false,
    }
}

/// Organisations that somebody waits for and that have given no sign of life for the ladder
/// file's term.
pub(super) fn silent(seen: Seen<'_>, last_heard: &LastHeard) -> Vec<Finding> {
    let file = &seen.case.file;
    let rules = seen.rules;
    let mut found = Vec::new();
    for (organisation, heard) in last_heard {
        let silent_from = rules
            .calendar
            .after(*heard, rules.ladder.terms.heartbeat_silence);
        if seen.now <= silent_from {
            continue;
        }
        let handoffs: Vec<_> = file
            .handoffs
            .iter()
            .filter(|(_, handoff)| {
                handoff.to == *organisation
                    && matches!(handoff.status, HandoffStatus::Offered { .. })
            })
            .map(|(id, _)| id.clone())
            .collect();
        let commitments: Vec<_> = file
            .commitments
            .iter()
            .filter(|(_, commitment)| commitment.of == *organisation && is_open(&commitment.status))
            .map(|(id, _)| id.clone())
            .collect();
        if handoffs.is_empty() && commitments.is_empty() {
            continue;
        }
        let other = if handoffs.is_empty() {
            steps::meeting(seen)
        } else {
            Some(NextStep::OfferAgain)
        };
        found.push(Finding {
            because: Because::PartySilent {
                organisation: organisation.clone(),
                last_heard: *heard,
                handoffs,
                commitments,
            },
            next: [NextStep::CallParty].into_iter().chain(other).collect(),
        });
    }
    found
}

fn is_open(status: &CommitmentStatus) -> bool {
    match status {
        CommitmentStatus::Requested | CommitmentStatus::Made { .. } => true,
        CommitmentStatus::Refused { .. } | CommitmentStatus::Fulfilled { .. } => false,
    }
}

/// Commitments whose last day has passed.
pub(super) fn late(seen: Seen<'_>) -> Vec<Finding> {
    let commitments = seen.case.file.commitments.iter();
    commitments
        .filter_map(|(id, commitment)| match commitment.status {
            CommitmentStatus::Made { due, late_at, .. } if late_at <= seen.now => Some(Finding {
                because: Because::LateCommitment {
                    request: id.clone(),
                    of: commitment.of.clone(),
                    due,
                },
                next: [NextStep::CallParty]
                    .into_iter()
                    .chain(steps::upwards(seen))
                    .collect(),
            }),
            _ => None,
        })
        .collect()
}
