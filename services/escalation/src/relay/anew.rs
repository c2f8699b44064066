//! Telling again what was told: a bus that forgets when its process ends, or an organisation that was
//! put back from a backup.

use chassis::parties::{Door, Parties};
use journal::{Db, JournalError};

use super::outgoing::{self, Origin};
use super::{ANSWERS, CHECKPOINTS, EVENTS};

/// Tells everything again from the beginning: for a bus that forgets when its process ends.
/// Letters keep their ids, so whoever heard them before hears nothing new.
///
/// # Errors
/// [`JournalError`].
pub async fn begin_anew(db: &Db, parties: &Parties) -> Result<(), JournalError> {
    for origin in [Origin::Event(0), Origin::Answer(0), Origin::Checkpoint(0)] {
        tell_after(db, parties, origin).await?;
    }
    Ok(())
}

/// Tells again what comes after an origin. Letters of that which wait because the bus had no room go
/// out of their lines: they are written again, in their order among the others.
///
/// # Errors
/// [`JournalError`]; nothing was changed then.
pub(crate) async fn tell_after(
    db: &Db,
    parties: &Parties,
    origin: Origin,
) -> Result<(), JournalError> {
    let (follower, place) = match origin {
        Origin::Event(place) => (EVENTS, place),
        Origin::Answer(place) => (ANSWERS, place),
        Origin::Checkpoint(place) => (CHECKPOINTS, place),
    };
    let mut tx = db.begin().await?;
    for party in parties.iter() {
        match party.door {
            Door::Nats => outgoing::forget_after(&mut tx, &party.oin, origin).await?,
            // What it fetches or has posted is told by its line alone.
            Door::Feed | Door::Webhook(_) => {}
        }
    }
    tx.save_checkpoint(follower, place).await?;
    tx.commit().await
}
