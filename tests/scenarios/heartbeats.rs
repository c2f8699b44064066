//! A party that is up is never found silent, whatever the clock does; one that is not is found, and
//! its return clears it. With what the party services send of themselves, and no more.

#![allow(clippy::unwrap_used)]

use demo::play::{Line, PATIENCE, Story, until_quiet};
use demo::services::PartyService;
use jiff::{SignedDuration, Timestamp};
use scenarios::expected::BELLA;
use scenarios::worlds::{Embedded, embedded_for};
use serde_json::{Value, json};

use super::{read, tell};

const SVB: &str = "00000099000000002000";

/// Bella's story until Noor took the case back: four commitments stand open for twelve days. What
/// the story itself hands in as signs of life is left out.
fn waiting() -> Story {
    let mut story = BELLA
        .story()
        .until(|line| line.at < at("2026-04-04T00:00:00Z"));
    story.lines.retain(|line| !hands_in_a_heartbeat(line));
    story
}

fn hands_in_a_heartbeat(line: &Line) -> bool {
    matches!(&line.act, demo::play::Act::HandIn { event, .. } if event.event_type == "heartbeat.sent")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

async fn move_to(world: &Embedded, now: Timestamp) {
    world.doors().advance(now).await.unwrap();
    until_quiet(world.doors(), now, PATIENCE).await.unwrap();
}

/// Who is found silent in the case now, and since when.
async fn silent(world: &Embedded, story: &Story, case: &str, now: Timestamp) -> Vec<Value> {
    let mut today = story.clone();
    today.lines.last_mut().unwrap().at = now;
    let path = format!("/v1/cases/{case}/findings");
    let found = read(world.doors(), &today, "noor", &path).await;
    let items = found["items"].as_array().unwrap().iter();
    items
        .filter(|finding| finding["kind"] == "party_silent")
        .map(|finding| {
            json!([
                finding["because"]["organisation"],
                finding["because"]["since"]
            ])
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_that_is_up_is_never_silent_and_one_that_is_gone_is_until_it_returns() {
    let story = waiting();
    let mut world = embedded_for(&story).await;
    let told = tell(world.doors(), "waiting", &story).await;
    let case = told.bound["case"].clone();
    let mut now = story.lines.last().unwrap().at;

    // Days at a time, a day and a bit, a few hours: longer and shorter than the term.
    for hours in [24, 25, 48, 3, 3, 30, 1, 26] {
        now += SignedDuration::from_hours(hours);
        move_to(&world, now).await;
        let found = silent(&world, &story, &case, now).await;
        assert_eq!(found, Vec::<Value>::new(), "at {now}");
    }

    let heard = now;
    world.stop_party(PartyService::Svb).await;
    now = heard + SignedDuration::from_hours(24);
    move_to(&world, now).await;
    assert_eq!(
        silent(&world, &story, &case, now).await,
        Vec::<Value>::new()
    );
    now += SignedDuration::from_mins(1);
    move_to(&world, now).await;
    assert_eq!(
        silent(&world, &story, &case, now).await,
        [json!([SVB, heard.to_string()])]
    );

    world.start_party(PartyService::Svb).await;
    move_to(&world, now).await;
    assert_eq!(
        silent(&world, &story, &case, now).await,
        Vec::<Value>::new()
    );
    world.stop().await;
}
