//! The citizen's own page: where the case is, who is responsible and until when, what was decided and
//! why, who looked, and what the citizen can do about it.

use askama::Template;
use jiff::Timestamp;

use super::deed::all_fields;
use crate::page::{Clock, CommitmentLine, Deed, Said, Share};
use crate::{Field, Frame, Input};

/// How many visits stand in sight; those before them are folded away.
const IN_SIGHT: usize = 10;

/// The way in by a code.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "mine_door.html")]
pub struct MineDoor {
    /// What is around it.
    pub frame: Frame,
    /// Whether codes are taken here.
    pub codes: bool,
    /// Whether the code that was typed gave nothing.
    pub wrong: bool,
}

/// A case of a citizen who has more than one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCase {
    /// Where it is.
    pub href: String,
    /// The theme, coded.
    pub theme: String,
    /// The state, coded.
    pub state: String,
}

/// The cases of a citizen who has none, or more than one.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "mine_list.html")]
pub struct MineList {
    /// What is around it.
    pub frame: Frame,
    /// The newest first.
    pub cases: Vec<OwnCase>,
}

/// A single look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// In which roles, coded.
    pub roles: Vec<String>,
    /// What was shown and how much of it, both coded.
    pub seen: Vec<(String, String)>,
}

/// Somebody who looked, at once or for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Which organisation.
    pub who: String,
    /// In which roles, coded.
    pub roles: Vec<String>,
    /// What for, coded, when that was recorded.
    pub purpose: Option<String>,
    /// When the first look was.
    pub from: Timestamp,
    /// When the last was.
    pub until: Timestamp,
    /// What was shown, coded.
    pub seen: Vec<String>,
    /// The single looks, the latest first.
    pub looks: Vec<Look>,
}

/// A consent that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// To the sharing of what, coded.
    pub categories: Vec<String>,
    /// With whom.
    pub receivers: Vec<String>,
    /// When it was given.
    pub at: Timestamp,
    /// Taking it back.
    pub deed: Deed,
}

/// An objection to sharing (AVG 21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objected {
    /// How it stands, coded.
    pub status: String,
    /// To the sharing of what, coded.
    pub categories: Vec<String>,
    /// What the citizen said.
    pub text: Option<String>,
    /// Until when it is decided on.
    pub by: Timestamp,
    /// Why that takes longer than a month.
    pub extended: Option<String>,
    /// Why it was decided so.
    pub reason: Option<String>,
    /// Why it stands no more in the way.
    pub lifted: Option<String>,
}

impl Objected {
    /// Whether it waits for a decision.
    pub(crate) fn waits(&self) -> bool {
        matches!(self.status.as_str(), "open" | "overdue")
    }

    pub(crate) fn tone(&self) -> &'static str {
        match self.status.as_str() {
            "open" | "overdue" => "stop",
            _ => "plain",
        }
    }
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "mine.html")]
pub struct Mine {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// The theme, coded.
    pub theme: String,
    /// The state, coded.
    pub state: String,
    /// The rung's name.
    pub rung: String,
    /// Who is responsible.
    pub owner: Option<String>,
    /// Whose turn it is.
    pub clock: Option<Clock>,
    /// What the citizen says.
    pub words: Option<String>,
    /// What should come of it.
    pub wish: Option<String>,
    /// What was decided, and told.
    pub said: Vec<Said>,
    /// What organisations promised.
    pub commitments: Vec<CommitmentLine>,
    /// Who shares with whom, and why.
    pub shares: Vec<Share>,
    /// Who looked, the latest first.
    pub looks: Vec<Visit>,
    /// Consents that stand.
    pub agreed: Vec<Agreed>,
    /// Objections.
    pub objected: Vec<Objected>,
    /// What the citizen can do.
    pub deeds: Vec<Deed>,
}

impl Mine {
    fn wrong(&self) -> Vec<Field> {
        all_fields(&self.deeds)
    }

    /// The visits that stand in sight, and those before them.
    fn looked(&self) -> (&[Visit], &[Visit]) {
        self.looks.split_at(self.looks.len().min(IN_SIGHT))
    }
}
