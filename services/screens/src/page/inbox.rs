//! What other organisations ask: accept, decline with a reason, or offer something else.

use askama::Template;
use jiff::{Timestamp, civil::Date};

use crate::page::{Absent, AskedAdvice, Deed};
use crate::{Field, Frame, Input, Left};

/// A question that waits for an answer: the card, codes only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Who asks.
    pub from: String,
    /// `advice`, `task` or `ownership`.
    pub kind: String,
    /// The theme, coded.
    pub theme: String,
    /// How old the person is whom it is about, in bands.
    pub age_band: Option<String>,
    /// What should come of it, coded.
    pub requested: String,
    /// The names of the rules in collision.
    pub rules: Vec<String>,
    /// Whether the short term holds.
    pub urgent: bool,
    /// Until when.
    pub by: Timestamp,
    /// How long that is.
    pub left: Left,
    /// The fields for declining.
    pub decline: Vec<Field>,
    /// Whether declining is unfolded.
    pub declining: bool,
    /// The fields for offering something else.
    pub counter: Vec<Field>,
    /// Whether that is unfolded.
    pub countering: bool,
}

/// What was accepted and must not be forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Who asked.
    pub from: String,
    /// What was asked.
    pub kind: String,
    /// The theme, coded.
    pub theme: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// What the receiver must know.
    pub summary: Option<String>,
    /// What should come of it, coded.
    pub requested: String,
    /// Since when.
    pub since: Option<Timestamp>,
    /// The case, when the reader may open it.
    pub href: Option<String>,
    /// Giving it back, when the reader may.
    pub deed: Option<Deed>,
}

/// What the reader's organisation was asked to promise, or promised and has not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPromise {
    /// The page of the case, where it is answered.
    pub href: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// Its theme, coded.
    pub theme: Option<String>,
    /// `requested` or `made`.
    pub status: String,
    /// What is asked, or promised.
    pub text: Option<String>,
    /// The last day of it.
    pub due: Option<Date>,
    /// Whether that day has passed.
    pub overdue: bool,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "inbox.html")]
pub struct Inbox {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why an answer could not be given, when no field is to blame.
    pub refusal: Option<String>,
    /// What waits, in order of deadline.
    pub offers: Vec<Offer>,
    /// Questions for advice, those that wait first.
    pub advice: Vec<AskedAdvice>,
    /// What was accepted.
    pub accepted: Vec<Accepted>,
    /// Commitments of the reader's organisation that are asked for or not done, overdue first.
    pub promises: Vec<OwnPromise>,
    /// Colleagues who are away now.
    pub absent: Vec<Absent>,
    /// The fields in which something is wrong.
    pub fields: Vec<Field>,
}
