//! What went wrong, and what to do.

use askama::Template;

use crate::{Frame, in_query};

/// What the reader wanted to begin and may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// A case.
    Case,
    /// A signal.
    Signal,
    /// The way to a higher rung, of the case at this address.
    Higher(String),
}

/// The page of an error.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "problem.html")]
pub struct Problem {
    /// What is around it.
    pub frame: Frame,
    /// The key of what is the matter.
    pub title: String,
    /// What to do.
    pub text: String,
    /// The names of who can do what the reader cannot; nobody when that is not what is the matter.
    pub can: Vec<String>,
    /// Where to go on: address and words.
    pub way: (String, &'static str),
}

impl Problem {
    /// The page for an HTTP status.
    pub fn of(frame: Frame, status: u16) -> Self {
        let citizen = frame.user.as_ref().is_some_and(|user| user.citizen);
        let own = match citizen {
            true => ("/mijn-zaak".to_owned(), "static.to-mine"),
            false => ("/werk".to_owned(), "static.to-work"),
        };
        let start = ("/".to_owned(), "static.to-start");
        let (group, (way, words)) = match status {
            401 => {
                let back = in_query(&frame.address);
                ("login", (format!("/aanmelden?naar={back}"), "door.login"))
            }
            403 => ("forbidden", own),
            404 if citizen => ("missing", own),
            404 => ("missing", start),
            405 => ("unsent", (frame.address.clone(), "static.to-page")),
            409 => ("conflict", own),
            _ => ("failed", start),
        };
        Self {
            title: format!("static.{group}-title"),
            text: frame.t(&format!("static.{group}")).to_owned(),
            can: Vec::new(),
            way: (way, frame.t(words)),
            frame,
        }
    }

    /// The page for whoever may not begin something: who can, and what the reader can do instead.
    pub fn not_yours(frame: Frame, what: Begun, can: Vec<String>) -> Self {
        let user = frame.user.as_ref();
        let citizen = user.is_some_and(|user| user.citizen);
        let signals = user.is_some_and(|user| user.signals);
        let title = match what {
            Begun::Case => "static.no-case-title",
            Begun::Signal => "static.no-signal-title",
            Begun::Higher(_) => "static.no-higher-title",
        };
        let (text, (way, words)) = match what {
            Begun::Case | Begun::Signal if citizen => (
                "static.tell-contact",
                ("/mijn-zaak".to_owned(), "static.to-mine"),
            ),
            Begun::Case if signals => (
                "static.signal-instead",
                ("/signalen/nieuw".to_owned(), "signal.new"),
            ),
            Begun::Case | Begun::Signal => (
                "static.tell-colleague",
                ("/werk".to_owned(), "static.to-work"),
            ),
            Begun::Higher(case) => ("static.tell-owner", (case, "climb.back")),
        };
        Self {
            title: title.to_owned(),
            text: frame.t(text).to_owned(),
            can,
            way: (way, frame.t(words)),
            frame,
        }
    }
}
