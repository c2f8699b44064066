//! What a copy of a party's database files gives away: read byte by byte, on SQLite.

use axum::{body::Body, http::Method};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use municipality::Municipality;
use serde_json::json;
use svb::Svb;

use super::{
    household::{register_household, relay, stopped, until_identity},
    support::{BELLA, BROTHER, HANDOFF, Running, SVB, UTRECHT, World},
};

/// A text as it may stand in a file: raw, in hexadecimal digits, and in base64 however the bytes
/// before it shift it.
fn traces(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut traces = vec![secret.to_owned(), hex.to_uppercase(), hex];
    for before in 0..3 {
        let shifted = [&vec![0; before], bytes].concat();
        for encoded in [STANDARD.encode(&shifted), URL_SAFE.encode(&shifted)] {
            // Only the characters that these bytes alone decide.
            let from = (before * 8).div_ceil(6);
            let to = shifted.len() * 8 / 6;
            traces.push(encoded[from..to].to_owned());
        }
    }
    traces
}

fn found(world: &World, secret: &str) -> Vec<String> {
    let traces = traces(secret);
    let files = world.files().into_iter();
    files
        .filter(|(_, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            traces.iter().any(|trace| text.contains(trace))
        })
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn a_trace_is_found_in_every_form() {
    for before in ["", "a", "ab", "abc"] {
        let text = format!("{before}{BELLA}\"}}");
        let hex: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
        for kept in [
            text.clone(),
            STANDARD.encode(&text),
            URL_SAFE.encode(&text),
            hex,
        ] {
            let holds = |trace: &String| kept.contains(trace);
            assert!(traces(BELLA).iter().any(holds), "{kept}");
        }
    }
}

#[tokio::test]
async fn the_files_of_a_party_give_nobody_away() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    relay(&platform, &svb, &identity).await;
    platform.takes("fact.reported").await;
    let opened = json!({ "handoff": HANDOFF, "from": UTRECHT, "summary": "Bella de Vries belt." });
    platform
        .tell(&svb.oin, "handoff.opened", Some("ps-s1"), opened)
        .await;
    let asked = json!({
        "request": "019cad57-a200-7000-8000-0000000000aa", "text": "Help Bella de Vries.",
        "by": UTRECHT,
    });
    platform
        .tell(&svb.oin, "commitment.requested", Some("ps-s1"), asked)
        .await;
    let garbage = format!("{{ not json {BELLA} Bella de Vries");
    platform
        .publish(&svb.oin, "case.closed", "m1", garbage.into_bytes())
        .await;
    svb.inbox_has("quarantine").await;

    // What is sealed is still there for those who may read it.
    let inbox = svb.get("/v1/inbox").await;
    assert_eq!(inbox["commitments"][0]["text"], "Help Bella de Vries.");
    // While everything is open, so that the write-ahead logs are there too.
    for secret in [
        BELLA,
        BROTHER,
        "Bella",
        "Vries",
        "Sam Jansen",
        "2003-05-17",
        "halfbroer",
    ] {
        assert_eq!(found(&world, secret), Vec::<String>::new(), "{secret}");
    }
    assert!(
        !found(&world, HANDOFF).is_empty(),
        "the search finds what is there"
    );
}

async fn quarantined(world: &World, svb: &Running) -> usize {
    let token = world.token(SVB, &["agency_liaison"]);
    let (_, inbox) = svb
        .call(Method::GET, "/v1/inbox", Some(&token), &[], Body::empty())
        .await;
    inbox["quarantine"].as_array().expect("a list").len()
}

#[tokio::test]
async fn what_is_in_quarantine_expires_with_its_key_after_thirty_days() {
    let world = World::new().await;
    let platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    platform
        .publish(&svb.oin, "case.closed", "m1", b"{ not json".to_vec())
        .await;
    svb.inbox_has("quarantine").await;
    assert!(!found(&world, "quarantine/m1").is_empty(), "it has a key");
    svb.advance("2026-04-01T08:59:59Z").await;
    assert_eq!(quarantined(&world, &svb).await, 1);
    svb.advance("2026-04-01T09:00:00Z").await;
    assert_eq!(quarantined(&world, &svb).await, 0);
    assert_eq!(found(&world, "quarantine/m1"), Vec::<String>::new());
}
