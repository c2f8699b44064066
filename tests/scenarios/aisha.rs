//! Aïsha's case is split: the money is tailored, the shortage goes to a signal.

use demo::play::{Doors, Played, Story};
use scenarios::expected::AISHA;
use scenarios::processes::Processes;
use scenarios::servers::shared_postgres;
use scenarios::worlds::embedded_for;

use super::{ask, assert_ends_as_written, read, tell};

/// The story up to the answer of the housing association.
fn before_the_answer() -> Story {
    let mut story = AISHA.story();
    let asked = |line: &demo::play::Line| {
        line.note
            .as_deref()
            .is_some_and(|it| it.starts_with("Mina"))
    };
    let answered = story.lines.iter().position(asked).expect("Mina answers");
    story.lines.truncate(answered);
    story
}

async fn assert_split(doors: &Doors, story: &Story, told: &Played) {
    assert_ends_as_written(&told.report, &AISHA);
    let signal = format!("/v1/signals/{}", told.bound["signal"]);
    let signal = read(doors, story, "noor", &signal).await;
    assert_eq!(signal["state"], "answered");
    assert_eq!(signal["overdue"], 0);
    assert_eq!(
        told.bound["answer"],
        "Wij nemen jongeren zonder ouders op als urgentiegroep in de verordening van volgend jaar."
    );
    let case = format!("/v1/cases/{}", told.bound["case"]);
    let escalations = read(doors, story, "noor", &format!("{case}/escalations")).await;
    assert_eq!(escalations["items"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn aisha_in_one_process() {
    let story = AISHA.story();
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), AISHA.name, &story).await;
    assert_split(world.doors(), &story, &told).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn aisha_in_five_processes_with_postgresql_and_nats() {
    let story = AISHA.story();
    let start = story.begins().expect("the story has lines").to_string();
    let world = Processes::start(&shared_postgres(), &start).await;
    let doors = world.doors();
    let told = tell(&doors, AISHA.name, &story).await;
    assert_split(&doors, &story, &told).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_association_sees_who_it_is_about_only_once_it_accepted_and_never_the_income() {
    let (before, story) = (before_the_answer(), AISHA.story());
    let world = embedded_for(&before).await;
    let told = tell(world.doors(), AISHA.name, &before).await;
    let case = format!("/v1/cases/{}", told.bound["case"]);
    let offered = everything(world.doors(), &before, &case).await;
    world.stop().await;
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), AISHA.name, &story).await;
    let case = format!("/v1/cases/{}", told.bound["case"]);
    let accepted = everything(world.doors(), &story, &case).await;
    world.stop().await;

    assert!(!offered.contains("Voorbeeld"), "{offered}");
    assert!(accepted.contains("Aïsha Voorbeeld"), "{accepted}");
    for seen in [offered, accepted] {
        assert!(!seen.contains("studiefinanciering"), "{seen}");
    }
}

/// All that Mina can read of a case.
async fn everything(doors: &Doors, story: &Story, case: &str) -> String {
    let mut seen = String::new();
    for what in [
        "",
        "/facts",
        "/blocks",
        "/assessments",
        "/spending",
        "/perspectives",
        "/handoffs",
    ] {
        let (_, body) = ask(doors, story, "mina", &format!("{case}{what}")).await;
        seen.push_str(&body.to_string());
    }
    seen
}
