use std::collections::BTreeMap;

use crate::event::{FundContributed, FundOpened, MeasureStarted};
use crate::{File, Fund, Measure, MeasureId};

pub(super) fn opened(file: &mut File, e: &FundOpened) {
    let fund = Fund {
        amount_cents: e.amount_cents,
        shares: BTreeMap::new(),
    };
    file.funds.insert(e.fund.clone(), fund);
}

pub(super) fn contributed(file: &mut File, e: &FundContributed) {
    if let Some(fund) = file.funds.get_mut(&e.fund) {
        *fund.shares.entry(e.by.clone()).or_default() += e.amount_cents;
    }
}

pub(super) fn started(file: &mut File, e: &MeasureStarted) {
    let measure = Measure {
        by: e.by.clone(),
        watcher: e.watcher.clone(),
        until: e.until,
        ends_at: Some(e.ends_at),
        ended: false,
    };
    file.measures.insert(e.measure.clone(), measure);
}

pub(super) fn due(file: &mut File, id: &MeasureId) {
    if let Some(measure) = file.measures.get_mut(id) {
        measure.ends_at = None;
    }
}

pub(super) fn ended(file: &mut File, id: &MeasureId) {
    if let Some(measure) = file.measures.get_mut(id) {
        measure.ends_at = None;
        measure.ended = true;
    }
}
