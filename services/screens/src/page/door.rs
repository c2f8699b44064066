//! The way in: the front page for whoever is not logged in, and the demo's page of personas.

use askama::Template;

use crate::Frame;

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "home.html")]
pub struct Home {
    /// What is around it.
    pub frame: Frame,
    /// Whether somebody can log in here.
    pub login: bool,
}

/// Somebody to act as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// The provider's name for them.
    pub id: &'static str,
    /// Their name.
    pub name: String,
    /// Their roles, coded.
    pub roles: Vec<&'static str>,
}

/// The people of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub organisation: String,
    /// Its people.
    pub people: Vec<Persona>,
}

/// The page of an identity provider for demonstrations: whom to act as.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "personas.html")]
pub struct Personas {
    /// What is around it.
    pub frame: Frame,
    /// Where the choice goes.
    pub action: String,
    /// What goes with it: names and values.
    pub hidden: Vec<(&'static str, String)>,
    /// The people.
    pub groups: Vec<Group>,
}
