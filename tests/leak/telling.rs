//! Telling a story with markers in parts, so that it can be looked at in between.

use std::collections::BTreeMap;

use demo::play::{Doors, Story, play};
use jiff::Timestamp;
use serde_json::Value;

/// A story that is told part by part.
pub(crate) struct Telling {
    name: &'static str,
    parts: Vec<String>,
    /// What was bound so far.
    pub(crate) bound: BTreeMap<String, String>,
}

impl Telling {
    /// Cuts a story before the first line of each of these times.
    pub(crate) fn new(name: &'static str, text: &str, cuts: &[&str]) -> Self {
        let mut parts = vec![String::new()];
        let mut cuts = cuts.iter().peekable();
        for (number, line) in text.lines().enumerate() {
            let time: Value = serde_json::from_str(line).unwrap_or_default();
            let at = time["at"].as_str().unwrap_or_default();
            if cuts.next_if(|cut| **cut <= at).is_some() {
                // Lines keep their numbers: the keys of requests are made of them.
                parts.push("\n".repeat(number));
            }
            let part = parts.last_mut().expect("there is one");
            part.push_str(line);
            part.push('\n');
        }
        Self {
            name,
            parts,
            bound: BTreeMap::new(),
        }
    }

    /// How many parts it has.
    pub(crate) fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Tells the n-th part, and gives the time at its end.
    pub(crate) async fn tell(&mut self, part: usize, doors: &Doors) -> Timestamp {
        let mut text = self.parts[part].clone();
        let mut names: Vec<&String> = self.bound.keys().collect();
        // The longest first: one name may begin with another.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        for name in names {
            text = text.replace(&format!("${name}"), &self.bound[name]);
        }
        let story = Story::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        let told = play(doors, &story, self.name, &mut |_| {}).await;
        let told = told.unwrap_or_else(|error| panic!("{}: {error}", self.name));
        self.bound.extend(told.bound);
        story.lines.last().expect("a part has lines").at
    }
}
