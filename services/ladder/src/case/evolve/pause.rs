use jiff::Timestamp;

use crate::case::state::put;
use crate::event::{CaseResumed, CaseSuspended, TermExtended};
use crate::{Suspension, Underway};

pub(super) fn suspended(case: &mut Underway, e: &CaseSuspended, at: Timestamp) {
    case.suspension = Some(Suspension {
        since: at,
        until: e.until,
    });
}

pub(super) fn resumed(case: &mut Underway, e: &CaseResumed) {
    case.suspension = None;
    for moved in &e.moved {
        put(case, &moved.due, moved.to);
    }
}

pub(super) fn extended(case: &mut Underway, e: &TermExtended) {
    put(case, &e.moved.due, e.moved.to);
    case.file.extended.insert(e.moved.due.to_string());
}
