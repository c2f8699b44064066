//! Finding a text by words: without regard to case, accents and endings ("toeslagen" finds
//! "toeslag"), and to what a word is joined to, as Dutch does ("zorgtoeslag"). Pure; where the
//! texts come from, and who may see them, is the business of whoever searches.

mod excerpt;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

pub(crate) use excerpt::Excerpt;
use words::{is_common, words};

/// So many words are looked for at most; what comes after them is left aside.
const MOST_TERMS: usize = 24;
/// So many words of a whole text, and only those with so many letters: they say what it is about.
const MOST_OF_TEXT: usize = 250;
const TELLING: usize = 5;
/// A word that is a part of a longer one is found when its stem has so many letters.
const LONG_ENOUGH: usize = 5;

/// Cuts endings off, by the rules of Snowball.
struct Stems {
    dutch: Stemmer,
    english: Stemmer,
}

impl Stems {
    fn new() -> Self {
        Self {
            dutch: Stemmer::create(Algorithm::Dutch),
            english: Stemmer::create(Algorithm::English),
        }
    }
}

/// A word to look for.
struct Term {
    word: String,
    dutch: String,
    english: String,
}

impl Term {
    /// Whether this word of a text is the same, or is joined to it.
    fn is(&self, stems: &Stems, word: &str) -> bool {
        let part = self.dutch.chars().count() >= LONG_ENOUGH && word.contains(&self.dutch);
        // Endings change no word's beginning, and most words differ there.
        if !part && self.word.chars().next() != word.chars().next() {
            return false;
        }
        let dutch = stems.dutch.stem(word);
        dutch == self.dutch
            || stems.english.stem(word) == self.english
            || (part && (word.starts_with(&self.dutch) || dutch.ends_with(&self.dutch)))
    }
}

/// The words to look for.
pub(crate) struct Query {
    terms: Vec<Term>,
    stems: Stems,
}

/// Where a text has some of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Which of the words, by their number.
    pub(crate) terms: BTreeSet<usize>,
    /// The first of them, in bytes of the text.
    pub(crate) first: Range<usize>,
}

impl Query {
    /// What somebody wrote, without the words that every text has. Endings that make the same word
    /// of two make one of them.
    pub(crate) fn new(written: &str) -> Self {
        Self::of(written, MOST_TERMS, 1)
    }

    /// The longer words of a text, to find what has to do with it.
    pub(crate) fn about(text: &str) -> Self {
        Self::of(text, MOST_OF_TEXT, TELLING)
    }

    fn of(written: &str, most: usize, letters: usize) -> Self {
        let stems = Stems::new();
        let mut terms: Vec<Term> = Vec::new();
        for (_, word) in words(written) {
            if terms.len() == most {
                break;
            }
            let dutch = stems.dutch.stem(&word).into_owned();
            let known = terms.iter().any(|term| term.dutch == dutch);
            if is_common(&word) || known || word.chars().count() < letters {
                continue;
            }
            let english = stems.english.stem(&word).into_owned();
            terms.push(Term {
                word,
                dutch,
                english,
            });
        }
        Self { terms, stems }
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The words of these numbers, as they were written but for case and accents.
    pub(crate) fn words<'a>(
        &'a self,
        numbers: &'a BTreeSet<usize>,
    ) -> impl Iterator<Item = &'a str> {
        let terms = numbers.iter().filter_map(|number| self.terms.get(*number));
        terms.map(|term| term.word.as_str())
    }

    /// Looks through a text.
    pub(crate) fn find(&self, text: &str) -> Option<Found> {
        let mut found: Option<Found> = None;
        for (place, word) in words(text) {
            for (number, term) in self.terms.iter().enumerate() {
                if term.is(&self.stems, &word) {
                    let found = found.get_or_insert_with(|| Found {
                        terms: BTreeSet::new(),
                        first: place.clone(),
                    });
                    found.terms.insert(number);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, text: &str) -> bool {
        Query::new(query).find(text).is_some()
    }

    #[test]
    fn endings_case_and_accents_make_no_difference() {
        for (query, text) in [
            ("toeslagen", "Haar toeslag stopt"),
            ("toeslag", "Alle TOESLAGEN"),
            ("boeken", "een boek"),
            ("bed", "twee bedden"),
            ("kamers", "zij verliest haar kamer"),
            ("financien", "Financiën"),
            ("debts", "one debt"),
            ("closing", "it was closed"),
            ("cafe", "het cafe\u{301}"),
        ] {
            assert!(finds(query, text), "{query} in {text}");
        }
    }

    #[test]
    fn a_word_is_found_where_it_is_joined_to_another_and_not_inside_one() {
        assert!(finds("toeslag", "de zorgtoeslag"));
        assert!(finds("schulden", "schuldhulpverlening"));
        assert!(!finds("lag", "de toeslag"));
        assert!(!finds("toeslag", "een zorgtoeslagarm huis"));
        assert!(!finds("slagen", "toeslagenwet is geen slagroom"));
    }

    #[test]
    fn words_that_every_text_has_are_not_looked_for() {
        assert!(Query::new("de van het, the and").is_empty());
        assert!(Query::new(" ?!… ").is_empty());
        assert!(!finds("de huur", "de kamer"));
    }

    #[test]
    fn it_is_told_which_words_were_found_and_where_the_first_stands() {
        let found =
            Query::new("kamer schulden huur").find("Zij raakt haar kamers kwijt, en de huur.");
        let found = found.unwrap();
        assert_eq!(found.terms, BTreeSet::from([0, 2]));
        assert_eq!(found.first, 15..21);
    }
}
