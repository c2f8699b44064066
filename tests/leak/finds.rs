//! What was found where, and whether it may stand there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::plant::Marker;
use crate::search::{Found, Looked};

/// The finds of one story.
#[derive(Default)]
pub(crate) struct Finds {
    /// Per kind of place what was looked through.
    pub(crate) looked: BTreeMap<&'static str, Looked>,
    allowed: BTreeMap<(&'static str, String), BTreeSet<usize>>,
    forbidden: BTreeMap<(&'static str, String), BTreeSet<String>>,
}

impl Finds {
    /// Adds what was looked through in a kind of place.
    pub(crate) fn add(&mut self, kind: &'static str, looked: Looked) {
        let sum = self.looked.entry(kind).or_default();
        sum.places += looked.places;
        sum.bytes += looked.bytes;
    }

    /// Judges what one place holds.
    pub(crate) fn judge(
        &mut self,
        kind: &'static str,
        place: &str,
        found: &Found,
        markers: &[Marker],
        may: impl Fn(&Marker) -> bool,
    ) {
        for (index, form) in found {
            let marker = &markers[*index];
            let key = (kind, marker.field.clone());
            if may(marker) {
                self.allowed.entry(key).or_default().insert(*index);
            } else {
                let places = self.forbidden.entry(key).or_default();
                places.insert(format!("{place} ({form}: {})", marker.text));
            }
        }
    }

    /// The fields of which something stood in this kind of place, rightly.
    pub(crate) fn allowed_fields(&self, kind: &str) -> BTreeSet<&str> {
        let fields = self.allowed.keys().filter(|(at, _)| *at == kind);
        fields.map(|(_, field)| field.as_str()).collect()
    }

    /// The kinds of places and fields of which something stood there wrongly.
    pub(crate) fn forbidden_fields(&self) -> BTreeSet<(&'static str, String)> {
        self.forbidden.keys().cloned().collect()
    }

    /// Counts, for the log of the run.
    pub(crate) fn counts(&self) -> String {
        let mut text = String::new();
        let found = self.allowed.keys().chain(self.forbidden.keys());
        let mut kinds: BTreeSet<&'static str> = found.map(|(kind, _)| *kind).collect();
        kinds.extend(self.looked.keys().copied());
        for kind in &kinds {
            // What a party's own service answers is counted with the answers.
            let looked = self.looked.get(kind).copied().unwrap_or_default();
            let count = |of: &BTreeMap<(&'static str, String), BTreeSet<usize>>| {
                of.iter()
                    .filter(|((at, _), _)| at == kind)
                    .map(|(_, found)| found.len())
                    .sum::<usize>()
            };
            let forbidden: usize = self
                .forbidden
                .iter()
                .filter(|((at, _), _)| at == kind)
                .map(|(_, found)| found.len())
                .sum();
            writeln!(
                text,
                "  {kind}: {} places, {} KiB; finds {} allowed, {forbidden} forbidden",
                looked.places,
                looked.bytes / 1024,
                count(&self.allowed),
            )
            .expect("a text can be written");
        }
        text
    }

    /// Every find that may not be, a few places of each.
    pub(crate) fn forbidden(&self) -> Vec<String> {
        let shown = self.forbidden.iter().map(|((kind, field), places)| {
            let some: Vec<&str> = places.iter().take(3).map(String::as_str).collect();
            format!(
                "{kind}: {field} in {} places: {}",
                places.len(),
                some.join("; ")
            )
        });
        shown.collect()
    }
}
