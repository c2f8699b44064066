//! What is wrong in a policy file, where, and what to write instead.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::place::line_at;

/// Why a policy file in `deploy/` is refused: the place, the fault and the remedy, for whoever
/// edits the file.
///
/// Reads as `deploy/rules.toml, line 12: rule x has no intent; write intent = "…"`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}; {remedy}", self.place())]
pub struct FileError {
    /// The file, as whoever starts the program knows it.
    pub file: String,
    /// The line, counted from 1; absent when the fault is in the file as a whole.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// What to write instead.
    pub remedy: String,
}

impl FileError {
    fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}, line {line}", self.file),
            None => self.file.clone(),
        }
    }
}

/// The text of a file together with its name, so that a fault can be placed in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl<'a> Source<'a> {
    /// The text of that file.
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text }
    }

    /// Reads the file as TOML.
    ///
    /// # Errors
    /// [`FileError`] at the place where the text is no TOML or not of the form of `T`.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, FileError> {
        toml::from_str(self.text).map_err(|error| FileError {
            file: self.file.to_owned(),
            line: error.span().map(|span| self.line(&span)),
            problem: error.message().lines().collect::<Vec<_>>().join(", "),
            remedy: "write it in the form that the top of the file shows".to_owned(),
        })
    }

    /// The error for a fault at that place in the text.
    pub(crate) fn error(
        &self,
        span: &Range<usize>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> FileError {
        FileError {
            file: self.file.to_owned(),
            line: Some(self.line(span)),
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    /// The line on which a span of bytes begins, counted from 1.
    fn line(&self, span: &Range<usize>) -> usize {
        line_at(self.text, span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(rename = "count")]
        _count: u8,
    }

    fn refused(text: &str) -> FileError {
        Source::new("deploy/x.toml", text)
            .parse::<Form>()
            .unwrap_err()
    }

    #[test]
    fn a_word_that_the_form_does_not_know_is_shown_with_its_line() {
        let error = refused("# één\ncount = 1\ncuont = 2\n");
        assert_eq!(
            error.to_string(),
            "deploy/x.toml, line 3: unknown field `cuont`, expected `count`; \
             write it in the form that the top of the file shows"
        );
    }

    #[test]
    fn text_that_is_no_toml_is_shown_with_its_line() {
        assert_eq!(refused("count = 1\n\n[open\n").line, Some(3));
    }

    #[test]
    fn an_error_about_the_whole_file_has_no_line() {
        let error = FileError {
            line: None,
            ..refused("")
        };
        assert!(error.to_string().starts_with("deploy/x.toml: "), "{error}");
    }
}
