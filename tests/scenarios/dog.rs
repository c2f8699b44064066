//! Two organisations share a fund; who gives the money never sees the diagnosis.

use demo::play::{Line, Story};
use scenarios::expected::DOG;
use scenarios::worlds::embedded_for;

use super::{ask, assert_ends_as_written, read, tell};

/// What would give the diagnosis away.
const DIAGNOSIS: [&str; 4] = ["anorexia", "eetstoornis", "opname", "Diagnose"];

/// Everything about a case that can be read.
const LISTS: [&str; 13] = [
    "",
    "/timeline",
    "/facts",
    "/blocks",
    "/assessments",
    "/perspectives",
    "/escalations",
    "/handoffs",
    "/legal-bases",
    "/funds",
    "/decision-proposals",
    "/decisions",
    "/feedback",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_dog_in_one_process() {
    let story = DOG.story();
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), DOG.name, &story).await;
    let case = format!("/v1/cases/{}", told.bound["case"]);
    let funds = read(world.doors(), &story, "sietske", &format!("{case}/funds")).await;
    world.stop().await;

    assert_ends_as_written(&told.report, &DOG);
    let fund = &funds["items"][0];
    assert_eq!(fund["amountCents"], 1_350_000);
    assert_eq!(fund["missingCents"], 0);
    assert_eq!(fund["shares"][0]["amountCents"], 600_000);
    assert_eq!(fund["shares"][1]["amountCents"], 750_000);
}

/// The story while De Friesland takes part: up to the decision, and what is told of it.
fn while_it_takes_part() -> Story {
    let mut story = DOG.story();
    let later = |line: &Line| line.at.to_string().starts_with("2026-11");
    let end = story.lines.iter().position(later).expect("a month passes");
    story.lines.truncate(end);
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fund_holder_sees_cost_and_never_the_diagnosis() {
    let story = while_it_takes_part();
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), DOG.name, &story).await;
    let case = format!("/v1/cases/{}", told.bound["case"]);
    let doors = world.doors();
    let facts = read(doors, &story, "sietske", &format!("{case}/facts")).await;
    let own = read(doors, &story, "sietske", &case).await;
    let funds = read(doors, &story, "douwe", &format!("{case}/funds")).await;
    let mut seen = Vec::new();
    for who in ["douwe", "tjitske"] {
        for what in LISTS {
            let (status, body) = ask(doors, &story, who, &format!("{case}{what}")).await;
            assert!([200, 403, 404].contains(&status), "{who} at {what}: {body}");
            seen.push((who, what, body.to_string()));
        }
    }
    world.stop().await;

    // It is there, so that its absence means something.
    assert!(own.to_string().contains("anorexia"), "{own}");
    assert_eq!(facts["items"][0]["category"], "health");
    assert_eq!(funds["items"][0]["amountCents"], 1_350_000);
    for (who, what, body) in seen {
        for word in DIAGNOSIS {
            assert!(!body.contains(word), "{who} reads {word} at {what}: {body}");
        }
        assert!(!body.contains("Fenna Voorbeeld"), "{who} at {what}: {body}");
    }
}
