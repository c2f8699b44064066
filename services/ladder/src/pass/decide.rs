//! Whether a command can be carried out now, and what follows from it.

use jiff::{SignedDuration, Timestamp};

use super::{
    Command, Due, End, Ending, Event, Held, Issue, Pass, PassEnded, PassIssued, PassKind,
    PassReviewed, PassRules, Refusal, Review, ReviewOverdue, Reviewing, deadlines,
};

pub(super) fn decide(
    rules: &PassRules,
    pass: &Pass,
    command: Command,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    match (pass, command) {
        (Pass::Absent, Command::Issue(new)) => issue(rules, *new, at),
        (Pass::Issued(_), Command::Issue(_)) => Err(Refusal::PassExists),
        (Pass::Absent, Command::Lapse(_)) => Ok(Vec::new()),
        (Pass::Issued(_), Command::Lapse(due)) => Ok(lapse(rules, pass, due, at)),
        (Pass::Absent, Command::End(_) | Command::Review(_)) => Err(Refusal::UnknownPass),
        (Pass::Issued(held), Command::End(end)) => ended(held, &end),
        (Pass::Issued(held), Command::Review(review)) => reviewed(held, review),
    }
}

fn issue(rules: &PassRules, new: Issue, at: Timestamp) -> Result<Vec<Event>, Refusal> {
    if new.categories.is_empty() {
        return Err(Refusal::CategoriesRequired);
    }
    let closed = new
        .categories
        .iter()
        .find(|category| !new.kind.opens().contains(&category.as_str()));
    if let Some(closed) = closed {
        return Err(Refusal::CategoryNotOpened(closed.clone()));
    }
    if new.until <= at {
        return Err(Refusal::EndNotAhead);
    }
    let lasts = new.until.duration_since(at);
    let review_by = match new.kind {
        PassKind::Emergency => {
            let hours = rules.emergency_hours_at_most;
            if lasts > SignedDuration::from_hours(i64::from(hours)) {
                return Err(Refusal::EmergencyTooLong { hours });
            }
            if new.person != new.by {
                return Err(Refusal::NotForAnother);
            }
            Some(rules.calendar.after(at, rules.review))
        }
        PassKind::Temporary | PassKind::Accounting => {
            let days = rules.temporary_days_at_most;
            if lasts > SignedDuration::from_hours(24 * i64::from(days)) {
                return Err(Refusal::TemporaryTooLong { days });
            }
            match (new.kind == PassKind::Temporary, new.person == new.by) {
                (true, true) => return Err(Refusal::NotForOneself),
                (false, false) => return Err(Refusal::NotForAnother),
                (true, false) | (false, true) => None,
            }
        }
    };
    Ok(vec![Event::PassIssued(PassIssued {
        pass: new.pass,
        case: new.case,
        pass_kind: new.kind,
        holder: new.holder,
        person: new.person,
        by: new.by,
        categories: new.categories,
        reason: new.reason,
        until: new.until,
        review_by,
    })])
}

fn ended(held: &Held, end: &End) -> Result<Vec<Event>, Refusal> {
    if held.until.is_none() {
        return Err(Refusal::PassEnded);
    }
    let own = end.by == held.holder && end.person == held.person;
    Ok(vec![Event::PassEnded(PassEnded {
        ending: if own {
            Ending::GivenBack
        } else {
            Ending::Revoked
        },
        by: Some(end.person.clone()),
    })])
}

fn reviewed(held: &Held, review: Review) -> Result<Vec<Event>, Refusal> {
    match held.reviewing {
        Reviewing::NotNeeded => return Err(Refusal::NoReviewNeeded),
        Reviewing::Done => return Err(Refusal::AlreadyReviewed),
        Reviewing::Awaited { .. } => {}
    }
    if review.person == held.person {
        return Err(Refusal::ReviewOfOwn);
    }
    Ok(vec![Event::PassReviewed(PassReviewed {
        by: review.person,
        verdict: review.verdict,
        text: review.text,
    })])
}

/// A deadline that was overtaken, or has not come yet, is a fact of life: nothing follows.
fn lapse(rules: &PassRules, pass: &Pass, due: Due, at: Timestamp) -> Vec<Event> {
    let has_come = deadlines(pass)
        .into_iter()
        .any(|(open, until)| open == due && until <= at);
    if !has_come {
        return Vec::new();
    }
    vec![match due {
        Due::End => Event::PassEnded(PassEnded {
            ending: Ending::Expired,
            by: None,
        }),
        Due::Review => Event::ReviewOverdue(ReviewOverdue {
            review_by: rules.calendar.after(at, rules.review),
        }),
    }]
}
