//! What holds of every term on every calendar, searched for on calendars that nobody wrote.

use std::fmt::Write;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use ladder::{Calendar, Closures, Term};
use proptest::prelude::*;

use super::invariants::Verdict;
use super::properties::search;

/// A calendar file with any settings and extra days, near the days that the terms run over.
fn calendar_file() -> impl Strategy<Value = String> {
    let settings = prop::collection::vec(any::<bool>(), 8);
    let liberation = prop::sample::select(vec!["every_year", "every_five_years", "never"]);
    (settings, liberation, days(), days()).prop_map(|(settings, liberation, closed, equated)| {
        let list = |days: &[Date]| -> String {
            let day = |day: &Date| format!("{{ date = \"{day}\", name = \"x\" }}");
            days.iter().map(day).collect::<Vec<_>>().join(", ")
        };
        let mut file = format!(
            "zone = \"Europe/Amsterdam\"\nextra_closed = [{}]\nextra_equated = [{}]\n\
             [not_worked]\nliberation_day = \"{liberation}\"\n",
            list(&closed),
            list(&equated)
        );
        let names = [
            "new_year",
            "good_friday",
            "easter_monday",
            "kings_day",
            "ascension",
            "whit_monday",
            "christmas_day",
            "second_christmas_day",
        ];
        for (name, off) in names.iter().zip(settings) {
            writeln!(file, "{name} = {off}").unwrap();
        }
        file
    })
}

/// Up to 40 different days of the years that [`start`] is in.
fn days() -> impl Strategy<Value = Vec<Date>> {
    prop::collection::btree_set(0..1_200_i64, 0..40)
        .prop_map(|days| days.into_iter().map(day_number).collect())
}

fn day_number(number: i64) -> Date {
    date(2025, 12, 1) + Span::new().days(number)
}

/// A minute in the years 2026 to 2028.
fn start() -> impl Strategy<Value = Timestamp> {
    (0..1_000_i64, 0..1_440_i64).prop_map(|(day, minute)| {
        let midnight: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        midnight + Span::new().minutes(day * 1_440 + minute)
    })
}

fn local(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::get("Europe/Amsterdam").unwrap())
}

fn calendar(file: &str) -> Calendar {
    Calendar::from_toml(file).unwrap()
}

fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// The last day of a term of law: the day before the midnight it ends at.
fn last_day(end: Timestamp) -> Date {
    local(end).date().yesterday().unwrap()
}

#[test]
fn a_term_in_working_days_ends_on_a_working_day_and_counts_them() {
    let closures = days().prop_map(|days| days.into_iter().collect::<Closures>());
    let given = (calendar_file(), closures, start(), 1..60_u32);
    search(&given, |(file, closures, start, count)| {
        let calendar = calendar(&file);
        let term = Term::parse(&format!("{count}wd")).unwrap();
        let end = calendar.after_at(start, term, &closures);
        let works = |day: Date| calendar.is_working_day(day) && !closures.contains(day);
        let (first, last) = (local(start).date(), local(end).date());
        ensure(works(last), || format!("{end} is not worked"))?;
        let counted = first
            .series(Span::new().days(1))
            .skip(1)
            .take_while(|day| *day <= last)
            .filter(|day| works(*day))
            .count();
        ensure(counted == count as usize, || {
            format!("{counted} days are worked until {end}")
        })
    });
}

/// Within one local time of day: who starts on a free Saturday at ten is not compared with who
/// starts on Sunday at nine, since both keep their hour.
#[test]
fn starting_a_day_later_never_ends_earlier() {
    let unit = prop::sample::select(vec!["wd", "d", "w", "mo", "y"]);
    search(
        &(calendar_file(), start(), 1..40_u32, unit),
        |(file, start, count, unit)| {
            let calendar = calendar(&file);
            let term = Term::parse(&format!("{count}{unit}")).unwrap();
            let later = local(start)
                .checked_add(Span::new().days(1))
                .unwrap()
                .timestamp();
            let (one, other) = (calendar.after(start, term), calendar.after(later, term));
            ensure(local(one).date() <= local(other).date(), || {
                format!("{one}, then {other}")
            })
        },
    );
}

#[test]
fn starting_a_term_of_law_later_never_ends_it_earlier() {
    let unit = prop::sample::select(vec!["d", "w", "mo", "y"]);
    let given = (calendar_file(), start(), 0..10_000_i64, 1..100_u32, unit);
    search(&given, |(file, start, wait, count, unit)| {
        let calendar = calendar(&file);
        let term = Term::parse(&format!("statutory {count}{unit}")).unwrap();
        let later = start + Span::new().minutes(wait);
        let (one, other) = (calendar.after(start, term), calendar.after(later, term));
        ensure(one <= other, || format!("{one}, then {other}"))
    });
}

#[test]
fn a_longer_term_never_ends_earlier() {
    let unit = prop::sample::select(vec![
        "min",
        "h",
        "wd",
        "d",
        "w",
        "mo",
        "y",
        "statutory min",
        "statutory h",
    ]);
    search(
        &(calendar_file(), start(), 1..60_u32, unit),
        |(file, start, count, unit)| {
            let calendar = calendar(&file);
            let term = |count: u32| {
                let (kind, unit) = unit.rsplit_once(' ').unwrap_or(("", unit));
                Term::parse(format!("{kind} {count}{unit}").trim_start()).unwrap()
            };
            let (one, other) = (
                calendar.after(start, term(count)),
                calendar.after(start, term(count + 1)),
            );
            ensure(start < one && one < other, || {
                format!("{start}, {one}, {other}")
            })
        },
    );
}

#[test]
fn a_closure_day_never_brings_a_deadline_forward() {
    let given = (calendar_file(), days(), start(), 1..60_u32);
    search(&given, |(file, closed, start, count)| {
        let calendar = calendar(&file);
        let term = Term::parse(&format!("{count}wd")).unwrap();
        let closures: Closures = closed.into_iter().collect();
        let (open, closed) = (
            calendar.after(start, term),
            calendar.after_at(start, term, &closures),
        );
        ensure(open <= closed, || {
            format!("{open}, with closure days {closed}")
        })
    });
}

#[test]
fn a_term_of_law_ends_on_an_ordinary_day_unless_the_act_is_not_for_it() {
    let length = prop::sample::select(vec![
        ("d", 90, 400),
        ("w", 12, 60),
        ("mo", 3, 30),
        ("y", 0, 30),
    ])
    .prop_flat_map(|(unit, within, most)| (Just(unit), Just(within), 1..most + 1_u32));
    search(
        &(calendar_file(), start(), length),
        |(file, start, (unit, within, count))| {
            let calendar = calendar(&file);
            let term = Term::parse(&format!("statutory {count}{unit}")).unwrap();
            let (end, first) = (calendar.after(start, term), local(start).date());
            ensure(local(end).time() == jiff::civil::Time::midnight(), || {
                format!("{end} is no midnight")
            })?;
            let count = i64::from(count);
            let span = match unit {
                "d" => Span::new().days(count),
                "w" => Span::new().weeks(count),
                "mo" => Span::new().months(count),
                _ => Span::new().years(count),
            };
            let (plain, last) = (first + span, last_day(end));
            if count > within {
                return ensure(last == plain, || {
                    format!("{term} was extended from {plain} to {last}")
                });
            }
            ensure(!calendar.is_extended_over(last), || {
                format!("{last} is no ordinary day")
            })?;
            let days = |from: Date| {
                from.series(Span::new().days(1))
                    .take_while(move |day| *day <= last)
            };
            let ordinary = days(first)
                .skip(1)
                .filter(|day| !calendar.is_extended_over(*day))
                .count();
            let short = unit == "d" && count < 3;
            ensure(short || ordinary >= 2, || {
                format!("{ordinary} ordinary days from {first} to {last}")
            })?;
            // No longer than needed: what it was extended over, but its last days, counts for nothing.
            let added = days(plain)
                .skip(1)
                .filter(|day| !calendar.is_extended_over(*day))
                .count();
            ensure(added <= 2, || {
                format!("{added} ordinary days were added after {plain}")
            })
        },
    );
}

#[test]
fn minutes_and_hours_are_elapsed_time_on_every_calendar() {
    let kind = prop::sample::select(vec!["", "statutory "]);
    search(
        &(calendar_file(), start(), kind, 1..5_000_u32),
        |(file, start, kind, count)| {
            let calendar = calendar(&file);
            let after = |unit: &str| {
                calendar.after(start, Term::parse(&format!("{kind}{count}{unit}")).unwrap())
            };
            let minutes = Span::new().minutes(i64::from(count));
            ensure(after("min") == start + minutes, || after("min").to_string())?;
            let hours = Span::new().hours(i64::from(count));
            ensure(after("h") == start + hours, || after("h").to_string())
        },
    );
}
