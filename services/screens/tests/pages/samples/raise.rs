//! Samples of raising a case.

use screens::page::*;
use screens::{Field, Frame, Input};

use super::{at, choices, field, html};

fn raise_page(frame: Frame) -> Raise {
    let asks = |key: &str, field: Field| Field {
        label: frame.t(key).to_owned(),
        ..field
    };
    Raise {
        draft: None,
        saved: None,
        refusal: None,
        fields: vec![
            field("verhaal", Input::Lines(8), true),
            field("onderwerp", Input::List(choices()), true),
            asks(
                "raise.age",
                field("leeftijd", Input::Radios(choices()), true),
            ),
            asks("raise.name", field("naam", Input::Line, false)),
        ],
        required: 3,
        reports: true,
        provisions: Vec::new(),
        alike: None,
        frame,
    }
}

pub(super) fn raise(frame: Frame) -> String {
    html(&raise_page(frame))
}

/// Whoever can keep a draft, and no more.
pub(super) fn raise_keeps(frame: Frame) -> String {
    html(&Raise {
        reports: false,
        ..raise_page(frame)
    })
}

pub(super) fn raise_wrong(frame: Frame) -> String {
    let mut page = raise_page(frame);
    for field in &mut page.fields {
        field.error = Some("E".to_owned());
        field.value = "a\"><script>".to_owned();
    }
    html(&Raise {
        draft: Some("case_2".to_owned()),
        saved: Some(at("2026-11-20T08:00:00Z")),
        refusal: Some("R".to_owned()),
        provisions: vec![Provision {
            name: "P".to_owned(),
            gives: "G".to_owned(),
            words: Vec::new(),
        }],
        ..page
    })
}

pub(super) fn raise_looked(frame: Frame) -> String {
    let words = vec!["toeslag".to_owned(), "huur".to_owned()];
    html(&Raise {
        provisions: vec![Provision {
            name: "P".to_owned(),
            gives: "G".to_owned(),
            words: words.clone(),
        }],
        alike: Some(vec![Alike {
            href: "/casussen/case_1".to_owned(),
            theme: "housing".to_owned(),
            number: "ps_1".to_owned(),
            outcome: Some("solved_by_deviation".to_owned()),
            rules: vec!["R".to_owned()],
            words,
        }]),
        ..raise_page(frame)
    })
}

pub(super) fn raise_looked_in_vain(frame: Frame) -> String {
    html(&Raise {
        alike: Some(Vec::new()),
        ..raise_page(frame)
    })
}
