//! Keeping the platform running.

use askama::Template;
use jiff::Timestamp;

use crate::page::Deed;
use crate::{Frame, Input};

/// A message that could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Its id.
    pub id: String,
    /// The name of who sent it.
    pub sender: String,
    /// Why, coded.
    pub reason: String,
    /// Why, in English words that come from the service.
    pub detail: String,
    /// Since when.
    pub at: Timestamp,
    /// What became of it when it was taken in again, coded, and when.
    pub replayed: Option<(String, Timestamp)>,
    /// Having it taken in again.
    pub deed: Option<Deed>,
}

/// Letters of one event that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingKind {
    /// The event, as the contract names it.
    pub event: String,
    /// How many.
    pub letters: i64,
    /// The place of the first in the line.
    pub position: i64,
    /// Since when that one waits.
    pub since: Timestamp,
}

/// What waits for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Its name.
    pub name: String,
    /// By which door letters reach it, coded.
    pub door: String,
    /// Whether it is known what waits.
    pub known: bool,
    /// How many letters.
    pub letters: i64,
    /// Since when the oldest waits.
    pub since: Option<Timestamp>,
    /// By event.
    pub kinds: Vec<WaitingKind>,
    /// Why posting failed last, in English words that come from the service.
    pub reason: Option<String>,
    /// The last sign of life.
    pub heard_at: Option<Timestamp>,
}

/// An organisation that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakesPart {
    /// Its name.
    pub name: String,
    /// By which door letters reach it, coded; none when its people work on the platform.
    pub door: Option<String>,
    /// The last sign of life of its systems.
    pub heard_at: Option<Timestamp>,
}

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The release.
    pub version: String,
    /// What keeps the log, coded.
    pub engine: String,
    /// What carries messages, coded.
    pub carrier: String,
    /// Whether it runs for development.
    pub development: bool,
    /// After how many days a letter that nobody takes is let go.
    pub letters_kept: i64,
    /// How many years the lines of the logs are kept.
    pub log_years: i64,
    /// Names and terms of the ladder file, as it writes them.
    pub terms: Vec<(String, String)>,
    /// Who takes part.
    pub parties: Vec<TakesPart>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "operation.html")]
pub struct Operation {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done.
    pub refusal: Option<String>,
    /// What the platform needs, coded, and whether it answers.
    pub parts: Vec<(String, bool)>,
    /// What follows the log, coded, and how many rows it is behind.
    pub followers: Vec<(String, i64)>,
    /// The last event's place in the log.
    pub position: i64,
    /// How many events wait for what they speak of.
    pub parked: i64,
    /// The earliest open deadline.
    pub next_deadline: Option<Timestamp>,
    /// What stands in quarantine, newest first.
    pub quarantine: Vec<Quarantined>,
    /// How many of all of it nobody had taken in again.
    pub standing: i64,
    /// Whether more stands there than is shown.
    pub more: bool,
    /// What waits for whom, the oldest letter first.
    pub receivers: Vec<Receiver>,
    /// The settings.
    pub settings: InForce,
}

impl Operation {
    fn all_well(&self) -> bool {
        self.parts.iter().all(|(_, ready)| *ready)
    }

    fn is_late(&self) -> bool {
        self.next_deadline.is_some_and(|at| at < self.frame.now)
    }

    fn many(&self, kind: &WaitingKind) -> String {
        let (letters, place) = (kind.letters.to_string(), kind.position.to_string());
        let places = (("n", letters.as_str()), ("place", place.as_str()));
        self.frame.t2("operation.kind", places.0, places.1)
    }

    fn waiting(&self) -> i64 {
        self.receivers.iter().map(|one| one.letters).sum()
    }
}
