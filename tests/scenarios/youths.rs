//! Twenty cases that wait for a home make one signal, and none of them climbs.

use std::collections::BTreeSet;

use demo::play::{Doors, Played, Story};
use scenarios::expected::YOUTHS;
use scenarios::processes::Processes;
use scenarios::servers::shared_postgres;
use scenarios::worlds::embedded_for;
use serde_json::{Value, json};

use super::{assert_ends_as_written, read, tell};

/// One signal with all the cases, overdue once and answered; no case asked anybody to take it up.
async fn assert_one_signal(doors: &Doors, story: &Story, told: &Played) {
    assert_ends_as_written(&told.report, &YOUTHS);
    let signals = read(doors, story, "youssef", "/v1/signals").await;
    let signals = signals["items"].as_array().unwrap();
    assert_eq!(signals.len(), 1, "{signals:?}");
    let signal = &signals[0];
    assert_eq!(signal["signal"], told.bound["signal"].as_str());
    assert_eq!(
        (&signal["kind"], &signal["theme"]),
        (&json!("scarcity"), &json!("housing"))
    );
    assert_eq!(signal["cases"], 20);
    assert_eq!(signal["overdue"], 1);
    assert_eq!(signal["state"], "answered");
    // How often it grew depends on how many blocks were counted at a time.
    let mut history = signal["history"].as_array().unwrap().clone();
    history.retain(|row| row["kind"] != "signal.grown");
    let kinds: Vec<&str> = history
        .iter()
        .filter_map(|row| row["kind"].as_str())
        .collect();
    assert_eq!(
        kinds,
        ["signal.assigned", "signal.overdue", "signal.answered"]
    );
    assert!(
        history[2]["text"]
            .as_str()
            .unwrap()
            .contains("dertig kamers"),
        "{signal}"
    );

    let policy = read(doors, story, "anna", "/v1/signals").await.to_string();
    assert!(
        !policy.contains("Voorbeeld") && !policy.contains("jongere"),
        "{policy}"
    );

    let cases = read(doors, story, "youssef", "/v1/cases?pageSize=100").await;
    let cases: BTreeSet<String> = cases["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| row["id"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(cases.len(), 20);
    for case in &cases {
        let path = format!("/v1/cases/{case}/escalations");
        assert_eq!(
            read(doors, story, "youssef", &path).await["items"],
            json!([])
        );
        let path = format!("/v1/cases/{case}/timeline");
        let happened = read(doors, story, "youssef", &path).await;
        let kind = |row: &Value| row["kind"].clone();
        let kinds: Vec<Value> = happened["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(kind)
            .collect();
        assert_eq!(
            kinds,
            [
                "case.reported",
                "block.recorded",
                "review.passed",
                "review.passed"
            ]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_youths_in_one_process() {
    let story = YOUTHS.story();
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), YOUTHS.name, &story).await;
    assert_one_signal(world.doors(), &story, &told).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_youths_in_five_processes_with_postgresql_and_nats() {
    let story = YOUTHS.story();
    let start = story.begins().expect("the story has lines").to_string();
    let world = Processes::start(&shared_postgres(), &start).await;
    let doors = world.doors();
    let told = tell(&doors, YOUTHS.name, &story).await;
    assert_one_signal(&doors, &story, &told).await;
}
