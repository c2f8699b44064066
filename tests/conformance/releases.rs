//! Two releases side by side: what every earlier release committed about itself, in
//! `tests/releases/<version>/`, held against the tables and the code of today. How a release is
//! recorded, and what a migration may do, stands in docs/upgrading.md.

mod contracting;
mod events;
mod record;
mod statements;

use record::{Release, releases};

/// What a release wrote on the wire is read today.
#[test]
fn every_message_of_a_release_is_read() {
    record::write_when_asked();
    for Release { version, wire, .. } in releases() {
        assert!(wire.len() >= 80, "{version}: {} messages", wire.len());
        for message in &wire {
            events::read_message(message).unwrap_or_else(|error| panic!("{version}: {error}"));
        }
    }
}

/// A record that is older than what is released would hold the next release to the wrong thing.
/// After a release the version in Cargo.toml is the next one's, which records itself at its end.
#[test]
fn the_record_of_this_version_is_what_it_is() {
    for (recorded, today) in record::recorded_and_today().into_iter().flatten() {
        let differs = recorded.lines().zip(today.lines());
        let differs = differs.enumerate().find(|(_, (was, is))| was != is);
        assert_eq!(
            differs, None,
            "docs/upgrading.md says how to record it anew"
        );
        assert_eq!(recorded.len(), today.len());
    }
}
