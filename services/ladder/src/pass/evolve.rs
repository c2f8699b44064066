//! What the past amounts to. Total: an event that cannot follow on what was before leaves it be.

use jiff::Timestamp;

use super::{Event, Held, Pass, PassIssued, Reviewing};

pub(super) fn evolve(pass: Pass, event: &Event, _: Timestamp) -> Pass {
    match (pass, event) {
        (Pass::Absent, Event::PassIssued(issued)) => Pass::Issued(Box::new(first(issued))),
        (Pass::Issued(mut held), event) => {
            match event {
                Event::PassIssued(_) => {}
                Event::PassEnded(_) => held.until = None,
                Event::PassReviewed(_) => held.reviewing = Reviewing::Done,
                Event::ReviewOverdue(overdue) => {
                    held.reviewing = Reviewing::Awaited {
                        by: overdue.review_by,
                    };
                }
            }
            Pass::Issued(held)
        }
        (Pass::Absent, _) => Pass::Absent,
    }
}

fn first(issued: &PassIssued) -> Held {
    Held {
        id: issued.pass.clone(),
        case: issued.case.clone(),
        kind: issued.pass_kind,
        holder: issued.holder.clone(),
        person: issued.person.clone(),
        categories: issued.categories.clone(),
        until: Some(issued.until),
        reviewing: match issued.review_by {
            Some(by) => Reviewing::Awaited { by },
            None => Reviewing::NotNeeded,
        },
    }
}
