//! Shared funds, the free budget and bridging measures.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::recorded::payloads;
use crate::{FundId, MeasureId, Organisation, Sealed};

payloads! {
    /// A fund was opened.
    FundOpened {
        /// Which.
        fund: FundId,
        /// By whom.
        by: Organisation,
        /// The sum that the shares have to make, in euro cents.
        amount_cents: i64,
        /// What for.
        purpose: Sealed,
    }
    /// An organisation took a share.
    FundContributed {
        /// Which fund.
        fund: FundId,
        /// Who.
        by: Organisation,
        /// How much, in euro cents.
        amount_cents: i64,
        /// The mandate, by its id in the register.
        mandate: String,
    }
    /// The shares make the sum, exactly.
    FundCompleted {
        /// Which fund.
        fund: FundId,
    }
    /// Money of the free budget was spent.
    BudgetSpent {
        /// Whose.
        by: Organisation,
        /// How much, in euro cents.
        amount_cents: i64,
        /// On what.
        text: Sealed,
        /// The mandate, by its id in the register.
        mandate: String,
    }
    /// A bridging measure was started.
    MeasureStarted {
        /// Which.
        measure: MeasureId,
        /// By whom.
        by: Organisation,
        /// What it is.
        text: Sealed,
        /// Its last day.
        until: Date,
        /// The end of that day.
        ends_at: Timestamp,
        /// Who watches over its end.
        watcher: Organisation,
    }
    /// A bridging measure has come to its end date.
    MeasureDue {
        /// Which.
        measure: MeasureId,
    }
    /// A bridging measure was ended.
    MeasureEnded {
        /// Which.
        measure: MeasureId,
        /// What came of it.
        result: Sealed,
    }
}
