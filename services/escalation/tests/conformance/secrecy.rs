//! Personal texts: sealed wherever they are stored, absent from every log line, and open to
//! whoever holds the vault.

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use journal::vault::Sealed;
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::carrier::Carrier;
use crate::party::{Party, acted_by, fact, offer, report};
use crate::place::Place;
use crate::world::{SVB, TAX_OFFICE, UTRECHT, World, until};

on_both_engines!(a_personal_text_is_stored_sealed_and_logged_nowhere);

const MARKER: &str = "Zilverreiger";

/// Every log line of this process.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    /// All levels of all crates; the first test of a process starts it.
    fn captured() -> &'static Self {
        static LINES: OnceLock<Lines> = OnceLock::new();
        LINES.get_or_init(|| {
            let lines = Self::default();
            let subscriber = tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_writer(lines.clone())
                .finish();
            tracing::subscriber::set_global_default(subscriber).unwrap();
            lines
        })
    }

    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

fn marked(what: &str) -> String {
    format!("{what} {MARKER}")
}

/// A report with the marker in every text about a person.
fn marked_report() -> Value {
    let mut data = report("Z-1");
    data["story"] = marked("story").into();
    data["desiredOutcome"] = marked("outcome").into();
    data["citizensWords"] = marked("words").into();
    data["triedProvisions"] = json!([marked("tried")]);
    data["persons"][0]["name"] = marked("name").into();
    data["persons"][0]["address"] = marked("address").into();
    data
}

async fn a_personal_text_is_stored_sealed_and_logged_nowhere(place: Place) {
    let lines = Lines::captured();
    let world = World::start(place.clone(), Carrier::local()).await;
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let told = tell(&world, &mut utrecht, &mut svb).await;
    assert_eq!(told, marked("summary"));

    let dump = place.dump(|_| true).await;
    assert_eq!(dump["parked_event"].len(), 1);
    assert_eq!(dump["quarantine"].len(), 1);
    for (table, rows) in &dump {
        for row in rows {
            assert!(!row.contains(MARKER), "{table}: {row}");
            assert!(!row.contains("2006-05-04"), "{table}: {row}");
        }
    }
    let log = lines.text();
    assert!(log.contains("handoff.offered"), "nothing was captured");
    let leak = log.lines().find(|line| line.contains(MARKER));
    assert_eq!(leak, None);

    let mut opened = opened(&world).await;
    opened.sort();
    let expected = [
        "address",
        "alternative",
        "explanation",
        "fact",
        "name",
        "outcome",
        "reason",
        "story",
        "summary",
        "summary",
        "text",
        "tried",
        "words",
    ];
    assert_eq!(opened, expected.map(marked));
}

/// Every kind of text that an organisation can send, one that waits and one in quarantine; gives
/// the summary as the receiver reads it.
async fn tell(world: &World, utrecht: &mut Party, svb: &mut Party) -> String {
    utrecht.send("case.reported", None, marked_report()).await;
    let case = utrecht.hear("case.registered").await.subject.unwrap();
    let case = Some(case.as_str());
    let (accepted, withdrawn) = (world.new_handoff(), world.new_handoff());
    let mut first = offer(accepted, SVB);
    first["summary"] = marked("summary").into();
    utrecht.send("handoff.offered", case, first).await;
    let card = svb.hear("handoff.offered").await;
    assert!(!card.data.to_string().contains(MARKER));
    let theirs = card.subject.as_deref();
    let counter = json!({
        "actedBy": acted_by("agency_liaison"), "handoff": accepted, "answer": "accepted",
        "text": marked("text"),
    });
    svb.send("handoff.answered", theirs, counter).await;
    let opened = svb.hear("handoff.opened").await;
    let mut second = offer(withdrawn, TAX_OFFICE);
    second["summary"] = marked("summary").into();
    utrecht.send("handoff.offered", case, second).await;
    let withdrawal = json!({
        "actedBy": acted_by("raiser"), "handoff": withdrawn, "reason": marked("reason"),
    });
    utrecht.send("handoff.withdrawn", case, withdrawal).await;
    let third = world.new_handoff();
    let mut advice = offer(third, SVB);
    advice["summary"] = "Zonder.".into();
    utrecht.send("handoff.offered", case, advice).await;
    svb.hear("handoff.offered").await;
    let declined = json!({
        "actedBy": acted_by("agency_liaison"), "handoff": third, "answer": "declined",
        "reason": "no_power", "alternative": marked("alternative"),
    });
    svb.send("handoff.answered", theirs, declined).await;
    svb.send("fact.reported", theirs, fact(&marked("fact")))
        .await;
    let block = json!({
        "actedBy": acted_by("raiser"), "type": "rule", "explanation": marked("explanation"),
    });
    let blocked = utrecht.send("block.recorded", case, block).await;
    utrecht.stored(&blocked).await;

    let mut wrong = marked_report();
    wrong["theme"] = marked("theme").into();
    let wrong = utrecht.send("case.reported", None, wrong).await;
    assert_eq!(utrecht.refused(&wrong).await, "invalid_data");
    svb.send(
        "fact.reported",
        Some("ps_unknown"),
        fact(&marked("waiting")),
    )
    .await;
    until("it waits", async || {
        (world.waiting().await.len() == 1).then_some(())
    })
    .await;
    opened.data["summary"].as_str().unwrap().to_owned()
}

/// What the vault opens of everything in the log, as far as it is marked.
async fn opened(world: &World) -> Vec<String> {
    let vault = world.vault().await;
    let mut found = Vec::new();
    for event in world.log().await {
        let mut rest = vec![event.data];
        while let Some(value) = rest.pop() {
            match value {
                Value::Object(fields) => rest.extend(fields.into_iter().map(|(_, value)| value)),
                Value::Array(items) => rest.extend(items),
                Value::String(text) => {
                    if let Ok(sealed) = Sealed::parse(text.as_str()) {
                        found.extend(vault.unseal_all(&[sealed]).await.unwrap().remove(0));
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }
    found.retain(|text| text.contains(MARKER));
    found
}
