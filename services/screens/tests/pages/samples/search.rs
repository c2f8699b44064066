//! Samples of searching.

use screens::page::*;
use screens::{Field, Frame, Here, Input};

use super::{field, html};

fn search_field(frame: &Frame, value: &str) -> Vec<Field> {
    vec![Field {
        label: frame.t("search.q").to_owned(),
        help: Some(frame.t("search.q-help").to_owned()),
        value: value.to_owned(),
        ..field("q", Input::Line, true)
    }]
}

fn page(frame: Frame, q: &str, found: Option<FoundCases>) -> Search {
    Search {
        fields: search_field(&frame, q),
        frame: Frame {
            here: Here::Search,
            ..frame
        },
        refusal: None,
        found,
    }
}

pub(super) fn search(frame: Frame) -> String {
    html(&page(frame, "", None))
}

pub(super) fn search_found(frame: Frame) -> String {
    let place = |label: &str, piece: Option<(&str, &str, &str)>| FoundPlace {
        label: label.to_owned(),
        piece: piece.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())),
    };
    let story = frame.t("search.in-story");
    let theme = frame.t("search.in-theme");
    let found = FoundCases {
        cases: vec![
            FoundCase {
                href: "/casussen/case_1".to_owned(),
                theme: "housing".to_owned(),
                number: "U-2026-001".to_owned(),
                rung: "Landelijk loket".to_owned(),
                state: "active".to_owned(),
                places: vec![
                    place(
                        story,
                        Some(("… raakt haar ", "toeslag", " kwijt <script> …")),
                    ),
                    place(theme, None),
                ],
            },
            FoundCase {
                href: "/casussen/ps_2".to_owned(),
                theme: String::new(),
                number: "ps_2".to_owned(),
                rung: String::new(),
                state: String::new(),
                places: vec![place(
                    frame.t("search.in-reference"),
                    Some(("", "ps_2", "")),
                )],
            },
        ],
        searched: 500,
        stopped: true,
        more: true,
    };
    html(&page(frame, "toeslagen", Some(found)))
}

pub(super) fn search_empty(frame: Frame) -> String {
    let found = FoundCases {
        cases: Vec::new(),
        searched: 3,
        stopped: false,
        more: false,
    };
    html(&page(frame, "olifant", Some(found)))
}

pub(super) fn search_wrong(frame: Frame) -> String {
    let mut wrong = page(frame, "de", None);
    wrong.fields[0].error = Some(wrong.frame.t("search.q-wrong").to_owned());
    html(&wrong)
}
