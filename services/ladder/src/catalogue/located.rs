use std::collections::BTreeMap;

use toml::Spanned;

use crate::FileError;
use crate::file_error::Source;

/// One entry of a catalogue while it is read: what it is, its id and the place of the id.
pub(super) struct Entry<'a> {
    source: Source<'a>,
    what: &'static str,
    id: &'a Spanned<String>,
}

impl<'a> Entry<'a> {
    /// An entry such as a `rule`; its id must be a code.
    ///
    /// # Errors
    /// [`FileError`] when the id is no code.
    pub(super) fn new(
        source: Source<'a>,
        what: &'static str,
        id: &'a Spanned<String>,
    ) -> Result<Self, FileError> {
        let entry = Self { source, what, id };
        entry.code("an id", id)?;
        Ok(entry)
    }

    /// The id.
    pub(super) fn id(&self) -> String {
        self.id.get_ref().clone()
    }

    /// A fault of the entry as a whole, shown at its id.
    pub(super) fn error(&self, problem: impl AsRef<str>, remedy: impl Into<String>) -> FileError {
        self.error_at(self.id, problem, remedy)
    }

    /// A fault of the entry at the place of one of its values.
    pub(super) fn error_at<T>(
        &self,
        at: &Spanned<T>,
        problem: impl AsRef<str>,
        remedy: impl Into<String>,
    ) -> FileError {
        let problem = format!("{} {} {}", self.what, self.id.get_ref(), problem.as_ref());
        self.source.error(&at.span(), problem, remedy)
    }

    /// A value that must be there and must say something; `about` is what it should tell.
    ///
    /// # Errors
    /// [`FileError`] when it is absent or blank.
    pub(super) fn required<'b>(
        &self,
        field: &str,
        about: &str,
        written: Option<&'b Spanned<String>>,
    ) -> Result<&'b Spanned<String>, FileError> {
        let remedy = || format!("write {field} = \"…\": {about}");
        match written {
            None => Err(self.error(format!("has no {field}"), remedy())),
            Some(text) if text.get_ref().trim().is_empty() => {
                Err(self.error_at(text, format!("has an empty {field}"), remedy()))
            }
            Some(text) => Ok(text),
        }
    }

    /// The text of a value that must be there.
    ///
    /// # Errors
    /// As [`Entry::required`].
    pub(super) fn text(
        &self,
        field: &str,
        about: &str,
        written: Option<&Spanned<String>>,
    ) -> Result<String, FileError> {
        let text = self.required(field, about, written)?;
        Ok(text.get_ref().clone())
    }

    /// A value that must look like a code, as ids, laws and themes do on the wire.
    ///
    /// # Errors
    /// [`FileError`] when it does not.
    pub(super) fn code(&self, what: &str, written: &Spanned<String>) -> Result<String, FileError> {
        let text = written.get_ref();
        if is_code(text) {
            return Ok(text.clone());
        }
        Err(self.error_at(
            written,
            format!("has {what} that is no code"),
            "write 1 to 64 of a-z, 0-9, _ . -, the first of them a letter or a figure",
        ))
    }

    /// The error for an id that stands in the file already, at that place.
    pub(super) fn twice(&self, first: &Spanned<String>) -> FileError {
        let first = self.source.error(&first.span(), "", "").line.unwrap_or(0);
        self.error(
            format!("stands twice, first in line {first}"),
            "give one of them another id, or take it out",
        )
    }
}

/// Whether it looks like the open codes of the wire.
fn is_code(text: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.len() <= 64
        && text.bytes().next().is_some_and(word)
        && text
            .bytes()
            .all(|byte| word(byte) || b"_.-".contains(&byte))
}

/// The place of each id in its list.
///
/// # Errors
/// [`FileError`] for an id that is no code or that stands twice.
pub(super) fn positions<'a>(
    source: Source<'a>,
    what: &'static str,
    ids: impl Iterator<Item = &'a Spanned<String>>,
) -> Result<BTreeMap<&'a str, usize>, FileError> {
    let mut found: BTreeMap<&str, (usize, &Spanned<String>)> = BTreeMap::new();
    for (position, id) in ids.enumerate() {
        let entry = Entry::new(source, what, id)?;
        if let Some((_, first)) = found.insert(id.get_ref(), (position, id)) {
            return Err(entry.twice(first));
        }
    }
    Ok(found.into_iter().map(|(id, (at, _))| (id, at)).collect())
}
