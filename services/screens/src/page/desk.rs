//! Requests for admission: what was asked, whether it is complete, and the answer in codes.

use askama::Template;
use jiff::Timestamp;

use super::deed::all_fields;
use crate::page::Deed;
use crate::{Field, Frame, Input, Left};

/// An item that was given, or explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Which, coded.
    pub item: String,
    /// What was given; why it is not there, when it is explained.
    pub text: Option<String>,
    /// Whether it is explained and not given.
    pub explained: bool,
}

/// A request for admission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: String,
    /// The page of the case.
    pub href: String,
    /// The theme, coded.
    pub theme: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// The rung that is asked for.
    pub rung: String,
    /// Who asks.
    pub by: Option<String>,
    /// Whether the short term holds.
    pub urgent: bool,
    /// Until when it is answered, and how long that is.
    pub until: Option<(Timestamp, Left)>,
    /// Why the answer below cannot stand, when somebody insists.
    pub insistence: Option<String>,
    /// What was given.
    pub evidence: Vec<Shown>,
    /// What is neither given nor explained, coded.
    pub lacking: Vec<String>,
    /// The answers that the reader can give.
    pub deeds: Vec<Deed>,
}

impl Request {
    fn explained(&self) -> usize {
        self.evidence.iter().filter(|one| one.explained).count()
    }

    fn is_near(&self) -> bool {
        let left = self.until.map(|(_, left)| left);
        matches!(left, Some(Left::Over | Left::Today | Left::Days(1)))
    }
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "desk.html")]
pub struct Desk {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why an answer could not be given, when no field is to blame.
    pub refusal: Option<String>,
    /// What waits: urgent first, then in order of deadline.
    pub requests: Vec<Request>,
    /// Where the rest is, when there is more than fits.
    pub more: Option<String>,
    /// Whether more urgent ones came before.
    pub later: bool,
}

impl Desk {
    fn wrong(&self) -> Vec<Field> {
        let requests = self.requests.iter();
        requests.flat_map(|one| all_fields(&one.deeds)).collect()
    }
}
