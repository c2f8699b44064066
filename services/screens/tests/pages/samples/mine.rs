//! Samples of the citizen's own page.

use jiff::civil::date;
use screens::page::*;
use screens::{Frame, Input, Left, User};

use super::{at, deed, field, html};

fn citizen(frame: Frame) -> Frame {
    let user = frame.user.clone().map(|user| User {
        raises: false,
        answers: false,
        admits: false,
        meets: false,
        citizen: true,
        ..user
    });
    Frame { user, ..frame }
}

fn mine_page(frame: Frame) -> Mine {
    let mut objection = deed("bezwaar", vec![field("tekst", Input::Lines(3), true)]);
    objection.open = true;
    objection.fields[0].error = Some("E".to_owned());
    Mine {
        frame: citizen(frame),
        done: Some("✓".to_owned()),
        refusal: Some("R".to_owned()),
        theme: "family_income".to_owned(),
        state: "executing".to_owned(),
        rung: "Landelijke tafel".to_owned(),
        owner: Some("Gemeente Utrecht".to_owned()),
        clock: Some(Clock {
            expected: "commitment-day".to_owned(),
            mine: false,
            who: Some("SVB".to_owned()),
            at: at("2026-12-01T16:00:00Z"),
            left: Left::Days(7),
        }),
        words: Some("C <b>".to_owned()),
        wish: Some("W".to_owned()),
        said: vec![Said {
            kind: "citizen",
            at: Some(at("2026-11-18T07:30:00Z")),
            who: Some("Gemeente Utrecht".to_owned()),
            text: Some("T".to_owned()),
            obstacle: None,
        }],
        commitments: vec![CommitmentLine {
            of: "SVB".to_owned(),
            status: "made".to_owned(),
            due: Some(date(2026, 12, 1)),
            text: Some("T".to_owned()),
        }],
        shares: vec![Share {
            source: "Gemeente Utrecht".to_owned(),
            receiver: "SVB".to_owned(),
            ground: "municipality_own_task".to_owned(),
        }],
        looks: vec![Look {
            at: at("2026-11-18T07:30:00Z"),
            who: "SVB".to_owned(),
            roles: vec!["raiser".to_owned(), "case_director".to_owned()],
        }],
        agreed: vec![Agreed {
            categories: vec!["family".to_owned(), "care".to_owned()],
            receivers: vec!["SVB".to_owned()],
            at: at("2026-11-18T07:30:00Z"),
            deed: deed("intrekken", Vec::new()),
        }],
        objected: vec![Objected {
            status: "upheld".to_owned(),
            text: Some("T".to_owned()),
            by: at("2026-12-18T07:30:00Z"),
            reason: Some("T".to_owned()),
        }],
        deeds: vec![objection],
    }
}

pub(super) fn mine(frame: Frame) -> String {
    html(&mine_page(frame))
}

pub(super) fn mine_empty(frame: Frame) -> String {
    html(&Mine {
        done: None,
        refusal: None,
        owner: None,
        clock: None,
        words: None,
        wish: None,
        said: Vec::new(),
        commitments: Vec::new(),
        shares: Vec::new(),
        looks: Vec::new(),
        agreed: Vec::new(),
        objected: Vec::new(),
        deeds: Vec::new(),
        ..mine_page(frame)
    })
}

fn door(frame: Frame, codes: bool) -> String {
    html(&MineDoor {
        frame: Frame {
            user: None,
            ..frame
        },
        codes,
        wrong: codes,
    })
}

pub(super) fn mine_door(frame: Frame) -> String {
    door(frame, false)
}

pub(super) fn mine_door_wrong(frame: Frame) -> String {
    door(frame, true)
}
