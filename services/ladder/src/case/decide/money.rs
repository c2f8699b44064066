use jiff::Timestamp;

use super::mandate;
use crate::event::{
    BudgetSpent, FundCompleted, FundContributed, FundOpened, MeasureEnded, MeasureStarted,
};
use crate::{
    Contribute, EndMeasure, Event, File, OpenFund, Refusal, Rules, SpendBudget, StartMeasure,
};

pub(super) fn open_fund(file: &File, fund: OpenFund) -> Result<Vec<Event>, Refusal> {
    if file.funds.contains_key(&fund.fund) {
        return Err(Refusal::FundExists);
    }
    if fund.amount_cents <= 0 {
        return Err(Refusal::AmountRequired);
    }
    Ok(vec![Event::FundOpened(FundOpened {
        fund: fund.fund,
        by: fund.by,
        amount_cents: fund.amount_cents,
        purpose: fund.purpose,
    })])
}

/// The shares make the sum exactly: nobody can give more than is missing.
pub(super) fn contribute(
    rules: &Rules,
    file: &File,
    share: Contribute,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let fund = file.funds.get(&share.fund).ok_or(Refusal::UnknownFund)?;
    if share.amount_cents <= 0 {
        return Err(Refusal::AmountRequired);
    }
    let missing_cents = fund.missing_cents();
    if share.amount_cents > missing_cents {
        return Err(Refusal::FundExceeded { missing_cents });
    }
    let amount = Some(share.amount_cents);
    mandate::check(rules, &share.by, &share.mandate, amount, at)?;
    let completed = (share.amount_cents == missing_cents).then(|| {
        Event::FundCompleted(FundCompleted {
            fund: share.fund.clone(),
        })
    });
    let contributed = Event::FundContributed(FundContributed {
        fund: share.fund,
        by: share.by,
        amount_cents: share.amount_cents,
        mandate: share.mandate.mandate.id,
    });
    Ok([contributed].into_iter().chain(completed).collect())
}

/// Inside the mandate nobody approves (manifesto, M13).
pub(super) fn spend(
    rules: &Rules,
    spending: SpendBudget,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if spending.amount_cents <= 0 {
        return Err(Refusal::AmountRequired);
    }
    let amount = Some(spending.amount_cents);
    mandate::check(rules, &spending.by, &spending.mandate, amount, at)?;
    Ok(vec![Event::BudgetSpent(BudgetSpent {
        by: spending.by,
        amount_cents: spending.amount_cents,
        text: spending.text,
        mandate: spending.mandate.mandate.id,
    })])
}

pub(super) fn start_measure(
    rules: &Rules,
    file: &File,
    measure: StartMeasure,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    if file.measures.contains_key(&measure.measure) {
        return Err(Refusal::MeasureExists);
    }
    let ends_at = rules.calendar.end_of(measure.until);
    if ends_at <= at {
        return Err(Refusal::EndNotAhead);
    }
    Ok(vec![Event::MeasureStarted(MeasureStarted {
        measure: measure.measure,
        by: measure.by,
        text: measure.text,
        until: measure.until,
        ends_at,
        watcher: measure.watcher,
    })])
}

pub(super) fn end_measure(file: &File, end: EndMeasure) -> Result<Vec<Event>, Refusal> {
    let measure = file
        .measures
        .get(&end.measure)
        .ok_or(Refusal::UnknownMeasure)?;
    if measure.ended {
        return Err(Refusal::MeasureEnded);
    }
    Ok(vec![Event::MeasureEnded(MeasureEnded {
        measure: end.measure,
        result: end.result,
    })])
}
