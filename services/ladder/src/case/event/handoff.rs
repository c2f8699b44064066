//! What happened to handoffs.

use jiff::Timestamp;

use crate::recorded::payloads;
use crate::{ContactId, HandoffId, HandoffKind, Organisation, Sealed};

payloads! {
    /// A handoff was offered.
    HandoffOffered {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        from: Organisation,
        /// To whom.
        to: Organisation,
        /// The kind.
        handoff_kind: HandoffKind,
        /// The coded outcome asked for.
        requested_outcome: String,
        /// Rules in collision.
        rules: Vec<String>,
        /// Urgent or not.
        urgent: bool,
        /// Opened after acceptance.
        summary: Sealed,
        /// The ground for sharing.
        legal_basis: String,
        /// The offering role.
        contact_role: String,
        /// The person there who is addressed.
        addressee: Option<ContactId>,
        /// The earlier handoff that this one takes the place of.
        instead_of: Option<HandoffId>,
        /// The accepted handoff that goes back with this one.
        returns: Option<HandoffId>,
        /// When a reminder goes out.
        remind_at: Timestamp,
        /// Until when it can be answered.
        answer_by: Timestamp,
    }
    /// Half of the answer term has passed in silence.
    HandoffReminded {
        /// Which.
        handoff: HandoffId,
    }
    /// A handoff was accepted.
    HandoffAccepted {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// With what remark.
        text: Option<Sealed>,
    }
    /// A handoff was declined.
    HandoffDeclined {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// The coded reason.
        reason: String,
        /// With what remark.
        text: Option<Sealed>,
        /// Who or what might help instead.
        alternative: Option<Sealed>,
    }
    /// Something else was offered instead.
    HandoffCountered {
        /// Which.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// The coded reason.
        reason: Option<String>,
        /// With what remark.
        text: Option<Sealed>,
        /// What is offered instead.
        alternative: Sealed,
        /// Until when the sender answers that.
        follow_up_by: Timestamp,
    }
    /// The sender took the alternative.
    CounterAccepted {
        /// Which handoff.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
    }
    /// The sender did not take the alternative.
    CounterRefused {
        /// Which handoff.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// Why, coded.
        reason: String,
    }
    /// The sender let the term to answer the alternative pass.
    CounterExpired {
        /// Which handoff.
        handoff: HandoffId,
    }
    /// What was accepted was given back; until it is accepted, whoever gives it back is
    /// responsible.
    HandoffReturned {
        /// Which handoff.
        handoff: HandoffId,
        /// By whom.
        by: Organisation,
        /// The handoff with which it goes back.
        back: HandoffId,
        /// Why.
        reason: Sealed,
    }
    /// An offer was taken back.
    HandoffWithdrawn {
        /// Which.
        handoff: HandoffId,
        /// Why.
        reason: Sealed,
    }
    /// The answer term ended in silence.
    HandoffExpired {
        /// Which.
        handoff: HandoffId,
        /// When the process climbs by itself, if nobody has done anything by then; absent where
        /// climbing would not help.
        climb_at: Option<Timestamp>,
    }
    /// Sealed identities went to an organisation that had accepted.
    IdentityShared {
        /// Under which handoff.
        handoff: HandoffId,
        /// By whom.
        from: Organisation,
        /// To whom.
        to: Organisation,
        /// Unreadable here.
        sealed: String,
    }
}
