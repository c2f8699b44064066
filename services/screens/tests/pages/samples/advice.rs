//! Samples of questions for advice, in a case and where they are answered.

use screens::page::*;
use screens::{Frame, Input, Left};

use super::{LONG, at, case_page, deed, field, html, inbox_page};

fn line(status: &str) -> AdviceLine {
    AdviceLine {
        of: Some("SVB".to_owned()),
        status: status.to_owned(),
        question: Some("Q <b>".to_owned()),
        answer: (status == "answered").then(|| "A".to_owned()),
        answer_by: (status == "open").then(|| at("2026-11-24T16:00:00Z")),
    }
}

/// A case in which others were asked to advise.
pub(super) fn case_advised(frame: Frame) -> String {
    let unseen = AdviceLine {
        of: None,
        question: None,
        ..line("open")
    };
    let mut page = case_page(frame);
    page.advice = vec![line("open"), line("answered"), line("expired"), unseen];
    html(&page)
}

fn asked(id: &str, status: &str) -> AskedAdvice {
    let waits = status == "open";
    let mut give = deed(
        "advies-geven",
        vec![field("antwoord", Input::Lines(4), true)],
    );
    give.id = format!("advies-geven-{id}");
    give.fields[0].id = format!("advies-geven-{id}-antwoord");
    AskedAdvice {
        id: id.to_owned(),
        from: waits.then(|| "Gemeente Utrecht".to_owned()),
        theme: "family_income".to_owned(),
        status: status.to_owned(),
        question: Some("Q <b>".to_owned()),
        answer: (status == "answered").then(|| "A".to_owned()),
        by: at("2026-11-24T16:00:00Z"),
        left: Left::Days(2),
        deed: waits.then_some(give),
    }
}

/// Questions that wait, that were answered, and whose term is over.
pub(super) fn inbox_advice(frame: Frame) -> String {
    let mut page = inbox_page(frame);
    page.advice = vec![
        asked("q1", "open"),
        asked("q2", "answered"),
        asked("q3", "expired"),
    ];
    html(&page)
}

/// An advice in which something is wrong, to a question that goes on.
pub(super) fn inbox_advice_wrong(frame: Frame) -> String {
    let mut one = asked("q1", "open");
    one.question = Some(LONG.repeat(9));
    if let Some(give) = &mut one.deed {
        give.open = true;
        give.fields[0].error = Some("E".to_owned());
    }
    let mut page = inbox_page(frame);
    page.done = None;
    page.offers.clear();
    page.fields = one
        .deed
        .iter()
        .flat_map(|give| give.fields.clone())
        .collect();
    page.advice = vec![one];
    html(&page)
}
