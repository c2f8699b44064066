//! How a case went up and down the ladder.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::recorded::payloads;
use crate::{EscalationId, Organisation, ProposalId, Receiver, RungId, Sealed, Tier, TriageReason};

payloads! {
    /// A rung was passed over.
    RungSkipped {
        /// Which rung.
        rung: RungId,
        /// Why.
        reason: String,
        /// The body that was passed over, if there is one.
        body: Option<Organisation>,
    }
    /// Admission to a higher rung was requested.
    EscalationRequested {
        /// Which request.
        escalation: EscalationId,
        /// By whom.
        by: Organisation,
        /// To which rung.
        to: RungId,
        /// That rung's tier.
        tier: Tier,
        /// The body that would take it up.
        body: Organisation,
        /// The organisation that answers.
        admitting: Organisation,
        /// The role in which it is answered.
        admitting_role: String,
        /// Evidence given with it.
        evidence: Vec<EvidenceGiven>,
        /// Urgent or not.
        urgent: bool,
        /// Until when it is to be answered.
        answer_by: Timestamp,
    }
    /// A request for admission came back with named items missing.
    EscalationReturned {
        /// Which request.
        escalation: EscalationId,
        /// What is missing.
        missing: Vec<String>,
        /// With what remark.
        text: Option<Sealed>,
    }
    /// Admission was refused.
    EscalationRefused {
        /// Which request.
        escalation: EscalationId,
        /// Why.
        reason: TriageReason,
        /// With what advice.
        text: Option<Sealed>,
    }
    /// The term to answer a request for admission ended in silence.
    EscalationExpired {
        /// Which request.
        escalation: EscalationId,
    }
    /// The case was admitted to a higher rung.
    Escalated {
        /// By which request.
        escalation: EscalationId,
        /// The rung it now stands on.
        rung: RungId,
        /// That rung's tier.
        tier: Tier,
        /// The body that takes it up.
        body: Organisation,
    }
    /// It was proposed to send the case down.
    DeescalationProposed {
        /// Which proposal.
        proposal: ProposalId,
        /// To which rung.
        to: RungId,
        /// That rung's tier.
        tier: Tier,
        /// Who would take it.
        receiver: Receiver,
        /// Why.
        reason: String,
    }
    /// The receiver did not take it.
    DeescalationDeclined {
        /// Which proposal.
        proposal: ProposalId,
        /// Why not.
        reason: String,
    }
    /// The case went down and was taken.
    Deescalated {
        /// The rung it now stands on.
        rung: RungId,
        /// That rung's tier.
        tier: Tier,
        /// Who took it.
        receiver: Receiver,
        /// Why.
        reason: String,
    }
}

/// One item of evidence as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceGiven {
    /// The item.
    pub item: String,
    /// Whether it is an explanation in place of evidence.
    pub explained: bool,
    /// The text.
    pub text: Sealed,
}
