//! Samples of the tables and their meetings.

use screens::page::*;
use screens::{Field, Frame, Input};

use super::{at, choices, deed, field, html};

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
        collision: Some("C <b>".to_owned()),
        asked: vec![AskedThere {
            of: "SVB".to_owned(),
            status: "waiting".to_owned(),
            asked: Some("A".to_owned()),
            text: Some("T".to_owned()),
            deeds: vec![deed(&format!("ja-{id}"), Vec::new())],
        }],
        conclusion: Some("decided".to_owned()),
        conclusion_text: Some("D".to_owned()),
        obstacles: vec![("O".to_owned(), "SVB".to_owned())],
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
                collision: None,
                asked: Vec::new(),
                conclusion: None,
                conclusion_text: None,
                obstacles: Vec::new(),
                deeds: Vec::new(),
                ..case("psn_2")
            },
        ],
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
