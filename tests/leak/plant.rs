//! Putting a marker into every personal field of a story: a pure function of its text.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use demo::personas;
use demo::services::PartyService;
use proto::FromParty;
use serde_json::{Map, Value};

use crate::law::{self, Rule, Shape};
use crate::oracle::Oracle;

/// Where a marker was put in, and about which case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin {
    /// The short name of the organisation whose system or staff wrote it.
    pub(crate) source: String,
    /// The case.
    pub(crate) case: Case,
}

/// How a line names its case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Case {
    /// By the reference of the organisation that raised it, as planted.
    Reference(String),
    /// By a value that the story binds.
    Bound(String),
    /// By a handoff or a request: the story has one case.
    Only,
    /// Not at all: the organisation's own file.
    None,
}

/// A value that stands nowhere but where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    /// The value to look for.
    pub(crate) text: String,
    /// The event or call, and the field: `case.reported/story`.
    pub(crate) field: String,
    /// What the law says of the field.
    pub(crate) rule: Rule,
    /// The organisations (OIN) that it was addressed to.
    pub(crate) to: BTreeSet<String>,
    /// Where it stands in the story.
    pub(crate) origins: BTreeSet<Origin>,
}

/// A story with its markers.
pub(crate) struct Planted {
    /// The story, line by line as before.
    pub(crate) text: String,
    /// What was put into it.
    pub(crate) markers: Vec<Marker>,
    /// The organisations (OIN) to which something of the story is addressed.
    addressed: BTreeSet<String>,
    /// The short names of the organisations that do something in it.
    acting: BTreeSet<String>,
}

impl Planted {
    /// Whether an organisation has a part in the story: it does something, or is asked to.
    pub(crate) fn has_part(&self, party: &str, oracle: &Oracle) -> bool {
        self.acting.contains(party) || self.addressed.contains(&oracle.oin(party))
    }
}

/// Puts markers into a story. `name` makes them the story's own.
///
/// # Panics
/// When a line is no JSON, or a field stands in no rule of the law.
pub(crate) fn plant(name: &str, story: &str) -> Planted {
    let mut planter = Planter {
        tale: letters_of(name),
        salt: name.bytes().map(usize::from).sum(),
        markers: Vec::new(),
        known: BTreeMap::new(),
        addressed: BTreeSet::new(),
        acting: BTreeSet::new(),
    };
    let text: Vec<String> = story.lines().map(|line| planter.line(line)).collect();
    // The table shares its decision with all whom it asked.
    for marker in &mut planter.markers {
        if marker.field == "cases/decisions/text" {
            marker.to.clone_from(&planter.addressed);
        }
    }
    Planted {
        text: text.join("\n"),
        markers: planter.markers,
        addressed: planter.addressed,
        acting: planter.acting,
    }
}

struct Planter {
    tale: String,
    salt: usize,
    markers: Vec<Marker>,
    /// The markers of values that must stay the same.
    known: BTreeMap<(Shape, String), usize>,
    addressed: BTreeSet<String>,
    acting: BTreeSet<String>,
}

/// The line on which fields stand.
struct Around {
    place: String,
    origin: Origin,
    to: BTreeSet<String>,
}

impl Planter {
    fn line(&mut self, text: &str) -> String {
        if text.trim().is_empty() {
            return text.to_owned();
        }
        let mut line: Value = serde_json::from_str(text).expect("a line is JSON");
        let (body, around) = match line.get("party").and_then(Value::as_str) {
            Some(party) => {
                let service = PartyService::find(party).expect("it is a party");
                let place = line["event"]["type"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                let handed_in = FromParty::EVENTS.iter().any(|(known, _)| *known == place);
                let around = Around {
                    place,
                    origin: Origin {
                        source: service.organisation().to_owned(),
                        case: if handed_in { Case::Only } else { Case::None },
                    },
                    to: BTreeSet::new(),
                };
                (line.pointer_mut("/event/data"), around)
            }
            None => {
                let who = personas::find(line["as"].as_str().unwrap_or_default());
                let path = line["call"]["path"].as_str().unwrap_or_default().to_owned();
                let bound = line["bind"].as_object().and_then(|bind| bind.keys().next());
                let case = case_of(&path, bound);
                let around = Around {
                    place: place_of(&path),
                    origin: Origin {
                        source: who.expect("it is a persona").party.to_owned(),
                        case,
                    },
                    to: BTreeSet::new(),
                };
                (line.pointer_mut("/call/body"), around)
            }
        };
        self.acting.insert(around.origin.source.clone());
        if let Some(body) = body {
            self.body(body, around);
        }
        line.to_string()
    }

    fn body(&mut self, body: &mut Value, mut around: Around) {
        for name in ["to", "of"] {
            if let Some(oin) = body[name].as_str().filter(|oin| oin.len() == 20) {
                around.to.insert(oin.to_owned());
                self.addressed.insert(oin.to_owned());
            }
        }
        // The reference first: what else stands there belongs to that case.
        if let Some(reference) = body["ownReference"].as_str() {
            let rule = (Rule::OwnReference, Shape::Same);
            let planted = self.put(reference, "ownReference", rule, &around);
            if !matches!(around.origin.case, Case::Bound(_)) {
                around.origin.case = Case::Reference(planted.clone());
                let mut markers = self.markers.iter_mut();
                if let Some(marker) = markers.find(|marker| planted.ends_with(&marker.text)) {
                    marker.origins.insert(around.origin.clone());
                }
            }
            body["ownReference"] = planted.into();
        }
        if let Some(fields) = body.as_object_mut() {
            self.fields(fields, &around);
        }
    }

    fn fields(&mut self, fields: &mut Map<String, Value>, around: &Around) {
        let beside = fields.clone();
        for (name, value) in fields
            .iter_mut()
            .filter(|(name, _)| *name != "ownReference")
        {
            self.value(name, value, &beside, around);
        }
    }

    fn value(&mut self, name: &str, value: &mut Value, beside: &Map<String, Value>, at: &Around) {
        match value {
            Value::String(text) => {
                let (rule, shape) = law::of(&at.place, name, beside)
                    .unwrap_or_else(|| panic!("nobody decided what {}/{name} is", at.place));
                if rule != Rule::Code {
                    *text = self.put(text, name, (rule, shape), at);
                }
            }
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.value(name, item, beside, at)),
            Value::Object(fields) => self.fields(fields, at),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The value with its marker.
    fn put(&mut self, text: &str, name: &str, (rule, shape): (Rule, Shape), at: &Around) -> String {
        let key = (shape, text.to_owned());
        let known = self.known.get(&key).copied();
        let index = known.filter(|_| shape != Shape::Words).unwrap_or_else(|| {
            let count = self.markers.len();
            self.markers.push(Marker {
                text: self.fresh(text, shape, count),
                field: format!("{}/{name}", at.place),
                rule,
                to: BTreeSet::new(),
                origins: BTreeSet::new(),
            });
            self.known.insert(key, count);
            count
        });
        let marker = &mut self.markers[index];
        marker.to.extend(at.to.iter().cloned());
        marker.origins.insert(at.origin.clone());
        match shape {
            // References have no spaces.
            Shape::Same if !text.contains(' ') => format!("{text}-{}", marker.text),
            Shape::Words | Shape::Same => format!("{text} {}", marker.text),
            Shape::Birth | Shape::Number => marker.text.clone(),
        }
    }

    fn fresh(&self, text: &str, shape: Shape, count: usize) -> String {
        match shape {
            Shape::Words | Shape::Same => {
                format!("Zq7{}K{}Xw", self.tale, in_letters(count))
            }
            // The year stays, so that it fits the age band.
            Shape::Birth => {
                let day = (self.salt + count * 37) % 336;
                format!("{}-{:02}-{:02}", &text[..4], day / 28 + 1, day % 28 + 1)
            }
            Shape::Number => number(self.salt % 100 * 100 + count),
        }
    }
}

/// The n-th valid test number, `9999…`: the eleven-test of a person number holds.
fn number(n: usize) -> String {
    let valid = |digits: &str| {
        let weights = [9_i64, 8, 7, 6, 5, 4, 3, 2, -1];
        let sum: i64 = digits
            .bytes()
            .zip(weights)
            .map(|(digit, weight)| i64::from(digit - b'0') * weight)
            .sum();
        sum % 11 == 0
    };
    (0..100_000)
        .map(|tail| format!("9999{tail:05}"))
        .filter(|digits| valid(digits))
        .nth(n % 9_000)
        .expect("every eleventh number is valid")
}

fn letters_of(name: &str) -> String {
    let mut letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    letters
}

/// Four letters: digits could look like a postcode or a phone number, which some texts may not
/// have.
fn in_letters(count: usize) -> String {
    let letter = |place: u32| {
        char::from(b'a' + u8::try_from(count / 26_usize.pow(place) % 26).expect("below 26"))
    };
    (0..4).rev().map(letter).collect()
}

/// `/v1/cases/$case/blocks` → `cases/blocks`.
fn place_of(path: &str) -> String {
    let words: Vec<&str> = path
        .split('/')
        .filter(|word| word.chars().next().is_some_and(char::is_alphabetic) && *word != "v1")
        .collect();
    words.join("/")
}

/// What a call names as its case.
fn case_of(path: &str, bound: Option<&String>) -> Case {
    let words: Vec<&str> = path.split('/').collect();
    let named = |word: &str| word.strip_prefix('$').map(str::to_owned);
    match words.as_slice() {
        ["", "v1", "cases" | "drafts"] => bound.cloned().map_or(Case::None, Case::Bound),
        ["", "v1", "cases" | "drafts", id, ..] => named(id).map_or(Case::None, Case::Bound),
        ["", "v1", "signals", ..] => Case::None,
        _ => Case::Only,
    }
}
