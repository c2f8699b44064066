//! Telling a story with markers in parts, so that it can be looked at in between.

use std::collections::BTreeMap;

use chassis::parties::Parties;
use demo::play::{Doors, Narrator, Story, Told, play, table};
use jiff::Timestamp;
use serde_json::Value;

/// A story that is told part by part.
pub(crate) struct Telling {
    name: &'static str,
    parts: Vec<String>,
    /// What was bound so far.
    pub(crate) bound: BTreeMap<String, String>,
    /// What was said of it while it was told, and at the end of each part.
    pub(crate) said: String,
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
            said: String::new(),
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
        let parties = Parties::embedded().expect("the party files are valid");
        let narrator = Narrator::new(&parties);
        let mut said = String::new();
        let mut listen = |told: Told<'_>| {
            said.push_str(&narrator.tell(told));
            said.push('\n');
        };
        let told = play(doors, &story, self.name, &mut listen).await;
        let told = told.unwrap_or_else(|error| panic!("{}: {error}", self.name));
        self.said.push_str(&said);
        self.said.push_str(&table(&told.report, &narrator));
        self.bound.extend(told.bound);
        story.lines.last().expect("a part has lines").at
    }
}
