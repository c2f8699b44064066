//! What the platform has not answered yet; and how long it takes, after a fault is lifted, until
//! everything is answered that the parties had sent by then.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sqlx::{AnyConnection, Connection, Row};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often it is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// How far each outbox had come, up to where it was answered, and how much of it was not.
const OUTBOX: &str = "SELECT COALESCE(MAX(sequence), 0) AS last, \
    COALESCE(MIN(CASE WHEN answer IS NULL THEN sequence END), 9000000000) AS open, \
    COUNT(*) - COUNT(answer) AS unanswered FROM outbox";

/// One outbox at one look.
struct Outbox {
    /// The last that was sent.
    last: i64,
    /// The first that is not answered.
    open: i64,
    unanswered: i64,
}

/// How much of what it sent is not answered, by party.
pub(crate) type Unanswered = BTreeMap<String, i64>;

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
    unanswered: watch::Receiver<Unanswered>,
    looking: JoinHandle<()>,
}

impl Recovery {
    /// Begins to look at these databases, by party.
    pub(crate) fn watch(parties: BTreeMap<String, String>) -> Self {
        sqlx::any::install_default_drivers();
        let watched = Arc::<Mutex<Watched>>::default();
        let shared = Arc::clone(&watched);
        let (told, unanswered) = watch::channel(Unanswered::new());
        let looking = tokio::spawn(async move {
            let mut connections = BTreeMap::new();
            loop {
                tokio::time::sleep(LOOK).await;
                match look(&parties, &mut connections).await {
                    Ok(seen) => {
                        shared.lock().expect("nobody panics with it").compare(&seen);
                        let counts = seen.iter();
                        let counts =
                            counts.map(|(party, outbox)| (party.clone(), outbox.unanswered));
                        told.send_replace(counts.collect());
                    }
                    Err(_) => connections.clear(),
                }
            }
        });
        Self {
            watched,
            unanswered,
            looking,
        }
    }

    /// How much is not answered at each moment.
    pub(crate) fn unanswered(&self) -> watch::Receiver<Unanswered> {
        self.unanswered.clone()
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
    fn compare(&mut self, seen: &BTreeMap<String, Outbox>) {
        let took = &mut self.took;
        self.lifted.retain_mut(|lifted| {
            let sent = lifted.sent.get_or_insert_with(|| {
                let last = seen
                    .iter()
                    .map(|(party, outbox)| (party.clone(), outbox.last));
                last.collect()
            });
            let open = sent.iter().any(|(party, last)| seen[party].open <= *last);
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
) -> Result<BTreeMap<String, Outbox>, sqlx::Error> {
    let mut seen = BTreeMap::new();
    for (party, database) in parties {
        if !connections.contains_key(party) {
            let connection = AnyConnection::connect(database).await?;
            connections.insert(party.clone(), connection);
        }
        if let Some(connection) = connections.get_mut(party) {
            let row = sqlx::query(OUTBOX).fetch_one(connection).await?;
            let outbox = Outbox {
                last: row.try_get("last")?,
                open: row.try_get("open")?,
                unanswered: row.try_get("unanswered")?,
            };
            seen.insert(party.clone(), outbox);
        }
    }
    Ok(seen)
}
