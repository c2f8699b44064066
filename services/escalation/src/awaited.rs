//! For whom a case waits.

use journal::{Db, JournalError};
use ladder::Due;

use crate::views::{self, CaseRow};

/// Whether a deadline asks something of somebody: reminders, warnings and what a clock does ask nothing that
/// another deadline does not.
pub(crate) fn asks(due: &str) -> bool {
    !due.starts_with("handoff-reminder/") && !matches!(due, "stay-warning" | "climb")
}

/// The OIN of whoever has to do what falls due: who was asked, while a question is open; else
/// whoever has the case.
///
/// # Errors
/// [`JournalError`].
pub(crate) async fn of(db: &Db, case: &CaseRow, due: &str) -> Result<String, JournalError> {
    let Ok(due) = due.parse::<Due>() else {
        return Ok(case.owner.clone());
    };
    let id = case.case_id.as_str();
    let asked = match due {
        Due::HandoffReminder(handoff) | Due::HandoffAnswer(handoff) => {
            let rows = views::handoffs(db, id).await?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.handoff == handoff.as_str())
                .map(|row| row.receiver)
        }
        Due::CounterFollowUp(handoff) => {
            let rows = views::handoffs(db, id).await?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.handoff == handoff.as_str())
                .map(|row| row.sender)
        }
        Due::AdviceAnswer(question) => {
            let rows = views::advice(db, id).await?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.consultation == question.as_str())
                .map(|row| row.adviser)
        }
        Due::EscalationAcknowledgement(request)
        | Due::EscalationAnswer(request)
        | Due::EscalationReview(request) => {
            let rows = views::escalations(db, id).await?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.escalation == request.as_str())
                .map(|row| row.admitting)
        }
        Due::CommitmentDay(request) => {
            let rows = views::commitments(db, id).await?;
            let mut rows = rows.into_iter();
            rows.find(|row| row.request == request.as_str())
                .map(|row| row.organisation)
        }
        Due::Review | Due::StayWarning => Some(case.handler.clone()),
        Due::DraftReminder
        | Due::Climb
        | Due::UrgencyConfirmation
        | Due::Decision
        | Due::SuspensionEnd
        | Due::AftercareCheck
        | Due::Completion(_)
        | Due::Explanation(_)
        | Due::Objection(_)
        | Due::MeasureEnd(_) => None,
    };
    Ok(asked.unwrap_or_else(|| case.owner.clone()))
}
