use jiff::Timestamp;

use crate::{ErasureGround, ErasureId, ErasureScope, HoldId, Organisation, Sealed};

/// See [`Command::OrderErasure`](crate::Command::OrderErasure).
#[derive(Debug, Clone)]
pub struct OrderErasure {
    /// Its id.
    pub erasure: ErasureId,
    /// What is erased.
    pub scope: ErasureScope,
    /// Why.
    pub ground: ErasureGround,
    /// By whom; nobody when a term of keeping ended.
    pub by: Option<Organisation>,
}

/// See [`Command::CompleteErasure`](crate::Command::CompleteErasure).
#[derive(Debug, Clone)]
pub struct CompleteErasure {
    /// Which.
    pub erasure: ErasureId,
    /// How many keys were deleted.
    pub keys: u64,
}

/// See [`Command::PlaceHold`](crate::Command::PlaceHold).
#[derive(Debug, Clone)]
pub struct PlaceHold {
    /// Its id.
    pub hold: HoldId,
    /// By whom.
    pub by: Organisation,
    /// Why.
    pub reason: Sealed,
    /// Until when.
    pub until: Timestamp,
}

/// See [`Command::LiftHold`](crate::Command::LiftHold).
#[derive(Debug, Clone)]
pub struct LiftHold {
    /// Which.
    pub hold: HoldId,
    /// By whom.
    pub by: Organisation,
}

/// See [`Command::RecordRedaction`](crate::Command::RecordRedaction).
#[derive(Debug, Clone)]
pub struct RecordRedaction {
    /// The event that holds the text.
    pub event: String,
    /// Where in that event, as a JSON pointer.
    pub field: String,
    /// Whom the redacted version leaves out.
    pub without: Vec<String>,
    /// By whom.
    pub by: Organisation,
}
