//! Cases of the year before, so that there is something to learn from: raised by a municipality,
//! blocked, refused by whoever was asked to help, admitted to the workshop and withdrawn there.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde_json::{Value, json};

use crate::play::{Story, StoryError};

/// The most cases that are played at once: more would keep the reader waiting for minutes.
pub const MOST: u16 = 400;

/// In which of the four quarters before this one, the oldest first, each ten cases are: more of
/// them as time goes on.
const QUARTERS: [usize; 10] = [3, 2, 1, 0, 3, 2, 1, 3, 2, 3];

/// What a case is about.
struct Kind {
    theme: &'static str,
    life_domain: &'static str,
    story: &'static str,
    wish: &'static str,
    block: &'static str,
    rule: &'static str,
    explanation: &'static str,
    asked: &'static str,
    question: &'static str,
    refused: &'static str,
}

/// What five of eight cases in a quarter are about.
const OFTEN: Kind = Kind {
    theme: "debts",
    life_domain: "income",
    story: "Een huishouden heeft vijf schuldeisers. Elk volgt het eigen protocol, en geen wacht op \
            een ander.",
    wish: "Er is één plan voor alle schulden samen.",
    block: "cooperation",
    rule: "own_protocol",
    explanation: "Elke schuldeiser gaat door tot een ander stopt.",
    asked: "pause_collection",
    question: "Kan de inning wachten tot er één plan is?",
    refused: "no_capacity",
};

/// What the others are about.
const SELDOM: Kind = Kind {
    theme: "care",
    life_domain: "care",
    story: "Een ouder zoekt hulp thuis en past bij geen enkele aanbieder in de criteria.",
    wish: "Iemand komt thuis helpen.",
    block: "capacity",
    rule: "own_access_criteria",
    explanation: "Wie past, staat op een wachtlijst. Wie niet past, staat nergens.",
    asked: "one_contact",
    question: "Kan één iemand hier het aanspreekpunt zijn?",
    refused: "other_route",
};

/// Who is asked to help: the housing association.
const ASKED: &str = "00000099000000013000";

/// The story of so many cases in the four quarters before the one of `now` (UTC), in order of time.
/// Each ends before the quarter does, and long before Bella's begins.
///
/// # Errors
/// [`StoryError`]; a test shows that the story is sound.
pub(super) fn story(cases: u16, now: Timestamp) -> Result<Story, StoryError> {
    let mut so_far = [0; 4];
    let mut lines: Vec<(Timestamp, Value)> = Vec::new();
    for (number, quarter) in (1..=cases).zip(QUARTERS.into_iter().cycle()) {
        let place: i32 = so_far[quarter];
        so_far[quarter] += 1;
        lines.extend(case(number, first_monday(quarter, now), place));
    }
    // Stable: what one case does at one time stays in its order.
    lines.sort_by_key(|(at, _)| *at);
    let lines = lines.into_iter().map(|(at, mut line)| {
        line["at"] = json!(at);
        format!("{line}\n")
    });
    Story::parse(&lines.collect::<String>())
}

/// The first Monday in one of the four quarters before the one of `now`, a week after its begin.
fn first_monday(quarter: usize, now: Timestamp) -> Date {
    let today = now.to_zoned(TimeZone::UTC).date();
    let months = i32::try_from(4 - quarter).unwrap_or(4) * 3 + i32::from((today.month() - 1) % 3);
    let begin = today.first_of_month().saturating_sub(months.months());
    let week_later = begin.saturating_add(6.days());
    week_later
        .nth_weekday(1, Weekday::Monday)
        .unwrap_or(week_later)
}

/// What happens in one case, the `place`-th of its quarter (from 0).
fn case(number: u16, monday: Date, place: i32) -> Vec<(Timestamp, Value)> {
    let kind = if place % 8 < 5 { &OFTEN } else { &SELDOM };
    let raised = place % 4 * 7;
    let asked = raised + 2 + place % 3;
    let ended = asked + 11 + place % 3 * 5;
    let at = |days: i32, hour: i8| {
        let day = monday.saturating_add(days.days());
        TimeZone::UTC
            .to_ambiguous_timestamp(day.at(hour, 0, 0, 0))
            .compatible()
            .unwrap_or(Timestamp::UNIX_EPOCH)
    };
    let of = |rest: &str| format!("/v1/cases/$case{number}{rest}");
    let call = |by: &str, path: &str, body: Value| json!({"as": by, "call": {"method": "POST", "path": path, "body": body}});
    let bound = |mut line: Value, name: &str, pointer: &str| {
        line["bind"] = json!({format!("{name}{number}"): pointer});
        line
    };
    let report = json!({
        "ownReference": format!("LWD-VOORBEELD-{number}"),
        "story": kind.story, "desiredOutcome": kind.wish, "lifeDomains": [kind.life_domain],
        "persons": [{"personKey": "inwoner", "role": "data_subject", "ageBand": "27-66"}],
        "theme": kind.theme, "region": "friesland",
    });
    let block = json!({"type": kind.block, "rules": [kind.rule], "explanation": kind.explanation});
    let offer = json!({
        "to": ASKED, "kind": "task", "requestedOutcome": kind.asked, "rules": [kind.rule],
        "urgent": false, "summary": kind.question, "legalBasis": "municipality_own_task",
    });
    let refusal = json!({
        "answer": "declined", "reason": kind.refused, "text": "Dat lukt ons dit kwartaal niet.",
        "alternative": "Leg het uw maatwerkplaats voor.",
    });
    let evidence = json!([
        {"item": "question", "text": kind.question},
        {"item": "tried_provisions", "text": "Wat er gewoon is, is geprobeerd."},
        {"item": "citizens_wish", "text": kind.wish},
        {"item": "perspective", "text": "De inwoner ziet geen uitweg meer."},
    ]);
    let workshop = json!({"toRung": "workshop", "urgent": false, "evidence": evidence});
    let answer = format!("/v1/handoffs/$handoff{number}/answer");
    let triage = of(&format!("/escalations/$workshop{number}/triage"));
    let end = json!({"initiative": "citizen", "reason": "Er is nu samen een plan gemaakt."});
    vec![
        (
            at(raised, 8),
            bound(call("sietske", "/v1/cases", report), "case", "/case"),
        ),
        (at(raised, 9), call("sietske", &of("/blocks"), block)),
        (
            at(raised, 10),
            bound(
                call("sietske", &of("/handoffs"), offer),
                "handoff",
                "/handoff",
            ),
        ),
        (at(raised + 1, 9), call("mina", &answer, refusal)),
        (
            at(asked, 9),
            bound(
                call("sietske", &of("/escalations"), workshop),
                "workshop",
                "/escalation",
            ),
        ),
        (
            at(asked + 1, 9),
            call("jelle", &triage, json!({"answer": "admitted"})),
        ),
        (at(ended, 9), call("sietske", &of("/withdrawal"), end)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// How many lines there are in each quarter.
    fn by_quarter(story: &Story) -> Vec<((i16, i8), usize)> {
        let quarter = |at: Timestamp| {
            let day = at.to_zoned(TimeZone::UTC).date();
            (day.year(), (day.month() - 1) / 3 + 1)
        };
        let chunks = story
            .lines
            .chunk_by(|one, next| quarter(one.at) == quarter(next.at));
        chunks
            .map(|chunk| (quarter(chunk[0].at), chunk.len()))
            .collect()
    }

    #[test]
    fn cases_begin_and_end_in_one_of_the_four_quarters_before_this_one() {
        for now in [
            "2026-10-01T00:00:00Z",
            "2026-11-22T01:00:00Z",
            "2026-12-31T23:59:59Z",
        ] {
            let story = story(40, at(now)).unwrap();
            let expected = [
                ((2025, 4), 4 * 7),
                ((2026, 1), 8 * 7),
                ((2026, 2), 12 * 7),
                ((2026, 3), 16 * 7),
            ];
            assert_eq!(by_quarter(&story), expected, "{now}");
            assert_eq!(story.lines[0].at, at("2025-10-13T08:00:00Z"));
        }
    }

    #[test]
    fn all_of_it_is_over_before_bellas_case_begins() {
        for now in [
            "2026-01-01T00:00:00Z",
            "2026-04-01T12:00:00Z",
            "2028-03-31T23:59:59Z",
        ] {
            let before = story(MOST, at(now)).unwrap();
            let bella = seed::story(at(now)).unwrap();
            assert!(before.lines.last().unwrap().at < bella.lines[0].at, "{now}");
        }
    }

    #[test]
    fn no_cases_are_no_story() {
        assert!(story(0, at("2026-11-22T01:00:00Z")).is_err());
    }
}
