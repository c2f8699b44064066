//! Pages that are the same for everybody: the words of the domain, and the statement on
//! accessibility.

use std::fmt::Display;
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
    /// What sets it apart from the same word elsewhere on a page.
    pub at: String,
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
            at: String::new(),
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

/// A piece of a text in which the words of the glossary explain themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// As it stands.
    Plain(&'a str),
    /// A word of the glossary, as it stands there.
    Word(Term),
}

impl Entry {
    /// The word as it stands in texts, in small letters.
    fn said(&self, language: Language) -> String {
        match language {
            Language::Dutch => self.dutch.to_lowercase(),
            Language::English => spaced(&self.identifier).to_lowercase(),
        }
    }
}

/// Endings with which a word is still that word: the plural.
const ENDINGS: [&str; 6] = ["", "s", "'s", "en", "sen", "n"];

/// Whether a word of a text is this word of the glossary, or its plural.
fn is_word(found: &str, word: &str) -> bool {
    let rest = found.strip_prefix(word);
    let open = || {
        // A long vowel becomes short: "signaal", "signalen".
        let short = word.replace("aa", "a").replace("oo", "o");
        short != word && found == format!("{short}en")
    };
    rest.is_some_and(|rest| ENDINGS.contains(&rest)) || open()
}

/// Where a word of the glossary begins and ends in a text, and which; the longest of what begins
/// first.
fn next_word(text: &str, language: Language) -> Option<(usize, usize, &'static Entry)> {
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        c.is_alphabetic() && !before.is_some_and(|c| c.is_alphanumeric() || c == '-')
    });
    for (at, _) in starts {
        let found = WORDS.iter().filter_map(|entry| {
            let word = entry.said(language);
            let length = word.split(' ').count();
            let end = end_of(&text[at..], length)?;
            let fits = is_word(&text[at..at + end].to_lowercase(), &word);
            fits.then_some((at, at + end, entry))
        });
        if let Some(found) = found.max_by_key(|(_, end, _)| *end) {
            return Some(found);
        }
    }
    None
}

/// Where so many words end.
fn end_of(text: &str, words: usize) -> Option<usize> {
    let mut left = words;
    for (at, c) in text.char_indices() {
        if !(c.is_alphanumeric() || c == '-' || c == '\'') {
            left -= 1;
            if left == 0 {
                return Some(at);
            }
            if c != ' ' {
                return None;
            }
        }
    }
    (left == 1).then_some(text.len())
}

impl Frame {
    /// A word of the glossary with its meaning.
    pub(crate) fn term(&self, identifier: &str) -> Option<Term> {
        let entry = WORDS.iter().find(|entry| entry.identifier == identifier)?;
        Some(entry.read(self.language))
    }

    /// The text of a key, in pieces: each word of the glossary in it can be explained.
    pub(crate) fn explained(&self, key: &str) -> Vec<Piece<'static>> {
        self.explained_at(key, "")
    }

    /// The same where it stands on a page more than once; `place` is a name of the place.
    pub(crate) fn explained_at(&self, key: &str, place: impl Display) -> Vec<Piece<'static>> {
        let mut rest = self.t(key);
        let mut pieces = Vec::new();
        while let Some((from, to, entry)) = next_word(rest, self.language) {
            pieces.push(Piece::Plain(&rest[..from]));
            pieces.push(Piece::Word(Term {
                word: rest[from..to].to_owned(),
                at: format!("-{}-{from}{place}", key.replace('.', "-")),
                ..entry.read(self.language)
            }));
            rest = &rest[to..];
        }
        pieces.push(Piece::Plain(rest));
        pieces
    }

    /// The words of the glossary in a text that cannot hold an explanation itself, such as the label of a
    /// field: each once, to be explained beside it. `place` is a name of the place.
    pub(crate) fn terms_in(&self, text: &str, place: impl Display) -> Vec<Term> {
        let mut terms: Vec<Term> = Vec::new();
        for entry in entries_in(text, self.language) {
            if terms.iter().all(|known| known.id != entry.identifier) {
                terms.push(Term {
                    at: format!("-{place}"),
                    ..entry.read(self.language)
                });
            }
        }
        terms
    }
}

/// The words of the glossary that stand in a text, in their order.
fn entries_in(text: &str, language: Language) -> Vec<&'static Entry> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some((_, to, entry)) = next_word(rest, language) {
        found.push(entry);
        rest = &rest[to..];
    }
    found
}

/// The same by their identifiers: what a page has to explain.
pub fn words_in(text: &str, language: Language) -> Vec<&'static str> {
    let found = entries_in(text, language).into_iter();
    found.map(|entry| entry.identifier.as_str()).collect()
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
