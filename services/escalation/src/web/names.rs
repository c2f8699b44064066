//! What organisations, rungs and rules are called, and how many working days are left.

use jiff::{Timestamp, ToSpan};
use proto::Oin;
use screens::Left;

use super::Web;

/// More working days than this are not counted.
const MOST_DAYS: u32 = 400;

impl Web {
    /// An organisation's name as people say it; what was written when it is nobody who takes part.
    pub(super) fn name_of(&self, organisation: &str) -> String {
        let oin = Oin::parse(organisation).ok();
        let party = oin.and_then(|oin| self.0.platform.parties.get(&oin));
        party.map_or_else(
            || organisation.to_owned(),
            |party| party.display_name.clone(),
        )
    }

    /// A rung's name.
    pub(super) fn rung(&self, rung: &str) -> String {
        let ladder = &self.0.platform.ground.rules.ladder;
        let found = ladder.rungs().iter().find(|one| one.id.as_str() == rung);
        found.map_or_else(|| rung.to_owned(), |found| found.name.clone())
    }

    /// A rule's name.
    pub(super) fn rule(&self, rule: &str) -> String {
        let known = self.0.platform.catalogues.rules.get(rule);
        known.map_or_else(|| rule.replace('_', " "), |known| known.name.clone())
    }

    /// How many working days of the calendar are left.
    pub(super) fn left(&self, now: Timestamp, at: Timestamp) -> Left {
        if at <= now {
            return Left::Over;
        }
        let calendar = &self.0.platform.ground.rules.calendar;
        let (mut day, last) = (calendar.date_of(now), calendar.date_of(at));
        let mut days = 0;
        while day < last && days < MOST_DAYS {
            let Ok(next) = day.checked_add(1.day()) else {
                break;
            };
            day = next;
            days += u32::from(calendar.is_working_day(day));
        }
        match days {
            0 => Left::Today,
            days => Left::Days(days),
        }
    }
}
