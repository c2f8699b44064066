//! Pages that are the same for everybody: the words of the domain, and the statement on
//! accessibility.

use std::sync::LazyLock;

use askama::Template;
use serde::Deserialize;

use crate::{Frame, Language};

/// The glossary of the product.
const FILE: &str = include_str!("../../../../deploy/glossary.toml");

#[derive(Deserialize)]
struct File {
    term: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    identifier: String,
    dutch: String,
    definition_nl: String,
    definition_en: String,
}

static WORDS: LazyLock<Vec<Entry>> =
    LazyLock::new(|| toml::from_str::<File>(FILE).map_or_else(|_| Vec::new(), |file| file.term));

/// A word of the domain, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its identifier.
    pub id: &'static str,
    /// The word.
    pub word: String,
    /// What it means.
    pub definition: &'static str,
}

impl Entry {
    fn read(&'static self, language: Language) -> Term {
        let (word, definition) = match language {
            Language::Dutch => (capital(&self.dutch), &self.definition_nl),
            Language::English => (spaced(&self.identifier), &self.definition_en),
        };
        Term {
            id: &self.identifier,
            word,
            definition,
        }
    }
}

/// `RuleCollision` becomes `Rule collision`.
fn spaced(identifier: &str) -> String {
    let mut word = String::new();
    for (index, c) in identifier.char_indices() {
        if index > 0 && c.is_uppercase() {
            word.push(' ');
            word.extend(c.to_lowercase());
        } else {
            word.push(c);
        }
    }
    word
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).collect()
}

impl Frame {
    /// A word of the glossary with its meaning.
    pub(crate) fn term(&self, identifier: &str) -> Option<Term> {
        let entry = WORDS.iter().find(|entry| entry.identifier == identifier)?;
        Some(entry.read(self.language))
    }
}

/// The page with all words.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "glossary.html")]
pub struct Glossary {
    frame: Frame,
    terms: Vec<Term>,
}

impl Glossary {
    /// The words in the reader's language and its alphabet.
    pub fn new(frame: Frame) -> Self {
        let mut terms: Vec<Term> = WORDS.iter().map(|one| one.read(frame.language)).collect();
        terms.sort_by_key(|term| term.word.to_lowercase());
        Self { frame, terms }
    }
}

/// The statement on accessibility.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "accessibility.html")]
pub struct Accessibility {
    /// What is around it.
    pub frame: Frame,
}
