//! The terms in which objections to sharing are settled.

use std::collections::BTreeMap;

use jiff::Timestamp;
use ladder::{Event, ObjectionId};

use super::{Recorded, Verdict, ensure};

/// What is waited for of an objection.
struct Open {
    settle_by: Timestamp,
    extended: bool,
}

/// An objection takes more time once, before its first term ends and while nobody settled it, and
/// the time that it takes is more (AVG 12(3)); nobody is late before the last of its terms.
pub(crate) fn objections_take_more_time_once(log: &[Recorded]) -> Verdict {
    let mut open: BTreeMap<&ObjectionId, Open> = BTreeMap::new();
    for (event, at) in log {
        if let Event::ObjectionRaised(it) = event {
            let settle_by = it.settle_by;
            let waits = Open {
                settle_by,
                extended: false,
            };
            open.insert(&it.objection, waits);
        }
        if let Event::ObjectionExtended(it) = event {
            let Some(waits) = open.get_mut(&it.objection) else {
                return Err(format!("{} is not open and was extended", it.objection));
            };
            ensure(!waits.extended, || {
                format!("{} was extended twice", it.objection)
            })?;
            ensure(*at < waits.settle_by, || {
                format!("{} was extended too late", it.objection)
            })?;
            ensure(waits.settle_by < it.settle_by, || {
                format!("{} was extended by nothing", it.objection)
            })?;
            waits.settle_by = it.settle_by;
            waits.extended = true;
        }
        if let Event::ObjectionOverdue(it) = event {
            let waits = open.remove(&it.objection);
            ensure(waits.is_some_and(|waits| waits.settle_by <= *at), || {
                format!("{} is late before its term", it.objection)
            })?;
        }
        if let Event::ObjectionSettled(it) = event {
            open.remove(&it.objection);
        }
    }
    Ok(())
}
