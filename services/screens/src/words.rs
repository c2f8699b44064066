//! The words on the screens, Dutch and English side by side: `words/<screen>.toml`, where
//! `title = { nl = "…", en = "…" }` in `work.toml` is the key `work.title`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::Language;

/// Each file with what its keys begin with.
const FILES: &[(&str, &str)] = &[
    ("layout", include_str!("../words/layout.toml")),
    ("codes", include_str!("../words/codes.toml")),
    ("happening", include_str!("../words/happening.toml")),
    ("door", include_str!("../words/door.toml")),
    ("work", include_str!("../words/work.toml")),
    ("case", include_str!("../words/case.toml")),
    ("deed", include_str!("../words/deed.toml")),
    ("refusal", include_str!("../words/refusal.toml")),
    ("climb", include_str!("../words/climb.toml")),
    ("desk", include_str!("../words/desk.toml")),
    ("table", include_str!("../words/table.toml")),
    ("weigh", include_str!("../words/weigh.toml")),
    ("signal", include_str!("../words/signal.toml")),
    ("board", include_str!("../words/board.toml")),
    ("away", include_str!("../words/away.toml")),
    ("privacy", include_str!("../words/privacy.toml")),
    ("operation", include_str!("../words/operation.toml")),
    ("mine", include_str!("../words/mine.toml")),
    ("sharing", include_str!("../words/sharing.toml")),
    ("raise", include_str!("../words/raise.toml")),
    ("search", include_str!("../words/search.toml")),
    ("inbox", include_str!("../words/inbox.toml")),
    ("insights", include_str!("../words/insights.toml")),
    ("unsent", include_str!("../words/unsent.toml")),
    ("static", include_str!("../words/static.toml")),
];

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// In Dutch.
    pub nl: String,
    /// In English.
    pub en: String,
}

impl Both {
    /// In this language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.nl,
            Language::English => &self.en,
        }
    }
}

/// A file: keys, or groups of keys.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Text(Both),
    Group(BTreeMap<String, Entry>),
}

/// Built in, and read by a test, so a file that cannot be read cannot be shipped.
static ALL: LazyLock<BTreeMap<String, Both>> = LazyLock::new(|| {
    let mut all = BTreeMap::new();
    for (name, text) in FILES {
        if let Ok(entry) = toml::from_str(text) {
            collect(name, entry, &mut all);
        }
    }
    all
});

fn collect(key: &str, entry: Entry, all: &mut BTreeMap<String, Both>) {
    match entry {
        Entry::Text(both) => {
            all.insert(key.to_owned(), both);
        }
        Entry::Group(group) => {
            for (name, entry) in group {
                collect(&format!("{key}.{name}"), entry, all);
            }
        }
    }
}

/// Every key with its texts.
pub fn catalogue() -> &'static BTreeMap<String, Both> {
    &ALL
}

/// The text of a key; none when there is no such key.
pub(crate) fn find(language: Language, key: &str) -> Option<&'static str> {
    ALL.get(key).map(|both| both.get(language))
}

/// Puts values in the places of a text that are called `{name}`.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = text.to_owned();
    for (name, value) in values {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        for (name, text) in FILES {
            let read: Result<Entry, _> = toml::from_str(text);
            assert!(read.is_ok(), "{name}: {:?}", read.err());
            assert!(
                ALL.keys().any(|key| key.starts_with(&format!("{name}."))),
                "{name}"
            );
        }
    }

    #[test]
    fn both_languages_have_the_same_places_to_fill() {
        let places = |text: &str| {
            let mut found: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            found.sort();
            found
        };
        for (key, both) in catalogue() {
            assert!(
                !both.nl.trim().is_empty() && !both.en.trim().is_empty(),
                "{key}"
            );
            assert_eq!(places(&both.nl), places(&both.en), "{key}");
        }
    }

    #[test]
    fn values_are_filled_in() {
        assert_eq!(
            fill("nog {n} van {m}", &[("n", "2"), ("m", "3")]),
            "nog 2 van 3"
        );
    }
}
