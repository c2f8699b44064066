//! What organisations, rungs and rules are called, and how many working days are left.

use jiff::{Timestamp, ToSpan};
use proto::Oin;
use screens::{Language, Left};

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

    /// The title of a ground for sharing; its id when the catalogue does not list it.
    pub(super) fn ground(&self, id: &str, language: Language) -> String {
        let bases = self.0.platform.ground.rules.legal_bases.bases().iter();
        let found = bases.into_iter().find(|basis| basis.id == id);
        found.map_or_else(
            || id.to_owned(),
            |basis| match language {
                Language::Dutch => basis.title.nl.clone(),
                Language::English => basis.title.en.clone(),
            },
        )
    }

    /// A rule's name.
    pub(super) fn rule(&self, rule: &str) -> String {
        let known = self.0.platform.catalogues.rules.get(rule);
        known.map_or_else(|| rule.replace('_', " "), |known| known.name.clone())
    }

    /// A provision's name.
    pub(super) fn provision(&self, provision: &str) -> String {
        let known = self.0.platform.catalogues.provisions.provisions().iter();
        let mut known = known.filter(|known| known.id == provision);
        known
            .next()
            .map_or_else(|| provision.replace('_', " "), |known| known.name.clone())
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
