//! Samples of what all cases together tell.

use screens::page::{Chart, Counted, Insights, Stay};
use screens::{Frame, Here};

use super::html;

fn word(name: &str, cases: [Option<u64>; 3]) -> Counted {
    Counted {
        name: name.to_owned(),
        cases: cases.into(),
    }
}

fn page(frame: Frame, charts: Vec<Chart>, stays: Vec<Stay>) -> String {
    html(&Insights {
        frame: Frame {
            here: Here::Insights,
            ..frame
        },
        smallest: 5,
        quarters: ["2026-Q1", "2026-Q2", "2026-Q3"].map(str::to_owned).into(),
        charts,
        stays,
    })
}

pub(super) fn insights(frame: Frame) -> String {
    let themes = vec![
        word(
            &frame.code("theme", "family_income"),
            [Some(8), None, Some(12)],
        ),
        word(&frame.code("theme", "housing"), [None, Some(6), None]),
    ];
    let rules = vec![word(
        "Kinderbijslag alleen voor een ouder of voogd, of voor wie een kind als eigen kind onderhoudt en opvoedt",
        [Some(7), Some(5), Some(9)],
    )];
    let stay = |rung: &str, quarter, half, three_quarters| Stay {
        rung: rung.to_owned(),
        cases: 9,
        quarter,
        half,
        three_quarters,
    };
    let charts = vec![
        Chart {
            kind: "theme",
            words: themes,
        },
        Chart {
            kind: "rule",
            words: rules,
        },
        Chart {
            kind: "refusal",
            words: Vec::new(),
        },
    ];
    let stays = vec![
        stay("Werkplaats", 6, 14, 31),
        stay("Landelijk loket", 0, 3, 3),
    ];
    page(frame, charts, stays)
}

pub(super) fn insights_empty(frame: Frame) -> String {
    let charts = ["theme", "rule", "block", "refusal"].map(|kind| Chart {
        kind,
        words: Vec::new(),
    });
    page(frame, charts.into(), Vec::new())
}
