//! Putting deadlines on hold, and asking for more time.

use jiff::{SignedDuration, Timestamp};

use crate::case::state::running;
use crate::event::{CaseResumed, CaseSuspended, TermExtended};
use crate::{
    Case, Due, Event, ExtendTerm, Moved, Organisation, Refusal, Resume, Rules, Stage, Suspend,
    Underway, deadlines,
};

pub(super) fn suspend(
    rules: &Rules,
    case: &Underway,
    suspension: Suspend,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if case.suspension.is_some() {
        return Err(Refusal::AlreadySuspended);
    }
    if suspension.until <= at {
        return Err(Refusal::EndNotAhead);
    }
    let days = rules.ladder.thresholds.suspension_days_at_most;
    let most = SignedDuration::from_hours(24 * i64::from(days));
    if suspension.until.duration_since(at) > most {
        return Err(Refusal::SuspensionTooLong { days });
    }
    Ok(vec![Event::CaseSuspended(CaseSuspended {
        by: suspension.by,
        reason: suspension.reason,
        text: suspension.text,
        until: suspension.until,
    })])
}

pub(super) fn resume(
    rules: &Rules,
    case: &Underway,
    resume: Resume,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    resumed(rules, case, Some(resume.by), at)
        .map(|event| vec![event])
        .ok_or(Refusal::NotSuspended)
}

/// Every deadline moves by as long as the suspension lasted, and on to a working day.
pub(super) fn resumed(
    rules: &Rules,
    case: &Underway,
    by: Option<Organisation>,
    at: Timestamp,
) -> Option<Event> {
    let suspension = case.suspension.as_ref()?;
    let lasted = suspension.lasted(at);
    let moved = running(case)
        .into_iter()
        .map(|(due, from)| Moved {
            due,
            to: rules.calendar.moved_by(from, lasted),
        })
        .collect();
    Some(Event::CaseResumed(CaseResumed { by, moved }))
}

/// More time is asked for by whoever has to meet the deadline, before it, once, and for no longer
/// than the review term of the case's rung.
pub(super) fn extend(
    rules: &Rules,
    case: &Underway,
    extension: ExtendTerm,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let open = deadlines(&Case::Underway(Box::new(case.clone())));
    let (due, from) = open
        .into_iter()
        .find(|(due, _)| *due == extension.due)
        .ok_or_else(|| Refusal::UnknownDeadline(extension.due.clone()))?;
    if debtor(case, &due) != Some(&extension.by) {
        return Err(Refusal::DeadlineNotYours(extension.by));
    }
    if at >= from {
        return Err(Refusal::ExtensionTooLate);
    }
    if case.file.extended.contains(&due.to_string()) {
        return Err(Refusal::AlreadyExtended);
    }
    let latest = super::terms::review(rules, &case.file.rung, from);
    if extension.to <= from || extension.to > latest {
        return Err(Refusal::ExtensionNotLater);
    }
    Ok(vec![Event::TermExtended(TermExtended {
        moved: Moved {
            due,
            to: extension.to,
        },
        from,
        by: extension.by,
        reason: extension.reason,
    })])
}

/// Who has to meet a deadline; nobody where it only reminds.
fn debtor<'a>(case: &'a Underway, due: &Due) -> Option<&'a Organisation> {
    let file = &case.file;
    match due {
        Due::HandoffAnswer(id) => file.handoffs.get(id).map(|handoff| &handoff.to),
        Due::CounterFollowUp(id) => file.handoffs.get(id).map(|handoff| &handoff.from),
        Due::AdviceAnswer(id) => file.consultations.get(id).map(|asked| &asked.of),
        Due::EscalationAcknowledgement(_) | Due::EscalationAnswer(_) => {
            case.pending().map(|request| &request.admitting)
        }
        Due::Completion(_) | Due::Explanation(_) | Due::Decision => Some(&file.owner),
        Due::CommitmentDay(id) => file.commitments.get(id).map(|commitment| &commitment.of),
        Due::MeasureEnd(id) => file.measures.get(id).map(|measure| &measure.by),
        Due::AftercareCheck => match case.stage {
            Stage::Aftercare { .. } => Some(&file.owner),
            _ => None,
        },
        Due::DraftReminder
        | Due::HandoffReminder(_)
        | Due::EscalationReview(_)
        | Due::Climb
        | Due::UrgencyConfirmation
        | Due::Review
        | Due::StayWarning
        // A month by law; a longer one is the law's as well, and not a matter between us.
        | Due::Objection(_)
        | Due::SuspensionEnd => None,
    }
}
