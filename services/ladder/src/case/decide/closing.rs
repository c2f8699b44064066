use super::commitment::is_reported;
use crate::event::{CaseClosed, CitizenInformed, DecisionTaken, FeedbackSent, LessonRecorded};
use crate::{
    Close, CommitmentStatus, Event, File, InformCitizen, Refusal, SendFeedback, Stage,
    TakeDecision, Underway,
};

pub(super) fn take_decision(
    case: &Underway,
    decision: TakeDecision,
) -> Result<Vec<Event>, Refusal> {
    match case.stage {
        Stage::Active | Stage::Blocked(_) | Stage::Admitted => {}
        Stage::EscalationRequested(_) => return Err(Refusal::EscalationPending),
        Stage::Decided | Stage::Executing | Stage::Aftercare { .. } => {
            return Err(Refusal::AlreadyDecided);
        }
    }
    let unanswered = case
        .file
        .commitments
        .values()
        .any(|commitment| commitment.status == CommitmentStatus::Requested);
    if unanswered {
        return Err(Refusal::CommitmentsUnanswered);
    }
    Ok(vec![Event::DecisionTaken(DecisionTaken {
        text: decision.text,
        system_obstacle: decision.system_obstacle,
    })])
}

pub(super) fn feedback(feedback: SendFeedback) -> Vec<Event> {
    vec![Event::FeedbackSent(FeedbackSent {
        text: feedback.text,
    })]
}

pub(super) fn inform_citizen(news: InformCitizen) -> Vec<Event> {
    vec![Event::CitizenInformed(CitizenInformed { text: news.text })]
}

/// Closing needs a decision, an evaluation, feedback to the raiser, an informed citizen,
/// commitments that were reported, and a lesson or the word that there is none.
pub(super) fn close(file: &File, close: Close) -> Result<Vec<Event>, Refusal> {
    if !file.decided {
        return Err(Refusal::NotDecided);
    }
    if !file.feedback_sent {
        return Err(Refusal::FeedbackRequired);
    }
    if !file.citizen_informed {
        return Err(Refusal::CitizenNotInformed);
    }
    if !file.commitments.values().all(is_reported) {
        return Err(Refusal::CommitmentsUnreported);
    }
    let (lesson, text) = close.lesson.unzip();
    Ok(vec![
        Event::LessonRecorded(LessonRecorded { lesson, text }),
        Event::CaseClosed(CaseClosed {
            outcome: close.outcome,
            evaluation: close.evaluation,
        }),
    ])
}
