use jiff::civil::Date;

use crate::{FundId, MeasureId, Organisation, Sealed, UsedMandate};

/// See [`Command::OpenFund`](crate::Command::OpenFund).
#[derive(Debug, Clone)]
pub struct OpenFund {
    /// Its id.
    pub fund: FundId,
    /// Who opens it.
    pub by: Organisation,
    /// The sum that the shares have to make, in euro cents.
    pub amount_cents: i64,
    /// What for.
    pub purpose: Sealed,
}

/// See [`Command::Contribute`](crate::Command::Contribute).
#[derive(Debug, Clone)]
pub struct Contribute {
    /// To which fund.
    pub fund: FundId,
    /// Who.
    pub by: Organisation,
    /// How much, in euro cents.
    pub amount_cents: i64,
    /// In which mandate.
    pub mandate: UsedMandate,
}

/// See [`Command::SpendBudget`](crate::Command::SpendBudget).
#[derive(Debug, Clone)]
pub struct SpendBudget {
    /// Whose money.
    pub by: Organisation,
    /// How much, in euro cents.
    pub amount_cents: i64,
    /// On what.
    pub text: Sealed,
    /// In which mandate; inside it nobody has to approve.
    pub mandate: UsedMandate,
}

/// See [`Command::StartMeasure`](crate::Command::StartMeasure).
#[derive(Debug, Clone)]
pub struct StartMeasure {
    /// Its id.
    pub measure: MeasureId,
    /// Who takes it.
    pub by: Organisation,
    /// What it is.
    pub text: Sealed,
    /// Its last day.
    pub until: Date,
    /// The organisation that watches over its end.
    pub watcher: Organisation,
}

/// See [`Command::EndMeasure`](crate::Command::EndMeasure).
#[derive(Debug, Clone)]
pub struct EndMeasure {
    /// Which.
    pub measure: MeasureId,
    /// What came of it, and what takes its place.
    pub result: Sealed,
}
