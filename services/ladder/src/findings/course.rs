//! What the course of the case itself shows.

use super::{Because, Finding, NextStep, Seen, steps};

/// A shortage blocks: that goes to policy and not up the ladder (domain, scenario 5).
pub(super) fn scarcity(seen: Seen<'_>) -> Vec<Finding> {
    let file = &seen.case.file;
    if !file.is_scarcity() || file.decided {
        return Vec::new();
    }
    vec![Finding {
        because: Because::Scarcity {
            theme: file.theme.clone(),
        },
        next: vec![NextStep::RaiseSignal],
    }]
}

/// A review passed, or passes now, without anybody having moved. Deadlines on hold are nobody's
/// delay.
pub(super) fn no_progress(seen: Seen<'_>) -> Option<Finding> {
    let case = seen.case;
    let file = &case.file;
    if case.suspension.is_some() {
        return None;
    }
    let passes_now = case.is_reviewed() && !file.review.progress && file.review.at <= seen.now;
    let since = file
        .stuck_since
        .or_else(|| passes_now.then_some(file.review.at))?;
    Some(Finding {
        because: Because::NoProgress {
            since,
            rung: file.rung.clone(),
            handler: file.handler.clone(),
        },
        next: steps::upwards(seen),
    })
}
