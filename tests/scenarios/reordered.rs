//! A bus that repeats and reorders changes nothing that counts.

use bus::Faults;
use demo::play::{Act, Line, PlayError, Report, Story, play};
use demo::services::PartyService;
use scenarios::expected::{bella, bella_expected, comparable, gist};
use scenarios::worlds::embedded;
use serde_json::Value;

use super::play_bella;

/// How many seeds each rule is tried with.
const SEEDS: std::ops::Range<u64> = 1..4;

fn no_faults(seed: u64) -> Faults {
    Faults {
        seed,
        duplicate_every_message: false,
        swap_adjacent_of_one_sender: false,
        swap_across_senders: false,
    }
}

/// Bella's story in a hurry: what one party's system hands in on one day comes at once, without
/// waiting in between, so that there are neighbours to swap.
fn hurried() -> Story {
    let mut story = bella();
    let mut previous: Option<Line> = None;
    for line in &mut story.lines {
        if let Some(previous) = &previous
            && hands_in(previous) == hands_in(line)
            && hands_in(previous).is_some()
            && previous.at.strftime("%F").to_string() == line.at.strftime("%F").to_string()
        {
            line.at = previous.at;
        }
        previous = Some(line.clone());
    }
    story
}

/// The party whose own system hands this line in.
fn hands_in(line: &Line) -> Option<PartyService> {
    match &line.act {
        Act::HandIn { service, .. } => Some(*service),
        Act::Call { .. } => None,
    }
}

async fn play_hurried(faults: Option<Faults>, seed: u64) -> Report {
    let world = embedded(faults, seed).await;
    let told = play(world.doors(), &hurried(), "hurried", &mut |_| {}).await;
    let report = told
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"))
        .report;
    world.stop().await;
    report
}

#[tokio::test(flavor = "multi_thread")]
async fn every_message_twice_gives_the_same_timeline() {
    for seed in SEEDS {
        eprintln!("seed {seed}");
        let faults = Faults {
            duplicate_every_message: true,
            ..no_faults(seed)
        };
        let world = embedded(Some(faults), seed).await;
        let report = play_bella(world.doors()).await;
        world.stop().await;
        assert_eq!(comparable(&report), bella_expected(), "seed {seed}");
    }
}

/// One municipality hands in a whole case at once; each event needs the one before it.
const BURST: &str = include_str!("burst.ndjson");

/// What the burst must end in, whatever the bus does with it.
const BURST_KINDS: [&str; 8] = [
    "case.reported",
    "block.recorded",
    "escalation.requested",
    "legal-basis.recorded",
    "handoff.offered",
    "handoff.withdrawn",
    "legal-basis.recorded",
    "handoff.offered",
];

async fn play_burst(text: &str, faults: Option<Faults>, seed: u64) -> Result<Report, PlayError> {
    let story = Story::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let world = embedded(faults, seed).await;
    let told = play(world.doors(), &story, "burst", &mut |_| {}).await;
    world.stop().await;
    told.map(|played| played.report)
}

#[tokio::test(flavor = "multi_thread")]
async fn swapped_messages_of_one_sender_give_the_same_timeline() {
    for seed in 1..9 {
        eprintln!("seed {seed}");
        let faults = Faults {
            swap_adjacent_of_one_sender: true,
            ..no_faults(seed)
        };
        let told = play_burst(BURST, Some(faults), seed).await;
        let report = told.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let kinds: Vec<&str> = report
            .timeline
            .iter()
            .map(|row| row.kind.as_str())
            .collect();
        assert_eq!(kinds, BURST_KINDS, "seed {seed}");
        assert_eq!(report.quarantine.len(), 0, "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bella_in_a_hurry_survives_swaps_of_one_sender() {
    let undisturbed = comparable(&play_hurried(None, 1).await);
    for seed in SEEDS {
        eprintln!("seed {seed}");
        let faults = Faults {
            swap_adjacent_of_one_sender: true,
            ..no_faults(seed)
        };
        let report = play_hurried(Some(faults), seed).await;
        assert_eq!(
            comparable(&report)["timeline"],
            undisturbed["timeline"],
            "seed {seed}"
        );
    }
}

/// The mutation that shows that the order counts: the same burst, really sent in the other order.
#[tokio::test(flavor = "multi_thread")]
async fn a_burst_in_the_wrong_order_is_refused() {
    let mut lines: Vec<&str> = BURST.lines().collect();
    lines.swap(1, 2);
    let told = play_burst(&lines.join("\n"), None, 1).await;
    let error = told.map(|_| ()).unwrap_err().to_string();
    assert_eq!(
        error,
        "line 2: the platform refused it: block_required: a case climbs only when what blocks it \
         is recorded"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn swapped_messages_of_different_senders_give_the_same_end() {
    let undisturbed: Value = gist(&comparable(&play_hurried(None, 1).await));
    for seed in SEEDS {
        eprintln!("seed {seed}");
        let faults = Faults {
            swap_across_senders: true,
            ..no_faults(seed)
        };
        let report = play_hurried(Some(faults), seed).await;
        assert_eq!(gist(&comparable(&report)), undisturbed, "seed {seed}");
    }
}
