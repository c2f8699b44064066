//! Who looked at the citizen's case, told per visit. Whoever opens a page of a case asks the API a dozen
//! things at once, each with its own line in the log; a citizen wants to know that somebody was there, from
//! when until when, what for, and what they saw. The single looks stay behind each visit.
//!
//! Which employee looked is not told to a citizen, so a visit is of an organisation in a role: two
//! colleagues in the same role, for the same purpose and at the same time, are one visit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use screens::page;
use serde::Deserialize;

use super::super::Web;
use super::ROLE;

/// The longest time between two looks of one visit: who looks again after half an hour came back. It is a
/// choice of this page and rests on no rule; the log itself has every look.
const GAP: SignedDuration = SignedDuration::from_mins(30);

/// How much was shown when nothing was.
const NOTHING: &str = "none";

/// A line of the log, as the API tells the citizen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Look {
    at: Timestamp,
    organisation: String,
    role: String,
    result: String,
    purpose: Option<String>,
    #[serde(default)]
    shown: BTreeMap<String, String>,
}

impl Look {
    /// Whether somebody else got an answer; what was refused showed nothing.
    fn counts(&self) -> bool {
        self.result == "answered" && self.role != ROLE
    }

    fn roles(&self) -> BTreeSet<String> {
        self.role.split('+').map(str::to_owned).collect()
    }

    /// What was shown, and how much of it.
    fn seen(&self) -> impl Iterator<Item = (&String, &String)> {
        self.shown
            .iter()
            .filter(|(_, strength)| *strength != NOTHING)
    }
}

/// One stretch of looking.
#[derive(Debug, PartialEq, Eq)]
struct Visit {
    organisation: String,
    roles: BTreeSet<String>,
    purpose: Option<String>,
    /// When the first look was, and the last.
    from: Timestamp,
    until: Timestamp,
    /// In their order; never empty.
    looks: Vec<Look>,
}

impl Visit {
    fn begun_by(look: Look) -> Self {
        Self {
            organisation: look.organisation.clone(),
            roles: look.roles(),
            purpose: look.purpose.clone(),
            from: look.at,
            until: look.at,
            looks: vec![look],
        }
    }

    /// Whether a later look goes on with this visit. A look for which no purpose was recorded, such as at a
    /// list in which nothing stands, is no visit of its own when it falls in one.
    fn goes_on_with(&self, look: &Look) -> bool {
        let one_purpose = match (&self.purpose, &look.purpose) {
            (Some(own), Some(other)) => own == other,
            (None, _) | (_, None) => true,
        };
        one_purpose
            && self.organisation == look.organisation
            && look.at.duration_since(self.until) <= GAP
            && !self.roles.is_disjoint(&look.roles())
    }

    fn add(&mut self, look: Look) {
        self.until = look.at;
        self.roles.append(&mut look.roles());
        if self.purpose.is_none() {
            self.purpose.clone_from(&look.purpose);
        }
        self.looks.push(look);
    }
}

/// The looks of others in visits, whoever looked last first.
fn visits(mut looks: Vec<Look>) -> Vec<Visit> {
    looks.retain(Look::counts);
    looks.sort_by_key(|look| look.at);
    let mut visits: Vec<Visit> = Vec::new();
    for look in looks {
        let fits = visits.iter_mut().filter(|one| one.goes_on_with(&look));
        match fits.max_by_key(|one| one.until) {
            Some(visit) => visit.add(look),
            None => visits.push(Visit::begun_by(look)),
        }
    }
    // Of two that ended together, the one that began last.
    visits.reverse();
    visits.sort_by_key(|visit| std::cmp::Reverse(visit.until));
    visits
}

/// The same in the words of the page.
pub(super) fn told(web: &Web, looks: Vec<Look>) -> Vec<page::Visit> {
    let told = visits(looks).into_iter().map(|visit| {
        let seen = visit.looks.iter().flat_map(Look::seen);
        let seen: BTreeSet<&String> = seen.map(|(category, _)| category).collect();
        page::Visit {
            who: web.name_of(&visit.organisation),
            seen: seen.into_iter().cloned().collect(),
            looks: visit.looks.iter().rev().map(single).collect(),
            roles: visit.roles.into_iter().collect(),
            purpose: visit.purpose,
            from: visit.from,
            until: visit.until,
        }
    });
    told.collect()
}

fn single(look: &Look) -> page::Look {
    let seen = look.seen();
    page::Look {
        at: look.at,
        roles: look.roles().into_iter().collect(),
        seen: seen
            .map(|(what, how)| (what.clone(), how.clone()))
            .collect(),
    }
}

#[cfg(test)]
mod tests;
