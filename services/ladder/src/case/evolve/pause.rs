use jiff::Timestamp;

use crate::case::state::put;
use crate::event::{CaseResumed, CaseSuspended, TermExtended};
use crate::{Due, Stage, Suspension, Underway};

pub(super) fn suspended(case: &mut Underway, e: &CaseSuspended, at: Timestamp) {
    case.suspension = Some(Suspension {
        since: at,
        until: e.until,
    });
}

pub(super) fn resumed(case: &mut Underway, e: &CaseResumed) {
    case.suspension = None;
    for moved in &e.moved {
        if moved.due == Due::AftercareCheck {
            later_checks(case, moved.to);
        }
        put(case, &moved.due, moved.to);
    }
}

/// The checks after the next one keep their distance to it.
fn later_checks(case: &mut Underway, next: Timestamp) {
    if let Stage::Aftercare { checks } = &mut case.stage
        && let Some((first, later)) = checks.split_first_mut()
    {
        let lasted = next.duration_since(*first);
        for check in later {
            *check = check.checked_add(lasted).unwrap_or(Timestamp::MAX);
        }
    }
}

pub(super) fn extended(case: &mut Underway, e: &TermExtended) {
    put(case, &e.moved.due, e.moved.to);
    case.file.extended.insert(e.moved.due.to_string());
}
