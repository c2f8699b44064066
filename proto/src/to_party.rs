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
        /// A table asks this organisation for a commitment.
        CommitmentRequested(CommitmentRequested) = "commitment.requested" v 1,
        /// The case climbed.
        CaseEscalated(CaseEscalated) = "case.escalated" v 1,
        /// The case went down, to a receiver who accepted.
        CaseDeescalated(CaseDeescalated) = "case.deescalated" v 1,
        /// The case is closed.
        CaseClosed(CaseClosed) = "case.closed" v 1,
        /// The case is open again.
        CaseReopened(CaseReopened) = "case.reopened" v 1,
        /// A decision was taken.
        DecisionTaken(DecisionTaken) = "decision.taken" v 1,
        /// The raiser hears what came of it.
        FeedbackSent(FeedbackSent) = "feedback.sent" v 1,
        /// This organisation's access ends here.
        AccessEnded(AccessEnded) = "access.ended" v 1,
        /// The platform stored what the organisation sent.
        InputStored(InputStored) = "input.stored" v 1,
        /// The platform refused what the organisation sent.
        InputRefused(InputRefused) = "input.refused" v 1,
    }
}
