//! What an administrator answers for: signals, and what the own organisation promised. Never a ranking
//! of people or of organisations.

use askama::Template;
use jiff::civil::Date;

use super::SignalItem;
use crate::Frame;

/// What the reader's organisation was asked to commit itself to, or promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The page of the case.
    pub href: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// The theme, coded, when the reader may know it.
    pub theme: Option<String>,
    /// What is promised, or what is asked.
    pub text: Option<String>,
    /// The last day.
    pub due: Option<Date>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "board.html")]
pub struct Board {
    /// What is around it.
    pub frame: Frame,
    /// Signals that wait for the reader's organisation, the nearest term first.
    pub signals: Vec<SignalItem>,
    /// Commitments of which the last day has passed.
    pub late: Vec<Promise>,
    /// What was asked and not answered.
    pub asked: Vec<Promise>,
    /// What was promised and is not done, the nearest day first.
    pub running: Vec<Promise>,
    /// Whether there is more than fits.
    pub more: bool,
}

impl Board {
    /// The lists of commitments that are there, each with the key of its heading and whether it is
    /// overdue; that first.
    fn lists(&self) -> Vec<(&'static str, bool, &[Promise])> {
        let all = [
            ("board.late", true, self.late.as_slice()),
            ("board.asked", false, &self.asked),
            ("board.running", false, &self.running),
        ];
        let there = all.into_iter().filter(|(_, _, list)| !list.is_empty());
        there.collect()
    }
}
