//! What the people of a case agree and object to.

use jiff::Timestamp;

use crate::catalogue::DataCategory;
use crate::event::{
    ConsentGiven, ConsentWithdrawn, ObjectionExtended, ObjectionLifted, ObjectionRaised,
    ObjectionSettled,
};
use crate::{
    Event, ExtendObjection, File, GiveConsent, LiftObjection, Objection, ObjectionId,
    ObjectionStatus, RaiseObjection, Refusal, Rules, SettleObjection, WithdrawConsent,
};

/// Consent never opens person numbers, tax or criminal data, so it is not asked for them.
pub(super) fn give(file: &File, it: GiveConsent) -> Result<Vec<Event>, Refusal> {
    if file.consents.get(&it.consent).is_some() {
        return Err(Refusal::ConsentExists);
    }
    if it.categories.is_empty() || it.receivers.is_empty() {
        return Err(Refusal::CategoriesRequired);
    }
    if let Some(closed) = it.categories.iter().find(|it| it.closed_to_consent()) {
        return Err(Refusal::ClosedToConsent(closed.as_str()));
    }
    Ok(vec![Event::ConsentGiven(ConsentGiven {
        consent: it.consent,
        person: it.person,
        categories: it.categories,
        receivers: it.receivers,
        version: it.version,
        how: it.how,
    })])
}

/// Needs no more than giving: no reason, no form (AVG 7(3)). Twice is once.
pub(super) fn withdraw(file: &File, it: WithdrawConsent) -> Result<Vec<Event>, Refusal> {
    let consent = file.consents.get(&it.consent);
    let consent = consent.ok_or(Refusal::UnknownConsent)?;
    if !consent.standing {
        return Ok(Vec::new());
    }
    Ok(vec![Event::ConsentWithdrawn(ConsentWithdrawn {
        consent: it.consent,
    })])
}

pub(super) fn object(
    rules: &Rules,
    file: &File,
    it: RaiseObjection,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if file.objections.contains_key(&it.objection) {
        return Err(Refusal::ObjectionExists);
    }
    let all = || {
        let all = DataCategory::ALL.iter().copied();
        all.filter(|it| it.open_to_objection()).collect()
    };
    let categories = match it.categories.is_empty() {
        true => all(),
        false => it.categories,
    };
    if let Some(closed) = categories.iter().find(|it| !it.open_to_objection()) {
        return Err(Refusal::ClosedToObjection(closed.as_str()));
    }
    let term = rules.ladder.terms.objection_answer;
    Ok(vec![Event::ObjectionRaised(ObjectionRaised {
        objection: it.objection,
        person: it.person,
        categories,
        text: it.text,
        settle_by: rules.until(at, term, &file.owner),
    })])
}

/// Once, before the first term ends, with a reason for the person (AVG 12(3)). Both terms count from
/// the objection: a first one that ended after a weekend makes the second no longer.
pub(super) fn extend(
    rules: &Rules,
    file: &File,
    it: ExtendObjection,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let objection = objection(file, &it.objection)?;
    match objection.status {
        ObjectionStatus::Upheld | ObjectionStatus::Overruled | ObjectionStatus::Lifted => {
            Err(Refusal::ObjectionSettled)
        }
        ObjectionStatus::Open { extended: true, .. } => Err(Refusal::AlreadyExtended),
        ObjectionStatus::Open { settle_by, .. } if settle_by <= at => {
            Err(Refusal::ExtensionTooLate)
        }
        ObjectionStatus::Open { .. } => {
            let term = rules.ladder.terms.objection_answer_extended;
            Ok(vec![Event::ObjectionExtended(ObjectionExtended {
                objection: it.objection,
                reason: it.reason,
                settle_by: rules.until(objection.raised_at, term, &file.owner),
            })])
        }
    }
}

pub(super) fn settle(file: &File, it: SettleObjection) -> Result<Vec<Event>, Refusal> {
    match objection(file, &it.objection)?.status {
        ObjectionStatus::Upheld | ObjectionStatus::Overruled | ObjectionStatus::Lifted => {
            Err(Refusal::ObjectionSettled)
        }
        ObjectionStatus::Open { .. } => Ok(vec![Event::ObjectionSettled(ObjectionSettled {
            objection: it.objection,
            upheld: it.upheld,
            reason: it.reason,
        })]),
    }
}

/// One that was right stands until its ground has fallen away: the person was helped, or agrees now.
pub(super) fn lift(file: &File, it: LiftObjection) -> Result<Vec<Event>, Refusal> {
    match objection(file, &it.objection)?.status {
        ObjectionStatus::Upheld => Ok(vec![Event::ObjectionLifted(ObjectionLifted {
            objection: it.objection,
            reason: it.reason,
        })]),
        ObjectionStatus::Open { .. } | ObjectionStatus::Overruled | ObjectionStatus::Lifted => {
            Err(Refusal::ObjectionNotUpheld)
        }
    }
}

fn objection<'a>(file: &'a File, id: &ObjectionId) -> Result<&'a Objection, Refusal> {
    file.objections.get(id).ok_or(Refusal::UnknownObjection)
}
