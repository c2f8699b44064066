//! The table: what waits for it, its meetings, and a meeting under way.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::deed::all_fields;
use crate::page::Deed;
use crate::{Field, Frame, Input};

/// A case that waits for a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waits {
    /// What the reader's organisation calls the case.
    pub number: String,
    /// The page of the case, when the reader may open it.
    pub href: Option<String>,
    /// The theme, coded, when the reader may know it.
    pub theme: Option<String>,
    /// Whether it goes first.
    pub urgent: bool,
    /// Since when it waits.
    pub since: Timestamp,
}

/// A table, and what waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The rung's name.
    pub rung: String,
    /// What waits, urgent first and then by age.
    pub waits: Vec<Waits>,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meets {
    /// Where it is.
    pub href: String,
    /// The rung's name.
    pub rung: String,
    /// Coded.
    pub state: String,
    /// When.
    pub at: Timestamp,
}

/// The page of the tables.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "tables.html")]
pub struct Tables {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// The reader's tables.
    pub agendas: Vec<Agenda>,
    /// The meetings, the latest first.
    pub meetings: Vec<Meets>,
    /// Planning one.
    pub deeds: Vec<Deed>,
}

impl Tables {
    fn wrong(&self) -> Vec<Field> {
        all_fields(&self.deeds)
    }
}

/// An organisation that is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Its name.
    pub name: String,
    /// Whether it is there; nothing before the meeting opened.
    pub present: Option<bool>,
}

/// What was asked at the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedThere {
    /// Of whom.
    pub of: String,
    /// Coded.
    pub status: String,
    /// What was asked.
    pub asked: Option<String>,
    /// The answer.
    pub text: Option<String>,
    /// The last day on which what was promised is done.
    pub due: Option<Date>,
    /// Answering it.
    pub deeds: Vec<Deed>,
}

/// What would stop the next case too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObstacleLine {
    /// What.
    pub text: String,
    /// What would have to change, coded.
    pub target: String,
    /// Who can take it away.
    pub owner: String,
    /// The signal that it became, when the reader may see that.
    pub signal: Option<String>,
}

/// A case on the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnAgenda {
    /// What the reader's organisation calls the case.
    pub number: String,
    /// The page of the case, when the reader may open it.
    pub href: Option<String>,
    /// The theme, coded, when the reader may know it.
    pub theme: Option<String>,
    /// Whether it goes first.
    pub urgent: bool,
    /// Whether the reader's organisation takes no part in it.
    pub recused: bool,
    /// The organisations that take no part in it, as far as the reader may know.
    pub recusals: Vec<String>,
    /// Who can lead it, when the reader holds the meeting and does not see this case.
    pub led: Option<String>,
    /// Whether what was promised stands in the case now, because the minutes were adopted.
    pub became: bool,
    /// What collides.
    pub collision: Option<String>,
    /// What was asked of whom.
    pub asked: Vec<AskedThere>,
    /// `decided` or `adjourned`.
    pub conclusion: Option<String>,
    /// In words.
    pub conclusion_text: Option<String>,
    /// What would stop the next case too.
    pub obstacles: Vec<ObstacleLine>,
    /// What the reader can do.
    pub deeds: Vec<Deed>,
}

impl OnAgenda {
    fn id(&self) -> &str {
        &self.number
    }
}

/// The page of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "meeting.html")]
pub struct Meeting {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// The rung's name.
    pub rung: String,
    /// Coded.
    pub state: String,
    /// When.
    pub at: Timestamp,
    /// How many organisations must be there.
    pub quorum: i64,
    /// Who is invited.
    pub invited: Vec<Invited>,
    /// The cases, in their order.
    pub agenda: Vec<OnAgenda>,
    /// Cases that wait for this table and stand on no agenda of it.
    pub waits: Vec<(Waits, Deed)>,
    /// Where the reader's pack is.
    pub pack: String,
    /// What the reader can do for the meeting as a whole.
    pub deeds: Vec<Deed>,
}

impl Meeting {
    /// How many are there, once it has opened.
    fn present(&self) -> usize {
        let there = self.invited.iter().filter(|one| one.present == Some(true));
        there.count()
    }

    fn is_open(&self) -> bool {
        self.state == "open"
    }

    fn wrong(&self) -> Vec<Field> {
        let cases = self.agenda.iter();
        let cases = cases.flat_map(|case| {
            let asked = case.asked.iter().flat_map(|asked| all_fields(&asked.deeds));
            all_fields(&case.deeds).into_iter().chain(asked)
        });
        all_fields(&self.deeds).into_iter().chain(cases).collect()
    }
}
