//! What an organisation may tell the platform.

use crate::acted_by::ActedBy;
use crate::event::events;
use crate::subject::Direction;

events! {
    /// An event from an organisation (`out`).
    pub enum FromParty in Direction::Out;
    {
        /// A stuck case is raised.
        CaseReported(CaseReported) = "case.reported" v 1,
        /// A held fact is released after the match.
        FactReported(FactReported) = "fact.reported" v 1,
        /// What blocks the case.
        BlockRecorded(BlockRecorded) = "block.recorded" v 1,
        /// The case should climb.
        EscalationRequested(EscalationRequested) = "escalation.requested" v 1,
        /// Work or ownership is offered to another organisation.
        HandoffOffered(HandoffOffered) = "handoff.offered" v 1,
        /// The answer to an offer.
        HandoffAnswered(HandoffAnswered) = "handoff.answered" v 1,
        /// An offer is taken back.
        HandoffWithdrawn(HandoffWithdrawn) = "handoff.withdrawn" v 1,
        /// What was accepted goes back.
        HandoffReturned(HandoffReturned) = "handoff.returned" v 1,
        /// The answer to something else that was offered instead.
        CounterAnswered(CounterAnswered) = "counter.answered" v 1,
        /// Persons, sealed for the receiver.
        IdentityShared(IdentityShared) = "identity.shared" v 1,
        /// A second person confirms that the case is urgent.
        UrgencyConfirmed(UrgencyConfirmed) = "urgency.confirmed" v 1,
        /// Advice without personal data.
        AdviceGiven(AdviceGiven) = "advice.given" v 1,
        /// The organisation commits itself.
        CommitmentMade(CommitmentMade) = "commitment.made" v 1,
        /// The organisation does not commit itself.
        CommitmentRefused(CommitmentRefused) = "commitment.refused" v 1,
        /// What was committed is done.
        CommitmentFulfilled(CommitmentFulfilled) = "commitment.fulfilled" v 1,
        /// The organisation's entry in the register of contacts still holds.
        ContactConfirmed(ContactConfirmed) = "contact.confirmed" v 1,
        /// The organisation's service is alive.
        HeartbeatSent(HeartbeatSent) = "heartbeat.sent" v 1,
    }
}

impl FromParty {
    /// Who acted, in the organisation's own words; a heartbeat is nobody's act.
    pub fn acted_by(&self) -> Option<&ActedBy> {
        match self {
            Self::CaseReported(data) => Some(&data.acted_by),
            Self::FactReported(data) => Some(&data.acted_by),
            Self::BlockRecorded(data) => Some(&data.acted_by),
            Self::EscalationRequested(data) => Some(&data.acted_by),
            Self::HandoffOffered(data) => Some(&data.acted_by),
            Self::HandoffAnswered(data) => Some(&data.acted_by),
            Self::HandoffWithdrawn(data) => Some(&data.acted_by),
            Self::HandoffReturned(data) => Some(&data.acted_by),
            Self::CounterAnswered(data) => Some(&data.acted_by),
            Self::UrgencyConfirmed(data) => Some(&data.acted_by),
            Self::AdviceGiven(data) => Some(&data.acted_by),
            Self::IdentityShared(data) => Some(&data.acted_by),
            Self::CommitmentMade(data) => Some(&data.acted_by),
            Self::CommitmentRefused(data) => Some(&data.acted_by),
            Self::CommitmentFulfilled(data) => Some(&data.acted_by),
            Self::ContactConfirmed(data) => Some(&data.acted_by),
            Self::HeartbeatSent(_) => None,
        }
    }
}
