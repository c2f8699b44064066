//! Terms of the platform: working days, and the calendar without extension.

use jiff::Timestamp;
use ladder::{Calendar, Closures, Term};

use super::{end, shipped, shipped_but};
use crate::rules::harness::at;

#[test]
fn five_working_days_skip_the_weekend() {
    assert_eq!(
        end("2026-03-02T10:05:00Z", "5wd"),
        at("2026-03-09T10:05:00Z")
    );
}

#[test]
fn kings_day_is_not_a_working_day() {
    assert_eq!(
        end("2026-04-24T08:00:00Z", "1wd"),
        at("2026-04-28T08:00:00Z"),
        "from Friday, over the weekend and Monday 27 April"
    );
    assert_eq!(
        end("2025-04-25T08:00:00Z", "1wd"),
        at("2025-04-28T08:00:00Z"),
        "in 2025 it is Saturday the 26th, and Monday the 28th is worked"
    );
}

#[test]
fn one_working_day_from_new_years_eve_skips_the_holiday_in_the_new_year() {
    assert_eq!(
        end("2025-12-31T15:00:00Z", "1wd"),
        at("2026-01-02T15:00:00Z"),
        "Friday"
    );
    assert_eq!(
        end("2026-12-31T15:00:00Z", "1wd"),
        at("2027-01-04T15:00:00Z"),
        "New Year is a Friday: Monday"
    );
    assert_eq!(
        end("2026-12-24T15:00:00Z", "5wd"),
        at("2027-01-04T15:00:00Z"),
        "28, 29, 30, 31 December and 4 January"
    );
}

#[test]
fn a_term_asked_just_before_midnight_counts_from_the_local_day() {
    assert_eq!(
        end("2026-03-02T23:30:00Z", "1wd"),
        at("2026-03-03T23:30:00Z"),
        "00:30 on Tuesday in Utrecht, so Wednesday 00:30"
    );
}

#[test]
fn the_holidays_of_years_ahead_are_known() {
    assert_eq!(
        end("2999-12-24T09:00:00Z", "1wd"),
        at("2999-12-27T09:00:00Z"),
        "Tuesday; both Christmas days are over"
    );
}

#[test]
fn a_term_of_the_platform_is_never_extended() {
    assert_eq!(
        end("2026-03-05T09:00:00Z", "30d"),
        at("2026-04-04T08:00:00Z"),
        "a Saturday"
    );
    assert_eq!(
        end("2026-03-16T09:00:00Z", "6w"),
        at("2026-04-27T08:00:00Z"),
        "King's Day"
    );
}

#[test]
fn terms_reach_from_minutes_to_years() {
    let start = "2026-03-06T20:00:00Z";
    assert_eq!(end(start, "15min"), at("2026-03-06T20:15:00Z"));
    assert_eq!(
        end(start, "12h"),
        at("2026-03-07T08:00:00Z"),
        "through the night"
    );
    assert_eq!(end(start, "6w"), at("2026-04-17T19:00:00Z"));
    assert_eq!(end(start, "3mo"), at("2026-06-06T19:00:00Z"));
    assert_eq!(end(start, "20y"), at("2046-03-06T20:00:00Z"));
    assert_eq!(
        end("2026-01-31T12:00:00Z", "1mo"),
        at("2026-02-28T12:00:00Z"),
        "the last day of a month without a 31st"
    );
    assert_eq!(
        end("2028-02-29T12:00:00Z", "1y"),
        at("2029-02-28T12:00:00Z")
    );
}

#[test]
fn a_term_beyond_what_can_be_reckoned_ends_with_time_itself() {
    for unit in ["min", "h", "wd", "d", "w", "mo", "y"] {
        assert_eq!(
            end("2026-03-02T09:00:00Z", &format!("4294967295{unit}")),
            Timestamp::MAX
        );
    }
    assert_eq!(
        end("2026-03-02T09:00:00Z", "statutory 8000y"),
        Timestamp::MAX
    );
}

#[test]
fn the_local_hour_stays_when_the_clock_is_put_forward() {
    assert_eq!(
        end("2026-03-27T09:00:00Z", "1wd"),
        at("2026-03-30T08:00:00Z"),
        "10:00 in Utrecht on both days"
    );
}

/// On 29 March 2026 the clock goes from 02:00 to 03:00.
#[test]
fn a_deadline_inside_the_lost_hour_falls_an_hour_later() {
    assert_eq!(
        end("2026-03-28T01:30:00Z", "1d"),
        at("2026-03-29T01:30:00Z"),
        "02:30 is not there: 03:30 summer time"
    );
    assert_eq!(
        end("2026-03-29T00:30:00Z", "1h"),
        at("2026-03-29T01:30:00Z"),
        "an hour is an hour"
    );
}

/// On 25 October 2026 the clock goes from 03:00 back to 02:00.
#[test]
fn a_deadline_inside_the_doubled_hour_falls_in_the_first_of_the_two() {
    assert_eq!(
        end("2026-10-24T00:30:00Z", "1d"),
        at("2026-10-25T00:30:00Z"),
        "02:30 summer time, not 02:30 winter time at 01:30 UTC"
    );
    assert_eq!(
        end("2026-10-25T01:30:00Z", "1d"),
        at("2026-10-26T01:30:00Z"),
        "started in the second 02:30"
    );
    assert_eq!(
        end("2026-10-25T00:30:00Z", "1h"),
        at("2026-10-25T01:30:00Z")
    );
}

#[test]
fn a_day_that_the_file_closes_is_not_worked() {
    let calendar = shipped_but(
        "extra_closed = []",
        "extra_closed = [{ date = \"2026-05-15\", name = \"Bridging day\" }]",
    );
    let term = Term::parse("1wd").unwrap();
    let start = at("2026-05-13T08:00:00Z");
    assert_eq!(shipped().after(start, term), at("2026-05-15T08:00:00Z"));
    assert_eq!(calendar.after(start, term), at("2026-05-18T08:00:00Z"));
}

#[test]
fn an_organisation_is_not_asked_to_answer_on_its_own_closure_days() {
    let closed: Closures = ["2026-03-03", "2026-03-04", "2026-03-07"]
        .iter()
        .map(|day| day.parse::<jiff::civil::Date>().unwrap())
        .collect();
    let after = |term: &str| {
        let term = Term::parse(term).unwrap();
        shipped().after_at(at("2026-03-02T09:00:00Z"), term, &closed)
    };
    assert_eq!(after("1wd"), at("2026-03-05T09:00:00Z"));
    assert_eq!(
        after("5wd"),
        at("2026-03-11T09:00:00Z"),
        "Saturday the 7th counts once"
    );
    assert_eq!(after("1d"), at("2026-03-03T09:00:00Z"), "a day is a day");
    assert_eq!(
        after("statutory 1d"),
        at("2026-03-03T23:00:00Z"),
        "the law knows no closure days"
    );
    assert_eq!(
        end("2026-03-02T09:00:00Z", "1wd"),
        at("2026-03-03T09:00:00Z"),
        "for others"
    );
}

#[test]
fn days_are_counted_in_the_zone_of_the_file() {
    let elsewhere = Calendar::from_toml("zone = \"America/Curacao\"").unwrap();
    let (start, term) = (at("2026-03-07T02:00:00Z"), Term::parse("1wd").unwrap());
    assert_eq!(
        elsewhere.after(start, term),
        at("2026-03-10T02:00:00Z"),
        "from Friday evening"
    );
    assert_eq!(
        shipped().after(start, term),
        at("2026-03-09T02:00:00Z"),
        "from Saturday morning"
    );
}
