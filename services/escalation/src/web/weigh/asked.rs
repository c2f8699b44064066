//! The part of a weighing that is filled in: its form, and what is sent to the API.

use screens::{Choice, Field, Frame, Input, page};
use serde_json::{Map, Value};

use super::super::fields::Filled;
use super::{Asks, Known};

/// Each field that a part can have: its name, and the key of its words.
const FIELDS: [(&str, &str); 5] = [
    ("tekst", "weigh.text"),
    ("cijfer", "weigh.score"),
    ("genoeg", "weigh.sufficient"),
    ("aantal", "weigh.count"),
    ("reden", "weigh.why-heavy"),
];

/// The key of the words of the field of this name.
pub(in crate::web) fn word(name: &str) -> Option<&'static str> {
    let field = FIELDS.iter().find(|(known, _)| *known == name);
    field.map(|(_, word)| *word)
}

/// The part that is filled in.
pub(super) struct Asked<'a> {
    pub(super) method: &'a Known,
    pub(super) part: &'a Asks,
    pub(super) assessment: Option<&'a str>,
}

impl Asked<'_> {
    /// What the part asks beside a text: the name of the field.
    fn extra(&self) -> Option<&'static str> {
        match self.part.asks.as_deref() {
            Some("score") => Some("cijfer"),
            Some("sufficient") => Some("genoeg"),
            Some("count") => Some("aantal"),
            Some(_) | None => None,
        }
    }

    pub(super) fn form(&self, frame: &Frame) -> page::PartForm {
        let field = |name: &'static str, required, input| {
            let key = word(name).unwrap_or_default();
            Field {
                id: name.to_owned(),
                name,
                label: frame.t(key).to_owned(),
                help: frame.known(&format!("{key}-help")).map(str::to_owned),
                error: None,
                value: String::new(),
                required,
                input,
            }
        };
        let choice = |value: &str, key: &str| Choice {
            value: value.to_owned(),
            label: frame.t(key).to_owned(),
        };
        let mut fields = vec![field("tekst", true, Input::Lines(4))];
        fields.extend(self.extra().map(|name| {
            let input = match name {
                "cijfer" => Input::Radios(vec![
                    choice("1", "weigh.score-1"),
                    choice("2", "weigh.score-2"),
                    choice("3", "weigh.score-3"),
                    choice("4", "weigh.score-4"),
                    choice("5", "weigh.score-5"),
                ]),
                "genoeg" => {
                    Input::Radios(vec![choice("ja", "weigh.yes"), choice("nee", "weigh.no")])
                }
                _ => Input::Line,
            };
            field(name, true, input)
        }));
        if self.method.heavy && self.assessment.is_none() {
            fields.push(field("reden", false, Input::Lines(2)));
        }
        let mut hidden = vec![
            ("methode", self.method.method.clone()),
            ("deel", self.part.part.clone()),
        ];
        hidden.extend(self.assessment.map(|id| ("afweging", id.to_owned())));
        page::PartForm {
            method: self.method.called(frame.language).to_owned(),
            part: self.part.called(frame.language).to_owned(),
            hidden,
            fields,
        }
    }

    /// What is sent to the API, or the fields that are wrong with the keys of the words.
    pub(super) fn body(&self, filled: &Filled) -> Result<Value, Vec<(&'static str, &'static str)>> {
        let mut wrong = Vec::new();
        let mut body = Map::new();
        body.insert("method".to_owned(), self.method.method.clone().into());
        body.insert("part".to_owned(), self.part.part.clone().into());
        for (field, name) in [("tekst", "text"), ("reden", "reason")] {
            let given = filled.get(field);
            if !given.is_empty() {
                body.insert(name.to_owned(), given.into());
            }
        }
        if let Some(id) = self.assessment {
            body.insert("assessment".to_owned(), id.into());
        }
        if filled.get("tekst").is_empty() {
            wrong.push(("tekst", "deed.missing"));
        }
        if let Some(field) = self.extra() {
            let given = filled.get(field);
            let number = given.parse::<u32>().ok();
            let (name, value) = match field {
                "cijfer" => ("score", number.map(Value::from)),
                "genoeg" => ("sufficient", Some(Value::from(given == "ja"))),
                _ => ("count", number.map(Value::from)),
            };
            match value {
                _ if given.is_empty() => wrong.push((field, "deed.missing")),
                Some(value) => {
                    body.insert(name.to_owned(), value);
                }
                None => wrong.push((field, "weigh.no-number")),
            }
        }
        match wrong.is_empty() {
            true => Ok(Value::Object(body)),
            false => Err(wrong),
        }
    }
}
