//! Who is asked: the entry that says most about the question, or whoever takes over.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::{Contact, ContactEntry, Register};
use crate::{ContactId, RungId};

/// Whom a question finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The entry.
    pub contact: ContactId,
    /// The entry that would have been found, had that person not been away.
    pub instead_of: Option<ContactId>,
    /// Whether this person is away too: nobody who could be asked is there.
    pub absent: bool,
}

/// How well an entry fits, least first: the law, the theme, the region, the rung by name.
type Fit = (bool, bool, bool, bool);

impl Register {
    /// The person to ask on a day.
    ///
    /// An entry is a candidate when it does the law or knows the theme that is asked for, or is
    /// the organisation's general contact (neither laws nor themes), and is not for other regions
    /// or another rung only. Nothing asked about laws and themes makes every entry a candidate.
    /// The law counts for more than the theme, that for more than the region, and that for more
    /// than the rung; what is equal goes by id. Somebody who is away is stood in for by whoever
    /// covers those days, or else by the deputy, by the deputy's deputy, and then by the next candidate in the same way; when
    /// nobody is there the best candidate is found, marked absent.
    pub fn find(
        &self,
        law: Option<&str>,
        theme: Option<&str>,
        region: Option<&str>,
        rung: Option<&RungId>,
        on: Date,
    ) -> Option<Found> {
        let mut candidates: Vec<(Reverse<Fit>, &ContactId, &Contact)> = self
            .contacts
            .iter()
            .filter_map(|(id, contact)| {
                let fit = fit(&contact.entry, law, theme, region, rung)?;
                Some((Reverse(fit), id, contact))
            })
            .collect();
        candidates.sort_by_key(|(fit, id, _)| (*fit, *id));
        let (_, best, _) = *candidates.first()?;
        let there = candidates.iter().find_map(|(_, id, contact)| {
            std::iter::once((*id, *contact))
                .chain(self.deputies(id, Some(on)))
                .find(|(_, contact)| !contact.is_absent(on))
        });
        Some(match there {
            Some((contact, _)) => Found {
                contact: contact.clone(),
                instead_of: (contact != best).then(|| best.clone()),
                absent: false,
            },
            None => Found {
                contact: best.clone(),
                instead_of: None,
                absent: true,
            },
        })
    }
}

fn fit(
    entry: &ContactEntry,
    law: Option<&str>,
    theme: Option<&str>,
    region: Option<&str>,
    rung: Option<&RungId>,
) -> Option<Fit> {
    let does_law = law.is_some_and(|law| entry.laws.contains(law));
    let knows_theme = theme.is_some_and(|theme| entry.themes.contains(theme));
    let in_region = region.is_some_and(|region| entry.regions.contains(region));
    let on_rung = rung.is_some() && entry.rung.as_ref() == rung;
    let general = entry.laws.is_empty() && entry.themes.is_empty();
    let asked = law.is_some() || theme.is_some();
    let on_subject = does_law || knows_theme || general || !asked;
    let elsewhere = region.is_some() && !entry.regions.is_empty() && !in_region;
    let other_rung = rung.is_some() && entry.rung.is_some() && !on_rung;
    (on_subject && !elsewhere && !other_rung).then_some((does_law, knows_theme, in_region, on_rung))
}
