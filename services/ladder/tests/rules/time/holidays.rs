//! The official holidays, computed for any year, against dates that are known.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ladder::Holiday;

use super::{shipped, shipped_but};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Year, Good Friday, Easter Monday, King's Day, Ascension, Whit Monday; month and day.
const KNOWN: [(i16, [&str; 5]); 15] = [
    (2024, ["03-29", "04-01", "04-27", "05-09", "05-20"]),
    (2025, ["04-18", "04-21", "04-26", "05-29", "06-09"]),
    (2026, ["04-03", "04-06", "04-27", "05-14", "05-25"]),
    (2027, ["03-26", "03-29", "04-27", "05-06", "05-17"]),
    (2028, ["04-14", "04-17", "04-27", "05-25", "06-05"]),
    (2029, ["03-30", "04-02", "04-27", "05-10", "05-21"]),
    (2030, ["04-19", "04-22", "04-27", "05-30", "06-10"]),
    (2031, ["04-11", "04-14", "04-26", "05-22", "06-02"]),
    (2032, ["03-26", "03-29", "04-27", "05-06", "05-17"]),
    (2033, ["04-15", "04-18", "04-27", "05-26", "06-06"]),
    (2034, ["04-07", "04-10", "04-27", "05-18", "05-29"]),
    (2035, ["03-23", "03-26", "04-27", "05-03", "05-14"]),
    (2036, ["04-11", "04-14", "04-26", "05-22", "06-02"]),
    (2037, ["04-03", "04-06", "04-27", "05-14", "05-25"]),
    (2038, ["04-23", "04-26", "04-27", "06-03", "06-14"]),
];

#[test]
fn the_holidays_of_2024_to_2038_are_those_of_the_almanac() {
    let moving = [
        Holiday::GoodFriday,
        Holiday::EasterMonday,
        Holiday::KingsDay,
        Holiday::Ascension,
        Holiday::WhitMonday,
    ];
    let fixed = [
        (Holiday::NewYear, "01-01"),
        (Holiday::LiberationDay, "05-05"),
        (Holiday::ChristmasDay, "12-25"),
        (Holiday::SecondChristmasDay, "12-26"),
    ];
    for (year, dates) in KNOWN {
        let expected = moving.into_iter().zip(dates).chain(fixed);
        for (holiday, date) in expected {
            assert_eq!(
                holiday.date_in(year),
                Some(day(&format!("{year}-{date}"))),
                "{holiday:?}"
            );
        }
    }
}

#[test]
fn the_earliest_and_the_latest_easter_of_a_thousand_years_are_right() {
    let monday = |year| Holiday::EasterMonday.date_in(year).unwrap();
    // 22 March and 25 April are the outermost days; 1981 and 1954, 2049 and 2076 are the years in
    // which the uncorrected rule of Gauss goes wrong.
    assert_eq!(monday(2285), day("2285-03-23"));
    assert_eq!(monday(2353), day("2353-03-23"));
    assert_eq!(monday(2038), day("2038-04-26"));
    assert_eq!(monday(2190), day("2190-04-26"));
    assert_eq!(monday(1981), day("1981-04-20"));
    assert_eq!(monday(2049), day("2049-04-19"));
    assert_eq!(monday(2076), day("2076-04-20"));
    let days: BTreeSet<(i8, i8)> = (1970..=2999)
        .map(monday)
        .map(|date| (date.month(), date.day()))
        .collect();
    assert_eq!(days.first(), Some(&(3, 23)));
    assert_eq!(days.last(), Some(&(4, 26)));
}

#[test]
fn every_holiday_falls_on_its_day_of_the_week_in_every_year() {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday};
    for year in 1970..=2999 {
        let weekday = |holiday: Holiday| holiday.date_in(year).unwrap().weekday();
        assert_eq!(weekday(Holiday::GoodFriday), Friday, "{year}");
        assert_eq!(weekday(Holiday::EasterMonday), Monday, "{year}");
        assert_eq!(weekday(Holiday::Ascension), Thursday, "{year}");
        assert_eq!(weekday(Holiday::WhitMonday), Monday, "{year}");
        assert_ne!(weekday(Holiday::KingsDay), Sunday, "{year}");
        if year >= 2014 {
            let moved = Holiday::KingsDay.date_in(year).unwrap().day() == 26;
            assert!(!moved || weekday(Holiday::KingsDay) == Saturday, "{year}");
        }
    }
}

#[test]
fn the_birthday_of_the_queen_was_celebrated_on_other_days() {
    let celebrated = |year| Holiday::KingsDay.date_in(year).unwrap();
    assert_eq!(
        celebrated(1978),
        day("1978-05-01"),
        "a Sunday: the day after"
    );
    assert_eq!(
        celebrated(1995),
        day("1995-04-29"),
        "a Sunday: the day before"
    );
    assert_eq!(celebrated(2013), day("2013-04-30"));
    assert_eq!(celebrated(2014), day("2014-04-26"));
}

#[test]
fn liberation_day_is_off_as_configured() {
    let five_yearly = shipped();
    assert!(five_yearly.is_working_day(day("2026-05-05")));
    assert!(!five_yearly.is_working_day(day("2025-05-05")));
    assert!(!five_yearly.is_working_day(day("2045-05-05")));
    let yearly = shipped_but("\"every_five_years\"", "\"every_year\"");
    assert!(!yearly.is_working_day(day("2026-05-05")));
    let never = shipped_but("\"every_five_years\"", "\"never\"");
    assert!(never.is_working_day(day("2025-05-05")));
}

#[test]
fn good_friday_is_worked_unless_the_file_says_otherwise() {
    assert!(shipped().is_working_day(day("2026-04-03")));
    let closed = shipped_but("good_friday = false", "good_friday = true");
    assert!(!closed.is_working_day(day("2026-04-03")));
}

#[test]
fn what_the_law_calls_a_holiday_does_not_depend_on_who_works() {
    let calendar = shipped_but("\"every_five_years\"", "\"never\"");
    for holiday in [
        "2026-04-03",
        "2026-05-05",
        "2026-05-14",
        "2026-04-04",
        "2026-12-25",
    ] {
        assert!(calendar.is_extended_over(day(holiday)), "{holiday}");
    }
    for ordinary in ["2026-05-15", "2026-12-24", "2026-12-31", "2026-04-28"] {
        assert!(!calendar.is_extended_over(day(ordinary)), "{ordinary}");
    }
}
