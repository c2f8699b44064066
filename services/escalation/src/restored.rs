//! What a platform has to do that was put back from a backup, and what it does for an organisation
//! that was. How the two catch up stands in docs/backup.md.

use chassis::parties::Parties;
use jiff::Timestamp;
use journal::{Db, JournalError, Outcome};

use crate::intake::ledger;
use crate::react;
use crate::relay::outgoing::Origin;
use crate::relay::{self, ANSWERS, CHECKPOINTS, EVENTS};

/// How many answers are looked at in one go.
const PAGE: u32 = 500;

/// Every erasure that the log orders is carried out once more, from its beginning: what was done
/// already does not change. To be called before the service starts.
///
/// # Errors
/// [`JournalError`].
pub async fn erase_again(db: &Db) -> Result<(), JournalError> {
    db.save_checkpoint(react::FOLLOWER, 0).await
}

/// The last count that is known of each sender: what it sent after that has to come again.
///
/// # Errors
/// [`JournalError`].
pub async fn last_counts(db: &Db) -> Result<Vec<(String, u64)>, JournalError> {
    let next = ledger::next_of_all(db).await?;
    let last = next
        .into_iter()
        .map(|(sender, next)| (sender, next.saturating_sub(1)));
    Ok(last.collect())
}

/// Tells every organisation again what it was told of events since a moment, with the answers that
/// were given since: for an organisation that was put back from a backup. Letters keep their ids, so
/// whoever heard them before hears nothing new, and what was erased since stands in none. To be called
/// while no service runs: a relay at work would write its place over this one.
///
/// Says after which position of the log the telling begins.
///
/// # Errors
/// [`JournalError`].
pub async fn tell_again(db: &Db, parties: &Parties, since: Timestamp) -> Result<i64, JournalError> {
    let before = last_before(db, since).await?;
    let (mut looked, mut answered) = (0, 0);
    'answers: loop {
        let page = db.answers_after(looked, PAGE).await?;
        let Some(last) = page.last() else {
            break;
        };
        looked = last.number;
        for answer in page {
            match answer.outcome {
                Outcome::Stored { position, .. } if position > before => break 'answers,
                Outcome::Stored { .. } => answered = answer.number,
                // Of a refusal no moment is known: it is before the moment when something stored
                // after it is, and told again when not.
                Outcome::Refused { .. } => {}
            }
        }
    }
    for (follower, place, origin) in [
        (EVENTS, before, Origin::Event(before)),
        (ANSWERS, answered, Origin::Answer(answered)),
        (CHECKPOINTS, before, Origin::Checkpoint(before)),
    ] {
        // Back only: what was never told is told anyway.
        if place < db.checkpoint(follower).await? {
            relay::tell_after(db, parties, origin).await?;
        }
    }
    Ok(before)
}

/// The position of the last event before a moment; 0 when there is none.
async fn last_before(db: &Db, since: Timestamp) -> Result<i64, JournalError> {
    let (mut before, mut after) = (0, db.head().await?.position + 1);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        let event = db.read_after(middle - 1, 1).await?;
        match event.first() {
            Some(event) if event.at < since => before = middle,
            _ => after = middle,
        }
    }
    Ok(before)
}
