//! What went wrong, and what to do.

use askama::Template;

use crate::Frame;

/// The page of an error.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "problem.html")]
pub struct Problem {
    /// What is around it.
    pub frame: Frame,
    /// What is the matter.
    pub title: &'static str,
    /// What to do.
    pub text: &'static str,
    /// Where to go on: address and words.
    pub way: (&'static str, &'static str),
}

impl Problem {
    /// The page for an HTTP status.
    pub fn of(frame: Frame, status: u16) -> Self {
        let (group, way, words) = match status {
            401 => ("login", "/aanmelden", "door.login"),
            403 => ("forbidden", "/werk", "static.to-work"),
            404 => ("missing", "/", "static.to-start"),
            409 => ("conflict", "/werk", "static.to-work"),
            _ => ("failed", "/", "static.to-start"),
        };
        Self {
            title: frame.t(&format!("static.{group}-title")),
            text: frame.t(&format!("static.{group}")),
            way: (way, frame.t(words)),
            frame,
        }
    }
}
