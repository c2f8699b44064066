//! The catalogue: every text in both languages, each in its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use screens::catalogue;

/// Words that give a language away.
const ENGLISH: &[&str] = &[
    "the", "and", "you", "your", "with", "from", "this", "that", "they", "it", "be", "by", "for",
    "not", "what", "who", "when", "case", "about", "answer", "asked", "nobody", "somebody", "to",
];
const DUTCH: &[&str] = &[
    "de", "het", "een", "niet", "van", "voor", "met", "zijn", "wordt", "deze", "uw", "u", "wij",
    "nog", "naar", "bij", "casus", "wie", "wat", "er", "ook", "als", "dit", "vraag", "antwoord",
];

/// The words of a text; places to fill are none.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split('{').enumerate();
    let said = parts.map(|(index, part)| match index {
        0 => part,
        _ => part.split_once('}').map_or(part, |(_, rest)| rest),
    });
    said.flat_map(|part| part.split(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[test]
fn no_english_stands_in_dutch_and_no_dutch_in_english() {
    for (key, both) in catalogue() {
        let strange = words(&both.nl).find(|word| ENGLISH.contains(&word.as_str()));
        assert_eq!(strange, None, "{key} in Dutch: {}", both.nl);
        let strange = words(&both.en).find(|word| DUTCH.contains(&word.as_str()));
        assert_eq!(strange, None, "{key} in English: {}", both.en);
    }
}

#[test]
fn dutch_sentences_are_short() {
    for (key, both) in catalogue() {
        for sentence in both.nl.split(['.', '?', '!', ':']) {
            let count = words(sentence).count();
            assert!(
                count <= 16,
                "{key} has a sentence of {count} words: {sentence}"
            );
        }
    }
}

/// Every file below a folder of this crate.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn every_text_that_is_asked_for_is_there() {
    let mut asked = BTreeSet::new();
    let handlers = files("../escalation/src/web");
    for text in files("templates")
        .iter()
        .chain(&files("src"))
        .chain(&handlers)
    {
        for part in text.split('"') {
            let (file, key) = part.split_once('.').unwrap_or_default();
            let is_key = !key.is_empty()
                && !["html", "toml", "css"].contains(&key)
                && key
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
            if is_key
                && catalogue()
                    .keys()
                    .any(|known| known.starts_with(&format!("{file}.")))
            {
                asked.insert(part.to_owned());
            }
        }
    }
    assert!(asked.len() > 100, "only {} keys are found", asked.len());
    for key in &asked {
        assert!(catalogue().contains_key(key), "nobody wrote {key}");
    }
}

#[test]
fn templates_hold_no_words_of_their_own() {
    for text in files("templates") {
        let mut rest = text.as_str();
        let mut bare = String::new();
        // Leaves out what stands between < and >, {{ and }}, {% and %}.
        while let Some(at) = rest.find(['<', '{']) {
            bare.push_str(&rest[..at]);
            let close = match rest[at..].get(..2) {
                Some("{{") => "}}",
                Some("{%") => "%}",
                _ => ">",
            };
            let end = rest[at..]
                .find(close)
                .map_or(rest.len(), |end| at + end + close.len());
            // An expression inside a tag ends neither of them.
            let tag = &rest[at..end];
            let open = tag.matches("{{").count() + tag.matches("{%").count();
            let closed = tag.matches("}}").count() + tag.matches("%}").count();
            rest = if close == ">" && open > closed {
                let more = rest[end..]
                    .find('>')
                    .map_or(rest.len(), |more| end + more + 1);
                &rest[more..]
            } else {
                &rest[end..]
            };
        }
        for word in words(&bare).filter(|word| word.len() > 2) {
            let allowed = [
                "doorbraak",
                "door",
                "braak",
                "doctype",
                "html",
                "openapi",
                "json",
            ];
            assert!(
                allowed.contains(&word.as_str()),
                "{word} stands in a template: {bare}"
            );
        }
    }
}
