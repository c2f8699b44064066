//! What happened at a meeting.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::MinutedCase;
use crate::recorded::{event_kinds, payloads};
use crate::signal::Artefact;
use crate::{
    CaseId, ContactId, ErasureGround, Ground, Mandate, MeetingId, Organisation, PersonRef,
    RequestId, Room, RungId, Sealed,
};

event_kinds! {
    /// A thing that happened at a meeting; never changed, never deleted.
    MeetingPlanned = "meeting.planned",
    MeetingRescheduled = "meeting.rescheduled",
    AgendaAdded = "agenda.added",
    AgendaRemoved = "agenda.removed",
    OrganisationInvited = "organisation.invited",
    RecusalDeclared = "recusal.declared",
    MeetingOpened = "meeting.opened",
    CollisionRecorded = "collision.recorded",
    CommitmentRequested = "meeting-commitment.requested",
    CommitmentMade = "meeting-commitment.made",
    CommitmentRefused = "meeting-commitment.refused",
    DecisionRecorded = "meeting-decision.recorded",
    CaseAdjourned = "case.adjourned",
    ObstacleRecorded = "obstacle.recorded",
    ObstacleRuledOut = "obstacle.ruled-out",
    MinutesAdopted = "minutes.adopted",
    MeetingCancelled = "meeting.cancelled",
    MeetingOverdue = "meeting.overdue",
    MeetingErasureOrdered = "meeting.erasure-ordered",
}

payloads! {
    /// A meeting was planned.
    MeetingPlanned {
        /// Its id.
        meeting: MeetingId,
        /// Whose table.
        body: Organisation,
        /// Of which rung.
        rung: RungId,
        /// How many organisations must be present, as the ladder file said then.
        quorum: u32,
        /// When it meets.
        planned_at: Timestamp,
    }
    /// It was planned for another moment.
    MeetingRescheduled {
        /// When it meets.
        planned_at: Timestamp,
    }
    /// A case was put on the agenda, or its place there changed.
    AgendaAdded {
        /// Which.
        case: CaseId,
        /// Whether it goes first.
        urgent: bool,
        /// Since when it has waited for a table.
        since: Timestamp,
    }
    /// A case was taken off the agenda.
    AgendaRemoved {
        /// Which.
        case: CaseId,
        /// Why.
        reason: Sealed,
    }
    /// An organisation was invited.
    OrganisationInvited {
        /// Which.
        organisation: Organisation,
        /// Its person in the register.
        contact: Option<ContactId>,
    }
    /// An organisation takes no part in a case.
    RecusalDeclared {
        /// In which.
        case: CaseId,
        /// Which organisation.
        organisation: Organisation,
        /// Who said so.
        by: PersonRef,
        /// What was asked of it in this case until then, answered or not: that is struck.
        struck: BTreeSet<RequestId>,
    }
    /// The meeting was opened.
    MeetingOpened {
        /// The organisations at the table.
        present: BTreeSet<Organisation>,
    }
    /// What collides in a case was recorded.
    CollisionRecorded {
        /// In which.
        case: CaseId,
        /// What.
        collision: Sealed,
    }
    /// An organisation at the table was asked to commit itself.
    CommitmentRequested {
        /// In which case.
        case: CaseId,
        /// Which request.
        request: RequestId,
        /// Who is asked.
        of: Organisation,
        /// On which law or theme.
        law_or_theme: String,
        /// What is asked.
        text: Sealed,
    }
    /// It committed itself.
    CommitmentMade {
        /// In which case.
        case: CaseId,
        /// Which request.
        request: RequestId,
        /// Which organisation.
        by: Organisation,
        /// Who spoke for it.
        person: PersonRef,
        /// To what.
        text: Sealed,
        /// In which mandate.
        mandate: Box<Mandate>,
        /// Until when.
        due: Date,
        /// What it will spend, in euro cents.
        amount_cents: Option<i64>,
    }
    /// It would not.
    CommitmentRefused {
        /// In which case.
        case: CaseId,
        /// Which request.
        request: RequestId,
        /// Which organisation.
        by: Organisation,
        /// Who spoke for it.
        person: PersonRef,
        /// Why.
        reason: Sealed,
    }
    /// The table decided on a case.
    DecisionRecorded {
        /// Which.
        case: CaseId,
        /// The organisation in whose name.
        by: Organisation,
        /// What.
        text: Sealed,
        /// The room it uses.
        room: Room,
        /// What it rests on.
        grounds: BTreeSet<Ground>,
    }
    /// The table left a case undecided.
    CaseAdjourned {
        /// Which.
        case: CaseId,
        /// Why.
        reason: Sealed,
    }
    /// Something in the system that would make the next case stick was recorded.
    ObstacleRecorded {
        /// In which case it was met.
        case: CaseId,
        /// What.
        text: Sealed,
        /// What would have to change.
        target: Artefact,
        /// Who can take it away.
        owner: Organisation,
    }
    /// Nothing in the system would make the next case stick.
    ObstacleRuledOut {
        /// In which case that was said.
        case: CaseId,
    }
    /// The minutes were adopted, and the meeting ended. They are complete: whoever carries them
    /// out needs no other event.
    MinutesAdopted {
        /// Who adopted them.
        by: PersonRef,
        /// Every case of the agenda, in its order.
        cases: Vec<MinutedCase>,
    }
    /// The meeting was called off.
    MeetingCancelled {
        /// Why.
        reason: Sealed,
    }
    /// The planned moment passed and the meeting was not opened.
    MeetingOverdue {
        /// Whose table; it is reminded.
        body: Organisation,
        /// The moment that passed.
        planned_at: Timestamp,
    }
    /// What was written of the meeting itself until now is erased (AVG art. 17, art. 5(1)(e)).
    MeetingErasureOrdered {
        /// By whom; nobody when a term of keeping has ended.
        by: Option<Organisation>,
        /// Why.
        ground: ErasureGround,
    }
}
