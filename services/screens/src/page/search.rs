//! Searching the reader's own cases.

use askama::Template;

use crate::{Field, Frame, Input};

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// In what.
    pub label: String,
    /// The text before the word, the word, and the text after it, where a text says why.
    pub piece: Option<(String, String, String)>,
}

/// A case that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCase {
    /// Where it is.
    pub href: String,
    /// Its theme; empty when the reader may not see it.
    pub theme: String,
    /// What the reader's organisation calls it.
    pub number: String,
    /// The rung it stands on.
    pub rung: String,
    /// Its state.
    pub state: String,
    /// Why it was found.
    pub places: Vec<Place>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCases {
    /// The best first.
    pub cases: Vec<FoundCase>,
    /// How many cases were looked through.
    pub searched: usize,
    /// Whether there are older ones that were not.
    pub stopped: bool,
    /// Whether more was found than is shown.
    pub more: bool,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "search.html")]
pub struct Search {
    /// What is around it.
    pub frame: Frame,
    /// What is looked for.
    pub fields: Vec<Field>,
    /// Why it could not be looked for, when no field is to blame.
    pub refusal: Option<String>,
    /// What was found, once something was looked for.
    pub found: Option<FoundCases>,
}
