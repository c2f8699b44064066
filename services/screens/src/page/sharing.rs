//! Who sees what of a case and why, and the check whether something may be shared.

use askama::Template;

use super::deed::all_fields;
use crate::page::{Deed, Share};
use crate::{Field, Frame, Input};

/// How much of a category the reader sees, and the rule's own reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasoned {
    /// The category.
    pub category: String,
    /// `full`, `masked`, `pseudonym` or `none`.
    pub shown: String,
    /// Why so much, each with the article on which it rests.
    pub because: Vec<(String, Option<String>)>,
    /// Why no more.
    pub withheld: Option<String>,
}

/// What the check answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Whether it may be shared.
    pub permitted: bool,
    /// Whether an objection stands in the way.
    pub paused: bool,
    /// Grounds that would do: title and article.
    pub bases: Vec<(String, String)>,
    /// What is missing: the category, coded, and why.
    pub missing: Vec<(String, String)>,
    /// The smallest set that would do, coded.
    pub smallest: Vec<String>,
    /// What to think of.
    pub warnings: Vec<String>,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "sharing.html")]
pub struct Sharing {
    /// What is around it.
    pub frame: Frame,
    /// The page of the case.
    pub case: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// Why the check was not made, when no field is to blame.
    pub refusal: Option<String>,
    /// What the check answered.
    pub answered: Option<Answered>,
    /// The check.
    pub deeds: Vec<Deed>,
    /// What the reader sees, and why.
    pub sights: Vec<Reasoned>,
    /// Who shares with whom.
    pub shares: Vec<Share>,
}

impl Sharing {
    fn wrong(&self) -> Vec<Field> {
        all_fields(&self.deeds)
    }
}
