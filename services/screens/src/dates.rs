//! Dates and numbers as people write them, in Dutch time.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned, civil::Date};

use crate::Language;

/// Where the clocks of this product hang.
pub const ZONE: &str = "Europe/Amsterdam";

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_NL: [&str; 7] = [
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
];
const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// How long is left until a deadline, in working days as the calendar of the ladder counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// So many working days after today; at least one.
    Days(u32),
    /// It is today.
    Today,
    /// It has passed.
    Over,
}

fn local(at: Timestamp) -> Zoned {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    at.to_zoned(zone)
}

fn place(number: i8) -> usize {
    usize::try_from(number - 1).unwrap_or_default()
}

/// `23 november 2026`; without the year when it is this year.
pub(crate) fn date(language: Language, date: Date, now: Timestamp) -> String {
    let month = match language {
        Language::Dutch => MONTHS_NL[place(date.month())],
        Language::English => MONTHS_EN[place(date.month())],
    };
    let (day, year) = (date.day(), date.year());
    if year == local(now).year() {
        format!("{day} {month}")
    } else {
        format!("{day} {month} {year}")
    }
}

/// The day of a moment.
pub(crate) fn day(language: Language, at: Timestamp, now: Timestamp) -> String {
    date(language, local(at).date(), now)
}

/// `23 november, 17.00 uur`.
pub(crate) fn moment(language: Language, at: Timestamp, now: Timestamp) -> String {
    let at = local(at);
    let day = date(language, at.date(), now);
    match language {
        Language::Dutch => format!("{day}, {:02}.{:02} uur", at.hour(), at.minute()),
        Language::English => format!("{day}, {:02}:{:02}", at.hour(), at.minute()),
    }
}

/// `maandag 23 november, 17.00 uur`.
pub(crate) fn weekday_moment(language: Language, at: Timestamp, now: Timestamp) -> String {
    let number = place(local(at).weekday().to_monday_one_offset());
    let name = match language {
        Language::Dutch => DAYS_NL[number],
        Language::English => DAYS_EN[number],
    };
    format!("{name} {}", moment(language, at, now))
}

/// `23 november, 17.00 tot 17.20 uur`; a single moment when both fall in the same minute.
pub(crate) fn stretch(
    language: Language,
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
) -> String {
    let (first, last) = (local(from), local(until));
    let begins = moment(language, from, now);
    if first.date() != last.date() {
        let ends = moment(language, until, now);
        return match language {
            Language::Dutch => format!("{begins} tot {ends}"),
            Language::English => format!("{begins} to {ends}"),
        };
    }
    if (first.hour(), first.minute()) == (last.hour(), last.minute()) {
        return begins;
    }
    match language {
        Language::Dutch => {
            let begins = begins.trim_end_matches(" uur");
            format!("{begins} tot {:02}.{:02} uur", last.hour(), last.minute())
        }
        Language::English => format!("{begins} to {:02}:{:02}", last.hour(), last.minute()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_reads_as_people_write_it_in_dutch_time() {
        let now = at("2026-11-20T08:00:00Z");
        let then = at("2026-11-23T16:00:00Z");
        assert_eq!(
            weekday_moment(Language::Dutch, then, now),
            "maandag 23 november, 17.00 uur"
        );
        assert_eq!(
            weekday_moment(Language::English, then, now),
            "Monday 23 November, 17:00"
        );
        // Another year is said; summer time counts.
        assert_eq!(
            moment(Language::Dutch, at("2027-07-01T22:30:00Z"), now),
            "2 juli 2027, 00.30 uur"
        );
        assert_eq!(
            day(Language::English, at("2027-01-01T00:00:00Z"), now),
            "1 January 2027"
        );
    }

    #[test]
    fn a_stretch_says_what_both_its_ends_share_once() {
        let now = at("2026-11-20T08:00:00Z");
        let from = at("2026-11-18T07:30:00Z");
        for (until, dutch, english) in [
            (
                "2026-11-18T07:30:59Z",
                "18 november, 08.30 uur",
                "18 November, 08:30",
            ),
            (
                "2026-11-18T07:52:00Z",
                "18 november, 08.30 tot 08.52 uur",
                "18 November, 08:30 to 08:52",
            ),
            // The day changes on Dutch clocks.
            (
                "2026-11-18T23:05:00Z",
                "18 november, 08.30 uur tot 19 november, 00.05 uur",
                "18 November, 08:30 to 19 November, 00:05",
            ),
        ] {
            let ends = (from, at(until));
            assert_eq!(stretch(Language::Dutch, ends, now), dutch);
            assert_eq!(stretch(Language::English, ends, now), english);
        }
    }
}
