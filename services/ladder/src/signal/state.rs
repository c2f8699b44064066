use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{AnswerKind, Artefact, SignalKind, StateName, Step};
use crate::{CaseId, ContactId, Organisation, SignalId};

/// Everything the past of one signal amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Signal {
    /// There is no such signal.
    #[default]
    Absent,
    /// Something is expected of somebody.
    Open(Box<Open>),
    /// It has ended.
    Closed(Box<Closed>),
}

/// A signal that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What holds at every stage.
    pub file: File,
    /// What it waits for.
    pub stage: Stage,
}

/// A signal that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// As it was at the end.
    pub file: File,
    /// How it ended.
    pub ending: Ending,
}

/// How a signal ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It was answered and its result was told.
    Answered {
        /// The last owner.
        owner: Organisation,
        /// The last answer.
        standing: Standing,
    },
    /// A case took over.
    BecameCase(CaseId),
}

/// What holds of a signal at every stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: SignalId,
    /// What it is about.
    pub kind: SignalKind,
    /// Its theme.
    pub theme: String,
    /// Its region; absent when it holds everywhere.
    pub region: Option<String>,
    /// The rule it is about.
    pub rule: Option<String>,
    /// What would have to change.
    pub target: Option<Artefact>,
    /// The cases that show it.
    pub cases: BTreeSet<CaseId>,
    /// Who raised it.
    pub raiser: Organisation,
    /// How many terms ended in silence, whoever it was waited for. Never goes down.
    pub overdue: u32,
    /// Whether what is written of it is still there: false when nothing was, and when it was ordered
    /// to be erased and nothing was written since.
    pub has_texts: bool,
}

/// What a signal waits for, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// For somebody who can act.
    Unassigned {
        /// Until when.
        assign_by: Timestamp,
        /// The owner before, who answered that it needs another.
        not_for: Option<Organisation>,
    },
    /// For the owner's answer.
    Assigned(Assigned),
    /// For what the answer leads to.
    Answered(Answered),
}

/// See [`Stage::Assigned`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The organisation that owns it.
    pub owner: Organisation,
    /// The person there.
    pub contact: Option<ContactId>,
    /// Until when an answer is expected.
    pub answer_by: Timestamp,
}

/// See [`Stage::Answered`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The organisation that owns it.
    pub owner: Organisation,
    /// The person there.
    pub contact: Option<ContactId>,
    /// When it answered.
    pub at: Timestamp,
    /// What it answered.
    pub standing: Standing,
    /// Until when the next thing is expected.
    pub act_by: Timestamp,
}

/// The answer that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Something will change.
    WillChange {
        /// The last step taken.
        done: Option<Step>,
    },
    /// Nothing will.
    WillNotChange,
    /// It can be done today already.
    AlreadyPossible,
}

impl Standing {
    /// The word it was given with.
    pub fn answer(self) -> AnswerKind {
        match self {
            Self::WillChange { .. } => AnswerKind::WillChange,
            Self::WillNotChange => AnswerKind::WillNotChange,
            Self::AlreadyPossible => AnswerKind::AlreadyPossible,
        }
    }
}

impl Signal {
    /// What holds at every stage; none when there is no such signal.
    pub fn file(&self) -> Option<&File> {
        match self {
            Self::Absent => None,
            Self::Open(open) => Some(&open.file),
            Self::Closed(closed) => Some(&closed.file),
        }
    }

    /// The organisation that something is expected of now.
    pub fn owner(&self) -> Option<&Organisation> {
        match self {
            Self::Absent | Self::Closed(_) => None,
            Self::Open(open) => open.stage.owner(),
        }
    }

    /// Its state, as views and pages name it.
    pub fn state_name(&self) -> Option<StateName> {
        match self {
            Self::Absent => None,
            Self::Open(open) => Some(match open.stage {
                Stage::Unassigned { .. } => StateName::Unassigned,
                Stage::Assigned(_) => StateName::Assigned,
                Stage::Answered(_) => StateName::Answered,
            }),
            Self::Closed(_) => Some(StateName::Closed),
        }
    }
}

impl Stage {
    /// The organisation that owns the signal, once there is one.
    pub fn owner(&self) -> Option<&Organisation> {
        match self {
            Self::Unassigned { .. } => None,
            Self::Assigned(assigned) => Some(&assigned.owner),
            Self::Answered(answered) => Some(&answered.owner),
        }
    }
}

impl Signal {
    /// What holds at every stage; nothing when there is no such signal.
    pub(super) fn file_mut(&mut self) -> Option<&mut File> {
        match self {
            Self::Absent => None,
            Self::Open(open) => Some(&mut open.file),
            Self::Closed(closed) => Some(&mut closed.file),
        }
    }
}

impl File {
    /// How many cases show it: all that other organisations are told of them.
    pub fn case_count(&self) -> u32 {
        u32::try_from(self.cases.len()).unwrap_or(u32::MAX)
    }
}
