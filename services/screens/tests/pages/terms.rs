//! The words of the domain: where one stands in a heading, it explains itself on that page.

use screens::Language;
use screens::page::words_in;

use crate::samples::{SAMPLES, frame};

/// Pages that are about the words themselves, or for whoever is not logged in.
const APART: [&str; 4] = ["glossary", "accessibility", "home", "personas"];

/// What stands in a heading, without what is folded away in it.
fn said(heading: &str) -> String {
    let mut said = String::new();
    let mut rest = heading;
    while let Some((text, tag)) = rest.split_once('<') {
        said.push_str(text);
        rest = match tag.strip_prefix("span class=\"db-term__text\"") {
            Some(folded) => folded.split_once("</span>").unwrap().1,
            None => tag.split_once('>').unwrap().1,
        };
    }
    said.push_str(rest);
    said
}

fn headings(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for level in ["h1", "h2", "h3", "h4"] {
        let (open, close) = (format!("<{level} "), format!("</{level}>"));
        for rest in html.split(open.as_str()).skip(1) {
            let (_, heading) = rest.split_once('>').unwrap();
            let heading = heading.split(close.as_str()).next().unwrap();
            // The name of a rung or of an organisation is what it is called, and no term; what people
            // wrote, and the code of a theme, have no explanation here.
            let named =
                rest.split('>').next().unwrap().contains("lang=") || heading.contains("<a ");
            if !named {
                found.push(said(heading));
            }
        }
    }
    found
}

#[test]
fn each_term_in_a_heading_is_explained_on_its_page() {
    let (mut missing, mut looked) = (Vec::new(), 0);
    for (name, render) in SAMPLES {
        if APART.iter().any(|apart| name.starts_with(apart)) {
            continue;
        }
        for language in Language::ALL {
            let html = render(frame(language));
            for heading in headings(&html) {
                for term in words_in(&heading, language) {
                    looked += 1;
                    let mark = format!("popovertarget=\"w-{term}");
                    if !html.contains(&mark) {
                        missing.push(format!("{name}.{}: {term} in {heading}", language.code()));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(looked > 100, "only {looked} terms are found");
}

/// What stands in each label of a field or of a group of choices, with what comes after it up to the next.
fn labels(html: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (open, close) in [
        ("<label class=", "</label>"),
        ("<legend class=", "</legend>"),
    ] {
        for rest in html.split(open).skip(1) {
            let (_, rest) = rest.split_once('>').unwrap();
            found.push(rest.split_once(close).unwrap());
        }
    }
    found
}

#[test]
fn each_term_in_a_label_is_explained_beside_it_and_the_label_stays_what_it_was() {
    let (mut missing, mut looked) = (Vec::new(), 0);
    for (name, render) in SAMPLES {
        for language in Language::ALL {
            let html = render(frame(language));
            for (label, after) in labels(&html) {
                assert!(!label.contains("<button"), "{name}: {label}");
                // Before whatever is filled in there.
                let until = ["<textarea", "<select", "<input"]
                    .iter()
                    .filter_map(|field| after.find(field))
                    .min();
                let beside = &after[..until.unwrap_or(after.len())];
                for term in words_in(&said(label), language) {
                    looked += 1;
                    let mark = format!("popovertarget=\"w-{term}-");
                    if !beside.contains(&mark) {
                        missing.push(format!("{name}.{}: {term} in {label}", language.code()));
                    }
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(looked > 20, "only {looked} terms are found");
}

#[test]
fn a_term_is_found_in_its_plural_and_as_a_whole_word_only() {
    for (text, language, wanted) in [
        (
            "Welke toezeggingen lopen?",
            Language::Dutch,
            &["Commitment"][..],
        ),
        ("Signalen", Language::Dutch, &["StructuralSignal"]),
        ("Botsende regels", Language::Dutch, &["RuleCollision"]),
        ("De casusregisseur", Language::Dutch, &["CaseDirector"]),
        ("Een casusnummer", Language::Dutch, &[]),
        ("Cases that wait", Language::English, &["Case"]),
        (
            "Rule collision and rung",
            Language::English,
            &["RuleCollision", "Rung"],
        ),
        ("Suitcase", Language::English, &[]),
    ] {
        assert_eq!(words_in(text, language), wanted, "{text}");
    }
}
