//! A shared fund, the free budget, bridging measures.

use jiff::civil::date;
use ladder::event::{BudgetSpent, FundCompleted, FundContributed, MeasureStarted};
use ladder::{
    Command, Contribute, Due, EndMeasure, Event, MandateError, OpenFund, Organisation, Refusal,
    SpendBudget, StartMeasure,
};

use super::harness::{Given, START, at, ends, given};
use super::samples::{
    fund, mandate_of, measure, reported, sealed, spirit, svb, tax_office, utrecht,
};

/// The end of 20 March in Utrecht.
const END_OF_DAY: &str = "2026-03-20T23:00:00Z";

fn opened() -> Given {
    let open = Command::OpenFund(OpenFund {
        fund: fund("f1"),
        by: utrecht(),
        amount_cents: 1_234_567,
        purpose: sealed("a dog"),
    });
    given([reported()]).after(open, START)
}

pub(crate) fn contribute(id: &str, by: Organisation, amount_cents: i64) -> Command {
    Command::Contribute(Contribute {
        fund: fund(id),
        mandate: mandate_of(by.clone(), Some(1_000_000)),
        by,
        amount_cents,
    })
}

fn contributed(by: Organisation, amount_cents: i64) -> Event {
    Event::FundContributed(FundContributed {
        fund: fund("f1"),
        by,
        amount_cents,
        mandate: "mandate-12".into(),
    })
}

pub(crate) fn spend(amount_cents: i64) -> Command {
    Command::SpendBudget(SpendBudget {
        by: utrecht(),
        amount_cents,
        text: sealed("a bed"),
        mandate: mandate_of(utrecht(), Some(100_000)),
    })
}

pub(crate) fn start() -> StartMeasure {
    StartMeasure {
        measure: measure("m1"),
        by: utrecht(),
        text: sealed("food bank"),
        until: date(2026, 3, 20),
        watcher: svb(),
    }
}

pub(crate) fn measure_started() -> Event {
    Event::MeasureStarted(MeasureStarted {
        measure: measure("m1"),
        by: utrecht(),
        text: sealed("food bank"),
        until: date(2026, 3, 20),
        ends_at: at(END_OF_DAY),
        watcher: svb(),
    })
}

#[test]
fn the_shares_of_three_organisations_make_the_sum_to_the_cent() {
    let last = || contribute("f1", tax_office(), 411_523);
    let case = opened()
        .after(contribute("f1", svb(), 411_522), START)
        .after(contribute("f1", spirit(), 411_522), START)
        .when(last(), START)
        .then([
            contributed(tax_office(), 411_523),
            Event::FundCompleted(FundCompleted { fund: fund("f1") }),
        ]);
    assert_eq!(case.file().unwrap().funds[&fund("f1")].missing_cents(), 0);
}

#[test]
fn nobody_gives_a_cent_more_than_is_missing() {
    opened()
        .after(contribute("f1", svb(), 1_000_000), START)
        .when(contribute("f1", spirit(), 234_568), START)
        .then_refused(Refusal::FundExceeded {
            missing_cents: 234_567,
        });
    opened()
        .after(contribute("f1", svb(), 1_000_000), START)
        .after(contribute("f1", spirit(), 234_567), START)
        .when(contribute("f1", tax_office(), 1), START)
        .then_refused(Refusal::FundExceeded { missing_cents: 0 });
}

#[test]
fn a_share_is_more_than_nothing_and_inside_the_mandate() {
    for amount in [0, -1] {
        opened()
            .when(contribute("f1", svb(), amount), START)
            .then_refused(Refusal::AmountRequired);
    }
    opened()
        .when(contribute("f1", svb(), 1_000_001), START)
        .then_refused(Refusal::OutsideMandate(MandateError::OverLimit {
            limit_cents: 1_000_000,
        }));
}

#[test]
fn the_free_budget_is_spent_inside_the_mandate_and_nobody_approves() {
    given([reported()])
        .when(spend(100_000), START)
        .then([Event::BudgetSpent(BudgetSpent {
            by: utrecht(),
            amount_cents: 100_000,
            text: sealed("a bed"),
            mandate: "mandate-12".into(),
        })]);
}

#[test]
fn a_bridging_measure_ends_and_its_watcher_hears_of_it_once() {
    let due = Due::MeasureEnd(measure("m1"));
    let case = given([reported()])
        .when(Command::StartMeasure(start()), START)
        .then([measure_started()]);
    assert_eq!(ends(&case, &due), Some(at(END_OF_DAY)));
    assert_eq!(case.file().unwrap().measures[&measure("m1")].watcher, svb());
    let rung = given([reported(), measure_started()])
        .after(Command::Lapse(due.clone()), END_OF_DAY)
        .case();
    assert_eq!(ends(&rung, &due), None);
    assert!(!rung.file().unwrap().measures[&measure("m1")].ended);
    let end = Command::EndMeasure(EndMeasure {
        measure: measure("m1"),
        result: sealed("benefit paid"),
    });
    let case = given([reported(), measure_started()])
        .after(end, START)
        .case();
    assert_eq!(ends(&case, &due), None);
    assert!(case.file().unwrap().measures[&measure("m1")].ended);
}
