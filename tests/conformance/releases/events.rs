//! The events of earlier releases, read and folded as the service does.

use chassis::Entropy;
use escalation::pseudonym::Pseudonyms;
use escalation::views;
use journal::{CauseKey, Db, NewEvent};
use proto::{Envelope, FromParty, ToParty};
use serde_json::{Value, json};

use super::record::releases;
use crate::place::Place;

on_both_engines!(
    every_event_of_a_release_is_read_folded_and_shown,
    an_event_that_cannot_be_read_is_seen,
);

/// Reads one message as a service does.
///
/// # Errors
/// What cannot be read of it.
pub(super) fn read_message(line: &Value) -> Result<(), String> {
    let bytes = line["message"].to_string();
    let envelope = Envelope::decode_structured(bytes.as_bytes());
    let envelope = envelope.map_err(|error| format!("{error}: {bytes}"))?;
    let (event, version) = (&envelope.type_.event, envelope.type_.version);
    let read = match line["direction"].as_str() {
        Some("out") => FromParty::decode(event, version, &envelope.data).map(drop),
        _ => ToParty::decode(event, version, &envelope.data).map(drop),
    };
    read.map_err(|error| format!("{event}: {error}"))
}

/// The rows of a release's log, in their order.
fn as_new(rows: &[Value]) -> Vec<NewEvent> {
    let entropy = Entropy::seeded(1);
    let mut versions = std::collections::BTreeMap::<String, i64>::new();
    let row = |(number, row): (usize, &Value)| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let version = versions.entry(text("stream")).or_default();
        *version += 1;
        NewEvent {
            stream: text("stream"),
            version: *version,
            id: entropy.uuid_v4(),
            kind: text("kind"),
            kind_version: u32::try_from(row["kindVersion"].as_u64().unwrap()).unwrap(),
            at: text("at").parse().unwrap(),
            actor: json!({"organisation": "00000099000000001000", "role": "raiser",
                "personRef": null}),
            cause: CauseKey::new("released", number.to_string()),
            data: row["data"].clone(),
        }
    };
    rows.iter().enumerate().map(row).collect()
}

/// A log with these rows in it.
async fn log_of(place: &Place, rows: &[Value]) -> Db {
    let db = escalation::open_log(&place.log).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    tx.append(as_new(rows)).await.unwrap();
    tx.commit().await.unwrap();
    db
}

async fn every_event_of_a_release_is_read_folded_and_shown(place: Place) {
    // Streams of one release have the names of another's: one log for the last, which has all.
    let release = releases().pop().unwrap();
    let db = log_of(&place, &release.events).await;
    assert_eq!(
        db.head().await.unwrap().position,
        release.events.len() as i64
    );
    let rebuilt = views::rebuild(&db, &Pseudonyms::new(&[2; 32])).await;
    rebuilt.unwrap_or_else(|error| panic!("{}: {error}", release.version));
    let shown = views::cases(&db, None, "", 1_000).await.unwrap().len();
    let cases = release
        .events
        .iter()
        .filter(|row| row["kind"] == "case.reported");
    let cases = cases.count();
    assert!(cases > 5, "{cases} cases were reported");
    assert_eq!(shown, cases);
    db.close().await;
}

async fn an_event_that_cannot_be_read_is_seen(place: Place) {
    let mut rows = releases().pop().unwrap().events;
    let offer = rows.iter_mut().find(|row| row["kind"] == "handoff.offered");
    offer.unwrap()["data"].as_object_mut().unwrap().remove("to");
    let db = log_of(&place, &rows).await;
    let rebuilt = views::rebuild(&db, &Pseudonyms::new(&[2; 32])).await;
    assert!(rebuilt.is_err(), "an offer that is for nobody was read");
    db.close().await;
}

#[test]
fn a_message_that_lacks_what_became_required_is_seen() {
    let release = releases().pop().unwrap();
    let mut lines = release.wire.into_iter();
    let mut offer = lines
        .find(|line| line["message"]["type"] == "nl.doorbraak.handoff.offered.v1")
        .unwrap();
    assert_eq!(read_message(&offer), Ok(()));
    let data = offer["message"]["data"].as_object_mut().unwrap();
    data.remove("kind").expect("an offer has a kind");
    assert!(read_message(&offer).is_err());
}
