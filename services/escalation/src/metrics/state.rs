//! How the platform stands now: what is late, what waits, who is silent.

use std::sync::atomic::AtomicU64;

use jiff::Timestamp;
use journal::JournalError;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use proto::Oin;

use crate::api::Platform;
use crate::intake::{ledger, quarantine};
use crate::relay::{self, outgoing};
use crate::{react, views};

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

type Seconds = Gauge<f64, AtomicU64>;

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
    gauge(
        registry,
        "deadline_lateness_seconds",
        "How long the earliest open deadline is past; 0 when none is",
        late,
    );
    let waiting = since(views::oldest_offer(db).await?);
    gauge(
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
    let quarantined = i64::try_from(quarantine::all(db).await?.len()).unwrap_or(i64::MAX);
    count(
        registry,
        "quarantine",
        "Messages that could not be taken in",
        quarantined,
    );
    let parked = i64::try_from(ledger::waiting(db).await?.len()).unwrap_or(i64::MAX);
    count(
        registry,
        "parked",
        "Events that wait for what they speak of, at most 1,000",
        parked,
    );

    let lag = Family::<Follower, Gauge>::default();
    let behind = [
        (
            "events",
            head.position - db.checkpoint(relay::EVENTS).await?,
        ),
        (
            "answers",
            head.answers - db.checkpoint(relay::ANSWERS).await?,
        ),
        (
            "reactor",
            head.position - db.checkpoint(react::FOLLOWER).await?,
        ),
        (
            "tree",
            head.position - i64::try_from(db.tree_size().await?).unwrap_or_default(),
        ),
    ];
    for (follower, behind) in behind {
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

/// What organisations with a door over HTTP did not take yet.
async fn letters_that_wait(
    platform: &Platform,
    registry: &mut Registry,
    now: Timestamp,
) -> Result<(), JournalError> {
    let letters = Family::<Organisation, Gauge>::default();
    let oldest = Family::<Organisation, Seconds>::default();
    let failures = Family::<Organisation, Gauge>::default();
    for waits in outgoing::undelivered(&platform.ground.db).await? {
        let party = Oin::parse(&waits.organisation).ok();
        let party = party.and_then(|oin| platform.parties.get(&oin));
        let of = Organisation {
            organisation: party.map_or(waits.organisation, |party| party.name.clone()),
        };
        letters.get_or_create(&of).set(waits.letters);
        let since = Timestamp::from_microsecond(waits.since).unwrap_or(now);
        oldest.get_or_create(&of).set(age(now, since));
        failures.get_or_create(&of).set(waits.failures);
    }
    registry.register(
        "undelivered_letters",
        "Letters that wait to be fetched, or to be posted",
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

fn gauge(registry: &mut Registry, name: &str, help: &str, value: f64) {
    let gauge = Seconds::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

fn count(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

/// Seconds since a moment; none for what is yet to come.
fn age(now: Timestamp, then: Timestamp) -> f64 {
    now.duration_since(then).as_secs_f64().max(0.0)
}
