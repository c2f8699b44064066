//! Raising a case: the story first, and little that must be filled in.

use askama::Template;
use jiff::Timestamp;

use crate::{Field, Frame, Input};

/// A standard provision to try first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Its name.
    pub name: String,
    /// What it gives and to whom.
    pub gives: String,
    /// The words of the story by which it is suggested.
    pub words: Vec<String>,
}

/// A decided case that is like what is being raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Where it is.
    pub href: String,
    /// Its theme.
    pub theme: String,
    /// What the reader's organisation calls it.
    pub number: String,
    /// How it ended, when it has.
    pub outcome: Option<String>,
    /// Its rules, by name.
    pub rules: Vec<String>,
    /// The words of the story by which it is suggested.
    pub words: Vec<String>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "raise.html")]
pub struct Raise {
    /// What is around it.
    pub frame: Frame,
    /// The draft that is gone on with.
    pub draft: Option<String>,
    /// When that was last kept.
    pub saved: Option<Timestamp>,
    /// Why it could not be raised, when no field is to blame.
    pub refusal: Option<String>,
    /// The fields; those that must be filled in come first.
    pub fields: Vec<Field>,
    /// How many of them must be filled in.
    pub required: usize,
    /// Whether the reader can raise what is written; else only keep it.
    pub reports: bool,
    /// What to try first.
    pub provisions: Vec<Provision>,
    /// Decided cases that are like it, once that was asked.
    pub alike: Option<Vec<Alike>>,
}

impl Raise {
    /// Whether the part that may be left out is unfolded: when something stands in it, or is wrong.
    pub(crate) fn more_is_open(&self) -> bool {
        let mut rest = self.fields.iter().skip(self.required);
        rest.any(|field| field.error.is_some() || !field.value.is_empty())
    }
}
