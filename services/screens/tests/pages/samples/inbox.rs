//! Samples of what is asked of an organisation: questions, giving back, and commitments of one's own.

use jiff::civil::date;
use screens::page::*;
use screens::{Frame, Input, Left};

use super::{absent, at, choices, deed, field, html};

fn give_back(over: &str, open: bool) -> Deed {
    let mut reason = field("tekst", Input::Lines(3), true);
    reason.id = format!("geef-terug-{over}-tekst");
    reason.error = open.then(|| "E".to_owned());
    Deed {
        open,
        ..deed(&format!("geef-terug-{over}"), vec![reason])
    }
}

fn promise(overdue: bool) -> OwnPromise {
    OwnPromise {
        href: "/casussen/case_1".to_owned(),
        number: "psn_1".to_owned(),
        theme: overdue.then(|| "housing".to_owned()),
        status: if overdue { "made" } else { "requested" }.to_owned(),
        text: Some("T <b>".to_owned()),
        due: overdue.then(|| date(2026, 11, 1)),
        overdue,
    }
}

pub(super) fn inbox_page(frame: Frame) -> Inbox {
    let mut reason = field("reden", Input::Radios(choices()), true);
    reason.id = "o1-reden".to_owned();
    let mut instead = field("alternatief", Input::Lines(3), true);
    instead.id = "o1-anders".to_owned();
    Inbox {
        frame,
        done: Some("✓".to_owned()),
        refusal: None,
        offers: vec![Offer {
            id: "o1".to_owned(),
            from: "Gemeente Utrecht".to_owned(),
            kind: "advice".to_owned(),
            theme: "family_income".to_owned(),
            age_band: Some("21-26".to_owned()),
            requested: "confirm_facts".to_owned(),
            rules: vec!["R".to_owned()],
            urgent: true,
            by: at("2026-11-23T16:00:00Z"),
            left: Left::Days(1),
            decline: vec![reason],
            declining: false,
            counter: vec![instead],
            countering: false,
        }],
        advice: Vec::new(),
        accepted: vec![Accepted {
            from: "Gemeente Utrecht".to_owned(),
            kind: "task".to_owned(),
            theme: "housing".to_owned(),
            number: "psn_1".to_owned(),
            summary: Some("S".to_owned()),
            requested: "start_debt_help".to_owned(),
            since: Some(at("2026-11-02T08:14:00Z")),
            href: Some("/casussen/psn_1".to_owned()),
            deed: Some(give_back("h1", false)),
        }],
        promises: vec![promise(true), promise(false)],
        absent: vec![
            absent("Petra Fictief", Some("Noor Verzonnen"), true),
            absent("Anna Bedacht", None, false),
        ],
        fields: Vec::new(),
    }
}

pub(super) fn inbox(frame: Frame) -> String {
    html(&inbox_page(frame))
}

pub(super) fn inbox_empty(frame: Frame) -> String {
    html(&Inbox {
        done: None,
        offers: Vec::new(),
        accepted: Vec::new(),
        promises: Vec::new(),
        absent: Vec::new(),
        ..inbox_page(frame)
    })
}

pub(super) fn inbox_wrong(frame: Frame) -> String {
    let mut page = inbox_page(frame);
    let offer = &mut page.offers[0];
    offer.declining = true;
    offer.decline[0].error = Some("E".to_owned());
    page.fields = offer.decline.clone();
    let accepted = &mut page.accepted[0];
    accepted.since = None;
    let form = give_back("h1", true);
    page.fields.extend(form.fields.clone());
    accepted.deed = Some(form);
    page.accepted.push(Accepted {
        href: None,
        summary: None,
        deed: None,
        ..page.accepted[0].clone()
    });
    page.refusal = Some("R".to_owned());
    page.done = None;
    html(&page)
}
