//! Samples of what people do: the forms of a case, a higher rung, requests for admission.

use screens::page::*;
use screens::{Field, Frame, Input, Left};

use super::{LONG, at, case_page, choices, field, html};

pub(super) fn deed(id: &str, fields: Vec<Field>) -> Deed {
    Deed {
        id: id.to_owned(),
        action: format!("/casussen/case_1/doen/{id}"),
        about: Some("e1".to_owned()),
        title: "D".to_owned(),
        lead: (!fields.is_empty()).then(|| "L".to_owned()),
        fields,
        send: "V".to_owned(),
        second: id.starts_with("agenderen"),
        open: false,
    }
}

pub(super) fn case_wrong(frame: Frame) -> String {
    let mut page = case_page(frame);
    page.deeds[1].open = true;
    page.deeds[1].fields[0].error = Some("E".to_owned());
    page.refusal = Some("R".to_owned());
    page.climb = Some(None);
    page.done = None;
    html(&page)
}

fn climb_page(frame: Frame) -> Climb {
    let rung = |id: &str, chosen| Higher {
        id: id.to_owned(),
        name: "Lokale tafel".to_owned(),
        body: "Gemeente Utrecht".to_owned(),
        chosen,
    };
    Climb {
        frame,
        case: "/casussen/case_1".to_owned(),
        number: "ZAAK-2026-0001742".to_owned(),
        refusal: None,
        missing: vec!["question".to_owned()],
        rungs: vec![rung("local_table", false), rung("national_desk", true)],
        skipped: vec!["Lokale tafel".to_owned()],
        fields: vec![
            field("stuk-1", Input::Lines(3), true),
            field("ontbreekt-1", Input::Checks(choices()), false),
            field("waarom", Input::Radios(choices()), true),
            field("dag", Input::Moment, false),
        ],
    }
}

pub(super) fn climb(frame: Frame) -> String {
    html(&climb_page(frame))
}

pub(super) fn climb_wrong(frame: Frame) -> String {
    let mut page = climb_page(frame);
    for field in &mut page.fields {
        field.error = Some("E".to_owned());
        field.value = "a,b".to_owned();
    }
    page.refusal = Some("R".to_owned());
    page.missing.clear();
    page.skipped.clear();
    html(&page)
}

pub(super) fn climb_highest(frame: Frame) -> String {
    html(&Climb {
        rungs: Vec::new(),
        ..climb_page(frame)
    })
}

fn request(id: &str, explained: bool) -> Request {
    let missing = field("mist", Input::Checks(choices()), true);
    let missing = Field {
        id: format!("{id}-mist"),
        ..missing
    };
    Request {
        id: id.to_owned(),
        href: "/casussen/case_1".to_owned(),
        theme: "family_income".to_owned(),
        number: "psn_1".to_owned(),
        rung: "Landelijk loket".to_owned(),
        by: Some("Gemeente Utrecht".to_owned()),
        urgent: explained,
        until: Some((at("2026-11-20T16:00:00Z"), Left::Today)),
        insistence: explained.then(|| "I".to_owned()),
        evidence: vec![Shown {
            item: "question".to_owned(),
            text: Some("T <b>".to_owned()),
            explained,
        }],
        lacking: Vec::new(),
        deeds: vec![
            deed(&format!("ja-{id}"), Vec::new()),
            deed(&format!("terug-{id}"), vec![missing]),
        ],
    }
}

pub(super) fn desk(frame: Frame) -> String {
    let incomplete = Request {
        lacking: vec!["plan".to_owned()],
        deeds: Vec::new(),
        until: None,
        by: None,
        ..request("e3", false)
    };
    html(&Desk {
        frame,
        done: Some("✓".to_owned()),
        refusal: None,
        requests: vec![request("e1", true), request("e2", false), incomplete],
        more: Some("/loket?verder=abc".to_owned()),
        later: false,
    })
}

pub(super) fn desk_empty(frame: Frame) -> String {
    html(&Desk {
        frame,
        done: None,
        refusal: None,
        requests: Vec::new(),
        more: None,
        later: true,
    })
}

/// An answer in which something is missing, on the desk where it was given, in long words.
pub(super) fn desk_wrong(frame: Frame) -> String {
    let mut one = request("e1", false);
    one.number = LONG.to_owned();
    one.by = Some(LONG.to_owned());
    one.insistence = Some(LONG.repeat(9));
    one.deeds[1].open = true;
    one.deeds[1].fields[0].error = Some("E".to_owned());
    html(&Desk {
        frame,
        done: None,
        refusal: Some("R".to_owned()),
        requests: vec![one],
        more: None,
        later: false,
    })
}
