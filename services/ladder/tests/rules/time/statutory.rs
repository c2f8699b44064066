//! Terms of law: extended as the *Algemene termijnenwet* (Atw) says, with its exceptions.

use ladder::Term;

use super::{end, shipped_but};
use crate::rules::harness::at;

#[test]
fn a_term_of_law_ends_with_its_last_day() {
    assert_eq!(
        end("2026-03-02T09:00:00Z", "statutory 6w"),
        at("2026-04-13T22:00:00Z"),
        "24:00 on Monday 13 April, summer time"
    );
    assert_eq!(
        end("2026-03-02T22:59:59Z", "statutory 6w"),
        at("2026-04-13T22:00:00Z"),
        "the hour it began at does not count"
    );
    assert_eq!(
        end("2026-03-02T23:00:00Z", "statutory 6w"),
        at("2026-04-14T22:00:00Z"),
        "midnight in Utrecht: the next day"
    );
}

#[test]
fn atw_1_a_term_that_ends_in_the_weekend_goes_on_to_monday() {
    assert_eq!(
        end("2026-03-07T09:00:00Z", "statutory 2w"),
        at("2026-03-23T23:00:00Z")
    );
    assert_eq!(
        end("2026-03-08T09:00:00Z", "statutory 2w"),
        at("2026-03-23T23:00:00Z")
    );
}

#[test]
fn atw_1_holidays_in_a_row_are_all_passed_over() {
    assert_eq!(
        end("2026-03-20T09:00:00Z", "statutory 2w"),
        at("2026-04-07T22:00:00Z"),
        "Good Friday, the weekend and Easter Monday: Tuesday 7 April"
    );
    assert_eq!(
        end("2026-03-16T09:00:00Z", "statutory 6w"),
        at("2026-04-28T22:00:00Z"),
        "King's Day"
    );
    assert_eq!(
        end("2026-04-21T09:00:00Z", "statutory 2w"),
        at("2026-05-06T22:00:00Z"),
        "5 May, in a year in which it is worked"
    );
    assert_eq!(
        end("2026-12-11T09:00:00Z", "statutory 3w"),
        at("2027-01-04T23:00:00Z"),
        "New Year, then a weekend"
    );
}

#[test]
fn atw_2_a_term_of_three_days_holds_two_ordinary_days() {
    assert_eq!(
        end("2026-03-06T09:00:00Z", "statutory 3d"),
        at("2026-03-10T23:00:00Z"),
        "from Friday: Saturday, Sunday, Monday, and Tuesday to make two"
    );
    assert_eq!(
        end("2026-04-02T09:00:00Z", "statutory 4d"),
        at("2026-04-08T22:00:00Z"),
        "Easter: Friday to Monday count for nothing, so Tuesday and Wednesday"
    );
    assert_eq!(
        end("2026-03-06T09:00:00Z", "statutory 2d"),
        at("2026-03-09T23:00:00Z"),
        "two days are not three: only article 1"
    );
    assert_eq!(
        end("2026-03-03T09:00:00Z", "statutory 3d"),
        at("2026-03-06T23:00:00Z")
    );
}

#[test]
fn atw_3_a_day_that_is_equated_with_a_holiday_extends() {
    let calendar = shipped_but(
        "extra_equated = []",
        "extra_equated = [{ date = \"2026-05-15\", name = \"Bridging day\" }]",
    );
    let term = Term::parse("statutory 1w").unwrap();
    let start = at("2026-05-08T08:00:00Z");
    assert_eq!(calendar.after(start, term), at("2026-05-18T22:00:00Z"));
    assert_eq!(
        end("2026-05-08T08:00:00Z", "statutory 1w"),
        at("2026-05-15T22:00:00Z")
    );
    assert!(calendar.is_working_day("2026-05-15".parse().unwrap()));
}

/// Each pair begins so that the term ends on the same Saturday: the first may be extended.
#[test]
fn atw_4_long_terms_are_not_extended() {
    let (monday, saturday) = (at("2026-06-22T22:00:00Z"), at("2026-06-20T22:00:00Z"));
    assert_eq!(end("2026-03-22T09:00:00Z", "statutory 90d"), monday);
    assert_eq!(end("2026-03-21T09:00:00Z", "statutory 91d"), saturday);
    assert_eq!(end("2026-03-28T09:00:00Z", "statutory 12w"), monday);
    assert_eq!(end("2026-03-21T09:00:00Z", "statutory 13w"), saturday);
    assert_eq!(end("2026-03-20T09:00:00Z", "statutory 3mo"), monday);
    assert_eq!(end("2026-02-20T09:00:00Z", "statutory 4mo"), saturday);
    assert_eq!(end("2025-06-20T09:00:00Z", "statutory 1y"), saturday);
    assert_eq!(end("2006-06-20T09:00:00Z", "statutory 20y"), saturday);
}

#[test]
fn atw_4_terms_in_hours_are_not_extended_and_end_to_the_minute() {
    assert_eq!(
        end("2026-03-06T09:20:00Z", "statutory 48h"),
        at("2026-03-08T09:20:00Z"),
        "a Sunday"
    );
    assert_eq!(
        end("2026-03-07T09:20:00Z", "statutory 30min"),
        at("2026-03-07T09:50:00Z")
    );
}

#[test]
fn atw_4_its_limits_are_data() {
    let calendar = shipped_but("not_above_weeks = 12", "not_above_weeks = 13");
    let term = Term::parse("statutory 13w").unwrap();
    assert_eq!(
        calendar.after(at("2026-03-21T09:00:00Z"), term),
        at("2026-06-22T22:00:00Z")
    );
}

#[test]
fn the_last_day_of_a_term_of_law_lasts_23_or_25_hours_when_the_clock_changes() {
    assert_eq!(
        end("2026-01-31T09:00:00Z", "statutory 4mo"),
        at("2026-05-31T22:00:00Z")
    );
    assert_eq!(
        end("2025-03-29T09:00:00Z", "statutory 1y"),
        at("2026-03-29T22:00:00Z"),
        "the day of the lost hour ends at 24:00 summer time"
    );
    assert_eq!(
        end("2025-10-25T09:00:00Z", "statutory 1y"),
        at("2026-10-25T23:00:00Z"),
        "the day of the doubled hour ends at 24:00 winter time"
    );
}
