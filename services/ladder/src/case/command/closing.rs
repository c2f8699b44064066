use crate::{Initiative, LessonKind, Organisation, Outcome, Sealed};

/// See [`Command::SendFeedback`](crate::Command::SendFeedback).
#[derive(Debug, Clone)]
pub struct SendFeedback {
    /// What the raiser is told.
    pub text: Sealed,
}

/// See [`Command::InformCitizen`](crate::Command::InformCitizen).
#[derive(Debug, Clone)]
pub struct InformCitizen {
    /// What the citizen is told.
    pub text: Sealed,
}

/// See [`Command::Close`](crate::Command::Close).
#[derive(Debug, Clone)]
pub struct Close {
    /// How it ended.
    pub outcome: Outcome,
    /// Looking back: what went well and what did not.
    pub evaluation: Sealed,
    /// What others can learn, or that there is nothing.
    pub lesson: Option<(LessonKind, Sealed)>,
}

/// See [`Command::PostponeInforming`](crate::Command::PostponeInforming).
#[derive(Debug, Clone)]
pub struct PostponeInforming {
    /// Why the citizen is not told yet.
    pub reason: Sealed,
}

/// See [`Command::Withdraw`](crate::Command::Withdraw).
#[derive(Debug, Clone)]
pub struct Withdraw {
    /// Whose wish it is.
    pub initiative: Initiative,
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::Reopen`](crate::Command::Reopen).
#[derive(Debug, Clone)]
pub struct Reopen {
    /// Who asks: the owner, or an organisation that had committed itself.
    pub by: Organisation,
    /// Why.
    pub reason: Sealed,
}
