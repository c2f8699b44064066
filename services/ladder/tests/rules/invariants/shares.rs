use std::collections::BTreeMap;

use ladder::{Event, FundId};

use super::{Recorded, Verdict, ensure};

/// The shares of a fund never make more than its sum, and a completed fund exactly that.
pub(crate) fn shares_make_the_sum(log: &[Recorded]) -> Verdict {
    let mut missing: BTreeMap<&FundId, i64> = BTreeMap::new();
    let mut open: Option<&FundId> = None;
    for (event, _) in log {
        if let Some(full) = open.take() {
            let completed = matches!(event, Event::FundCompleted(it) if it.fund == *full);
            ensure(completed, || {
                format!("fund {full} is full and not completed")
            })?;
        }
        match event {
            Event::FundOpened(fund) => {
                missing.insert(&fund.fund, fund.amount_cents);
            }
            Event::FundContributed(share) => {
                let left = missing.entry(&share.fund).or_default();
                *left -= share.amount_cents;
                ensure(share.amount_cents > 0 && *left >= 0, || {
                    format!("fund {} got {} cents too much", share.fund, -*left)
                })?;
                open = (*left == 0).then_some(&share.fund);
            }
            Event::FundCompleted(fund) => {
                let left = missing.get(&fund.fund).copied();
                ensure(left == Some(0), || {
                    format!("fund {} is completed and misses {left:?}", fund.fund)
                })?;
            }
            _ => {}
        }
    }
    ensure(open.is_none(), || "a full fund is not completed".into())
}
