//! What the past amounts to. Total: an event that cannot follow on what was before leaves it be.

mod closing;
mod consent;
mod decision;
mod descent;
mod erasure;
mod escalation;
mod handoff;
mod money;
mod pause;
mod progress;
mod report;

use jiff::Timestamp;

use crate::event::Event;
use crate::{Case, Closed, Draft, Outcome, Underway};

pub(super) fn evolve(case: Case, event: &Event, at: Timestamp) -> Case {
    match (case, event) {
        (Case::Absent | Case::Draft(_), Event::DraftSaved(saved)) => Case::Draft(Draft {
            id: saved.case.clone(),
            owner: saved.owner.clone(),
            remind_at: saved.remind_at,
        }),
        (Case::Draft(draft), Event::DraftReminded(reminder)) => Case::Draft(Draft {
            remind_at: reminder.remind_at,
            ..draft
        }),
        (Case::Draft(_), Event::DraftDiscarded(_)) => Case::Discarded,
        (Case::Absent | Case::Draft(_), Event::Reported(reported)) => {
            Case::Underway(Box::new(report::first(reported)))
        }
        (Case::Underway(underway), Event::CaseClosed(closed)) => {
            end(*underway, closed.outcome, false, at)
        }
        (Case::Underway(underway), Event::CaseWithdrawn(_)) => {
            end(*underway, Outcome::Withdrawn, true, at)
        }
        (Case::Closed(closed), Event::CaseReopened(reopened)) => {
            Case::Underway(Box::new(closing::reopened(*closed, reopened)))
        }
        (Case::Underway(mut underway), event) => {
            apply(&mut underway, event, at);
            Case::Underway(underway)
        }
        (Case::Closed(mut closed), event) => {
            erasure::after_the_end(&mut closed.file, event);
            Case::Closed(closed)
        }
        (case @ (Case::Absent | Case::Draft(_) | Case::Discarded), _) => case,
    }
}

/// Nothing is waited for any more: open offers and questions end with the case.
fn end(case: Underway, outcome: Outcome, withdrawn: bool, at: Timestamp) -> Case {
    let mut file = case.file;
    handoff::ended(&mut file, at);
    for consultation in file.consultations.values_mut() {
        consultation.answer_by = None;
    }
    Case::Closed(Box::new(Closed {
        file,
        outcome,
        withdrawn,
        ended_at: at,
    }))
}

fn apply(case: &mut Underway, event: &Event, at: Timestamp) {
    let progress = progress::is_progress(event);
    // First, for an event that sets a review begins a term in which nothing has happened yet.
    case.file.review.progress |= progress;
    match event {
        Event::DraftSaved(_)
        | Event::DraftReminded(_)
        | Event::DraftDiscarded(_)
        | Event::Reported(_)
        | Event::CaseClosed(_)
        | Event::CaseWithdrawn(_)
        | Event::CaseReopened(_)
        | Event::IdentityShared(_)
        | Event::RungSkipped(_)
        | Event::BudgetSpent(_)
        | Event::FundCompleted(_)
        | Event::RedactionRecorded(_)
        | Event::LessonRecorded(_) => {}
        Event::LegalBasisRecorded(e) => report::basis(&mut case.file, e),
        Event::ConsentGiven(e) => case.file.consents.given(e),
        Event::ConsentWithdrawn(e) => case.file.consents.withdrawn(e),
        Event::ObjectionRaised(e) => consent::objected(&mut case.file, e, at),
        Event::ObjectionExtended(e) => consent::extended(&mut case.file, e),
        Event::ObjectionSettled(e) => consent::settled(&mut case.file, e),
        Event::ObjectionOverdue(e) => consent::overdue(&mut case.file, &e.objection),
        Event::ObjectionLifted(e) => consent::lifted(&mut case.file, &e.objection),
        Event::FactReported(e) => report::fact(&mut case.file, e),
        Event::BlockRecorded(e) => report::block(case, e),
        Event::PerspectiveRecorded(_) => report::perspective(&mut case.file),
        Event::OwnershipModeChosen(e) => case.file.ownership_mode = e.mode,
        Event::OwnerChanged(e) => report::owner(&mut case.file, e),
        Event::AdviceAsked(e) => report::advice_asked(&mut case.file, e),
        Event::AdviceGiven(e) => report::advice_is_over(&mut case.file, &e.consultation),
        Event::AdviceExpired(e) => report::advice_is_over(&mut case.file, &e.consultation),
        Event::HandoffOffered(e) => handoff::offered(&mut case.file, e, at),
        Event::HandoffReminded(e) => handoff::reminded(&mut case.file, &e.handoff),
        Event::HandoffAccepted(e) => handoff::accepted(&mut case.file, &e.handoff, at),
        Event::HandoffDeclined(e) => handoff::declined(&mut case.file, &e.handoff, at),
        Event::HandoffCountered(e) => handoff::countered(&mut case.file, e, at),
        Event::CounterAccepted(e) => handoff::accepted(&mut case.file, &e.handoff, at),
        Event::CounterRefused(e) => handoff::declined(&mut case.file, &e.handoff, at),
        Event::CounterExpired(e) => handoff::counter_is_over(&mut case.file, &e.handoff),
        Event::HandoffWithdrawn(e) => handoff::withdrawn(&mut case.file, &e.handoff, at),
        Event::HandoffExpired(e) => handoff::expired(&mut case.file, e, at),
        Event::HandoffReturned(e) => handoff::returned(&mut case.file, e),
        Event::EscalationRequested(e) => escalation::requested(case, e, at),
        Event::EscalationAcknowledged(e) => escalation::acknowledged(case, e),
        Event::AcknowledgementOverdue(_) => escalation::not_acknowledged(case),
        Event::EscalationReturned(e) => escalation::returned(case, e),
        Event::CompletionExpired(e) => escalation::not_completed(case, e),
        Event::EscalationRefused(e) => escalation::refused(case, e),
        Event::EscalationExpired(e) => escalation::expired(case, e),
        Event::EvidenceProvided(e) => escalation::provided(case, e),
        Event::ExplanationOverdue(e) => escalation::explanation_overdue(case, e),
        Event::SilencePersisted(e) => escalation::silence_persists(case, e, at),
        Event::UrgencyClaimed(e) => escalation::urgency_claimed(&mut case.file, e),
        Event::UrgencyConfirmed(_) => escalation::urgency_confirmed(&mut case.file),
        Event::UrgencyLapsed(e) => escalation::urgency_lapsed(case, e),
        Event::Escalated(e) => escalation::escalated(case, e),
        Event::ReviewPassed(e) => escalation::reviewed(&mut case.file, e, at),
        Event::StayWarned(_) => case.file.warn_at = None,
        Event::CommitmentRequested(e) => decision::requested(&mut case.file, e),
        Event::CommitmentMade(e) => decision::made(&mut case.file, e, at),
        Event::CommitmentRefused(e) => decision::refused(&mut case.file, &e.request, at),
        Event::CommitmentFulfilled(e) => decision::fulfilled(case, &e.request, at),
        Event::CommitmentLate(e) => decision::late(case, e),
        Event::AssessmentRecorded(e) => decision::assessed(&mut case.file, e),
        Event::AssessmentCompleted(e) => decision::assessment_completed(&mut case.file, e),
        Event::DecisionProposed(e) => decision::proposed(case, e),
        Event::DecisionRejected(e) => decision::rejected(case, e),
        Event::DecisionExpired(e) => decision::expired(case, e),
        Event::DecisionTaken(_) => decision::taken(case),
        Event::FundOpened(e) => money::opened(&mut case.file, e),
        Event::FundContributed(e) => money::contributed(&mut case.file, e),
        Event::MeasureStarted(e) => money::started(&mut case.file, e),
        Event::MeasureDue(e) => money::due(&mut case.file, &e.measure),
        Event::MeasureEnded(e) => money::ended(&mut case.file, &e.measure),
        Event::CaseSuspended(e) => pause::suspended(case, e, at),
        Event::CaseResumed(e) => pause::resumed(case, e),
        Event::TermExtended(e) => pause::extended(case, e),
        Event::ErasureOrdered(e) => erasure::ordered(&mut case.file, e),
        Event::ErasureCompleted(e) => erasure::completed(&mut case.file, e),
        Event::HoldPlaced(e) => erasure::held(&mut case.file, e),
        Event::HoldLifted(e) => erasure::lifted(&mut case.file, e),
        Event::CitizenLinked(e) => erasure::linked(&mut case.file, e),
        Event::CitizenUnlinked(e) => erasure::unlinked(&mut case.file, e),
        Event::FeedbackSent(_) => case.file.feedback_sent = true,
        Event::CitizenInformed(_) => case.file.citizen_informed = true,
        Event::InformingPostponed(_) => case.file.informing_postponed = true,
        Event::DeescalationProposed(e) => descent::proposed(&mut case.file, e),
        Event::DeescalationDeclined(_) => case.file.proposal = None,
        Event::Deescalated(e) => descent::deescalated(case, e),
        Event::AftercareStarted(e) => closing::aftercare(case, e),
        Event::AftercareReminded(e) => closing::checked(case, e, at),
    }
    if !case.file.kept.handlers.contains(&case.file.handler) {
        let handler = case.file.handler.clone();
        case.file.kept.handlers.insert(handler);
    }
    if progress {
        case.file.stuck_since = None;
    }
    // Work elsewhere does not answer a request for admission that was left unanswered.
    if progress && !case.is_left_unanswered() {
        case.file.silence = None;
    }
}
