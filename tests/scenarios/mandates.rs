//! Whoever commits an organisation on the wire does so in a mandate: one of its register, to which
//! it is held, or one that it states. Told in Bella's story, where the SVB commits itself.

#![allow(clippy::unwrap_used)]

use demo::play::Story;
use scenarios::worlds::embedded_for;
use serde_json::{Value, json};

use super::{read, tell};

const BELLA: &str = include_str!("bella.ndjson");
/// What the SVB writes there.
const WORDS: &str = "Besluit van de raad van bestuur";

/// Bella's story, in which the SVB names its mandate: three times beyond it or not at all, then
/// inside it.
fn story() -> Story {
    let mut lines = Vec::new();
    for line in BELLA.lines() {
        if !line.contains(WORDS) {
            lines.push(line.to_owned());
            continue;
        }
        let told: Value = serde_json::from_str(line).unwrap();
        let mut says = |mandate: &str, subject: &str, cents: i64, refused: Option<&str>| {
            let mut told = told.clone();
            told["event"]["data"]["mandate"] = mandate.into();
            told["event"]["data"]["subject"] = subject.into();
            told["event"]["data"]["amountCents"] = cents.into();
            if let Some(code) = refused {
                told["refused"] = code.into();
            }
            lines.push(told.to_string());
        };
        says(
            "svb-m1",
            "child_benefit_act",
            1_000_001,
            Some("outside_mandate"),
        );
        says("svb-m1", "housing", 1, Some("outside_mandate"));
        says(" ", "child_benefit_act", 1, Some("mandate_required"));
        says("svb-m1", "child_benefit_act", 1_000_000, None);
    }
    Story::parse(&lines.join("\n")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commitment_on_the_wire_is_held_to_the_mandate_that_it_names() {
    let story = story();
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), "mandates", &story).await;
    let case = format!("/v1/cases/{}", told.bound["case"]);
    let promises = read(
        world.doors(),
        &story,
        "noor",
        &format!("{case}/commitments"),
    )
    .await;
    let decisions = read(world.doors(), &story, "noor", &format!("{case}/decisions")).await;
    world.stop().await;

    let seen: Vec<Value> = promises["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|promise| json!([promise["mandateBasis"], promise["mandateId"]]))
        .collect();
    assert_eq!(
        seen,
        [
            json!(["registered", "svb-m1"]),
            json!(["stated", null]),
            json!(["stated", null]),
            json!(["stated", null]),
        ]
    );
    assert_eq!(promises["items"][0]["amountCents"], 1_000_000);
    assert_eq!(
        promises["items"][1]["statedMandate"]["role"],
        "administrator"
    );
    assert_eq!(decisions["items"][0]["mandateBasis"], "stated");
    assert_eq!(
        decisions["items"][0]["statedMandate"]["role"],
        "table_member"
    );
}
