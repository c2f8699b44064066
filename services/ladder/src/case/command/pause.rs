use jiff::Timestamp;

use crate::{Due, Organisation, Sealed, SuspensionReason};

/// See [`Command::Suspend`](crate::Command::Suspend).
#[derive(Debug, Clone)]
pub struct Suspend {
    /// Who asks.
    pub by: Organisation,
    /// Why.
    pub reason: SuspensionReason,
    /// In words.
    pub text: Option<Sealed>,
    /// Until when at most.
    pub until: Timestamp,
}

/// See [`Command::Resume`](crate::Command::Resume).
#[derive(Debug, Clone)]
pub struct Resume {
    /// Who asks.
    pub by: Organisation,
}

/// See [`Command::ExtendTerm`](crate::Command::ExtendTerm).
#[derive(Debug, Clone)]
pub struct ExtendTerm {
    /// Which deadline.
    pub due: Due,
    /// Who asks: the organisation that has to meet it.
    pub by: Organisation,
    /// Why.
    pub reason: Sealed,
    /// Until when.
    pub to: Timestamp,
}
