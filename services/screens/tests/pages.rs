//! Every page from a sample, in both languages: what it says is kept in `snapshots/`, and holds to
//! what every page must hold to.

#![allow(
    clippy::unwrap_used,
    reason = "a test says best where it stopped by stopping there"
)]

#[path = "pages/samples.rs"]
mod samples;
#[path = "pages/shape.rs"]
mod shape;
#[path = "pages/terms.rs"]
mod terms;
#[path = "pages/words.rs"]
mod words;

use samples::{SAMPLES, frame};
use screens::Language;

/// The page with the names of files made the same for every build.
fn steady(html: &str) -> String {
    let mut lines = Vec::new();
    for line in html.lines().filter(|line| !line.trim().is_empty()) {
        let from_npm = line.contains("htmx");
        let asset = line.find("/assets/").filter(|_| line.contains('-'));
        // On every page, and looked at by a test of its own.
        let stamp = line.starts_with("<p class=\"db-stamp\"");
        match asset {
            _ if from_npm || stamp => {}
            Some(at) => {
                let end = line[at..].find('"').map_or(line.len(), |end| at + end);
                let name = line[at..end].split('-').next().unwrap();
                lines.push(format!("{}{name}{}", &line[..at], &line[end..]));
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

#[test]
fn every_page_says_what_it_said() {
    for (name, render) in SAMPLES {
        for language in Language::ALL {
            let html = render(frame(language));
            insta::assert_snapshot!(format!("{name}.{}", language.code()), steady(&html));
        }
    }
}
