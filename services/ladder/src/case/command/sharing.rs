use std::collections::BTreeSet;

use crate::catalogue::DataCategory;
use crate::{ConsentHow, ConsentId, ObjectionId, Organisation, Sealed};

/// See [`Command::GiveConsent`](crate::Command::GiveConsent).
#[derive(Debug, Clone)]
pub struct GiveConsent {
    /// Its id.
    pub consent: ConsentId,
    /// Whose, by the key of the person within the case.
    pub person: String,
    /// What may be shared.
    pub categories: BTreeSet<DataCategory>,
    /// With whom.
    pub receivers: BTreeSet<Organisation>,
    /// The version of the text that the person agreed to.
    pub version: String,
    /// How it was given.
    pub how: ConsentHow,
}

/// See [`Command::WithdrawConsent`](crate::Command::WithdrawConsent).
#[derive(Debug, Clone)]
pub struct WithdrawConsent {
    /// Which.
    pub consent: ConsentId,
}

/// See [`Command::RaiseObjection`](crate::Command::RaiseObjection).
#[derive(Debug, Clone)]
pub struct RaiseObjection {
    /// Its id.
    pub objection: ObjectionId,
    /// Whose, by the key of the person within the case.
    pub person: String,
    /// Which kinds of data; none named is everything that a person can object to.
    pub categories: BTreeSet<DataCategory>,
    /// What the person says.
    pub text: Sealed,
}

/// See [`Command::ExtendObjection`](crate::Command::ExtendObjection).
#[derive(Debug, Clone)]
pub struct ExtendObjection {
    /// Which.
    pub objection: ObjectionId,
    /// Why one month is too short: how complex it is, or how many others there are.
    pub reason: Sealed,
}

/// See [`Command::SettleObjection`](crate::Command::SettleObjection).
#[derive(Debug, Clone)]
pub struct SettleObjection {
    /// Which.
    pub objection: ObjectionId,
    /// Whether the person is right: then nothing more is shared.
    pub upheld: bool,
    /// Why.
    pub reason: Sealed,
}

/// See [`Command::LiftObjection`](crate::Command::LiftObjection).
#[derive(Debug, Clone)]
pub struct LiftObjection {
    /// Which.
    pub objection: ObjectionId,
    /// Why its ground has fallen away.
    pub reason: Sealed,
}
