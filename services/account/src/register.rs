//! The register of processing activities (AVG article 30): what personal data is processed for
//! what, on which legal basis, and to which activity each operation of the program belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use toml::Spanned;

use crate::RegisterError;

/// Logs about care are kept five years at least (NEN 7513, domain section e3). The logs are not
/// separated by subject, so that holds for all lines.
const LEAST_YEARS: u16 = 5;
/// With leap days, rounded up: a line goes a little later rather than earlier.
const DAYS_A_YEAR: i64 = 366;

/// Whose processing an activity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Controller {
    /// The organisation whose user or service acts.
    Acting,
    /// The organisation that runs the platform.
    Platform,
}

/// One entry of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its address: what a log line names.
    pub uri: String,
    /// Its name, in Dutch.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// On which ground, with the article.
    pub legal_basis: String,
    /// Categories of personal data; none when it needs none.
    pub categories: Vec<String>,
    /// Whose.
    pub subjects: Vec<String>,
    /// To whom it may go.
    pub recipients: Vec<String>,
    /// How long the data is kept.
    pub retention: String,
    /// Whose processing it is.
    pub controller: Controller,
    /// The operations that belong to it.
    pub operations: BTreeSet<String>,
}

impl Activity {
    /// Whether it needs personal data: then each operation of it makes lines.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        !self.categories.is_empty()
    }
}

/// The whole register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    file: String,
    years: u16,
    activities: Vec<Activity>,
    by_operation: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    base_uri: Spanned<String>,
    log_retention_years: Spanned<u16>,
    #[serde(default)]
    activity: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    name: Spanned<String>,
    purpose: Spanned<String>,
    legal_basis: Spanned<String>,
    categories: Vec<String>,
    subjects: Spanned<Vec<String>>,
    recipients: Vec<String>,
    retention: Spanned<String>,
    controller: Controller,
    operations: Spanned<Vec<String>>,
}

/// The text with its name, so that a fault can be placed in it.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn error(&self, span: &Range<usize>, problem: String, remedy: &str) -> RegisterError {
        let before = self.text.bytes().take(span.start);
        RegisterError {
            file: self.file.to_owned(),
            line: Some(1 + before.filter(|byte| *byte == b'\n').count()),
            problem,
            remedy: remedy.to_owned(),
        }
    }
}

impl Register {
    /// Reads a register; `file` is its name for whoever reads an error.
    ///
    /// # Errors
    /// [`RegisterError`] with the line and what to write instead.
    pub fn from_toml(text: &str, file: &str) -> Result<Self, RegisterError> {
        let source = Source { file, text };
        let read: File = toml::from_str(text).map_err(|error| {
            let problem = error.message().lines().collect::<Vec<_>>().join(", ");
            let remedy = "write it in the form that the top of the file shows";
            source.error(&error.span().unwrap_or(0..0), problem, remedy)
        })?;
        let base = read.base_uri.get_ref();
        if !base.starts_with("https://") || !base.ends_with('/') {
            return Err(source.error(
                &read.base_uri.span(),
                format!("base_uri {base} is no address that entries can be put behind"),
                "write one that begins with https:// and ends with /",
            ));
        }
        let years = *read.log_retention_years.get_ref();
        if years < LEAST_YEARS {
            return Err(source.error(
                &read.log_retention_years.span(),
                format!("log_retention_years is {years}, and logs about care are kept longer"),
                "write 5 or more",
            ));
        }
        let mut register = Self {
            file: file.to_owned(),
            years,
            activities: Vec::new(),
            by_operation: BTreeMap::new(),
        };
        for entry in read.activity {
            register.add(&source, base, entry)?;
        }
        Ok(register)
    }

    fn add(&mut self, source: &Source<'_>, base: &str, entry: Entry) -> Result<(), RegisterError> {
        let id = entry.id.get_ref();
        let code = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || !id.bytes().all(code) {
            return Err(source.error(
                &entry.id.span(),
                format!("activity id {id:?} is no code"),
                "write small letters, digits and hyphens",
            ));
        }
        let uri = format!("{base}{id}");
        if self.activities.iter().any(|other| other.uri == uri) {
            return Err(source.error(
                &entry.id.span(),
                format!("activity {id} stands here twice"),
                "give one of the two another id",
            ));
        }
        for (what, text) in [
            ("name", &entry.name),
            ("purpose", &entry.purpose),
            ("legal_basis", &entry.legal_basis),
            ("retention", &entry.retention),
        ] {
            if text.get_ref().trim().is_empty() {
                let problem = format!("activity {id} has an empty {what}");
                return Err(source.error(&text.span(), problem, "write it in a few words"));
            }
        }
        if entry.categories.is_empty() != entry.subjects.get_ref().is_empty() {
            return Err(source.error(
                &entry.subjects.span(),
                format!("activity {id} names categories of data or subjects, and not both"),
                "name both, or neither when it needs no personal data",
            ));
        }
        for operation in entry.operations.get_ref() {
            let place = self.activities.len();
            if self.by_operation.insert(operation.clone(), place).is_some() {
                return Err(source.error(
                    &entry.operations.span(),
                    format!("operation {operation} belongs to two activities"),
                    "take it out of one of the two",
                ));
            }
        }
        self.activities.push(Activity {
            uri,
            name: entry.name.into_inner(),
            purpose: entry.purpose.into_inner(),
            legal_basis: entry.legal_basis.into_inner(),
            categories: entry.categories,
            subjects: entry.subjects.into_inner(),
            recipients: entry.recipients,
            retention: entry.retention.into_inner(),
            controller: entry.controller,
            operations: entry.operations.into_inner().into_iter().collect(),
        });
        Ok(())
    }

    /// Whether every one of these operations has an entry, and every operation of an entry is one
    /// of these.
    ///
    /// # Errors
    /// [`RegisterError`] about the first that does not.
    pub fn covers(&self, operations: &BTreeSet<&str>) -> Result<(), RegisterError> {
        let error = |problem, remedy: &str| RegisterError {
            file: self.file.clone(),
            line: None,
            problem,
            remedy: remedy.to_owned(),
        };
        let known = |operation: &&&str| !self.by_operation.contains_key(**operation);
        if let Some(missing) = operations.iter().find(known) {
            let problem = format!("operation {missing} belongs to no activity");
            return Err(error(problem, "add it to the operations of one"));
        }
        let named = self.by_operation.keys();
        match named
            .into_iter()
            .find(|named| !operations.contains(named.as_str()))
        {
            None => Ok(()),
            Some(unknown) => {
                let problem = format!("operation {unknown} is none of this program");
                Err(error(problem, "correct the name or take it out"))
            }
        }
    }

    /// The activity that an operation belongs to.
    #[must_use]
    pub fn of(&self, operation: &str) -> Option<&Activity> {
        let place = self.by_operation.get(operation)?;
        self.activities.get(*place)
    }

    /// Every activity, in the order of the file.
    #[must_use]
    pub fn activities(&self) -> &[Activity] {
        &self.activities
    }

    /// For how many years a line is kept.
    #[must_use]
    pub const fn years(&self) -> u16 {
        self.years
    }

    /// The moment before which lines are no longer kept.
    #[must_use]
    pub fn expired_before(&self, now: Timestamp) -> Timestamp {
        let kept = SignedDuration::from_hours(24 * DAYS_A_YEAR * i64::from(self.years));
        now.checked_sub(kept).unwrap_or(Timestamp::MIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "base_uri = \"https://x.example/\"\nlog_retention_years = 5\n";

    fn entry(id: &str, operations: &str) -> String {
        format!(
            "[[activity]]\nid = \"{id}\"\nname = \"n\"\npurpose = \"p\"\nlegal_basis = \"l\"\n\
             categories = [\"c\"]\nsubjects = [\"s\"]\nrecipients = []\nretention = \"r\"\n\
             controller = \"acting\"\noperations = {operations}\n"
        )
    }

    fn refused(text: &str) -> String {
        Register::from_toml(text, "r.toml").unwrap_err().to_string()
    }

    #[test]
    fn an_operation_leads_to_its_activity() {
        let text = format!("{HEAD}{}{}", entry("a", "[\"x\"]"), entry("b", "[\"y\"]"));
        let register = Register::from_toml(&text, "r.toml").unwrap();
        assert_eq!(register.of("y").unwrap().uri, "https://x.example/b");
        assert_eq!(register.of("z"), None);
        assert_eq!(register.covers(&BTreeSet::from(["x", "y"])), Ok(()));
        let missing = register.covers(&BTreeSet::from(["x", "y", "z"]));
        assert_eq!(
            missing.unwrap_err().to_string(),
            "r.toml: operation z belongs to no activity; add it to the operations of one"
        );
        let unknown = register.covers(&BTreeSet::from(["x"]));
        assert_eq!(
            unknown.unwrap_err().to_string(),
            "r.toml: operation y is none of this program; correct the name or take it out"
        );
    }

    #[test]
    fn a_term_shorter_than_that_of_care_is_refused() {
        let text = "base_uri = \"https://x.example/\"\nlog_retention_years = 4\n";
        assert_eq!(
            refused(text),
            "r.toml, line 2: log_retention_years is 4, and logs about care are kept longer; \
             write 5 or more"
        );
        let kept = Register::from_toml(HEAD, "r.toml").unwrap();
        let now: Timestamp = "2031-03-05T00:00:00Z".parse().unwrap();
        let five_years_ago: Timestamp = "2026-03-05T00:00:00Z".parse().unwrap();
        assert!(kept.expired_before(now) <= five_years_ago);
    }

    #[test]
    fn a_fault_is_named_with_its_line_and_the_remedy() {
        let of = |entry: String| refused(&format!("{HEAD}{entry}"));
        assert_eq!(
            of(entry("A b", "[]")),
            "r.toml, line 4: activity id \"A b\" is no code; write small letters, digits and \
             hyphens"
        );
        assert_eq!(
            of(entry("a", "[]").replace("\"p\"", "\" \"")),
            "r.toml, line 6: activity a has an empty purpose; write it in a few words"
        );
        assert_eq!(
            of(entry("a", "[]").replace("[\"s\"]", "[]")),
            "r.toml, line 9: activity a names categories of data or subjects, and not both; \
             name both, or neither when it needs no personal data"
        );
        assert_eq!(
            of(format!("{}{}", entry("a", "[]"), entry("a", "[]"))),
            "r.toml, line 15: activity a stands here twice; give one of the two another id"
        );
        assert_eq!(
            of(format!(
                "{}{}",
                entry("a", "[\"x\"]"),
                entry("b", "[\"x\"]")
            )),
            "r.toml, line 24: operation x belongs to two activities; take it out of one of the two"
        );
        assert_eq!(
            refused("base_uri = \"x\"\nlog_retention_years = 5\n"),
            "r.toml, line 1: base_uri x is no address that entries can be put behind; write one \
             that begins with https:// and ends with /"
        );
        let unknown = refused(&format!("{HEAD}who = 1\n"));
        assert!(
            unknown.starts_with("r.toml, line 3: unknown field `who`"),
            "{unknown}"
        );
    }
}
