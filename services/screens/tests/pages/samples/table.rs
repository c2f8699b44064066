//! Samples of the tables and their meetings.

use jiff::civil::date;
use screens::page::*;
use screens::{Field, Frame, Input};

use super::{LONG, at, choices, deed, field, html};

fn waits(id: &str, urgent: bool) -> Waits {
    Waits {
        number: id.to_owned(),
        href: urgent.then(|| "/casussen/case_1".to_owned()),
        theme: urgent.then(|| "housing".to_owned()),
        urgent,
        since: at("2026-11-02T09:00:00Z"),
    }
}

pub(super) fn tables(frame: Frame) -> String {
    let mut plan = deed("plannen", vec![field("wanneer", Input::Moment, true)]);
    plan.open = true;
    plan.fields[0].error = Some("E".to_owned());
    html(&Tables {
        frame,
        done: Some("✓".to_owned()),
        refusal: Some("R".to_owned()),
        agendas: vec![Agenda {
            rung: "Landelijke tafel".to_owned(),
            waits: vec![waits("psn_1", true), waits("psn_2", false)],
        }],
        meetings: vec![Meets {
            href: "/tafel/m1".to_owned(),
            rung: "Landelijke tafel".to_owned(),
            state: "planned".to_owned(),
            at: at("2026-12-02T09:00:00Z"),
        }],
        deeds: vec![plan],
    })
}

pub(super) fn tables_empty(frame: Frame) -> String {
    html(&Tables {
        frame,
        done: None,
        refusal: None,
        agendas: vec![Agenda {
            rung: "Lokale tafel".to_owned(),
            waits: Vec::new(),
        }],
        meetings: Vec::new(),
        deeds: Vec::new(),
    })
}

fn case(id: &str) -> OnAgenda {
    let missing = Field {
        id: format!("{id}-gronden"),
        ..field("gronden", Input::Checks(choices()), true)
    };
    OnAgenda {
        number: id.to_owned(),
        href: Some("/casussen/case_1".to_owned()),
        theme: Some("family_income".to_owned()),
        urgent: true,
        recused: false,
        recusals: vec!["Belastingdienst".to_owned()],
        led: None,
        became: true,
        collision: Some("C <b>".to_owned()),
        asked: vec![AskedThere {
            of: "SVB".to_owned(),
            status: "waiting".to_owned(),
            asked: Some("A".to_owned()),
            text: Some("T".to_owned()),
            due: Some(date(2026, 12, 15)),
            deeds: vec![deed(&format!("ja-{id}"), Vec::new())],
        }],
        conclusion: Some("decided".to_owned()),
        conclusion_text: Some("D".to_owned()),
        obstacles: vec![ObstacleLine {
            text: "O".to_owned(),
            target: "law".to_owned(),
            owner: "SVB".to_owned(),
            signal: Some("/signalen/s1".to_owned()),
        }],
        deeds: vec![deed(&format!("besluit-{id}"), vec![missing])],
    }
}

fn meeting_page(frame: Frame) -> Meeting {
    let invited = |present| Invited {
        name: "SVB".to_owned(),
        present,
    };
    Meeting {
        frame,
        done: Some("✓".to_owned()),
        refusal: Some("R".to_owned()),
        rung: "Landelijke tafel".to_owned(),
        state: "open".to_owned(),
        at: at("2026-12-02T09:00:00Z"),
        quorum: 3,
        invited: vec![invited(Some(true)), invited(Some(false)), invited(None)],
        agenda: vec![
            case("psn_1"),
            OnAgenda {
                href: None,
                theme: None,
                recused: true,
                recusals: Vec::new(),
                led: Some("L".to_owned()),
                became: false,
                collision: None,
                asked: Vec::new(),
                conclusion: None,
                conclusion_text: None,
                obstacles: Vec::new(),
                deeds: Vec::new(),
                ..case("psn_2")
            },
        ],
        pack: "/tafel/m1/stukken".to_owned(),
        waits: vec![(waits("psn_3", true), deed("agenderen-psn_3", Vec::new()))],
        deeds: vec![deed("notulen", Vec::new())],
    }
}

pub(super) fn meeting(frame: Frame) -> String {
    html(&meeting_page(frame))
}

pub(super) fn meeting_empty(frame: Frame) -> String {
    html(&Meeting {
        done: None,
        refusal: None,
        state: "planned".to_owned(),
        invited: Vec::new(),
        agenda: Vec::new(),
        waits: Vec::new(),
        deeds: Vec::new(),
        ..meeting_page(frame)
    })
}

/// Something missing in a form of a case, and texts that go on.
pub(super) fn meeting_wrong(frame: Frame) -> String {
    let mut page = meeting_page(frame);
    page.done = None;
    page.agenda[0].deeds[0].open = true;
    page.agenda[0].deeds[0].fields[0].error = Some("E".to_owned());
    page.agenda[0].number = "psn_".repeat(30);
    page.agenda[0].collision = Some(LONG.repeat(9));
    page.agenda[0].became = false;
    page.invited[0].name = LONG.to_owned();
    html(&page)
}

fn pack_seen(long: &str) -> PackSeen {
    PackSeen {
        story: Some(format!("C <b> {long}")),
        words: Some("W".to_owned()),
        wish: Some("W".to_owned()),
        tried: vec!["T".to_owned()],
        provisions: vec![("Bijzondere bijstand".to_owned(), "did_not_fit".to_owned())],
        blocks: vec![PackBlock {
            kind: "rule".to_owned(),
            text: Some("B".to_owned()),
            rules: vec![
                "Kostendelersnorm".to_owned(),
                "Kindgebonden budget".to_owned(),
            ],
        }],
        evidence: vec![
            Shown {
                item: "question".to_owned(),
                text: Some("T".to_owned()),
                explained: false,
            },
            Shown {
                item: "plan".to_owned(),
                text: None,
                explained: true,
            },
        ],
        weighings: vec![Weighing {
            method: "M".to_owned(),
            passed: Some(true),
            reason: None,
            parts: vec![PartLine {
                name: "P".to_owned(),
                score: Some(4),
                sufficient: Some(true),
                count: None,
                text: Some("T".to_owned()),
            }],
            missing: Vec::new(),
        }],
    }
}

fn pack_page(frame: Frame, cases: Vec<PackCase>) -> String {
    html(&Pack {
        frame,
        meeting: "/tafel/m1".to_owned(),
        rung: "Landelijke tafel".to_owned(),
        at: at("2026-12-02T09:00:00Z"),
        cases,
    })
}

fn pack_case(seen: Option<PackSeen>) -> PackCase {
    PackCase {
        number: "psn_1".to_owned(),
        theme: seen.as_ref().map(|_| "family_income".to_owned()),
        urgent: seen.is_some(),
        seen,
    }
}

pub(super) fn pack(frame: Frame) -> String {
    let bare = PackSeen {
        tried: Vec::new(),
        provisions: Vec::new(),
        blocks: Vec::new(),
        evidence: Vec::new(),
        weighings: Vec::new(),
        ..pack_seen("")
    };
    let cases = [Some(pack_seen("")), Some(bare), None].map(pack_case);
    pack_page(frame, cases.into())
}

pub(super) fn pack_long(frame: Frame) -> String {
    pack_page(frame, vec![pack_case(Some(pack_seen(&LONG.repeat(30))))])
}

pub(super) fn pack_empty(frame: Frame) -> String {
    pack_page(frame, Vec::new())
}
