//! What the platform tells an organisation: never more than that organisation may know.

use crate::event::events;
use crate::subject::Direction;

events! {
    /// An event to an organisation (`in`).
    pub enum ToParty in Direction::In;
    {
        /// The case that was reported is known, under this pseudonym.
        CaseRegistered(CaseRegistered) = "case.registered" v 1,
        /// Somebody offers a handoff: the card, without free text.
        HandoffOffered(HandoffCard) = "handoff.offered" v 1,
        /// After acceptance: what the matrix allows.
        HandoffOpened(HandoffOpened) = "handoff.opened" v 1,
        /// Persons, sealed by another organisation for this one.
        IdentityShared(IdentityRelayed) = "identity.shared" v 1,
        /// An offer is answered, through whichever door.
        HandoffAnswered(AnswerRelayed) = "handoff.answered" v 1,
        /// An offer is taken back.
        HandoffWithdrawn(WithdrawalRelayed) = "handoff.withdrawn" v 1,
        /// Half of the answer term has passed.
        HandoffReminded(HandoffReminded) = "handoff.reminded" v 1,
        /// The answer term has passed.
        HandoffExpired(HandoffExpired) = "handoff.expired" v 1,
        /// What was handed over comes back.
        HandoffReturned(ReturnRelayed) = "handoff.returned" v 1,
        /// Something else that was offered instead is taken, or is not.
        CounterAnswered(CounterAnswerRelayed) = "counter.answered" v 1,
        /// Nobody answered it in time.
        CounterExpired(CounterExpired) = "counter.expired" v 1,
        /// The case has another owner.
        OwnerChanged(OwnerChanged) = "owner.changed" v 1,
        /// This organisation is asked for advice without personal data.
        AdviceAsked(AdviceAsked) = "advice.asked" v 1,
        /// The advice that this organisation asked for.
        AdviceGiven(AdviceRelayed) = "advice.given" v 1,
        /// Nobody gave that advice in time.
        AdviceExpired(AdviceExpired) = "advice.expired" v 1,
        /// The case should climb: the card, without free text.
        EscalationRequested(EscalationCard) = "escalation.requested" v 1,
        /// The request was seen.
        EscalationAcknowledged(EscalationAcknowledged) = "escalation.acknowledged" v 1,
        /// Nobody said a first word on the request in time.
        AcknowledgementOverdue(AcknowledgementOverdue) = "acknowledgement.overdue" v 1,
        /// The request came back with items missing.
        EscalationReturned(EscalationReturned) = "escalation.returned" v 1,
        /// Nobody completed it in time.
        CompletionExpired(CompletionExpired) = "completion.expired" v 1,
        /// The request is refused.
        EscalationRefused(EscalationRefused) = "escalation.refused" v 1,
        /// Nobody answered the request in time.
        EscalationExpired(EscalationExpired) = "escalation.expired" v 1,
        /// What silence left unexplained was not given or explained in time.
        ExplanationOverdue(ExplanationOverdue) = "explanation.overdue" v 1,
        /// Nobody moved after silence, and there is no rung to climb to.
        SilencePersisted(SilencePersisted) = "silence.persisted" v 1,
        /// The case went past this organisation's rung.
        RungSkipped(RungSkipped) = "rung.skipped" v 1,
        /// Somebody looked whether there is progress.
        ReviewPassed(ReviewPassed) = "review.passed" v 1,
        /// The case has stayed long on its rung.
        StayWarned(StayWarned) = "stay.warned" v 1,
        /// Somebody says that the case is urgent.
        UrgencyClaimed(UrgencyClaimed) = "urgency.claimed" v 1,
        /// A second person confirms that.
        UrgencyConfirmed(ConfirmationRelayed) = "urgency.confirmed" v 1,
        /// Nobody confirmed that in time.
        UrgencyLapsed(UrgencyLapsed) = "urgency.lapsed" v 1,
        /// A table asks this organisation for a commitment.
        CommitmentRequested(CommitmentRequested) = "commitment.requested" v 1,
        /// What was promised was not done in time.
        CommitmentLate(CommitmentLate) = "commitment.late" v 1,
        /// A bridging measure has come to its end date.
        MeasureDue(MeasureDue) = "measure.due" v 1,
        /// Somebody of this organisation took a pass into the case in an emergency, or in a case
        /// that this organisation owns.
        PassIssued(PassIssued) = "pass.issued" v 1,
        /// Nobody looked in time whether there was reason for it.
        PassReviewOverdue(PassReviewOverdue) = "pass.review-overdue" v 1,
        /// It is proposed to send the case down.
        DeescalationProposed(DeescalationProposed) = "deescalation.proposed" v 1,
        /// The receiver does not take it.
        DeescalationDeclined(DeescalationDeclined) = "deescalation.declined" v 1,
        /// The terms of the case stand still.
        CaseSuspended(CaseSuspended) = "case.suspended" v 1,
        /// They run again.
        CaseResumed(CaseResumed) = "case.resumed" v 1,
        /// One term was extended.
        TermExtended(TermExtended) = "term.extended" v 1,
        /// The case climbed.
        CaseEscalated(CaseEscalated) = "case.escalated" v 1,
        /// The case went down, to a receiver who accepted.
        CaseDeescalated(CaseDeescalated) = "case.deescalated" v 1,
        /// The case is closed.
        CaseClosed(CaseClosed) = "case.closed" v 1,
        /// The case is open again.
        CaseReopened(CaseReopened) = "case.reopened" v 1,
        /// A person took back a consent on which something was shared.
        ConsentWithdrawn(ConsentWithdrawn) = "consent.withdrawn" v 1,
        /// A person objects to the sharing of data.
        ObjectionRaised(ObjectionRaised) = "objection.raised" v 1,
        /// The owner of the case takes more time to settle that.
        ObjectionExtended(ObjectionExtended) = "objection.extended" v 1,
        /// Nobody settled that in its term.
        ObjectionOverdue(ObjectionOverdue) = "objection.overdue" v 1,
        /// It was settled, or stands no more in the way.
        ObjectionSettled(ObjectionSettled) = "objection.settled" v 1,
        /// The platform erased personal data of the case.
        ErasureCompleted(ErasureCompleted) = "erasure.completed" v 1,
        /// A decision was taken.
        DecisionTaken(DecisionTaken) = "decision.taken" v 1,
        /// The raiser hears what came of it.
        FeedbackSent(FeedbackSent) = "feedback.sent" v 1,
        /// This organisation's access ends here.
        AccessEnded(AccessEnded) = "access.ended" v 1,
        /// What the platform's log held, signed.
        CheckpointPublished(CheckpointPublished) = "checkpoint.published" v 1,
        /// A table invites this organisation.
        MeetingInvited(MeetingInvited) = "meeting.invited" v 1,
        /// It meets at another moment.
        MeetingRescheduled(MeetingRescheduled) = "meeting.rescheduled" v 1,
        /// It does not meet.
        MeetingCancelled(MeetingCancelled) = "meeting.cancelled" v 1,
        /// What was said there stands.
        MinutesAdopted(MinutesAdopted) = "minutes.adopted" v 1,
        /// This organisation can act on a structural signal, and is expected to answer.
        SignalAssigned(SignalAssigned) = "signal.assigned" v 1,
        /// Who can act on a signal that this organisation raised answered.
        SignalAnswered(SignalAnswered) = "signal.answered" v 1,
        /// What a signal waits for did not come in time.
        SignalOverdue(SignalOverdue) = "signal.overdue" v 1,
        /// A step towards the promised change was taken.
        SignalStepRecorded(SignalStepRecorded) = "signal.step-recorded" v 1,
        /// A signal ended.
        SignalClosed(SignalClosed) = "signal.closed" v 1,
        /// The platform stored what the organisation sent.
        InputStored(InputStored) = "input.stored" v 1,
        /// The platform refused what the organisation sent.
        InputRefused(InputRefused) = "input.refused" v 1,
    }
}
