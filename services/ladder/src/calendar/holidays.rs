use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use crate::coded::coded;

coded! {
    /// The days that the *Algemene termijnenwet*, article 3, calls generally recognised holidays
    /// (paragraph 1), and Good Friday, which paragraph 2 equates with them.
    Holiday, "holiday" {
        /// 1 January.
        NewYear = "new_year",
        /// The Friday before Easter.
        GoodFriday = "good_friday",
        /// The day after Easter.
        EasterMonday = "easter_monday",
        /// The day on which the birthday of the monarch is celebrated.
        KingsDay = "kings_day",
        /// 5 May.
        LiberationDay = "liberation_day",
        /// The Thursday 39 days after Easter.
        Ascension = "ascension",
        /// The Monday 50 days after Easter.
        WhitMonday = "whit_monday",
        /// 25 December.
        ChristmasDay = "christmas_day",
        /// 26 December.
        SecondChristmasDay = "second_christmas_day",
    }
}

impl Holiday {
    /// When it falls in `year`, by the rules in force for that year; none beyond the calendar that
    /// can be computed.
    pub fn date_in(self, year: i16) -> Option<Date> {
        match self {
            Self::NewYear => Date::new(year, 1, 1).ok(),
            Self::GoodFriday => from_easter(year, -2),
            Self::EasterMonday => from_easter(year, 1),
            Self::KingsDay => kings_day(year),
            Self::LiberationDay => Date::new(year, 5, 5).ok(),
            Self::Ascension => from_easter(year, 39),
            Self::WhitMonday => from_easter(year, 50),
            Self::ChristmasDay => Date::new(year, 12, 25).ok(),
            Self::SecondChristmasDay => Date::new(year, 12, 26).ok(),
        }
    }

    /// Every holiday that falls on `day`: mostly none, sometimes two.
    pub(super) fn on(day: Date) -> impl Iterator<Item = Self> {
        let candidates: &[Self] = match day.month() {
            1 => &[Self::NewYear],
            3..=6 => &[
                Self::GoodFriday,
                Self::EasterMonday,
                Self::KingsDay,
                Self::LiberationDay,
                Self::Ascension,
                Self::WhitMonday,
            ],
            12 => &[Self::ChristmasDay, Self::SecondChristmasDay],
            _ => &[],
        };
        candidates
            .iter()
            .copied()
            .filter(move |holiday| holiday.date_in(day.year()) == Some(day))
    }
}

fn from_easter(year: i16, days: i64) -> Option<Date> {
    easter(year)?.checked_add(Span::new().days(days)).ok()
}

/// Easter Sunday of the Gregorian calendar, by the rule that Meeus gives (*Astronomical
/// Algorithms*, chapter 8), which holds for every year since 1583.
fn easter(year: i16) -> Option<Date> {
    let year_of = i32::from(year);
    let (century, in_century) = (year_of / 100, year_of % 100);
    let golden = year_of % 19;
    // The moon's age on a fixed day, corrected for leap days left out and for the moon's own drift.
    let drift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - drift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * correction + 114;
    let month = i8::try_from(days / 31).ok()?;
    let day = i8::try_from(days % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

/// Since 2014 King's Day: 27 April, on Saturday 26 when that is a Sunday. Before it Queen's Day:
/// 30 April, on a Sunday moved to 1 May, and since 1980 to 29 April.
fn kings_day(year: i16) -> Option<Date> {
    let (birthday, moved) = match year {
        2014.. => (Date::new(year, 4, 27), -1),
        1980..2014 => (Date::new(year, 4, 30), -1),
        ..1980 => (Date::new(year, 4, 30), 1),
    };
    let birthday = birthday.ok()?;
    if birthday.weekday() == Weekday::Sunday {
        birthday.checked_add(moved.days()).ok()
    } else {
        Some(birthday)
    }
}
