//! *Mijn werk*: what is expected of the reader and by when, the nearest deadline first.

use askama::Template;
use jiff::Timestamp;

use crate::{Frame, Left};

/// A draft that its writer can go on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// When it was last kept.
    pub saved_at: Timestamp,
}

/// A case or a question that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where to go for it.
    pub href: String,
    /// What is expected, a word of the list `expected`.
    pub expected: String,
    /// The theme, coded.
    pub theme: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// The rung's name.
    pub rung: String,
    /// The state, coded.
    pub state: String,
    /// For whom it waits, when that is not the reader's organisation.
    pub who: Option<String>,
    /// Whether the short terms hold.
    pub urgent: bool,
    /// Until when.
    pub by: Timestamp,
    /// How long that is.
    pub left: Left,
}

impl Item {
    /// Whether it is due today or tomorrow, or was due.
    pub(crate) fn is_near(&self) -> bool {
        matches!(self.left, Left::Over | Left::Today | Left::Days(1))
    }
}

/// A commitment that the reader's organisation is asked for: nobody set a term for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where to go for it.
    pub href: String,
    /// The theme, coded.
    pub theme: Option<String>,
    /// What the reader's organisation calls the case.
    pub number: String,
}

/// A case in which the reader's organisation has a part, and in which nothing falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where to go for it.
    pub href: String,
    /// The theme, coded.
    pub theme: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// The rung's name.
    pub rung: String,
    /// The state, coded.
    pub state: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "work.html")]
pub struct Work {
    /// What is around it.
    pub frame: Frame,
    /// Whether the reader can raise a case.
    pub raises: bool,
    /// Drafts.
    pub drafts: Vec<Draft>,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// What is expected of the reader, in order of deadline.
    pub mine: Vec<Item>,
    /// Commitments that are asked for, which no term has: they stand below the others.
    pub wanted: Vec<Wanted>,
    /// What others have to do, in order of deadline.
    pub others: Vec<Item>,
    /// Every other case in which the reader's organisation has a part, the newest first.
    pub known: Vec<Known>,
    /// Whether there is more than fits.
    pub more: bool,
}

impl Work {
    /// How much is expected of the reader.
    pub(crate) fn expected(&self) -> usize {
        self.mine.len() + self.wanted.len()
    }

    /// One sentence that says how it stands.
    pub(crate) fn summary(&self) -> String {
        let near = self.mine.iter().filter(|item| item.is_near()).count();
        match (self.expected(), near) {
            (0, _) => self.frame.t("work.summary-none").to_owned(),
            (1, 0) => self.frame.t("work.summary-one").to_owned(),
            (all, 0) => self.frame.t1("work.summary", "n", all),
            (1, _) => self.frame.t("work.summary-one-near").to_owned(),
            (all, near) => self.frame.t2(
                "work.summary-near",
                ("n", &all.to_string()),
                ("near", &near.to_string()),
            ),
        }
    }
}
