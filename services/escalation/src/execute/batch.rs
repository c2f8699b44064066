//! One transaction: claim the causes, load what they are about, decide in order, append, write the
//! views.

use jiff::Timestamp;
use journal::{AppendError, CauseKey, Claim, JournalError, Outcome, Settled, StoredEvent, Tx};

use super::decided::{Changed, Streams, Undecided};
use super::{Answer, Arrival, Done, Ground, NOT_ALLOWED, Order, Traced};
use crate::intake::ledger;

/// What one transaction did.
pub(super) struct BatchDone {
    /// One answer per order, in their order.
    pub(super) answers: Vec<Answer>,
    /// Whether parked events became ready.
    pub(super) released: bool,
}

/// What became of one order, before anything is written.
enum Verdict {
    /// Answered before.
    Answered(Answer),
    /// The same cause stands earlier in the batch.
    Repeats(usize),
    /// To be stored; the change is empty when there was nothing left to do.
    Decided(Box<Changed>),
    /// Nothing to change.
    Undecided(Undecided),
}

/// Runs a batch in one transaction.
///
/// # Errors
/// The database's failure; nothing of the batch was done then.
pub(super) async fn run(ground: &Ground, orders: &[Traced]) -> Result<BatchDone, JournalError> {
    let at = ground.clock.now();
    let mut tx = ground.db.begin().await?;
    let causes: Vec<CauseKey> = orders
        .iter()
        .map(|given| given.order.cause.clone())
        .collect();
    let claims = tx.claim(&causes).await?;
    let mut streams = load(&mut tx, orders, &claims).await?;

    let mut appended = Vec::new();
    let mut verdicts = Vec::with_capacity(orders.len());
    for (Traced { order, .. }, claim) in orders.iter().zip(claims) {
        verdicts.push(match claim {
            Claim::Known(known) => Verdict::Answered(Ok(known.outcome.into())),
            Claim::Repeated(first) => Verdict::Repeats(first),
            Claim::New => match streams.decide(ground, order, at, &mut appended) {
                Ok(changed) => Verdict::Decided(Box::new(changed)),
                Err(undecided) => Verdict::Undecided(undecided),
            },
        });
    }

    let stored = tx.append(appended).await.map_err(|error| match error {
        // The head row is ours, so a conflict means that what we loaded was not what is stored.
        AppendError::Conflict { stream } => {
            tracing::error!(%stream, "a stream changed under the head row's lock");
            JournalError::Failed
        }
        AppendError::Journal(error) => error,
    })?;

    write(ground, tx, orders, verdicts, &stored, at).await
}

async fn load(tx: &mut Tx, orders: &[Traced], claims: &[Claim]) -> Result<Streams, JournalError> {
    let mut names: Vec<String> = orders
        .iter()
        .zip(claims)
        .filter(|(_, claim)| matches!(claim, Claim::New))
        .map(|(given, _)| given.order.work.subject().to_string())
        .collect();
    names.sort_unstable();
    names.dedup();
    let mut streams = Streams::default();
    for (stream, events) in tx.load(&names).await? {
        streams.add(stream, &events)?;
    }
    Ok(streams)
}

async fn write(
    ground: &Ground,
    mut tx: Tx,
    orders: &[Traced],
    verdicts: Vec<Verdict>,
    stored: &[StoredEvent],
    at: Timestamp,
) -> Result<BatchDone, JournalError> {
    let mut answers: Vec<Answer> = Vec::with_capacity(orders.len());
    let mut outcomes = Vec::new();
    let mut brought = Vec::new();
    for (Traced { order, trace }, verdict) in orders.iter().zip(verdicts) {
        let answer = match verdict {
            Verdict::Answered(answer) => answer,
            Verdict::Repeats(first) => answers[first].clone(),
            Verdict::Undecided(Undecided::Conflict(error)) => Err(error),
            Verdict::Undecided(Undecided::Waits(key)) => {
                ledger::park_order(&mut tx, order, &key, at).await?;
                Ok(Done::Parked)
            }
            Verdict::Undecided(Undecided::Refused { code, text }) => {
                let denied = code == NOT_ALLOWED;
                let outcome = Outcome::Refused {
                    code: code.clone(),
                    text: text.clone(),
                    wrong: Vec::new(),
                };
                outcomes.push(settled(order, trace.as_deref(), outcome));
                Ok(Done::Refused { code, text, denied })
            }
            Verdict::Decided(changed) => {
                let rows = &stored[changed.events()];
                brought.extend(changed.write(&mut tx, order, rows, ground).await?);
                let event_ids: Vec<_> = rows.iter().map(|row| row.id).collect();
                let position = rows.last().map_or(tx.position(), |row| row.position);
                let outcome = Outcome::Stored {
                    event_ids: event_ids.clone(),
                    position,
                };
                outcomes.push(settled(order, trace.as_deref(), outcome));
                Ok(Done::Stored {
                    event_ids,
                    position,
                })
            }
        };
        if answer.is_ok()
            && let Some(arrival) = &order.arrival
        {
            let parked = matches!(answer, Ok(Done::Parked));
            let Arrival {
                sender, sequence, ..
            } = arrival;
            let taken = ledger::taken(&mut tx, sender, *sequence, &order.cause, parked).await?;
            brought.extend(taken);
        }
        answers.push(answer);
    }
    tx.settle_received(&outcomes).await?;
    let released = ledger::release(&mut tx, &brought).await?;
    tx.commit().await?;
    Ok(BatchDone { answers, released })
}

fn settled(order: &Order, trace: Option<&str>, outcome: Outcome) -> Settled {
    let arrival = order.arrival.as_ref();
    Settled {
        cause: order.cause.clone(),
        outcome,
        digest: arrival.map(|arrival| arrival.digest.clone()),
        trace: trace.map(str::to_owned),
    }
}
