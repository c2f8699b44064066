//! The policies at work, told with Bella's case.

// A test may stop at once: the panic names the line.
#![allow(clippy::unwrap_used)]

mod accounting;
mod actors;
mod commands;
mod course;
mod loading;
mod matrix;
mod others;
mod passes;
mod reading;
mod silence;
mod strangers;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use crate::{
    ActedBy, Action, Actor, Admitting, CaseFacts, Gate, Organisation, Permit, Person, Role,
};

const UTRECHT: &str = "00000099000000001000";
const SVB: &str = "00000099000000002000";
const TAX_OFFICE: &str = "00000099000000003000";
const SPIRIT: &str = "00000099000000004000";
const YOUTH_TEAM: &str = "00000099000000005000";
const DESK: &str = "00000099000000006000";
const TABLE: &str = "00000099000000007000";
const STRANGER: &str = "00000099000000008000";

const ORGANISATIONS: [(&str, &str); 8] = [
    ("utrecht", UTRECHT),
    ("svb", SVB),
    ("tax-office", TAX_OFFICE),
    ("spirit", SPIRIT),
    ("youth-team", YOUTH_TEAM),
    ("desk", DESK),
    ("table", TABLE),
    ("stranger", STRANGER),
];

static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::embedded().unwrap());

fn person(organisation: &str, roles: &[Role]) -> Actor {
    Actor::Person(Person {
        organisation: organisation.to_owned(),
        subject: "p-7f3a".to_owned(),
        roles: roles.to_vec(),
        regions: Vec::new(),
    })
}

fn service(organisation: &str, role: &str) -> Actor {
    let acted_by = ActedBy {
        role: role.to_owned(),
        person_ref: "e-12".to_owned(),
    };
    Actor::Organisation(Organisation::authenticated(
        organisation,
        "benefits_agency",
        acted_by,
    ))
}

fn set(organisations: &[&str]) -> BTreeSet<String> {
    organisations.iter().map(|&one| one.to_owned()).collect()
}

/// One citizen, who looks at the own case as Bella.
fn looking(subject: &str) -> BTreeMap<String, BTreeSet<String>> {
    BTreeMap::from([(subject.to_owned(), set(&["bella"]))])
}

/// Bella's case at a rung: Utrecht's, with an open offer to the tax office, accepted by SVB and
/// Spirit, and with nobody else having it.
fn bella(rung: &str) -> CaseFacts {
    let (tier, handler) = match rung {
        "" | "own_work" => ("local", None),
        "workshop" | "local_table" => ("local", Some(UTRECHT)),
        "regional_table" => ("regional", Some(YOUTH_TEAM)),
        "national_desk" => ("national", Some(DESK)),
        "national_table" => ("national", Some(TABLE)),
        other => panic!("no rung {other}"),
    };
    CaseFacts {
        id: "case_0195".to_owned(),
        owner: UTRECHT.to_owned(),
        raiser: UTRECHT.to_owned(),
        rung: rung.to_owned(),
        tier: tier.to_owned(),
        state: "active".to_owned(),
        region: "midden-nederland".to_owned(),
        theme: "income".to_owned(),
        handlers: handler.map(str::to_owned).into_iter().collect(),
        offered: set(&[TAX_OFFICE]),
        accepted: set(&[SVB, SPIRIT]),
        ..CaseFacts::default()
    }
}

fn waiting_for(rung: &str, organisation: &str, role: &str) -> CaseFacts {
    CaseFacts {
        admitting: Some(Admitting {
            organisation: organisation.to_owned(),
            role: role.to_owned(),
        }),
        ..bella(rung)
    }
}

fn about(target: &str, facts: CaseFacts) -> CaseFacts {
    CaseFacts {
        target: Some(target.to_owned()),
        ..facts
    }
}

fn at_the_table() -> CaseFacts {
    CaseFacts {
        committed: set(&[SVB, TAX_OFFICE, SPIRIT, UTRECHT]),
        past_handlers: set(&[DESK]),
        ..bella("national_table")
    }
}

fn permit(actor: &Actor, action: Action, facts: &CaseFacts) -> Permit {
    GATE.may(actor, action, facts).unwrap()
}
