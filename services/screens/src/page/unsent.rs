//! A form that was not taken, because nobody is logged in any more or somebody logged in anew: what
//! was written stands here, and is sent on from here.

use askama::Template;

use crate::Frame;

/// The names of what was chosen or known rather than written.
const NOT_WRITTEN: [&str; 4] = ["over", "terug", "concept", "doe"];
/// Longer than this, in characters, something was written.
const LONG: usize = 20;

/// A text that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The name of its field.
    pub name: String,
    /// What the form asked there, when that is known.
    pub label: Option<String>,
    /// The text.
    pub value: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "unsent.html")]
pub struct Unsent {
    /// What is around it.
    pub frame: Frame,
    /// Where the form was going.
    pub action: String,
    /// What was chosen, by the names of the fields.
    pub hidden: Vec<(String, String)>,
    /// What was written: it can be read and changed.
    pub written: Vec<Written>,
}

/// Whether it is a choice of a list or the name of a thing, however long.
fn is_code(text: &str) -> bool {
    let coded =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(&byte);
    let marked = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    text.bytes().all(coded) && text.bytes().any(marked)
}

impl Unsent {
    /// The page for what was filled in; `label` says what the form calls a field.
    pub fn of(
        frame: Frame,
        action: String,
        values: &[(String, String)],
        label: impl Fn(&Frame, &str) -> Option<String>,
    ) -> Self {
        let is_written = |(name, value): &&(String, String)| {
            let text = value.trim();
            let long = text.chars().count() > LONG || text.contains(char::is_whitespace);
            long && !is_code(text) && !NOT_WRITTEN.contains(&name.as_str())
        };
        let written = values.iter().filter(is_written);
        let written = written.map(|(name, value)| Written {
            label: label(&frame, name),
            name: name.clone(),
            value: value.clone(),
        });
        Self {
            written: written.collect(),
            action,
            hidden: values
                .iter()
                .filter(|one| !is_written(one))
                .cloned()
                .collect(),
            frame,
        }
    }
}
