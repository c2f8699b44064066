//! One transaction: claim the causes, load the cases, decide in order, append, write the views.

use std::collections::HashMap;

use jiff::Timestamp;
use journal::{AppendError, CauseKey, Claim, JournalError, NewEvent, Outcome, StoredEvent, Tx};
use ladder::{Case, Decider, Event, Refusal, Rules};
use serde_json::json;

use super::facts::case_facts;
use super::permission::permission;
use super::{Answer, Arrival, Done, ExecuteError, Ground, NOT_ALLOWED, Order};
use crate::cases::{self, Folded};
use crate::intake::ledger;
use crate::views::{self, Change};

/// What one transaction did.
pub(super) struct BatchDone {
    /// One answer per order, in their order.
    pub(super) answers: Vec<Answer>,
    /// Whether parked events became ready.
    pub(super) released: bool,
}

/// What was decided for one order, before anything is written.
enum Verdict {
    /// Answered before, or nothing to store.
    Answered(Answer),
    /// The same cause stands earlier in the batch.
    Repeats(usize),
    /// To be stored; the change is empty when there was nothing left to do.
    Decided(Box<Decided>),
    /// Refused, to be stored with its cause.
    Refused { code: String, text: String },
    /// Waits for this key.
    Waits(String),
}

struct Decided {
    role: &'static str,
    before: Case,
    after: Case,
    first_event: usize,
    events: Vec<Event>,
}

/// Runs a batch in one transaction.
///
/// # Errors
/// The database's failure; nothing of the batch was done then.
pub(super) async fn run(ground: &Ground, orders: &[Order]) -> Result<BatchDone, JournalError> {
    let at = ground.clock.now();
    let mut tx = ground.db.begin().await?;
    let causes: Vec<CauseKey> = orders.iter().map(|order| order.cause.clone()).collect();
    let claims = tx.claim(&causes).await?;
    let mut cases = load(&mut tx, orders, &claims).await?;

    let mut appended = Vec::new();
    let mut verdicts = Vec::with_capacity(orders.len());
    for (order, claim) in orders.iter().zip(claims) {
        verdicts.push(match claim {
            Claim::Known(known) => Verdict::Answered(Ok(known.outcome.into())),
            Claim::Repeated(first) => Verdict::Repeats(first),
            Claim::New => decide(ground, order, at, &mut cases, &mut appended),
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

async fn load(
    tx: &mut Tx,
    orders: &[Order],
    claims: &[Claim],
) -> Result<HashMap<String, Folded>, JournalError> {
    let mut streams: Vec<String> = orders
        .iter()
        .zip(claims)
        .filter(|(_, claim)| matches!(claim, Claim::New))
        .map(|(order, _)| cases::stream(&order.case))
        .collect();
    streams.sort_unstable();
    streams.dedup();
    let mut folded = HashMap::with_capacity(streams.len());
    for (stream, events) in tx.load(&streams).await? {
        let case = cases::fold(&events).map_err(|error| {
            tracing::error!(%stream, %error, "an event of this case cannot be read");
            JournalError::Unreadable {
                what: "event of a case",
            }
        })?;
        folded.insert(stream, case);
    }
    Ok(folded)
}

/// The gate (who may), then the rules (whether now), on the state folded so far.
fn decide(
    ground: &Ground,
    order: &Order,
    at: Timestamp,
    cases: &mut HashMap<String, Folded>,
    appended: &mut Vec<NewEvent>,
) -> Verdict {
    let stream = cases::stream(&order.case);
    let folded = cases.entry(stream.clone()).or_default();
    if let Some(expected) = order.if_match
        && expected != folded.version
    {
        let version = folded.version;
        return Verdict::Answered(Err(ExecuteError::Conflict { version }));
    }
    let (action, target) = permission(&order.command, &folded.case);
    let facts = case_facts(&order.case, &folded.case, &order.command, target);
    let permit = match ground.gate.may(&order.actor, action, &facts) {
        Ok(permit) => permit,
        Err(denial) => {
            // What is not known yet is not refused for good: the gate could not know it either.
            if let Some(key) = waits_for(order, &folded.case) {
                return Verdict::Waits(key);
            }
            tracing::info!(case = %order.case, ?action, "not allowed");
            return Verdict::Refused {
                code: NOT_ALLOWED.to_owned(),
                text: denial.to_string(),
            };
        }
    };
    match ground.rules.decide(&folded.case, order.command.clone(), at) {
        Ok(events) => {
            let before = folded.case.clone();
            let first_event = appended.len();
            for event in &events {
                folded.version += 1;
                folded.case = Rules::evolve(std::mem::take(&mut folded.case), event, at);
                appended.push(new_event(
                    ground,
                    order,
                    permit.acting_role,
                    &stream,
                    folded,
                    event,
                    at,
                ));
            }
            Verdict::Decided(Box::new(Decided {
                role: permit.acting_role,
                before,
                after: folded.case.clone(),
                first_event,
                events,
            }))
        }
        Err(refusal) => match waits_for(order, &folded.case) {
            Some(key) if is_not_known_yet(&refusal) => Verdict::Waits(key),
            _ => Verdict::Refused {
                code: refusal.code().to_owned(),
                text: refusal.to_string(),
            },
        },
    }
}

fn new_event(
    ground: &Ground,
    order: &Order,
    role: &str,
    stream: &str,
    folded: &Folded,
    event: &Event,
    at: Timestamp,
) -> NewEvent {
    NewEvent {
        stream: stream.to_owned(),
        version: folded.version,
        id: ground.entropy.uuid_v7(at),
        kind: event.kind().to_owned(),
        kind_version: 1,
        at,
        actor: json!({
            "organisation": order.actor.organisation(),
            "role": role,
            "personRef": order.actor.second_person_key().map(|(_, person)| person),
        }),
        cause: order.cause.clone(),
        data: event.data(),
    }
}

fn is_not_known_yet(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::UnknownCase | Refusal::UnknownHandoff(_) | Refusal::UnknownCommitment
    )
}

/// What an event from the wire waits for, when the case does not know what it speaks of.
fn waits_for(order: &Order, case: &Case) -> Option<String> {
    order.arrival.as_ref()?;
    ledger::missing(&order.case, &order.command, case)
}

async fn write(
    ground: &Ground,
    mut tx: Tx,
    orders: &[Order],
    verdicts: Vec<Verdict>,
    stored: &[StoredEvent],
    at: Timestamp,
) -> Result<BatchDone, JournalError> {
    let mut answers: Vec<Answer> = Vec::with_capacity(orders.len());
    let mut outcomes = Vec::new();
    let mut brought = Vec::new();
    for (order, verdict) in orders.iter().zip(verdicts) {
        let answer = match verdict {
            Verdict::Answered(answer) => answer,
            Verdict::Repeats(first) => answers[first].clone(),
            Verdict::Waits(key) => {
                ledger::park_order(&mut tx, order, &key, at).await?;
                Ok(Done::Parked)
            }
            Verdict::Refused { code, text } => {
                let denied = code == NOT_ALLOWED;
                let outcome = Outcome::Refused {
                    code: code.clone(),
                    text: text.clone(),
                };
                outcomes.push((order.cause.clone(), outcome));
                Ok(Done::Refused { code, text, denied })
            }
            Verdict::Decided(decided) => {
                let rows = &stored[decided.first_event..decided.first_event + decided.events.len()];
                let change = Change {
                    case: &order.case,
                    before: &decided.before,
                    after: &decided.after,
                    events: &decided.events,
                    stored: rows,
                    organisation: order.actor.organisation(),
                    role: decided.role,
                };
                views::write(&mut tx, &change, &ground.pseudonyms).await?;
                brought.extend(ledger::brought(&change, &ground.pseudonyms));
                let event_ids: Vec<_> = rows.iter().map(|row| row.id).collect();
                let position = rows.last().map_or(tx.position(), |row| row.position);
                let outcome = Outcome::Stored {
                    event_ids: event_ids.clone(),
                    position,
                };
                outcomes.push((order.cause.clone(), outcome));
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
    tx.settle(&outcomes).await?;
    let released = ledger::release(&mut tx, &brought).await?;
    tx.commit().await?;
    Ok(BatchDone { answers, released })
}
