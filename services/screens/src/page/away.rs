//! Who is away, and who answers instead.

use askama::Template;
use jiff::civil::Date;

use super::deed::all_fields;
use crate::page::Deed;
use crate::{Field, Frame, Input};

/// Somebody of the reader's organisation who is away, or will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// Who.
    pub who: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Who answers instead; nobody when nobody was named.
    pub cover: Option<String>,
    /// Whether that is the reader.
    pub mine: bool,
}

impl Absent {
    /// From when until when.
    fn days(&self, frame: &Frame, key: &str) -> String {
        let (from, until) = (frame.date(&self.from), frame.date(&self.until));
        frame.t2(key, ("from", &from), ("until", &until))
    }

    pub(crate) fn between(&self, frame: &Frame) -> String {
        self.days(frame, "away.between")
    }

    fn of_reader(&self, frame: &Frame) -> String {
        self.days(frame, "away.you")
    }

    /// Who answers instead.
    pub(crate) fn covered(&self, frame: &Frame) -> String {
        match &self.cover {
            Some(who) => frame.t1("away.cover", "who", who),
            None => frame.t("away.no-cover").to_owned(),
        }
    }
}

/// An entry of the reader in the register of the own organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEntry {
    /// The function.
    pub function: String,
    /// Who usually takes over.
    pub deputy: Option<String>,
    /// When the reader is away, as far as is known.
    pub away: Option<Absent>,
    /// Saying so, or saying that one is back.
    pub deeds: Vec<Deed>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "away.html")]
pub struct Away {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// The reader's own entries.
    pub own: Vec<OwnEntry>,
    /// Colleagues who are away, or will be.
    pub absent: Vec<Absent>,
}

impl Away {
    fn wrong(&self) -> Vec<Field> {
        let deeds = self.own.iter().flat_map(|one| all_fields(&one.deeds));
        deeds.collect()
    }
}
