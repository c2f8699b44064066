//! How long the platform keeps what it knows.

use std::path::Path;

use gate::Category;
use ladder::Retention;

use super::{PolicyError, read};

const FILE: &str = "retention.toml";

/// The terms that are built in.
///
/// # Errors
/// As [`load_retention`].
pub fn retention() -> Result<Retention, PolicyError> {
    of(include_str!("../../../../deploy/retention.toml"))
}

/// Those of a folder with `retention.toml`.
///
/// # Errors
/// [`PolicyError`] when the file cannot be read or is not valid, with line and remedy.
pub fn load_retention(folder: &Path) -> Result<Retention, PolicyError> {
    of(&read(folder, FILE)?)
}

fn of(text: &str) -> Result<Retention, PolicyError> {
    let categories: Vec<&str> = Category::ALL.iter().map(|one| one.as_str()).collect();
    Ok(Retention::from_toml(text, FILE, &categories)?)
}

#[cfg(test)]
mod tests {
    use ladder::Term;

    use super::*;

    const BUILT_IN: &str = include_str!("../../../../deploy/retention.toml");

    fn refused(from: &str, to: &str) -> String {
        assert!(BUILT_IN.contains(from), "{from}");
        of(&BUILT_IN.replacen(from, to, 1)).unwrap_err().to_string()
    }

    #[test]
    fn a_law_has_a_term_of_its_own_and_others_have_that_of_the_category() {
        let terms = retention().unwrap();
        let term = |text: &str| Term::parse(text).unwrap();
        assert_eq!(terms.term("health", "youth_act"), term("1y"));
        assert_eq!(terms.term("health", "social_support_act"), term("6mo"));
    }

    #[test]
    fn a_fault_names_file_line_and_remedy() {
        let error = refused("category = \"tax\"", "category = \"taxes\"");
        assert!(error.starts_with("retention.toml, line "), "{error}");
        assert!(
            error.contains("'taxes' is no category of data; write one of "),
            "{error}"
        );

        let line = 1 + BUILT_IN
            .lines()
            .position(|line| line == "after_closing = \"18mo\"")
            .unwrap();
        let error = refused("\"18mo\"", "\"18m\"");
        assert!(
            error.starts_with(&format!("retention.toml, line {line}: '18m' is no term")),
            "{error}"
        );
        let error = refused("\"18mo\"", "\"20y\"");
        assert!(
            error.contains(&format!(
                "line {line}: category finance is kept longer than the whole case"
            )),
            "{error}"
        );

        let error = refused("law = \"participation_act\"\n", "");
        assert!(error.contains("stands here twice"), "{error}");
        let error = refused("category = \"lesson\"", "category = \"tax\"\nlaw = \"x\"");
        assert!(error.contains("category lesson has no term"), "{error}");
        let error = refused(
            "own_files = \"as the file in which they stand\"",
            "own_files = \" \"",
        );
        assert!(
            error.contains("does not say how long own files are kept"),
            "{error}"
        );
    }
}
