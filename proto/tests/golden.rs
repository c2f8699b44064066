//! Every event of the contract has a golden file: a whole envelope that reads and writes exactly.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use proto::{Bsn, Envelope, FromParty, Subject, ToParty, in_subject, out_subject, parse_subject};
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn golden_files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder())
        .expect("the golden folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

fn is_out(name: &str) -> bool {
    name.ends_with(".out.json")
}

#[test]
fn every_event_has_a_golden_file_and_every_golden_file_an_event() {
    let expected: BTreeSet<String> = FromParty::EVENTS
        .iter()
        .map(|(event, version)| format!("{event}.v{version}.out.json"))
        .chain(
            ToParty::EVENTS
                .iter()
                .map(|(event, version)| format!("{event}.v{version}.in.json")),
        )
        .collect();
    let there: BTreeSet<String> = golden_files().into_iter().map(|(name, _)| name).collect();
    // Golden files of older versions are never deleted.
    let missing: Vec<&String> = expected.difference(&there).collect();
    assert_eq!(missing, Vec::<&String>::new());
    assert_eq!(expected.len(), 82);
}

#[test]
fn each_golden_file_reads_and_writes_exactly() {
    for (name, bytes) in golden_files() {
        let text: Value = serde_json::from_slice(&bytes).expect("JSON");
        let mut envelope = Envelope::decode_structured(&bytes).expect(&name);
        let (event, version) = (&envelope.type_.event, envelope.type_.version);
        let (typed_name, data, schema) = if is_out(&name) {
            let typed = FromParty::decode(event, version, &envelope.data).expect(&name);
            (typed.event_type(), typed.data(), typed.dataschema())
        } else {
            let typed = ToParty::decode(event, version, &envelope.data).expect(&name);
            (typed.event_type(), typed.data(), typed.dataschema())
        };
        envelope.type_ = typed_name;
        envelope.data = data;
        envelope.dataschema = Some(schema);
        let written = envelope.encode().expect(&name);
        let written: Value = serde_json::from_slice(&written).expect("JSON");
        assert_eq!(written, text, "{name}");
    }
}

#[test]
fn a_golden_file_is_valid_by_the_published_schemas() {
    let schemas = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let schema = |file: &str| -> Value {
        let text = fs::read_to_string(schemas.join(file)).expect(file);
        serde_json::from_str(&text).expect("JSON")
    };
    let envelope = schema("envelope.json");
    for (name, bytes) in golden_files() {
        let text: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert!(jsonschema::is_valid(&envelope, &text), "{name}");
        assert!(
            jsonschema::is_valid(&schema(&name), &text["data"]),
            "{name}"
        );
    }
}

#[test]
fn a_golden_file_is_named_after_its_type_and_direction() {
    for (name, bytes) in golden_files() {
        let envelope = Envelope::decode_structured(&bytes).expect(&name);
        let oin = &envelope.source.oin;
        let (direction, subject) = if is_out(&name) {
            ("out", out_subject(oin, &envelope.type_.event))
        } else {
            ("in", in_subject(oin, &envelope.type_.event))
        };
        let Subject { event, .. } = parse_subject(&subject).expect("a subject");
        assert_eq!(
            name,
            format!("{event}.v{}.{direction}.json", envelope.type_.version)
        );
    }
}

/// Brokers, headers and log lines show the context: no person number may stand there.
#[test]
fn no_context_attribute_of_a_golden_file_is_a_person_number() {
    for (name, bytes) in golden_files() {
        let text: Value = serde_json::from_slice(&bytes).expect("JSON");
        for (attribute, value) in text.as_object().expect("an object") {
            let Some(value) = value.as_str() else {
                continue;
            };
            let parts = value.split(|c: char| !c.is_ascii_digit());
            for part in parts {
                assert!(!Bsn::is_valid(part), "{name}: {attribute}");
            }
        }
    }
}

/// What may be read in a log line: never what somebody wrote about a person.
#[test]
fn debug_of_an_event_shows_no_personal_data() {
    for (name, bytes) in golden_files() {
        let envelope = Envelope::decode_structured(&bytes).expect(&name);
        let (event, version) = (&envelope.type_.event, envelope.type_.version);
        let shown = if is_out(&name) {
            format!("{:?}", FromParty::decode(event, version, &envelope.data))
        } else {
            format!("{:?}", ToParty::decode(event, version, &envelope.data))
        };
        for personal in [
            "Bella",
            "halfbroer",
            "Voorbeeldstraat",
            "2006",
            "kinderbijslag",
            "broer",
            "Zorg",
            "v1.q7",
            "u-ra-1",
            "s-li-1",
        ] {
            assert!(!shown.contains(personal), "{name} shows {personal}");
            assert!(
                !format!("{envelope:?}").contains(personal),
                "{name} envelope"
            );
        }
    }
}
