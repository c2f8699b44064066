//! How a case went up and down the ladder.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::recorded::payloads;
use crate::{
    EscalationId, Moved, Organisation, Origin, PersonRef, ProposalId, Receiver, RungId, Sealed,
    Tier, TriageReason,
};

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
        /// What led to it.
        origin: Origin,
        /// Evidence given with it.
        evidence: Vec<EvidenceGiven>,
        /// Items that are neither given nor explained yet.
        unexplained: Vec<String>,
        /// Until when the owner gives or explains them.
        explain_by: Option<Timestamp>,
        /// Why the answer of the body below cannot stand, when the raiser insists.
        insistence: Option<Sealed>,
        /// Urgent or not.
        urgent: bool,
        /// Until when a first word on it is due; absent where that is not before the answer is.
        acknowledge_by: Option<Timestamp>,
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
        /// Until when it can be completed.
        complete_by: Timestamp,
    }
    /// Admission was refused.
    EscalationRefused {
        /// Which request.
        escalation: EscalationId,
        /// Why.
        reason: TriageReason,
        /// With what advice.
        text: Option<Sealed>,
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
    /// The term to answer a request for admission ended in silence.
    EscalationExpired {
        /// Which request.
        escalation: EscalationId,
        /// When the process climbs by itself, if nobody has done anything by then.
        climb_at: Timestamp,
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
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
        /// When it is said aloud that the case has stayed long on this rung.
        warn_at: Option<Timestamp>,
    }
    /// A request for admission was seen: the ladder waits until the review.
    EscalationAcknowledged {
        /// Which request.
        escalation: EscalationId,
        /// When it is looked at again; without progress the process then climbs.
        review_at: Timestamp,
    }
    /// Nobody said a first word on a request for admission in the term for it. It waits on for its
    /// answer.
    AcknowledgementOverdue {
        /// Which request.
        escalation: EscalationId,
    }
    /// A returned request was not completed in its term.
    CompletionExpired {
        /// Which request.
        escalation: EscalationId,
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
    }
    /// Evidence was given or explained after the request.
    EvidenceProvided {
        /// Which request.
        escalation: EscalationId,
        /// The items.
        evidence: Vec<EvidenceGiven>,
    }
    /// The owner let the term to give or explain evidence pass.
    ExplanationOverdue {
        /// Which request.
        escalation: EscalationId,
        /// When the owner is asked again.
        explain_by: Timestamp,
    }
    /// Nobody moved after silence, and there is no higher rung to climb to.
    SilencePersisted {
        /// When it is said again.
        climb_at: Timestamp,
    }
    /// Somebody claims that the case is urgent: imminent loss of home or income, or safety.
    UrgencyClaimed {
        /// The organisation.
        by: Organisation,
        /// The person, by that organisation's reference.
        person: PersonRef,
        /// Until when a second person confirms it.
        confirm_by: Timestamp,
    }
    /// A second person confirmed it.
    UrgencyConfirmed {
        /// The organisation.
        by: Organisation,
        /// The person, by that organisation's reference.
        person: PersonRef,
    }
    /// Nobody confirmed it in time: short terms become ordinary ones.
    UrgencyLapsed {
        /// The deadlines that move, and to when.
        moved: Vec<Moved>,
    }
    /// The review of a case came.
    ReviewPassed {
        /// Whether anything happened since the last one.
        progress: bool,
        /// When the next one is.
        review_at: Timestamp,
    }
    /// The case has stayed long on its rung.
    StayWarned {
        /// The rung.
        rung: RungId,
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
        /// When somebody has to look whether there is progress.
        review_at: Timestamp,
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
