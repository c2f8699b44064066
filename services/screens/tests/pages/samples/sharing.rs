//! Samples of who sees what and why.

use screens::page::*;
use screens::{Frame, Input};

use super::{deed, field, html};

pub(super) fn sharing_page(frame: Frame) -> Sharing {
    let mut check = deed("delen", vec![field("tekst", Input::Lines(3), true)]);
    check.open = true;
    check.about = None;
    Sharing {
        frame,
        case: "/casussen/case_1".to_owned(),
        number: "psn_1".to_owned(),
        refusal: None,
        answered: None,
        deeds: vec![check],
        sights: vec![
            Reasoned {
                category: "identity".to_owned(),
                shown: "full".to_owned(),
                because: vec![("X".to_owned(), Some("AVG 6".to_owned()))],
                withheld: None,
            },
            Reasoned {
                category: "health".to_owned(),
                shown: "none".to_owned(),
                because: vec![("X".to_owned(), None)],
                withheld: Some("X <b>".to_owned()),
            },
        ],
        shares: vec![Share {
            source: "Gemeente Utrecht".to_owned(),
            receiver: "SVB".to_owned(),
            ground: "municipality_own_task".to_owned(),
        }],
    }
}

pub(super) fn sharing(frame: Frame) -> String {
    html(&Sharing {
        answered: Some(Answered {
            permitted: true,
            paused: false,
            bases: vec![("X".to_owned(), "X".to_owned())],
            missing: Vec::new(),
            smallest: vec!["identity".to_owned(), "care".to_owned()],
            warnings: vec!["X".to_owned()],
        }),
        ..sharing_page(frame)
    })
}

pub(super) fn sharing_no(frame: Frame) -> String {
    html(&Sharing {
        refusal: Some("R".to_owned()),
        shares: Vec::new(),
        answered: Some(Answered {
            permitted: false,
            paused: true,
            bases: Vec::new(),
            missing: vec![("health".to_owned(), "X".to_owned())],
            smallest: Vec::new(),
            warnings: Vec::new(),
        }),
        ..sharing_page(frame)
    })
}
