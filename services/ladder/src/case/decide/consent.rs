//! What the people of a case agree and object to.

use jiff::Timestamp;

use crate::event::{ConsentGiven, ConsentWithdrawn, ObjectionRaised, ObjectionSettled};
use crate::{
    Event, File, GiveConsent, ObjectionStatus, RaiseObjection, Refusal, Rules, SettleObjection,
    WithdrawConsent,
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
    let term = rules.ladder.terms.objection_answer;
    Ok(vec![Event::ObjectionRaised(ObjectionRaised {
        objection: it.objection,
        person: it.person,
        text: it.text,
        settle_by: rules.until(at, term, &file.owner),
    })])
}

pub(super) fn settle(file: &File, it: SettleObjection) -> Result<Vec<Event>, Refusal> {
    match file.objections.get(&it.objection) {
        None => Err(Refusal::UnknownObjection),
        Some(ObjectionStatus::Upheld | ObjectionStatus::Overruled) => {
            Err(Refusal::ObjectionSettled)
        }
        Some(ObjectionStatus::Open { .. }) => Ok(vec![Event::ObjectionSettled(ObjectionSettled {
            objection: it.objection,
            upheld: it.upheld,
            reason: it.reason,
        })]),
    }
}
