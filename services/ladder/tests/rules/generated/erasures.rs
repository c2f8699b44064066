//! Commands about keeping and erasing.

use jiff::Span;
use ladder::{
    Command, CompleteErasure, ErasureGround, ErasureId, ErasureScope, HoldId, LiftHold,
    OrderErasure, PlaceHold, RecordRedaction,
};

use super::super::harness::{START, at};
use super::{About, organisation, samples};

/// Whom the generated cases are about.
pub(super) const PERSON: &str = "p1";

fn erasure(about: &About<'_>) -> ErasureId {
    let ordered = about.file.kept.erasures.keys().next();
    ordered
        .filter(|_| !about.that.is_multiple_of(4))
        .cloned()
        .unwrap_or_else(|| ErasureId::parse(&format!("x{}", about.this % 4)).unwrap())
}

pub(super) fn order(about: &About<'_>) -> Command {
    let known = about.file.kept.categories.first().cloned();
    let scope = match about.that % 4 {
        0 => ErasureScope::Case,
        1 => ErasureScope::Person {
            person: PERSON.into(),
        },
        2 => ErasureScope::Person {
            person: "nobody".into(),
        },
        _ => {
            let (category, law) = known.unwrap_or_default();
            ErasureScope::Category { category, law }
        }
    };
    let asked = about.this.is_multiple_of(2);
    Command::OrderErasure(OrderErasure {
        erasure: ErasureId::parse(&format!("x{}", about.this % 4)).unwrap(),
        scope,
        ground: match asked {
            true => ErasureGround::Request,
            false => ErasureGround::TermEnded,
        },
        by: asked.then(samples::utrecht),
    })
}

pub(super) fn complete(about: &About<'_>) -> Command {
    Command::CompleteErasure(CompleteErasure {
        erasure: erasure(about),
        keys: 3,
    })
}

fn hold_id(about: &About<'_>) -> HoldId {
    HoldId::parse(&format!("k{}", about.this % 2)).unwrap()
}

pub(super) fn hold(about: &About<'_>) -> Command {
    let days = i64::try_from(about.that).unwrap();
    Command::PlaceHold(PlaceHold {
        hold: hold_id(about),
        by: organisation(about.this),
        reason: samples::sealed("a complaint"),
        until: at(START) + Span::new().hours(24 * days),
    })
}

pub(super) fn lift(about: &About<'_>) -> Command {
    Command::LiftHold(LiftHold {
        hold: hold_id(about),
        by: organisation(about.that),
    })
}

pub(super) fn redact(about: &About<'_>) -> Command {
    let without = match about.that % 3 {
        0 => Vec::new(),
        1 => vec!["nobody".to_owned()],
        _ => vec![PERSON.to_owned()],
    };
    Command::RecordRedaction(RecordRedaction {
        event: "event-1".into(),
        field: "/story".into(),
        without,
        by: organisation(about.this),
    })
}
