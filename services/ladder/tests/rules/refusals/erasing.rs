//! What cannot be erased, held or left out.

use ladder::event::HoldPlaced;
use ladder::{
    Command, ErasureGround, ErasureId, ErasureScope, Event, HoldId, LiftHold, OrderErasure, Refusal,
};

use super::super::harness::at;
use super::super::samples::{reported, sealed, utrecht};
use super::Row;

const LATER: &str = "2026-03-09T09:00:00Z";

fn order(scope: ErasureScope) -> Command {
    Command::OrderErasure(OrderErasure {
        erasure: ErasureId::parse("x1").unwrap(),
        scope,
        ground: ErasureGround::Request,
        by: Some(utrecht()),
    })
}

pub(super) fn rows() -> Vec<Row> {
    let hold = || HoldId::parse("k1").unwrap();
    let held = Event::HoldPlaced(HoldPlaced {
        hold: hold(),
        by: utrecht(),
        reason: sealed("a complaint"),
        until: at(LATER),
    });
    let lift = Command::LiftHold(LiftHold {
        hold: hold(),
        by: utrecht(),
    });
    let nobody = ErasureScope::Person {
        person: "nobody".into(),
    };
    let whole = || order(ErasureScope::Case);
    vec![
        (
            vec![reported(), held],
            whole(),
            Refusal::OnHold { until: at(LATER) },
        ),
        (vec![reported()], whole(), Refusal::NotEnded),
        (vec![reported()], lift, Refusal::HoldIsOver),
        (vec![reported()], order(nobody), Refusal::NothingToErase),
    ]
}
