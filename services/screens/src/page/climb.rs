//! Asking to be admitted to a higher rung: comply or explain, item by item.

use askama::Template;

use crate::{Field, Frame, Input};

/// A rung that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Higher {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who sits there.
    pub body: String,
    /// Whether it is the one that the form is for.
    pub chosen: bool,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "climb.html")]
pub struct Climb {
    /// What is around it.
    pub frame: Frame,
    /// The page of the case.
    pub case: String,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// Why it could not be asked, when no field is to blame.
    pub refusal: Option<String>,
    /// What was missing the last time, coded.
    pub missing: Vec<String>,
    /// The rungs above where the case stands.
    pub rungs: Vec<Higher>,
    /// The names of those that are passed over.
    pub skipped: Vec<String>,
    /// What is filled in.
    pub fields: Vec<Field>,
}

impl Climb {
    fn chosen(&self) -> Option<&Higher> {
        self.rungs.iter().find(|rung| rung.chosen)
    }
}
