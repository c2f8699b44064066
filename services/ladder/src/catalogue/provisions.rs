use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::located::{Entry, positions};
use super::responsible::{Responsible, ResponsibleEntry};
use crate::FileError;
use crate::coded::coded;
use crate::file_error::Source;

/// As many as a professional can take in at a glance; the rest is in the catalogue.
const SUGGESTED: usize = 5;

coded! {
    /// How a standard provision that was tried fell short.
    TriedResult, "result of a provision" {
        /// It is not there for this household.
        NotAvailable = "not_available",
        /// It comes too late.
        TooSlow = "too_slow",
        /// It was given, and does not solve this.
        DidNotFit = "did_not_fit",
        /// There is too little of it for everybody. Tailoring seldom cures that, so it opens the
        /// way to a signal.
        Scarcity = "scarcity",
    }
}

/// A standard provision (*standaardvoorziening*): regular help, to be tried first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Its id, as in what was tried.
    pub id: String,
    /// Its name, in Dutch.
    pub name: String,
    /// The statute that gives it, by its id in `deploy/rules.toml`.
    pub law: String,
    /// The themes of cases for which it is meant.
    pub themes: BTreeSet<String>,
    /// The domains of life in which it helps.
    pub life_domains: BTreeSet<String>,
    /// Who carries it out.
    pub carried_out_by: Responsible,
    /// What it gives and to whom, in Dutch.
    pub gives: String,
    /// Whether there is usually too little of it.
    pub scarce: bool,
    /// Whether a jurist still has to confirm these texts.
    pub provisional: bool,
}

/// The standard provisions (`deploy/provisions.toml`).
#[derive(Debug, Clone)]
pub struct ProvisionCatalogue {
    provisions: Vec<Provision>,
    positions: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    provision: Vec<ProvisionEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionEntry {
    id: Spanned<String>,
    name: Option<Spanned<String>>,
    law: Option<Spanned<String>>,
    #[serde(default)]
    themes: Vec<Spanned<String>>,
    #[serde(default)]
    life_domains: Vec<Spanned<String>>,
    carried_out_by: Option<ResponsibleEntry>,
    gives: Option<Spanned<String>>,
    #[serde(default)]
    scarce: bool,
    #[serde(default)]
    provisional: bool,
}

impl ProvisionCatalogue {
    /// Reads the text of `deploy/provisions.toml`; `file_name` is how errors name it.
    ///
    /// # Errors
    /// [`FileError`] with line and remedy: an id that stands twice, an entry without a name, law,
    /// carrier or gift, or one that could never be suggested.
    pub fn from_toml(text: &str, file_name: &str) -> Result<Self, FileError> {
        let source = Source::new(file_name, text);
        let file: File = source.parse()?;
        let ids = file.provision.iter().map(|entry| &entry.id);
        let positions = positions(source, "provision", ids)?
            .into_iter()
            .map(|(id, at)| (id.to_owned(), at))
            .collect();
        let provisions = file
            .provision
            .iter()
            .map(|written| provision(source, written))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            provisions,
            positions,
        })
    }

    /// All provisions, in the order of the file.
    pub fn provisions(&self) -> &[Provision] {
        &self.provisions
    }

    /// The provision of that id.
    pub fn get(&self, id: &str) -> Option<&Provision> {
        let position = self.positions.get(id)?;
        Some(&self.provisions[*position])
    }

    /// What to try first for a case of this theme that touches these domains of life: at most
    /// five, the most fitting first.
    ///
    /// A provision for the theme goes before one that shares domains of life only; then more
    /// shared domains go first, then what is not scarce, then the order of the file. What shares
    /// nothing is not suggested.
    pub fn suggest(&self, theme: &str, life_domains: &[String]) -> Vec<&Provision> {
        let touched: BTreeSet<&String> = life_domains.iter().collect();
        let mut fitting: Vec<(bool, usize, &Provision)> = self
            .provisions
            .iter()
            .map(|provision| {
                let shared = touched
                    .iter()
                    .filter(|domain| provision.life_domains.contains(**domain));
                (provision.themes.contains(theme), shared.count(), provision)
            })
            .filter(|(for_theme, shared, _)| *for_theme || *shared > 0)
            .collect();
        // Stable: what fits equally well stays in the order of the file.
        fitting.sort_by_key(|(for_theme, shared, provision)| {
            (Reverse(*for_theme), Reverse(*shared), provision.scarce)
        });
        let best = fitting.into_iter().take(SUGGESTED);
        best.map(|(_, _, provision)| provision).collect()
    }
}

fn provision(source: Source<'_>, written: &ProvisionEntry) -> Result<Provision, FileError> {
    let entry = Entry::new(source, "provision", &written.id)?;
    let text = |field, about, value: &Option<_>| entry.text(field, about, value.as_ref());
    if written.themes.is_empty() && written.life_domains.is_empty() {
        return Err(entry.error(
            "has no themes and no life_domains, so nobody would ever see it",
            "write themes = [\"…\"] or life_domains = [\"…\"]",
        ));
    }
    let about = "the id of the statute that gives it";
    let law = entry.required("law", about, written.law.as_ref())?;
    let codes = |what, list: &[Spanned<String>]| -> Result<BTreeSet<String>, FileError> {
        list.iter().map(|word| entry.code(what, word)).collect()
    };
    Ok(Provision {
        id: entry.id(),
        name: text("name", "its name, in Dutch", &written.name)?,
        law: entry.code("a law", law)?,
        themes: codes("a theme", &written.themes)?,
        life_domains: codes("a domain of life", &written.life_domains)?,
        carried_out_by: Responsible::read(
            &entry,
            "carried_out_by",
            written.carried_out_by.clone(),
        )?,
        gives: text("gives", "what it gives, and to whom", &written.gives)?,
        scarce: written.scarce,
        provisional: written.provisional,
    })
}
