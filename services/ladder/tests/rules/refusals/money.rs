//! Mandates, funds, measures.

use jiff::civil::date;
use ladder::event::{FundOpened, MeasureEnded};
use ladder::{Command, EndMeasure, Event, MandateError, OpenFund, Refusal, StartMeasure};

use super::super::money::{contribute, measure_started, spend, start};
use super::super::samples::{fund, measure, reported, sealed, svb, utrecht};
use super::Row;

pub(super) fn rows() -> Vec<Row> {
    let opened = Event::FundOpened(FundOpened {
        fund: fund("f1"),
        by: utrecht(),
        amount_cents: 900_000,
        purpose: sealed("a dog"),
    });
    let fund_of = |amount_cents| {
        Command::OpenFund(OpenFund {
            fund: fund("f1"),
            by: utrecht(),
            amount_cents,
            purpose: sealed("a dog"),
        })
    };
    let open = || vec![reported(), opened.clone()];
    let running = || vec![reported(), measure_started()];
    let ended = Event::MeasureEnded(MeasureEnded {
        measure: measure("m1"),
        result: sealed("benefit paid"),
    });
    let end = |id: &str| {
        Command::EndMeasure(EndMeasure {
            measure: measure(id),
            result: sealed("benefit paid"),
        })
    };
    let past = StartMeasure {
        until: date(2026, 3, 1),
        ..start()
    };
    vec![
        (
            vec![reported()],
            spend(100_001),
            Refusal::OutsideMandate(MandateError::OverLimit {
                limit_cents: 100_000,
            }),
        ),
        (vec![reported()], fund_of(0), Refusal::AmountRequired),
        (open(), fund_of(100), Refusal::FundExists),
        (
            vec![reported()],
            contribute("f9", svb(), 100),
            Refusal::UnknownFund,
        ),
        (
            open(),
            contribute("f1", svb(), 900_001),
            Refusal::FundExceeded {
                missing_cents: 900_000,
            },
        ),
        (
            running(),
            Command::StartMeasure(start()),
            Refusal::MeasureExists,
        ),
        (
            vec![reported()],
            Command::StartMeasure(past),
            Refusal::EndNotAhead,
        ),
        (running(), end("m9"), Refusal::UnknownMeasure),
        (
            vec![reported(), measure_started(), ended],
            end("m1"),
            Refusal::MeasureEnded,
        ),
    ]
}
