//! Items of evidence in a form: what is there, or why it is not (domain, section d3: comply or
//! explain).

use screens::{Choice, Field, Frame, Input};
use serde_json::{Value, json};

use super::super::fields::Filled;

/// The names of the fields for items of evidence, and for saying that one is not there. A rung that
/// asks more than these would ask too much.
const ITEMS: [(&str, &str); 10] = [
    ("stuk-1", "ontbreekt-1"),
    ("stuk-2", "ontbreekt-2"),
    ("stuk-3", "ontbreekt-3"),
    ("stuk-4", "ontbreekt-4"),
    ("stuk-5", "ontbreekt-5"),
    ("stuk-6", "ontbreekt-6"),
    ("stuk-7", "ontbreekt-7"),
    ("stuk-8", "ontbreekt-8"),
    ("stuk-9", "ontbreekt-9"),
    ("stuk-10", "ontbreekt-10"),
];
/// How many items a form has room for.
pub(in crate::web) const MOST: usize = ITEMS.len();

/// Which item in order a field is for, by its name.
pub(in crate::web) fn number(name: &str) -> Option<usize> {
    let at = ITEMS.iter().position(|(given, _)| *given == name)?;
    Some(at + 1)
}

/// A field of this form.
pub(super) fn field(name: &'static str, label: String, required: bool, input: Input) -> Field {
    Field {
        id: name.to_owned(),
        name,
        label,
        help: None,
        error: None,
        value: String::new(),
        required,
        input,
    }
}

/// Yes or nothing.
pub(super) fn flag(label: &str) -> Input {
    Input::Checks(vec![Choice {
        value: "ja".to_owned(),
        label: label.to_owned(),
    }])
}

/// The fields for these items, each with whether it must be filled in; where it need not be, the
/// report may hold it.
pub(super) fn fields(frame: &Frame, items: &[(String, bool)]) -> Vec<Field> {
    let mut fields = Vec::new();
    for ((item, required), (name, absent)) in items.iter().zip(ITEMS) {
        let label = frame.code("evidence-asked", item);
        let absent_label = format!("{} ({label})", frame.t("climb.absent"));
        let mut given = field(name, label, *required, Input::Lines(3));
        given.help = (!required).then(|| frame.t("climb.in-report").to_owned());
        fields.push(given);
        let absent_yes = flag(frame.t("climb.absent-yes"));
        fields.push(field(absent, absent_label, false, absent_yes));
    }
    fields
}

/// The fields for these items, of which any number is filled in at a time.
pub(in crate::web) fn some_of(frame: &Frame, items: &[String]) -> Vec<Field> {
    let wanted: Vec<_> = items.iter().map(|item| (item.clone(), true)).collect();
    let mut fields = fields(frame, &wanted);
    fields.iter_mut().for_each(|field| field.required = false);
    fields
}

/// What was filled in for these items, as the API takes it: a text, or why it is not there.
pub(in crate::web) fn given<'a>(items: impl Iterator<Item = &'a String>, filled: &Filled) -> Value {
    let evidence = items.zip(ITEMS).filter_map(|(item, names)| {
        let text = filled.get(names.0);
        let kind = match filled.get(names.1) {
            "" => "text",
            _ => "explanation",
        };
        (!text.is_empty()).then(|| json!({ "item": item, kind: text }))
    });
    evidence.collect()
}
