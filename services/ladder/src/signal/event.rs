//! What happened to a signal.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{AnswerKind, Artefact, Often, SignalKind, Step};
use crate::recorded::{event_kinds, payloads};
use crate::{CaseId, ContactId, ErasureGround, Organisation, Sealed, SignalId};

event_kinds! {
    /// A thing that happened to a signal; never changed, never deleted.
    SignalRaised = "signal.raised",
    SignalGrown = "signal.grown",
    SignalAssigned = "signal.assigned",
    SignalLeftUnassigned = "signal.left-unassigned",
    SignalAnswered = "signal.answered",
    SignalOverdue = "signal.overdue",
    SignalStepRecorded = "signal.step-recorded",
    SignalStalled = "signal.stalled",
    SignalBecameCase = "signal.became-case",
    SignalClosed = "signal.closed",
    SignalErasureOrdered = "signal.erasure-ordered",
}

payloads! {
    /// A signal was raised.
    SignalRaised {
        /// Its id.
        signal: SignalId,
        /// What it is about.
        signal_kind: SignalKind,
        /// Its theme.
        theme: String,
        /// Its region.
        region: Option<String>,
        /// The rule it is about.
        rule: Option<String>,
        /// What would have to change.
        target: Option<Artefact>,
        /// How often whoever raised it sees it.
        often: Option<Often>,
        /// Who could change it, as whoever raised it thinks.
        suggested: Option<Organisation>,
        /// The cases that show it; their number may leave the platform, they may not.
        cases: BTreeSet<CaseId>,
        /// By whom.
        by: Organisation,
        /// In words, without personal data.
        text: Option<Sealed>,
        /// Until when an owner is looked for before that is reported.
        assign_by: Timestamp,
    }
    /// More cases show it.
    SignalGrown {
        /// The cases that are new.
        cases: BTreeSet<CaseId>,
        /// How many there are now.
        count: u32,
    }
    /// Somebody who can act got it.
    SignalAssigned {
        /// The owner.
        to: Organisation,
        /// The person there.
        contact: Option<ContactId>,
        /// The owner before, who answered that it needs another.
        instead_of: Option<Organisation>,
        /// Until when an answer is expected.
        answer_by: Timestamp,
    }
    /// The term to find an owner ended without one.
    SignalLeftUnassigned {
        /// Until when one is looked for again.
        assign_by: Timestamp,
    }
    /// The owner answered.
    SignalAnswered {
        /// Who.
        by: Organisation,
        /// What.
        answer: AnswerKind,
        /// Why.
        text: Sealed,
        /// Until when the next thing is expected: another owner, a step or the end.
        act_by: Timestamp,
    }
    /// The term to answer ended in silence. It can still be answered.
    SignalOverdue {
        /// Whose silence.
        owner: Organisation,
        /// Until when an answer is expected now.
        answer_by: Timestamp,
    }
    /// A step towards the promised change was taken.
    SignalStepRecorded {
        /// By whom.
        by: Organisation,
        /// Which step.
        step: Step,
        /// What was done.
        text: Option<Sealed>,
        /// Until when the next thing is expected.
        act_by: Timestamp,
    }
    /// An answered signal saw neither a step nor its end for a whole term.
    SignalStalled {
        /// Whose standstill.
        owner: Organisation,
        /// Until when the next thing is expected now.
        act_by: Timestamp,
    }
    /// A case took over.
    SignalBecameCase {
        /// Which.
        case: CaseId,
    }
    /// It ended.
    SignalClosed {
        /// What came of it.
        result: Sealed,
    }
    /// What was written of it until now is erased (AVG art. 17, art. 5(1)(e)).
    SignalErasureOrdered {
        /// By whom; nobody when a term of keeping has ended.
        by: Option<Organisation>,
        /// Why.
        ground: ErasureGround,
    }
}
