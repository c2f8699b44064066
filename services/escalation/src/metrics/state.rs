//! How the platform stands now: what is late, what waits, who is silent.

use chassis::numbers::{Seconds, count, seconds};
use jiff::{Timestamp, ToSpan};
use journal::{Db, Head, JournalError};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::api::Platform;
use crate::intake::{ledger, quarantine};
use crate::{react, relay, views};

/// Which follower of the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Follower {
    follower: &'static str,
}

/// Which organisation, by its short name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Organisation {
    organisation: String,
}

/// Adds the numbers of this moment.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn register(
    platform: &Platform,
    registry: &mut Registry,
) -> Result<(), JournalError> {
    let db = &platform.ground.db;
    let now = platform.ground.clock.now();
    let since = |at: Option<Timestamp>| at.map_or(0.0, |at| age(now, at));
    let head = db.head().await?;

    let late = since(views::next_deadline(db).await?);
    seconds(
        registry,
        "deadline_lateness_seconds",
        "How long the earliest open deadline is past; 0 when none is",
        late,
    );
    let waiting = since(views::oldest_offer(db).await?);
    seconds(
        registry,
        "handoff_waiting_seconds",
        "How long the oldest unanswered handoff waits; 0 when none does",
        waiting,
    );
    count(
        registry,
        "log_position",
        "The last event's place in the log",
        head.position,
    );
    let quarantined = quarantine::standing(db).await?;
    count(
        registry,
        "quarantine",
        "Messages that could not be taken in",
        quarantined,
    );
    let lately = now.checked_sub(1.hour()).unwrap_or(now);
    let lately = quarantine::since(db, lately).await?;
    count(
        registry,
        "quarantined_last_hour",
        "Messages that went to quarantine in the last hour, whatever became of them",
        lately,
    );
    let parked = i64::try_from(ledger::waiting(db).await?.len()).unwrap_or(i64::MAX);
    count(
        registry,
        "parked",
        "Events that wait for what they speak of, at most 1,000",
        parked,
    );

    let lag = Family::<Follower, Gauge>::default();
    for (follower, behind) in followers(db, &head).await? {
        lag.get_or_create(&Follower { follower }).set(behind);
    }
    registry.register(
        "follower_lag",
        "How far followers of the log are behind it",
        lag,
    );

    letters_that_wait(platform, registry, now).await?;

    let silence = Family::<Organisation, Seconds>::default();
    // Who was never heard counts from the beginning of the log.
    let begun = db.read_after(0, 1).await?.first().map(|event| event.at);
    for party in platform.parties.iter().filter(|party| party.hears()) {
        let row = views::register(db, party.oin.as_str()).await?;
        let heard = row.and_then(|row| row.heartbeat_at?.parse().ok());
        let organisation = party.name.clone();
        silence
            .get_or_create(&Organisation { organisation })
            .set(since(heard.or(begun)));
    }
    registry.register(
        "heartbeat_age_seconds",
        "How long ago each organisation's service gave a sign of life",
        silence,
    );
    Ok(())
}

/// How far each follower of the log is behind it, in rows: letters to organisations, answers to what
/// they sent, what follows by itself, the tree.
///
/// # Errors
/// [`JournalError`].
pub(crate) async fn followers(
    db: &Db,
    head: &Head,
) -> Result<[(&'static str, i64); 4], JournalError> {
    let (events, answers) = (
        db.checkpoint(relay::EVENTS).await?,
        db.checkpoint(relay::ANSWERS).await?,
    );
    let reactor = db.checkpoint(react::FOLLOWER).await?;
    let tree = i64::try_from(db.tree_size().await?).unwrap_or_default();
    Ok([
        ("events", head.position - events),
        ("answers", head.answers - answers),
        ("reactor", head.position - reactor),
        ("tree", head.position - tree),
    ])
}

/// What organisations did not take yet, by whichever door.
async fn letters_that_wait(
    platform: &Platform,
    registry: &mut Registry,
    now: Timestamp,
) -> Result<(), JournalError> {
    let letters = Family::<Organisation, Gauge>::default();
    let oldest = Family::<Organisation, Seconds>::default();
    let failures = Family::<Organisation, Gauge>::default();
    for waits in platform.relay.undelivered(now).await? {
        // An absent number is seen; a wrong one is believed.
        if waits.kinds.is_none() {
            continue;
        }
        let party = platform.parties.get(&waits.organisation);
        let number = || waits.organisation.to_string();
        let of = Organisation {
            organisation: party.map_or_else(number, |party| party.name.clone()),
        };
        letters.get_or_create(&of).set(waits.letters());
        let waiting = waits.since().map_or(0.0, |since| age(now, since));
        oldest.get_or_create(&of).set(waiting);
        failures.get_or_create(&of).set(waits.failures);
    }
    registry.register(
        "undelivered_letters",
        "Letters that an organisation did not confirm yet",
        letters,
    );
    registry.register(
        "undelivered_age_seconds",
        "How long the oldest of them waits",
        oldest,
    );
    registry.register(
        "delivery_failures",
        "How often posting the first of them failed",
        failures,
    );
    Ok(())
}

/// Seconds since a moment; none for what is yet to come.
fn age(now: Timestamp, then: Timestamp) -> f64 {
    now.duration_since(then).as_secs_f64().max(0.0)
}
