//! What was written for organisations and nobody confirmed yet, by whichever door: which letters,
//! how many, since when. Nothing of what is in them.

use std::collections::BTreeMap;

use chassis::parties::Door;
use jiff::{SignedDuration, Timestamp};
use journal::JournalError;
use proto::Oin;

use super::{Relay, outgoing};

/// What waits for one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undelivered {
    /// For whom.
    pub(crate) organisation: Oin,
    /// By which door letters reach it now: `nats`, `feed` or `webhook`.
    pub(crate) door: &'static str,
    /// The letters by event, the one that waits longest first; `None` when the bus does not say.
    pub(crate) kinds: Option<Vec<Kind>>,
    /// How often posting the first of them failed, or the bus had no room for it.
    pub(crate) failures: i64,
    /// Why it failed last, in words.
    pub(crate) reason: Option<String>,
}

impl Undelivered {
    /// How many letters, as far as that is known.
    pub(crate) fn letters(&self) -> i64 {
        self.kinds.iter().flatten().map(|kind| kind.letters).sum()
    }

    /// Since when the oldest waits.
    pub(crate) fn since(&self) -> Option<Timestamp> {
        self.kinds.iter().flatten().map(|kind| kind.since).min()
    }
}

/// Letters of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The event, `<noun>.<past-verb>`.
    pub(crate) event: String,
    /// How many.
    pub(crate) letters: i64,
    /// The place of the first in the organisation's line or stream.
    pub(crate) position: i64,
    /// Since when that one waits.
    pub(crate) since: Timestamp,
}

impl Relay {
    /// What waits, for every organisation whose systems hear letters, in the order of the party
    /// files.
    ///
    /// # Errors
    /// [`JournalError`]; that the bus does not answer is said per organisation.
    pub(crate) async fn undelivered(
        &self,
        now: Timestamp,
    ) -> Result<Vec<Undelivered>, JournalError> {
        let db = &self.ground.db;
        let mut in_line: BTreeMap<String, Vec<Kind>> = BTreeMap::new();
        for kind in outgoing::kinds(db).await? {
            in_line.entry(kind.organisation).or_default().push(Kind {
                event: kind.event,
                letters: kind.letters,
                position: kind.position,
                since: Timestamp::from_microsecond(kind.since).unwrap_or(now),
            });
        }
        let going = outgoing::undelivered(db).await?;
        let mut all = Vec::new();
        for party in self.parties.iter().filter(|party| party.hears()) {
            let organisation = party.oin.as_str();
            // Of an organisation on the bus: what it had no room for, and what waited when its
            // door was another.
            let in_line = in_line.remove(organisation).unwrap_or_default();
            let line = going.iter().find(|one| one.organisation == organisation);
            let (door, kinds) = match &party.door {
                Door::Feed => ("feed", Some(in_line)),
                Door::Webhook(_) => ("webhook", Some(in_line)),
                Door::Nats => {
                    let on_bus = self.on_bus(&party.oin, now).await;
                    // What stands on the bus was written first; only then did the room end.
                    ("nats", on_bus.map(|kinds| [kinds, in_line].concat()))
                }
            };
            all.push(Undelivered {
                organisation: party.oin.clone(),
                door,
                kinds,
                failures: line.map_or(0, |line| line.failures),
                reason: line.and_then(|line| line.reason.clone()),
            });
        }
        Ok(all)
    }

    /// Whether the bus can be reached now.
    pub(crate) fn bus_is_connected(&self) -> bool {
        self.bus.is_connected()
    }

    /// How the bus is carried: `nats`, or `local` within this process.
    pub(crate) fn carrier(&self) -> &'static str {
        match self.bus {
            bus::Bus::Local(_) => "local",
            bus::Bus::Nats(_) => "nats",
        }
    }

    /// How long a letter that nobody takes is kept.
    pub(crate) fn letters_kept(&self) -> SignedDuration {
        self.letters_kept
    }

    async fn on_bus(&self, to: &Oin, now: Timestamp) -> Option<Vec<Kind>> {
        let waiting = self.bus.waiting_for(to).await.ok()?;
        let kinds = waiting.into_iter().map(|one| Kind {
            event: one.event,
            letters: i64::try_from(one.messages).unwrap_or(i64::MAX),
            position: i64::try_from(one.first).unwrap_or(i64::MAX),
            since: SignedDuration::try_from(one.age)
                .ok()
                .and_then(|age| now.checked_sub(age).ok())
                .unwrap_or(now),
        });
        Some(kinds.collect())
    }
}
