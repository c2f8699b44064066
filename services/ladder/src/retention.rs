//! How long the platform keeps what it knows, per category of data and source law
//! (`deploy/retention.toml`). The organisations' own files follow their own terms; the platform's
//! copy is kept shorter (domain, section e3).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use toml::Spanned;

use crate::file_error::Source;
use crate::{Calendar, Closed, ErasureScope, FileError, Term};

/// A category for which the file must have a term: every one that a fact can be of.
const WHOLE: &str = "the whole case";

/// How long the platform keeps what it knows after a case has ended.
#[derive(Debug, Clone)]
pub struct Retention {
    whole: Term,
    texts: Term,
    terms: BTreeMap<(String, Option<String>), Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    case: WholeCase,
    texts: Option<Texts>,
    #[serde(default)]
    category: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeCase {
    after_closing: Spanned<String>,
    #[serde(rename = "provisional")]
    _provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    after_ending: Spanned<String>,
    #[serde(rename = "provisional")]
    _provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    category: Spanned<String>,
    law: Option<Spanned<String>>,
    after_closing: Spanned<String>,
    /// What the law says of the organisations' own files; for the reader.
    own_files: Spanned<String>,
    #[serde(rename = "provisional")]
    _provisional: bool,
}

impl Retention {
    /// Reads the text of `deploy/retention.toml`; `file_name` is how errors name it. `categories`
    /// are the words of every category that a fact can be of.
    ///
    /// # Errors
    /// [`FileError`] with line and remedy: a category that does not exist, one that stands twice
    /// or has no term, a term that is none, and one that is longer than that of the whole case.
    pub fn from_toml(text: &str, file_name: &str, categories: &[&str]) -> Result<Self, FileError> {
        let source = Source::new(file_name, text);
        let file: Written = source.parse()?;
        let whole = term(source, &file.case.after_closing)?;
        let texts = match &file.texts {
            Some(texts) => term(source, &texts.after_ending)?,
            None => whole,
        };
        let mut terms = BTreeMap::new();
        for entry in &file.category {
            let word = entry.category.get_ref();
            if !categories.contains(&word.as_str()) {
                let known = format!("write one of {}", categories.join(", "));
                let problem = format!("'{word}' is no category of data");
                return Err(source.error(&entry.category.span(), problem, known));
            }
            if entry.own_files.get_ref().trim().is_empty() {
                return Err(source.error(
                    &entry.own_files.span(),
                    format!("category {word} does not say how long own files are kept"),
                    "write own_files = \"…\", with the law that says so",
                ));
            }
            let kept = term(source, &entry.after_closing)?;
            if longest(kept) > longest(whole) {
                return Err(source.error(
                    &entry.after_closing.span(),
                    format!("category {word} is kept longer than {WHOLE}"),
                    "write a shorter term, or a longer one under [case]",
                ));
            }
            let law = entry.law.as_ref().map(|law| law.get_ref().clone());
            if terms.insert((word.clone(), law), kept).is_some() {
                return Err(source.error(
                    &entry.category.span(),
                    format!("category {word} stands here twice for the same law"),
                    "remove one of the two",
                ));
            }
        }
        for category in categories {
            if !terms.contains_key(&((*category).to_owned(), None)) {
                return Err(source.error(
                    &(0..0),
                    format!("category {category} has no term for laws that are not named"),
                    format!("add [[category]] with category = \"{category}\" and no law"),
                ));
            }
        }
        Ok(Self {
            whole,
            texts,
            terms,
        })
    }

    /// How long facts of a category, known under a law, are kept after the end of their case.
    pub fn term(&self, category: &str, law: &str) -> Term {
        let of_law = (category.to_owned(), Some(law.to_owned()));
        let of_any = (category.to_owned(), None);
        let found = self.terms.get(&of_law).or_else(|| self.terms.get(&of_any));
        found.copied().unwrap_or(self.whole)
    }

    /// Whether what was written of a signal or a meeting that ended then is to be erased at that moment.
    /// Without a term of its own it is kept as long as a case is.
    pub fn texts_are_due(&self, calendar: &Calendar, ended_at: Timestamp, at: Timestamp) -> bool {
        calendar.after(ended_at, self.texts) <= at
    }

    /// What of an ended case is still kept, each with when its term ends, the first first; the whole
    /// case when that is not ordered to be erased yet. A hold puts off the erasure, not the term.
    pub fn ahead(&self, calendar: &Calendar, case: &Closed) -> Vec<(ErasureScope, Timestamp)> {
        let kept = &case.file.kept;
        if kept.is_ordered(&ErasureScope::Case) {
            return Vec::new();
        }
        let ends = |term: Term| calendar.after(case.ended_at, term);
        let categories = kept.categories.iter().map(|(category, law)| {
            let scope = ErasureScope::Category {
                category: category.clone(),
                law: law.clone(),
            };
            (scope, ends(self.term(category, law)))
        });
        let mut ahead: Vec<_> = categories
            .filter(|(scope, _)| !kept.is_ordered(scope))
            .collect();
        ahead.sort_by_key(|(_, at)| *at);
        ahead.push((ErasureScope::Case, ends(self.whole)));
        ahead
    }

    /// What of an ended case is to be erased at that moment: the categories whose term has ended,
    /// the whole case at last. Nothing while a hold stands, and nothing twice.
    pub fn due(&self, calendar: &Calendar, case: &Closed, at: Timestamp) -> Vec<ErasureScope> {
        let kept = &case.file.kept;
        if kept.held_until(at).is_some() {
            return Vec::new();
        }
        let over = |term: Term| calendar.after(case.ended_at, term) <= at;
        if over(self.whole) {
            let whole = Some(ErasureScope::Case);
            return whole
                .filter(|case| !kept.is_ordered(case))
                .into_iter()
                .collect();
        }
        let ended = kept
            .categories
            .iter()
            .filter(|(category, law)| over(self.term(category, law)));
        ended
            .map(|(category, law)| ErasureScope::Category {
                category: category.clone(),
                law: law.clone(),
            })
            .filter(|scope| !kept.is_ordered(scope))
            .collect()
    }
}

fn term(source: Source<'_>, written: &Spanned<String>) -> Result<Term, FileError> {
    Term::parse(written.get_ref()).map_err(|error| {
        source.error(
            &written.span(),
            error.to_string(),
            "terms of keeping count in days, weeks, months or years",
        )
    })
}

/// About how many days a term is, to compare two of them.
fn longest(term: Term) -> u64 {
    u64::from(term.count())
        * match term.unit() {
            crate::TermUnit::Minutes | crate::TermUnit::Hours => 0,
            crate::TermUnit::WorkingDays | crate::TermUnit::Days => 1,
            crate::TermUnit::Weeks => 7,
            crate::TermUnit::Months => 31,
            crate::TermUnit::Years => 366,
        }
}
