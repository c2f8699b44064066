use jiff::Timestamp;

use super::commitment::is_reported;
use super::terms;
use crate::event::{
    CaseClosed, CaseReopened, CaseWithdrawn, CitizenInformed, FeedbackSent, InformingPostponed,
    LessonRecorded,
};
use crate::{
    Close, Closed, CommitmentStatus, Event, File, InformCitizen, PostponeInforming, Refusal,
    Reopen, Rules, SendFeedback, Withdraw,
};

pub(super) fn feedback(feedback: SendFeedback) -> Vec<Event> {
    vec![Event::FeedbackSent(FeedbackSent {
        text: feedback.text,
    })]
}

pub(super) fn inform_citizen(news: InformCitizen) -> Vec<Event> {
    vec![Event::CitizenInformed(CitizenInformed { text: news.text })]
}

pub(super) fn postpone_informing(it: PostponeInforming) -> Vec<Event> {
    vec![Event::InformingPostponed(InformingPostponed {
        reason: it.reason,
    })]
}

/// The citizen or the raiser may stop at any moment; nothing has to be finished for that.
pub(super) fn withdraw(withdrawal: Withdraw) -> Vec<Event> {
    vec![Event::CaseWithdrawn(CaseWithdrawn {
        initiative: withdrawal.initiative,
        reason: withdrawal.reason,
    })]
}

/// The owner, or an organisation that committed itself, opens the case again on its last rung
/// (domain, section d3). The citizen does so through the owner.
pub(super) fn reopen(
    rules: &Rules,
    case: &Closed,
    reopen: Reopen,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let file = &case.file;
    let committed = file.commitments.values().any(|commitment| {
        commitment.of == reopen.by
            && matches!(
                commitment.status,
                CommitmentStatus::Made { .. } | CommitmentStatus::Fulfilled { .. }
            )
    });
    if file.owner != reopen.by && !committed {
        return Err(Refusal::MayNotReopen(reopen.by));
    }
    Ok(vec![Event::CaseReopened(CaseReopened {
        by: reopen.by,
        reason: reopen.reason,
        rung: file.rung.clone(),
        tier: file.tier,
        review_at: terms::review(rules, &file.rung, at),
    })])
}

/// Closing needs a decision, an evaluation, feedback to the raiser, an informed citizen,
/// or the reason why not, commitments that were reported, and a lesson or the word that there is none.
pub(super) fn close(file: &File, close: Close) -> Result<Vec<Event>, Refusal> {
    if !file.decided {
        return Err(Refusal::NotDecided);
    }
    if !file.feedback_sent {
        return Err(Refusal::FeedbackRequired);
    }
    if !file.citizen_informed && !file.informing_postponed {
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
