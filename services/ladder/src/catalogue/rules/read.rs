use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::{Basis, Clash, Rule, RuleCatalogue, Statute, circle};
use crate::FileError;
use crate::catalogue::located::{Entry, positions};
use crate::catalogue::responsible::{Responsible, ResponsibleEntry};
use crate::file_error::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    statute: Vec<StatuteEntry>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatuteEntry {
    id: Spanned<String>,
    name: Option<Spanned<String>>,
    intent: Option<Spanned<String>>,
    #[serde(default)]
    provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: Spanned<String>,
    name: Option<Spanned<String>>,
    law: Option<Spanned<String>>,
    #[serde(default)]
    internal: bool,
    owner: Option<ResponsibleEntry>,
    condition: Option<Spanned<String>>,
    intent: Option<Spanned<String>>,
    #[serde(default)]
    depends_on: Vec<Spanned<String>>,
    #[serde(default)]
    collides_with: Vec<ClashEntry>,
    #[serde(default)]
    policy_rule: bool,
    #[serde(default)]
    scarcity: bool,
    #[serde(default)]
    provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClashEntry {
    rule: Spanned<String>,
    why: Option<Spanned<String>>,
}

/// What `why` of a collision tells.
const CLASH: &str = "what the two rules do together that neither means";

/// The catalogue of the file.
pub(super) fn catalogue(source: Source<'_>) -> Result<RuleCatalogue, FileError> {
    let file: File = source.parse()?;
    positions(
        source,
        "statute",
        file.statute.iter().map(|entry| &entry.id),
    )?;
    let places = positions(source, "rule", file.rule.iter().map(|entry| &entry.id))?;
    let statutes = file
        .statute
        .iter()
        .map(|entry| Ok((entry.id.get_ref().clone(), statute(source, entry)?)))
        .collect::<Result<BTreeMap<String, Statute>, FileError>>()?;
    let mut pairs = BTreeSet::new();
    let mut rules = Vec::new();
    for entry in &file.rule {
        let reading = Reading {
            entry: Entry::new(source, "rule", &entry.id)?,
            places: &places,
        };
        rules.push(reading.rule(entry, &statutes, &mut pairs)?);
    }
    no_circle(source, &file.rule, &places)?;
    let positions = places
        .into_iter()
        .map(|(id, at)| (id.to_owned(), at))
        .collect();
    Ok(RuleCatalogue {
        statutes,
        rules,
        positions,
    })
}

fn statute(source: Source<'_>, written: &StatuteEntry) -> Result<Statute, FileError> {
    let entry = Entry::new(source, "statute", &written.id)?;
    Ok(Statute {
        id: entry.id(),
        name: entry.text("name", "the law's name, in Dutch", written.name.as_ref())?,
        intent: entry.text("intent", "why the law was written", written.intent.as_ref())?,
        provisional: written.provisional,
    })
}

/// One rule while it is read.
struct Reading<'a> {
    entry: Entry<'a>,
    places: &'a BTreeMap<&'a str, usize>,
}

impl<'a> Reading<'a> {
    fn rule(
        &self,
        written: &'a RuleEntry,
        statutes: &BTreeMap<String, Statute>,
        pairs: &mut BTreeSet<[&'a str; 2]>,
    ) -> Result<Rule, FileError> {
        let text = |field, about, value: &Option<_>| self.entry.text(field, about, value.as_ref());
        Ok(Rule {
            id: self.entry.id(),
            name: text("name", "its name, in Dutch", &written.name)?,
            basis: self.basis(written, statutes)?,
            owner: Responsible::read(&self.entry, "owner", written.owner.clone())?,
            condition: text(
                "condition",
                "when it applies and what follows",
                &written.condition,
            )?,
            intent: text("intent", "why the rule exists", &written.intent)?,
            depends_on: self.depends_on(written)?,
            collides_with: self.collides_with(written, pairs)?,
            policy_rule: written.policy_rule,
            scarcity: written.scarcity,
            provisional: written.provisional,
        })
    }

    fn basis(
        &self,
        written: &RuleEntry,
        statutes: &BTreeMap<String, Statute>,
    ) -> Result<Basis, FileError> {
        match &written.law {
            None if written.internal => Ok(Basis::Internal),
            None => Err(self.entry.error(
                "has neither a law nor internal = true",
                "write law = \"<id of a statute>\", or internal = true when no law asks for it",
            )),
            Some(law) if written.internal => Err(self.entry.error_at(
                law,
                "has a law and internal = true",
                "keep one of the two: internal = true says that no law asks for it",
            )),
            Some(law) if !statutes.contains_key(law.get_ref()) => Err(self.entry.error_at(
                law,
                format!("names the law {}, which is not in the file", law.get_ref()),
                "write the id of a [[statute]] of this file, or add that statute",
            )),
            Some(law) => Ok(Basis::Statute(law.get_ref().clone())),
        }
    }

    fn depends_on(&self, written: &RuleEntry) -> Result<Vec<String>, FileError> {
        let mut seen = BTreeSet::new();
        for on in &written.depends_on {
            self.known("depends_on", on)?;
            if !seen.insert(on.get_ref()) {
                return Err(self.entry.error_at(
                    on,
                    format!("names {} twice in depends_on", on.get_ref()),
                    "write it once",
                ));
            }
        }
        Ok(written
            .depends_on
            .iter()
            .map(|on| on.get_ref().clone())
            .collect())
    }

    fn collides_with(
        &self,
        written: &'a RuleEntry,
        pairs: &mut BTreeSet<[&'a str; 2]>,
    ) -> Result<Vec<Clash>, FileError> {
        let mut clashes = Vec::new();
        for clash in &written.collides_with {
            let (own, other) = (written.id.get_ref().as_str(), clash.rule.get_ref().as_str());
            self.known("collides_with", &clash.rule)?;
            if own == other {
                return Err(self.entry.error_at(
                    &clash.rule,
                    "collides with itself",
                    "write the id of the other rule",
                ));
            }
            if !pairs.insert([own.min(other), own.max(other)]) {
                return Err(self.entry.error_at(
                    &clash.rule,
                    format!("collides with {other}, which the file says already"),
                    "write the collision with one of the two rules only",
                ));
            }
            let Some(why) = &clash.why else {
                return Err(self.entry.error_at(
                    &clash.rule,
                    format!("collides with {other} and does not say why"),
                    format!("write why = \"…\": {CLASH}"),
                ));
            };
            clashes.push(Clash {
                rule: other.to_owned(),
                why: self.entry.text("why", CLASH, Some(why))?,
            });
        }
        Ok(clashes)
    }

    /// That a rule which is named in `field` exists.
    fn known(&self, field: &str, named: &Spanned<String>) -> Result<(), FileError> {
        let id = named.get_ref();
        if self.places.contains_key(id.as_str()) {
            return Ok(());
        }
        Err(self.entry.error_at(
            named,
            format!("names {id} in {field}, which is not in the file"),
            "write the id of a [[rule]] of this file, or add that rule",
        ))
    }
}

/// That no rule rests on itself. Every rule named must exist.
fn no_circle(
    source: Source<'_>,
    written: &[RuleEntry],
    places: &BTreeMap<&str, usize>,
) -> Result<(), FileError> {
    let rests_on: Vec<Vec<usize>> = written
        .iter()
        .map(|rule| {
            let on = rule.depends_on.iter();
            on.filter_map(|on| places.get(on.get_ref().as_str()).copied())
                .collect()
        })
        .collect();
    let Some(circle) = circle::find(&rests_on) else {
        return Ok(());
    };
    let id = |position: &usize| written[*position].id.get_ref().as_str();
    let (first, next) = (circle[0], circle.get(1).unwrap_or(&circle[0]));
    let entry = Entry::new(source, "rule", &written[first].id)?;
    let way: Vec<&str> = circle.iter().skip(1).map(id).chain([id(&first)]).collect();
    let mut on = written[first].depends_on.iter();
    let place = on.find(|on| on.get_ref() == id(next));
    Err(entry.error_at(
        place.unwrap_or(&written[first].id),
        format!("depends on itself: on {}", way.join(", that on ")),
        "take one of these out of depends_on",
    ))
}
