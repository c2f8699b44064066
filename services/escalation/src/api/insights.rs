//! What is learned from all cases together: what they got stuck on, quarter by quarter, and how
//! long they stood on each rung (domain, rows K22 and r11). Statistics and never a case: a count
//! below the threshold is not told, a quarter is told when it is over, and there are no sums from
//! which a count that is left out could be worked out.

mod quarters;

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use chassis::problem::Problem;
use gate::{Action, RegisterFacts};
use schemars::JsonSchema;
use serde::Serialize;

use super::Platform;
use super::caller::Caller;
use super::refusal::unavailable;
use super::written::not_allowed;
use crate::views::{self, CountRow, StayRow};
use quarters::Period;

/// Microseconds of a day.
const DAY: i64 = 24 * 3600 * 1_000_000;

/// What all cases together tell.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Insights {
    /// A smaller number of cases is not told.
    smallest: u64,
    /// The quarters that are told, all of them over, the oldest first; such as `2026-Q3`.
    quarters: Vec<String>,
    /// How many cases came to have each word; words of which every count is too small are left out.
    counts: Vec<Counted>,
    /// How long cases stood on each rung that they left in these quarters.
    stays: Vec<Stay>,
}

/// How many cases came to have a word.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Counted {
    /// `theme`, `rule`, `block` (kind of block) or `refusal` (why a handoff was declined).
    kind: String,
    /// The word, coded.
    word: String,
    /// Per quarter how many; null where it is fewer than `smallest`.
    cases: Vec<Option<u64>>,
}

/// How long cases stood on a rung.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Stay {
    /// The rung.
    rung: String,
    /// How many cases left it.
    cases: u64,
    /// A quarter of the stays was not longer, in whole days.
    quarter_days: i64,
    /// Half of them was not longer.
    half_days: i64,
    /// Three quarters of them were not longer.
    three_quarters_days: i64,
}

/// `GET /v1/insights`: of the last eight quarters that are over.
pub(super) async fn read(
    State(platform): State<Platform>,
    caller: Caller,
) -> Result<Json<Insights>, Problem> {
    let ground = &platform.ground;
    let own = RegisterFacts {
        organisation: caller.oin.to_string(),
    };
    ground
        .gate
        .may(&caller.actor, Action::ReadInsights, &own)
        .map_err(|_| not_allowed())?;
    let smallest = u64::from(ground.rules.ladder.thresholds.small_cell);
    let period = Period::before(ground.clock.now());
    let (first, next) = (period.first(), period.next());
    let counted = views::counted(&ground.db, &first, &next).await;
    let stays = views::stays(&ground.db, period.begins(), period.ends()).await;
    Ok(Json(Insights {
        smallest,
        counts: told(counted.map_err(unavailable)?, &period.quarters(), smallest),
        stays: lasting(stays.map_err(unavailable)?, smallest),
        quarters: period.quarters(),
    }))
}

/// What may be told of these counts, by kind and word.
fn told(rows: Vec<CountRow>, quarters: &[String], smallest: u64) -> Vec<Counted> {
    let mut words: BTreeMap<(String, String), BTreeMap<String, u64>> = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.cases >= smallest) {
        let of_word = words.entry((row.kind, row.word)).or_default();
        of_word.insert(row.quarter, row.cases);
    }
    let counted = |((kind, word), counts): ((String, String), BTreeMap<String, u64>)| Counted {
        kind,
        word,
        cases: quarters.iter().map(|it| counts.get(it).copied()).collect(),
    };
    words.into_iter().map(counted).collect()
}

/// How long the stays on each rung were, where enough cases had one.
fn lasting(rows: Vec<StayRow>, smallest: u64) -> Vec<Stay> {
    let mut rungs: BTreeMap<String, (BTreeSet<String>, Vec<i64>)> = BTreeMap::new();
    for row in rows {
        let (cases, lasted) = rungs.entry(row.rung).or_default();
        cases.insert(row.case_id);
        lasted.push(row.micros);
    }
    let mut stays = Vec::new();
    for (rung, (cases, mut lasted)) in rungs {
        let cases = cases.len() as u64;
        if cases < smallest {
            continue;
        }
        lasted.sort_unstable();
        // The smallest stay that this share of them does not exceed, in days begun.
        let at = |share: usize| {
            let place = (lasted.len() * share).div_ceil(4).max(1) - 1;
            lasted
                .get(place)
                .map_or(0, |micros| (micros + DAY - 1) / DAY)
        };
        stays.push(Stay {
            cases,
            quarter_days: at(1),
            half_days: at(2),
            three_quarters_days: at(3),
            rung,
        });
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(word: &str, quarter: &str, cases: u64) -> CountRow {
        CountRow {
            kind: "theme".to_owned(),
            word: word.to_owned(),
            quarter: quarter.to_owned(),
            cases,
        }
    }

    #[test]
    fn a_count_below_the_threshold_is_not_told() {
        let quarters = ["2026-Q1", "2026-Q2", "2026-Q3"].map(str::to_owned);
        let rows = vec![
            row("debt", "2026-Q1", 5),
            row("debt", "2026-Q2", 4),
            row("housing", "2026-Q3", 4),
        ];
        let debt = Counted {
            kind: "theme".to_owned(),
            word: "debt".to_owned(),
            cases: vec![Some(5), None, None],
        };
        assert_eq!(told(rows, &quarters, 5), [debt]);
    }

    fn stay(case: u32, days: i64) -> StayRow {
        StayRow {
            case_id: format!("case_{case}"),
            rung: "workshop".to_owned(),
            micros: days * DAY,
        }
    }

    #[test]
    fn half_of_the_stays_was_not_longer_than_told() {
        let rows = (1..=8).map(|case| stay(case, i64::from(case) * 10));
        let told = Stay {
            rung: "workshop".to_owned(),
            cases: 8,
            quarter_days: 20,
            half_days: 40,
            three_quarters_days: 60,
        };
        assert_eq!(lasting(rows.collect(), 5), [told]);
    }

    #[test]
    fn many_stays_of_few_cases_are_not_told() {
        let rows = (0..8).map(|number| stay(number % 4, 10));
        assert_eq!(lasting(rows.collect(), 5), []);
    }
}
