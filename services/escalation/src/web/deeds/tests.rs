use std::collections::BTreeSet;

use serde_json::json;

use super::*;

#[test]
fn every_deed_has_all_its_words_and_a_name_of_its_own() {
    let mut asked = BTreeSet::new();
    let mut names = BTreeSet::new();
    for spec in all() {
        assert!(names.insert(spec.name), "{} is there twice", spec.name);
        asked.insert(format!("deed.{}", spec.name));
        asked.insert(format!("deed.{}-done", spec.name));
        if spec.lead {
            asked.insert(format!("deed.{}-lead", spec.name));
        }
        for part in spec.parts {
            asked.insert(format!("deed.{}", part.word));
            if part.help {
                asked.insert(format!("deed.{}-help", part.word));
            }
            if matches!(part.kind, Kind::Flag) {
                asked.insert(format!("deed.{}-yes", part.word));
            }
        }
    }
    let known = screens::catalogue();
    let missing: Vec<_> = asked
        .iter()
        .filter(|key| !known.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "nobody wrote {missing:?}");
}

#[test]
fn a_body_is_made_of_pointers() {
    let mut body = json!({});
    put(&mut body, "/receiver/organisation", json!("1"));
    put(&mut body, "/receiver/role", json!("case_director"));
    put(&mut body, "/text", json!("x"));
    let receiver = json!({"organisation": "1", "role": "case_director"});
    assert_eq!(body, json!({"receiver": receiver, "text": "x"}));
}

#[test]
fn a_moment_is_on_dutch_clocks() {
    assert_eq!(moment("2026-11-25T10:00"), "2026-11-25T09:00:00Z");
    assert_eq!(moment("2026-07-01T10:00"), "2026-07-01T08:00:00Z");
    assert_eq!(moment("soon"), "soon");
}
