//! One task writes what waits in one transaction: a hundred readers wait for one commit.

use journal::Pools;
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::sync::{mpsc, oneshot};

use crate::{AccessLine, AccountError, Lines, sql};

/// How many callers may wait before the next has to wait to be let in.
const QUEUE: usize = 1024;
/// How many of them share a transaction at most.
const BATCH: usize = 128;

/// Lines, and whom to tell that they are stored.
struct Job {
    lines: Lines,
    stored: oneshot::Sender<bool>,
}

/// The door to the task that writes.
#[derive(Clone)]
pub(crate) struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// Starts the task; it ends when the last door is gone.
    pub(crate) fn start(pools: Pools) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(run(pools, receiver));
        Self(sender)
    }

    /// Returns when the lines are stored.
    pub(crate) async fn write(&self, lines: Lines) -> Result<(), AccountError> {
        let (stored, answer) = oneshot::channel();
        let job = Job { lines, stored };
        self.0.send(job).await.map_err(|_| AccountError::Closed)?;
        match answer.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(AccountError::Unwritten),
            Err(_) => Err(AccountError::Closed),
        }
    }
}

async fn run(pools: Pools, mut jobs: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        let stored = match store(&pools, &batch).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, waiting = batch.len(), "the logs cannot be written");
                false
            }
        };
        for job in batch.drain(..) {
            // Who stopped waiting shows nothing.
            let _ = job.stored.send(stored);
        }
    }
}

async fn store(pools: &Pools, batch: &[Job]) -> Result<(), AccountError> {
    let lines = || batch.iter().map(|job| &job.lines);
    let processing: Vec<_> = lines().flat_map(|lines| &lines.processing).collect();
    let access: Vec<_> = lines().flat_map(|lines| &lines.access).collect();
    let objects: Vec<_> = access.iter().copied().flat_map(objects).collect();
    let access: Vec<_> = access.into_iter().map(row).collect();
    let engine = pools.engine();
    let mut tx = pools.writer().begin().await?;
    for (statement, rows) in [
        (sql::ADD_PROCESSING, json(&processing)?),
        (sql::ADD_ACCESS, json(&access)?),
        (sql::ADD_OBJECTS, json(&objects)?),
    ] {
        sqlx::query(statement.text(engine))
            .bind(rows)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

fn json<T: Serialize>(rows: &T) -> Result<String, AccountError> {
    serde_json::to_string(rows).map_err(|_| AccountError::Unwritten)
}

fn row(line: &AccessLine) -> Value {
    serde_json::json!({
        "id": line.id,
        "trace_id": line.trace_id,
        "at": line.at,
        "organisation": line.organisation,
        "person_ref": line.person_ref,
        "role": line.role,
        "client": line.client,
        "operation": line.operation,
        "processing_activity_id": line.processing_activity_id,
        "purpose": line.purpose,
        "ground": line.ground,
        "result": line.result,
        "shown": serde_json::json!(line.shown).to_string(),
        "emergency": i64::from(line.emergency),
    })
}

fn objects(line: &AccessLine) -> impl Iterator<Item = Value> {
    line.objects.iter().map(|object| {
        Value::Object(Map::from_iter([
            ("line".to_owned(), line.id.clone().into()),
            ("object".to_owned(), object.clone().into()),
        ]))
    })
}
