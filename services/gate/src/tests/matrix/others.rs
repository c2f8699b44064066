//! Every way in which an organisation can stand to a meeting, a signal, a pass or a register.

use super::{OURS, Situation, boxed};
use crate::tests::{DESK, TABLE, UTRECHT, set};
use crate::{MeetingFacts, PassFacts, RegisterFacts, Role, SignalFacts};

type Situations = fn(Role) -> Vec<Situation>;

/// The parts of the table beside cases.
pub(super) const SECTIONS: [(&str, Situations); 4] = [
    ("Meetings", meetings),
    ("Signals", signals),
    ("Passes", passes),
    ("Registers", registers),
];

fn meetings(_: Role) -> Vec<Situation> {
    let table = |rung: &str, tier: &str, body: &str| MeetingFacts {
        id: "meeting_0195".to_owned(),
        body: body.to_owned(),
        rung: rung.to_owned(),
        tier: tier.to_owned(),
        admitting: body.to_owned(),
        target: Some(OURS.to_owned()),
        ..MeetingFacts::default()
    };
    boxed(vec![
        (
            "nothing to do with it",
            table("national_table", "national", TABLE),
        ),
        ("our local table", table("local_table", "local", OURS)),
        (
            "our regional table",
            table("regional_table", "regional", OURS),
        ),
        (
            "our national table",
            MeetingFacts {
                admitting: DESK.to_owned(),
                ..table("national_table", "national", OURS)
            },
        ),
        (
            "we admit to the national table",
            MeetingFacts {
                admitting: OURS.to_owned(),
                ..table("national_table", "national", TABLE)
            },
        ),
        (
            "invited",
            MeetingFacts {
                invited: set(&[OURS]),
                ..table("national_table", "national", TABLE)
            },
        ),
        (
            "invited, about another",
            MeetingFacts {
                invited: set(&[OURS]),
                target: Some(UTRECHT.to_owned()),
                ..table("national_table", "national", TABLE)
            },
        ),
    ])
}

fn signals(_: Role) -> Vec<Situation> {
    let other = SignalFacts {
        id: "signal_0195".to_owned(),
        by: UTRECHT.to_owned(),
        target: Some(OURS.to_owned()),
        ..SignalFacts::default()
    };
    boxed(vec![
        ("nothing to do with it", other.clone()),
        (
            "ours",
            SignalFacts {
                by: OURS.to_owned(),
                ..other.clone()
            },
        ),
        (
            "we are a body of its region or of the country",
            SignalFacts {
                bodies: set(&[OURS]),
                ..other.clone()
            },
        ),
        (
            "assigned to us",
            SignalFacts {
                assigned: Some(OURS.to_owned()),
                ..other.clone()
            },
        ),
        (
            "assigned to us, in another's name",
            SignalFacts {
                assigned: Some(OURS.to_owned()),
                target: Some(UTRECHT.to_owned()),
                ..other
            },
        ),
    ])
}

fn passes(_: Role) -> Vec<Situation> {
    let of = |holder: &str, person: &str| PassFacts {
        id: "pass_0195".to_owned(),
        case: "case_0195".to_owned(),
        holder: holder.to_owned(),
        person: person.to_owned(),
    };
    boxed(vec![
        ("another organisation's", of(UTRECHT, "p-7f3a")),
        ("one's own", of(OURS, "p-7f3a")),
        ("a colleague's", of(OURS, "p-other")),
    ])
}

fn registers(_: Role) -> Vec<Situation> {
    let of = |organisation: &str| RegisterFacts {
        organisation: organisation.to_owned(),
    };
    boxed(vec![("another's", of(UTRECHT)), ("ours", of(OURS))])
}
