//! What somebody who writes a story hears about their mistakes, and that nothing is done then.

// A test may stop at the first surprise, its helpers included.
#![allow(clippy::unwrap_used)]

use std::{fs, process::Command};

use demo::{
    play::{Act, Door, Story},
    seed::BELLA,
};
use serde_json::json;

/// The mistakes in a story, as they are shown.
fn mistakes(text: &str) -> Vec<String> {
    let error = Story::parse(text).unwrap_err();
    error.0.iter().map(ToString::to_string).collect()
}

/// A line of a call, with something added.
fn call(at: &str, path: &str, more: &str) -> String {
    format!(r#"{{"at":"{at}","as":"noor","call":{{"method":"GET","path":"{path}"}}{more}}}"#)
}

const NINE: &str = "2026-03-02T09:00:00Z";

#[test]
fn bellas_story_is_sound() {
    let story = Story::parse(BELLA).unwrap();
    assert_eq!(story.lines.len(), 49);
}

#[test]
fn a_line_that_is_no_json_is_named_with_its_number() {
    let text = format!("{}\n\n{{\"at\": oops}}", call(NINE, "/v1/cases", ""));
    assert_eq!(
        mistakes(&text),
        ["line 3: is not JSON (column 8): expected value"]
    );
}

#[test]
fn an_unknown_party_or_persona_is_named_with_those_that_are_there() {
    let text = format!(
        "{}\n{}",
        r#"{"at":"2026-03-02T09:00:00Z","party":"uwv","event":{"type":"heartbeat.sent"}}"#,
        r#"{"at":"2026-03-02T09:00:00Z","as":"nora","call":{"method":"GET","path":"/v1/cases"}}"#
    );
    assert_eq!(
        mistakes(&text),
        [
            "line 1: /party: there is no party uwv; there are municipality, svb, tax-office, \
             care-provider",
            "line 2: /as: there is no persona nora; there are noor, petra, anna, sem, ine, tara, \
             bas, koen, roos, dirk, lotte, lena, hanna, fatma, olga, bella, joost, ilse, mina, \
             sietske, jelle, wiebe, douwe, tjitske, youssef"
        ]
    );
}

#[test]
fn a_time_that_is_none_or_goes_back_is_refused() {
    let text = [
        call(NINE, "/v1/cases", ""),
        call("gisteren", "/v1/cases", ""),
        call("2026-03-02T08:59:00Z", "/v1/cases", ""),
    ];
    assert_eq!(
        mistakes(&text.join("\n")),
        [
            "line 2: /at: is no valid date-time",
            "line 3: /at: lies before 2026-03-02T09:00:00Z of line 1"
        ]
    );
}

#[test]
fn a_value_is_used_only_after_a_line_bound_it() {
    let text = [
        call(NINE, "/v1/cases/$case", ""),
        call(NINE, "/v1/cases", r#","bind":{"case":"/items/0/id"}"#),
        call(NINE, "/v1/cases/$case/$other", ""),
    ];
    assert_eq!(
        mistakes(&text.join("\n")),
        [
            "line 1: no line before this one binds $case",
            "line 3: no line before this one binds $other"
        ]
    );
}

#[test]
fn a_misspelt_field_is_refused() {
    assert_eq!(
        mistakes(&call(NINE, "/v1/cases", r#","expects":200"#)),
        [
            "line 1: /expects: is no field of this; there are at, note, party, by, event, as, \
             call, bind, expect, refused"
        ]
    );
}

#[test]
fn an_event_that_its_party_would_refuse_is_refused_before_the_story_begins() {
    let text = r#"{"at":"2026-03-02T09:00:00Z","party":"svb","event":{"type":"benefit.stopped","data":{"bsn":"999990343","benefit":"child_benefit","since":"2026-01-01","cause":"no_parent_or_guardian"}}}
{"at":"2026-03-02T09:00:00Z","party":"utrecht","event":{"type":"block.recorded","data":{"type":"rule"}}}
{"at":"2026-03-02T09:00:00Z","party":"utrecht","event":{"type":"benefit.stopped"}}"#;
    assert_eq!(
        mistakes(text),
        [
            "line 1: /event/data/bsn: is no valid bsn",
            "line 2: /event/data/explanation: is required",
            "line 3: /event/type: is neither an event of the contract nor a word of municipality \
             (person.registered)"
        ]
    );
}

#[test]
fn an_event_that_is_meant_to_be_refused_may_be_wrong() {
    let text =
        r#"{"at":"2026-03-02T09:00:00Z","party":"svb","event":{"type":"no.such"},"expect":400}"#;
    assert_eq!(Story::parse(text).unwrap().lines[0].expect, Some(400));
}

#[test]
fn who_acted_is_filled_in_and_may_be_said() {
    let text = r#"{"at":"2026-03-02T09:00:00Z","party":"spirit","event":{"type":"handoff.answered","data":{"handoff":"019cad57-a200-7000-8000-000000000001","answer":"accepted"}}}
{"at":"2026-03-02T09:00:00Z","party":"svb","by":"ine","event":{"type":"commitment.refused","data":{"request":"019cad57-a200-7000-8000-000000000001","reason":"Dat kan niet.","actedBy":{"role":"administrator","personRef":"i-7"}}}}"#;
    let actors: Vec<_> = Story::parse(text)
        .unwrap()
        .lines
        .into_iter()
        .map(|line| match line.act {
            Act::HandIn { event, by, .. } => (by.name, event.data["actedBy"].clone()),
            Act::Call { .. } => unreachable!("both lines hand something in"),
        })
        .collect();
    assert_eq!(
        actors,
        [
            (
                "koen",
                json!({"role": "care_professional", "personRef": "koen"})
            ),
            ("ine", json!({"role": "administrator", "personRef": "i-7"}))
        ]
    );
}

#[test]
fn somebody_of_another_organisation_hands_nothing_in() {
    let text = r#"{"at":"2026-03-02T09:00:00Z","party":"svb","by":"noor","event":{"type":"heartbeat.sent"}}"#;
    assert_eq!(
        mistakes(text),
        ["line 1: /by: noor works for utrecht, not for svb"]
    );
}

#[test]
fn a_call_names_the_service_of_the_persons_own_organisation_by_either_name() {
    let line = r#"{"at":"2026-03-02T09:00:00Z","as":"koen","call":{"at":"NAME","method":"GET","path":"/v1/inbox"}}"#;
    for name in ["spirit", "care-provider"] {
        let story = Story::parse(&line.replace("NAME", name)).unwrap();
        let Act::Call { call, .. } = &story.lines[0].act else {
            unreachable!("it is a call");
        };
        assert_eq!(
            call.door,
            Door::Party(demo::services::PartyService::CareProvider)
        );
    }
}

/// The whole program, on a story whose last line is broken, against addresses where nobody
/// listens: if it did anything, it would fail at the first line.
#[test]
fn a_broken_line_is_named_and_nothing_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("broken.ndjson");
    fs::write(
        &file,
        format!(
            "{}\n{}\n",
            call(NINE, "/v1/cases", ""),
            r#"{"at":"2026-03-02T10:00:00Z"}"#
        ),
    )
    .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_demo"))
        .arg("play")
        .arg(&file)
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!(
            "{}: nothing was done, because the story has mistakes:\n  line 2: needs either party \
             and event (and perhaps by), or as and call\n",
            file.display()
        )
    );
}
