//! Where in a policy file something stands, so that an error can name the line.

use toml::de::{DeTable, DeValue};

/// One step into a file: a key of a table, or the place in a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Key(&'static str),
    Nth(usize),
}

/// The number of the line (from 1) where `offset` stands.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    let before = &text.as_bytes()[..offset.min(text.len())];
    1 + before.iter().filter(|byte| **byte == b'\n').count()
}

/// The line of what lies at `path`; of the nearest that is there, when it is absent.
pub(crate) fn line_of(text: &str, path: &[Step]) -> usize {
    let Ok(file) = DeTable::parse(text) else {
        return 1;
    };
    line_at(text, offset_of(file.get_ref(), path))
}

fn offset_of(file: &DeTable<'_>, path: &[Step]) -> usize {
    let mut offset = 0;
    let mut here: Option<&DeValue<'_>> = None;
    for step in path {
        match step {
            Step::Key(name) => {
                let table = here.map_or(Some(file), DeValue::as_table);
                let entry = table.and_then(|table| {
                    table
                        .iter()
                        .find(|(key, _)| key.get_ref().as_ref() == *name)
                });
                let Some((key, value)) = entry else {
                    return offset;
                };
                // A list of tables has its key at every one of them: the last step tells which.
                offset = key.span().start;
                here = Some(value.get_ref());
            }
            Step::Nth(index) => {
                let list = here.and_then(DeValue::as_array);
                let Some(value) = list.and_then(|list| list.get(*index)) else {
                    return offset;
                };
                offset = value.span().start;
                here = Some(value.get_ref());
            }
        }
    }
    offset
}

/// A file that is not of the expected form: what is wrong, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) line: usize,
    pub(crate) problem: String,
}

impl Malformed {
    /// What the reader of the file says, with the line and a remedy.
    pub(crate) fn of(text: &str, error: &toml::de::Error) -> Self {
        let message = error.message().trim();
        let remedy = if message.starts_with("unknown field") {
            "; correct the name or remove the line"
        } else if message.starts_with("missing field") {
            "; add it here"
        } else if message.starts_with("duplicate key") {
            "; remove one of the two"
        } else if message.starts_with("invalid type") {
            "; write it in that form"
        } else {
            ""
        };
        Self {
            line: error.span().map_or(1, |span| line_at(text, span.start)),
            problem: format!("{message}{remedy}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str =
        "a = 1\n\n[[rung]]\nid = \"x\"\n\n[[rung]]\nid = \"y\"\nlist = [\n  1,\n  2,\n]\n";

    #[test]
    fn a_place_is_found_by_its_path() {
        use Step::{Key, Nth};
        assert_eq!(line_of(FILE, &[Key("a")]), 1);
        assert_eq!(line_of(FILE, &[Key("rung"), Nth(0), Key("id")]), 4);
        assert_eq!(line_of(FILE, &[Key("rung"), Nth(1), Key("id")]), 7);
        assert_eq!(
            line_of(FILE, &[Key("rung"), Nth(1), Key("list"), Nth(1)]),
            10
        );
    }

    #[test]
    fn what_is_absent_is_placed_at_what_it_is_missing_from() {
        use Step::{Key, Nth};
        assert_eq!(line_of(FILE, &[Key("rung"), Nth(1), Key("answer")]), 6);
        assert_eq!(line_of(FILE, &[Key("terms")]), 1);
    }
}
