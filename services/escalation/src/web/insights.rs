//! What all cases together tell, for analysts.

use axum::response::Response;
use screens::{Frame, Here, page};
use serde::Deserialize;
use std::cmp::Reverse;

use super::Web;
use super::answer::{self, Failure};
use super::visitor::Visitor;

/// What is counted, in the order of the page.
const KINDS: [&str; 4] = ["theme", "rule", "block", "refusal"];

#[derive(Deserialize)]
struct Insights {
    smallest: u64,
    quarters: Vec<String>,
    counts: Vec<Counted>,
    stays: Vec<Stay>,
}

#[derive(Deserialize)]
struct Counted {
    kind: String,
    word: String,
    cases: Vec<Option<u64>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stay {
    rung: String,
    cases: u64,
    quarter_days: i64,
    half_days: i64,
    three_quarters_days: i64,
}

/// `GET /inzicht`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let frame = visitor.frame(Here::Insights);
    let told = visitor.read::<Insights>("/v1/insights").await?;
    let web = visitor.web();
    let chart = |kind: &'static str| {
        let of_kind = told.counts.iter().filter(|one| one.kind == kind);
        let mut words: Vec<_> = of_kind.map(|one| counted(web, &frame, one)).collect();
        words.sort_by_key(|word| Reverse(word.cases.iter().flatten().sum::<u64>()));
        page::Chart { kind, words }
    };
    let rungs = web.0.platform.ground.rules.ladder.rungs();
    let place = |stay: &Stay| rungs.iter().position(|rung| rung.id.as_str() == stay.rung);
    let mut stays: Vec<_> = told.stays.iter().collect();
    stays.sort_by_key(|stay| place(stay));
    answer::page(&page::Insights {
        smallest: told.smallest,
        charts: KINDS.map(chart).into(),
        stays: stays
            .into_iter()
            .map(|stay| page::Stay {
                rung: web.rung(&stay.rung),
                cases: stay.cases,
                quarter: stay.quarter_days,
                half: stay.half_days,
                three_quarters: stay.three_quarters_days,
            })
            .collect(),
        quarters: told.quarters,
        frame,
    })
}

fn counted(web: &Web, frame: &Frame, one: &Counted) -> page::Counted {
    let name = match one.kind.as_str() {
        "rule" => web.rule(&one.word),
        "refusal" => frame.code("reason", &one.word),
        kind => frame.code(kind, &one.word),
    };
    page::Counted {
        name,
        cases: one.cases.clone(),
    }
}
