//! How long it takes, after a fault is lifted, until everything is answered that the parties had
//! sent by then.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Connection, Row};
use tokio::task::JoinHandle;

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// How far each outbox had come, and up to where it was answered.
const OUTBOX: &str = "SELECT COALESCE(MAX(sequence), 0) AS last, \
    COALESCE(MIN(CASE WHEN answer IS NULL THEN sequence END), 9000000000) AS open FROM outbox";

struct Lifted {
    nth: usize,
    at: Instant,
    /// What every outbox had sent when that was first seen.
    sent: Option<BTreeMap<String, i64>>,
}

#[derive(Default)]
struct Watched {
    lifted: Vec<Lifted>,
    took: BTreeMap<usize, Duration>,
}

/// Looks at the outboxes of all parties, past the proxies.
pub(crate) struct Recovery {
    watched: Arc<Mutex<Watched>>,
    looking: JoinHandle<()>,
}

impl Recovery {
    /// Begins to look at these databases, by party.
    pub(crate) fn watch(parties: BTreeMap<String, String>) -> Self {
        sqlx::any::install_default_drivers();
        let watched = Arc::<Mutex<Watched>>::default();
        let shared = Arc::clone(&watched);
        let looking = tokio::spawn(async move {
            let mut connections = BTreeMap::new();
            loop {
                tokio::time::sleep(LOOK).await;
                match look(&parties, &mut connections).await {
                    Ok(seen) => shared.lock().expect("nobody panics with it").compare(&seen),
                    Err(_) => connections.clear(),
                }
            }
        });
        Self { watched, looking }
    }

    /// The n-th fault is lifted now.
    pub(crate) fn lifted(&self, nth: usize) {
        let at = Instant::now();
        let mut watched = self.watched.lock().expect("nobody panics with it");
        watched.lifted.push(Lifted {
            nth,
            at,
            sent: None,
        });
    }

    /// How long each took; a fault that is missing was not recovered from.
    pub(crate) fn took(self) -> BTreeMap<usize, Duration> {
        self.looking.abort();
        let watched = self.watched.lock().expect("nobody panics with it");
        watched.took.clone()
    }
}

impl Watched {
    fn compare(&mut self, seen: &BTreeMap<String, (i64, i64)>) {
        let took = &mut self.took;
        self.lifted.retain_mut(|lifted| {
            let sent = lifted.sent.get_or_insert_with(|| {
                let last = seen.iter().map(|(party, (last, _))| (party.clone(), *last));
                last.collect()
            });
            let open = sent.iter().any(|(party, last)| seen[party].1 <= *last);
            if !open {
                took.insert(lifted.nth, lifted.at.elapsed());
            }
            open
        });
    }
}

async fn look(
    parties: &BTreeMap<String, String>,
    connections: &mut BTreeMap<String, AnyConnection>,
) -> Result<BTreeMap<String, (i64, i64)>, sqlx::Error> {
    let mut seen = BTreeMap::new();
    for (party, database) in parties {
        if !connections.contains_key(party) {
            let connection = AnyConnection::connect(database).await?;
            connections.insert(party.clone(), connection);
        }
        if let Some(connection) = connections.get_mut(party) {
            let row = sqlx::query(OUTBOX).fetch_one(connection).await?;
            seen.insert(party.clone(), (row.try_get("last")?, row.try_get("open")?));
        }
    }
    Ok(seen)
}
