//! Samples of the citizen's own page.

use jiff::civil::date;
use screens::page::*;
use screens::{Frame, Input, Left, User};

use super::case::objection;
use super::{LONG, at, deed, field, html};

fn citizen(frame: Frame) -> Frame {
    let user = frame.user.clone().map(|user| User {
        raises: false,
        answers: false,
        advises: false,
        admits: false,
        meets: false,
        citizen: true,
        ..user
    });
    Frame { user, ..frame }
}

/// Somebody who looked for a while.
fn visit() -> Visit {
    let look = |time: &str, seen: &[(&str, &str)]| Look {
        at: at(&format!("2026-11-18T{time}Z")),
        roles: vec!["raiser".to_owned(), "case_director".to_owned()],
        seen: seen
            .iter()
            .map(|(what, how)| ((*what).to_owned(), (*how).to_owned()))
            .collect(),
    };
    Visit {
        who: "Gemeente Utrecht".to_owned(),
        roles: vec!["case_director".to_owned(), "raiser".to_owned()],
        purpose: Some("help".to_owned()),
        from: at("2026-11-18T07:30:00Z"),
        until: at("2026-11-18T07:52:00Z"),
        seen: vec!["family".to_owned(), "process".to_owned()],
        looks: vec![
            look("07:52:00", &[("process", "full")]),
            look("07:31:00", &[]),
            look("07:30:00", &[("family", "full"), ("process", "masked")]),
        ],
    }
}

/// Somebody who looked once, and saw nothing.
fn brief_visit() -> Visit {
    Visit {
        who: "SVB".to_owned(),
        roles: vec!["agency_liaison".to_owned()],
        purpose: None,
        until: at("2026-11-18T07:30:00Z"),
        seen: Vec::new(),
        looks: visit().looks.split_off(1)[..1].to_vec(),
        ..visit()
    }
}

fn mine_page(frame: Frame) -> Mine {
    let mut form = deed("bezwaar", vec![field("tekst", Input::Lines(3), true)]);
    form.open = true;
    form.fields[0].error = Some("E".to_owned());
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
            room: Some("within_law".to_owned()),
            grounds: vec!["agency".to_owned()],
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
        looks: vec![visit(), brief_visit()],
        agreed: vec![Agreed {
            categories: vec!["family".to_owned(), "care".to_owned()],
            receivers: vec!["SVB".to_owned()],
            at: at("2026-11-18T07:30:00Z"),
            deed: deed("intrekken", Vec::new()),
        }],
        objected: ["overdue", "upheld", "lifted"].map(objection).to_vec(),
        deeds: vec![form],
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

/// What was written goes on.
pub(super) fn mine_long(frame: Frame) -> String {
    let mut page = mine_page(frame);
    page.words = Some(LONG.repeat(20));
    page.said[0].text = Some(LONG.repeat(20));
    page.looks = vec![page.looks[0].clone(); 12];
    html(&page)
}

fn own(href: &str, state: &str) -> OwnCase {
    OwnCase {
        href: format!("/mijn-zaak/{href}"),
        theme: "family_income".to_owned(),
        state: state.to_owned(),
    }
}

pub(super) fn mine_list(frame: Frame) -> String {
    html(&MineList {
        frame: citizen(frame),
        cases: vec![own("case_2", "active"), own("case_1", "closed")],
    })
}

pub(super) fn mine_none(frame: Frame) -> String {
    html(&MineList {
        frame: citizen(frame),
        cases: Vec::new(),
    })
}

/// What a citizen sees where nothing is.
pub(super) fn problem_for_citizen(frame: Frame) -> String {
    html(&Problem::of(citizen(frame), 403))
}

/// What a citizen sees who wants to raise a case.
pub(super) fn no_case_for_citizen(frame: Frame) -> String {
    let can = vec!["R".to_owned()];
    html(&Problem::not_yours(citizen(frame), Begun::Case, can))
}
