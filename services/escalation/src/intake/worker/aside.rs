//! What a worker sets aside: messages that cannot be taken in, and those that waited too long.

use bus::Message;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use journal::{CauseKey, JournalError};
use proto::Oin;
use tracing::{info, warn};

use super::super::incoming::{self, Kept, Unfit};
use super::super::ledger;
use super::super::quarantine::{self, Entry};
use super::{Fate, WorkError, Worker};
use crate::execute::{Arrival, Ground};

/// Code and sentence of what cannot be stored, for a fault of ours.
const CANNOT_BE_STORED: (&str, &str) = (
    "cannot_be_stored",
    "the message could not be stored, however often it was tried",
);

/// Code and sentence of what waited too long.
const NOT_KNOWN_IN_TIME: (&str, &str) = (
    "not_known_in_time",
    "what this event speaks of did not become known within 24 hours",
);

impl Worker {
    /// A message that is no event of the contract keeps its place in its sender's order as far as
    /// it can be read: were it counted early, what comes after it would overtake what is missing.
    pub(super) async fn take_unfit(
        &self,
        message: &Message,
        unfit: Unfit,
        at: Timestamp,
    ) -> Result<Fate, WorkError> {
        let traits = incoming::traits(message);
        if let (Some(id), Some(sequence)) = (traits.message_id, traits.sequence) {
            let cause = CauseKey::new(self.sender.as_str(), id);
            let arrival = Arrival {
                sender: self.sender.clone(),
                sequence: Some(sequence),
                digest: transparency::sha256(&message.payload).to_string(),
                sealed_body: self.seal_message(message, at).await?,
            };
            if self.waits_its_turn(&arrival, &cause, at).await? {
                info!(sequence, "an earlier event of this sender is not here yet");
                return Ok(Fate::Settled);
            }
        }
        self.quarantine(message, unfit, at).await
    }

    pub(super) async fn quarantine(
        &self,
        message: &Message,
        unfit: Unfit,
        at: Timestamp,
    ) -> Result<Fate, WorkError> {
        warn!(reason = unfit.code, "a message goes to quarantine");
        let traits = incoming::traits(message);
        let entry = Entry {
            id: self.intake.ground.entropy.uuid_v7(at),
            sender: self.sender.clone(),
            subject: message.subject.clone(),
            message: traits.message_id,
            sequence: traits.sequence,
            reason: unfit.code.to_owned(),
            detail: unfit.detail.clone(),
            wrong: unfit.wrong.clone(),
            sealed_body: self.seal_message(message, at).await?,
        };
        let released = quarantine::put(&self.intake.ground.db, &entry, at).await?;
        self.tell_released(released);
        Ok(Fate::Quarantined(unfit))
    }

    pub(super) async fn give_up(&self, message: &Message) -> Fate {
        let at = self.intake.ground.clock.now();
        let unfit = Unfit::new(CANNOT_BE_STORED.0, CANNOT_BE_STORED.1);
        self.quarantine(message, unfit, at)
            .await
            .unwrap_or(Fate::Again)
    }

    pub(super) async fn give_up_parked(&self, parked: ledger::Parked) -> Result<(), JournalError> {
        let ground = &self.intake.ground;
        let now = ground.clock.now();
        let released = set_aside(ground, parked, CANNOT_BE_STORED, now).await?;
        self.tell_released(released);
        Ok(())
    }

    /// Bodies are sealed under a key per day of arrival, so that a day can be forgotten.
    pub(super) async fn seal_message(
        &self,
        message: &Message,
        at: Timestamp,
    ) -> Result<String, WorkError> {
        let ground = &self.intake.ground;
        let owner = arrived_on(at.to_zoned(TimeZone::UTC).date());
        let sealer = self
            .intake
            .vault
            .sealer(&owner, at, ground.entropy.bytes())
            .await?;
        let sealed = sealer.seal(&Kept::of(message), ground.entropy.bytes())?;
        Ok(sealed.as_str().to_owned())
    }
}

/// The owner of the bodies that came in on a day (UTC).
pub(crate) fn arrived_on(day: Date) -> String {
    format!("intake/{day}")
}

/// Moves an event that waited too long for what it speaks of to quarantine.
///
/// # Errors
/// [`JournalError`]; it stays parked then.
pub(crate) async fn expire_parked(
    ground: &Ground,
    parked: ledger::Parked,
    now: Timestamp,
) -> Result<(), JournalError> {
    // Its place in its sender's order was counted when it was parked, so this releases nothing.
    set_aside(ground, parked, NOT_KNOWN_IN_TIME, now).await?;
    Ok(())
}

/// Says whether this released events that waited for their turn.
async fn set_aside(
    ground: &Ground,
    parked: ledger::Parked,
    (reason, detail): (&str, &str),
    now: Timestamp,
) -> Result<bool, JournalError> {
    let Ok(sender) = Oin::parse(&parked.sender) else {
        return Ok(false);
    };
    let entry = Entry {
        id: ground.entropy.uuid_v7(now),
        sender,
        subject: String::new(),
        message: Some(parked.message),
        sequence: parked.sequence,
        reason: reason.to_owned(),
        detail: detail.to_owned(),
        wrong: Vec::new(),
        sealed_body: parked.body,
    };
    quarantine::put(&ground.db, &entry, now).await
}
