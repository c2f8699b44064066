//! What the tax office's own systems tell its service.

use std::fmt;

use jiff::civil::Date;
use proto::Bsn;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The type of [`AllowanceStopped`].
pub const ALLOWANCE_STOPPED: &str = "allowance.stopped";
/// The type of [`ExemptionRegistered`].
pub const EXEMPTION_REGISTERED: &str = "exemption.registered";

/// An allowance that the tax office pays.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Allowance {
    /// *Kindgebonden budget*.
    ChildBudget,
    /// *Huurtoeslag*.
    RentAllowance,
    /// *Zorgtoeslag*.
    CareAllowance,
}

impl Allowance {
    /// Every allowance.
    pub const ALL: [Self; 3] = [Self::ChildBudget, Self::RentAllowance, Self::CareAllowance];
}

/// A provision of another organisation that an allowance can follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Provision {
    /// *Kinderbijslag*, paid by the SVB.
    ChildBenefit,
}

/// An allowance was stopped. It is tax data: it stays inside.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AllowanceStopped {
    /// Who received it.
    pub bsn: Bsn,
    /// Which allowance.
    pub allowance: Allowance,
    /// The first day without it.
    pub since: Date,
    /// The provision whose end ended this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Provision>,
}

impl fmt::Debug for AllowanceStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AllowanceStopped(hidden)")
    }
}

/// An exemption from tax secrecy was registered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExemptionRegistered {
    /// The article that it rests on, as listed in `deploy/secrecy/tax-office.toml`.
    pub article: String,
    /// The allowances that may be spoken of.
    #[schemars(length(min = 1))]
    pub scope: Vec<Allowance>,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds; without it, until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}
