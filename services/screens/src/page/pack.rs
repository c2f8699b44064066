//! What a reader prepares a meeting with, on screen and on paper.

use askama::Template;
use jiff::Timestamp;

use crate::Frame;
use crate::page::{Shown, Weighing};

/// What blocks a case, with the rules in collision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackBlock {
    /// The kind, coded.
    pub kind: String,
    /// How it blocks.
    pub text: Option<String>,
    /// The rules' names.
    pub rules: Vec<String>,
}

/// What the reader may see of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackSeen {
    /// The story.
    pub story: Option<String>,
    /// What the citizen says.
    pub words: Option<String>,
    /// What should come of it.
    pub wish: Option<String>,
    /// What was tried, in words.
    pub tried: Vec<String>,
    /// The provisions that were tried: the name, and what came of it, coded.
    pub provisions: Vec<(String, String)>,
    /// What blocks it.
    pub blocks: Vec<PackBlock>,
    /// What was given with the last request for admission.
    pub evidence: Vec<Shown>,
    /// What was weighed.
    pub weighings: Vec<Weighing>,
}

/// A case on the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackCase {
    /// What the reader's organisation calls it.
    pub number: String,
    /// The theme, coded, when the reader may know it.
    pub theme: Option<String>,
    /// Whether it goes first.
    pub urgent: bool,
    /// What the reader may see; nothing of a case that is not there for the reader.
    pub seen: Option<PackSeen>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "pack.html")]
pub struct Pack {
    /// What is around it.
    pub frame: Frame,
    /// The page of the meeting.
    pub meeting: String,
    /// The rung's name.
    pub rung: String,
    /// When it meets.
    pub at: Timestamp,
    /// The cases, in their order.
    pub cases: Vec<PackCase>,
}
