use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

fn leaves(value: &Value, name: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((name.to_owned(), text.clone())),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, name, found)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, value)| leaves(value, name, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Looks at the shape of the values only, so that a mistake in the law is seen: what has a
/// space in it was written by a person.
#[test]
fn nothing_that_people_wrote_is_without_a_marker() {
    for tale in crate::TALES {
        let planted = plant(tale.name, tale.text);
        let mut seen = 0;
        for line in planted.text.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let mut found = Vec::new();
            leaves(&line["event"]["data"], "", &mut found);
            leaves(&line["call"]["body"], "", &mut found);
            for (name, text) in found {
                let marked = planted
                    .markers
                    .iter()
                    .any(|marker| text.contains(&marker.text));
                let written = text.trim().contains(' ') && name != "article";
                assert!(marked || !written, "{}: {name}: {text}", tale.name);
                seen += usize::from(marked);
            }
        }
        assert!(
            seen >= planted.markers.len() && seen > 25,
            "{}: {seen}",
            tale.name
        );
    }
}

#[test]
fn every_marker_is_another_also_between_stories() {
    let mut all = BTreeSet::new();
    let mut count = 0;
    for tale in crate::TALES {
        for marker in plant(tale.name, tale.text).markers {
            assert!(all.insert(marker.text.clone()), "{}", marker.text);
            count += 1;
        }
    }
    assert!(count > 250, "{count}");
}

#[test]
fn a_person_number_is_valid() {
    for n in [0, 1, 500, 8_999] {
        assert!(proto::Bsn::parse(&number(n)).is_ok(), "{}", number(n));
    }
}

/// Every string of the contract that is no code of a list and has no form of its own.
fn free_texts(schema: &Value, root: &Value, name: &str, depth: u8, found: &mut BTreeSet<String>) {
    let Some(fields) = schema.as_object().filter(|_| depth < 12) else {
        return;
    };
    let next = |schema: &Value, name: &str, found: &mut BTreeSet<String>| {
        free_texts(schema, root, name, depth + 1, found);
    };
    if let Some(place) = schema["$ref"].as_str().and_then(|to| to.strip_prefix('#')) {
        next(root.pointer(place).unwrap(), name, found);
    }
    let kinds = &schema["type"];
    let is_string = kinds == "string"
        || kinds
            .as_array()
            .is_some_and(|kinds| kinds.contains(&"string".into()));
    let formed = ["enum", "const", "format", "pattern"];
    if is_string && !formed.iter().any(|form| fields.contains_key(*form)) {
        found.insert(name.to_owned());
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        next(property, name, found);
    }
    for several in ["anyOf", "oneOf", "allOf"] {
        for one in schema[several].as_array().into_iter().flatten() {
            next(one, name, found);
        }
    }
    next(&schema["items"], name, found);
}

/// What the platform itself gives, and never takes from people.
const NOT_TAKEN: &[&str] = &[
    "events", "input", "managers", "reach", "laws", "regions", "sealed",
];

#[test]
fn every_free_text_of_the_contract_stands_in_the_law() {
    let mut seen = 0;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../proto/schemas");
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let Some((event, _)) = name.split_once(".v1.out.") else {
            continue;
        };
        let schema: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let mut found = BTreeSet::new();
        free_texts(&schema, &schema, "", 0, &mut found);
        for field in found
            .iter()
            .filter(|name| !NOT_TAKEN.contains(&name.as_str()))
        {
            let beside = serde_json::json!({"category": "health"});
            let law = law::of(event, field, beside.as_object().unwrap());
            assert!(law.is_some(), "nobody decided what {event}/{field} is");
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen}");
}
