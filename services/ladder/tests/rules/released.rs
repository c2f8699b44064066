//! What a release wrote stays readable: `tests/releases/<version>/events.ndjson` holds every kind of
//! event as that release stored it, and each is read and folded by the rules of today.
//!
//! `DOORBRAAK_RELEASE=1 cargo nextest run -p ladder released` writes the file of the version in
//! Cargo.toml (see docs/upgrading.md).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use ladder::meeting::MeetingRules;
use ladder::pass::PassRules;
use ladder::register::RegisterRules;
use ladder::signal::SignalRules;
use ladder::{Decider, EventError, Rules};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::harness::{START, at, rules};
use super::{generated, meeting, passes, register_properties, signals_properties};

/// How many histories are looked through for one of each kind of event.
const HISTORIES: usize = 6_000;

/// An event as a row of the log holds it.
struct Stored {
    stream: String,
    kind: String,
    version: i64,
    at: Timestamp,
    data: Value,
}

impl Stored {
    fn line(&self) -> Value {
        json!({"stream": self.stream, "kind": self.kind, "kindVersion": self.version,
            "at": self.at.to_string(), "data": self.data})
    }

    fn read(line: &str) -> Self {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        Self {
            stream: text("stream"),
            kind: text("kind"),
            version: line["kindVersion"].as_i64().unwrap(),
            at: at(&text("at")),
            data: line["data"].take(),
        }
    }
}

/// The histories of one kind of thing, each cut after the last event whose kind was not there yet.
struct Specimens {
    prefix: &'static str,
    missing: BTreeSet<&'static str>,
    streams: usize,
    stored: Vec<Stored>,
}

impl Specimens {
    fn new(prefix: &'static str, kinds: &[&'static str]) -> Self {
        Self {
            prefix,
            missing: kinds.iter().copied().collect(),
            streams: 0,
            stored: Vec::new(),
        }
    }

    fn add(&mut self, history: Vec<(&'static str, u32, Value, Timestamp)>) {
        let new = |(kind, ..): &(&'static str, u32, Value, Timestamp)| self.missing.contains(kind);
        let Some(last) = history.iter().rposition(new) else {
            return;
        };
        self.streams += 1;
        let stream = match self.prefix {
            // A register is an organisation's: its stream is named after a number.
            "register/" => format!("register/{:020}", 99_000_000_000 + self.streams),
            prefix => format!("{prefix}{}", self.streams),
        };
        for (kind, version, data, at) in history.into_iter().take(last + 1) {
            self.missing.remove(kind);
            self.stored.push(Stored {
                stream: stream.clone(),
                kind: kind.to_owned(),
                version: i64::from(version),
                at,
                data,
            });
        }
    }

    fn search<S: Strategy, E>(
        mut self,
        strategy: &S,
        events: impl Fn(S::Value) -> Vec<(E, Timestamp)>,
        as_stored: impl Fn(&E) -> (&'static str, u32, Value),
    ) -> Vec<Stored> {
        let mut runner = TestRunner::deterministic();
        for _ in 0..HISTORIES {
            if self.missing.is_empty() {
                break;
            }
            let value = strategy.new_tree(&mut runner).unwrap().current();
            let history = events(value).into_iter().map(|(event, at)| {
                let (kind, version, data) = as_stored(&event);
                (kind, version, data, at)
            });
            self.add(history.collect());
        }
        self.done()
    }

    fn done(self) -> Vec<Stored> {
        assert_eq!(self.missing, [].into(), "{}", self.prefix);
        self.stored
    }
}

/// Every kind of event of every kind of thing, as this release stores it.
fn specimens() -> Vec<Stored> {
    macro_rules! as_stored {
        ($event:ty) => {
            |event: &$event| (event.kind(), event.version(), event.data())
        };
    }
    let mut all = Specimens::new("case/case_", ladder::Event::KINDS).search(
        &generated::steps(),
        |(theme, steps)| generated::run(rules(), theme, &steps).log,
        as_stored!(ladder::Event),
    );
    all.extend(
        Specimens::new("meeting/meeting_", ladder::meeting::Event::KINDS).search(
            &meeting::generated::steps(),
            |(quorum, steps)| meeting::generated::run(quorum, &steps).log,
            as_stored!(ladder::meeting::Event),
        ),
    );
    all.extend(
        Specimens::new("signal/signal_", ladder::signal::Event::KINDS).search(
            &signals_properties::steps(),
            |(kind, steps)| signals_properties::run(kind, &steps).log,
            as_stored!(ladder::signal::Event),
        ),
    );
    all.extend(
        Specimens::new("register/", ladder::register::Event::KINDS).search(
            &register_properties::commands(),
            |commands| register_properties::run(commands).log,
            as_stored!(ladder::register::Event),
        ),
    );
    let mut of_passes = Specimens::new("pass/pass_", ladder::pass::Event::KINDS);
    for history in passes::histories() {
        let stored =
            |event: &ladder::pass::Event| (event.kind(), event.version(), event.data(), at(START));
        of_passes.add(history.iter().map(stored).collect());
    }
    all.extend(of_passes.done());
    all
}

fn releases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/releases")
}

/// What each release committed, by its version.
fn released() -> BTreeMap<Vec<u64>, Vec<Stored>> {
    let folders = fs::read_dir(releases()).expect("the folder of releases");
    let folders = folders.map(|entry| entry.expect("an entry"));
    let folders = folders.filter(|entry| entry.path().is_dir());
    folders
        .map(|entry| {
            let text = fs::read_to_string(entry.path().join("events.ndjson")).expect("its events");
            let version = entry.file_name().to_string_lossy().into_owned();
            let numbers = version.split('.').map(|number| number.parse().unwrap());
            (numbers.collect(), text.lines().map(Stored::read).collect())
        })
        .collect()
}

/// Folds a stream as the service does: an event that cannot be read is an error.
fn fold<R: Decider, E>(
    stream: &[&Stored],
    read: impl Fn(&Stored) -> Result<E, EventError>,
    evolve: impl Fn(R::State, &E, Timestamp) -> R::State,
) -> Result<R::State, EventError> {
    stream
        .iter()
        .try_fold(R::State::default(), |state, stored| {
            Ok(evolve(state, &read(stored)?, stored.at))
        })
}

/// Reads and folds everything of a release; says how many events that were.
fn fold_all(events: &[Stored]) -> Result<usize, EventError> {
    let mut streams: BTreeMap<&str, Vec<&Stored>> = BTreeMap::new();
    for stored in events {
        streams.entry(&stored.stream).or_default().push(stored);
    }
    macro_rules! folded {
        ($rules:ty, $stream:expr) => {{
            type Event = <$rules as Decider>::Event;
            let read = |stored: &Stored| {
                Event::from_stored(&stored.kind, stored.version, stored.data.clone())
            };
            let state = fold::<$rules, Event>($stream, read, <$rules as Decider>::evolve)?;
            assert_ne!(state, Default::default(), "something happened");
        }};
    }
    for (name, stream) in &streams {
        match name.split('/').next().unwrap() {
            "case" => folded!(Rules, stream),
            "meeting" => folded!(MeetingRules, stream),
            "signal" => folded!(SignalRules, stream),
            "register" => folded!(RegisterRules, stream),
            "pass" => folded!(PassRules, stream),
            other => panic!("a release knew streams {other}/…; this one does not"),
        }
    }
    Ok(events.len())
}

#[test]
fn every_event_that_a_release_stored_is_read_and_folded() {
    if std::env::var_os("DOORBRAAK_RELEASE").is_some() {
        let folder = releases().join(env!("CARGO_PKG_VERSION"));
        fs::create_dir_all(&folder).unwrap();
        let mut text = String::new();
        for stored in specimens() {
            writeln!(text, "{}", stored.line()).unwrap();
        }
        fs::write(folder.join("events.ndjson"), text).unwrap();
    }
    let released = released();
    assert!(!released.is_empty(), "no release is committed");
    for (version, events) in released {
        let folded = fold_all(&events).unwrap_or_else(|error| panic!("{version:?}: {error}"));
        assert!(folded > 200, "{version:?}: {folded} events");
    }
}

/// A kind of event that the record of this version lacks would not be held against the next one.
#[test]
fn the_record_of_this_version_holds_every_kind_there_is() {
    let numbers = env!("CARGO_PKG_VERSION").split('.');
    let version: Vec<u64> = numbers.map(|number| number.parse().unwrap()).collect();
    // A version in the making records itself at its end.
    let Some(recorded) = released().remove(&version) else {
        return;
    };
    let recorded: BTreeSet<&str> = recorded.iter().map(|event| event.kind.as_str()).collect();
    let all = [
        ladder::Event::KINDS,
        ladder::meeting::Event::KINDS,
        ladder::signal::Event::KINDS,
        ladder::register::Event::KINDS,
        ladder::pass::Event::KINDS,
    ];
    let all: BTreeSet<&str> = all.into_iter().flatten().copied().collect();
    assert_eq!(
        recorded, all,
        "docs/upgrading.md says how to record it anew"
    );
}

/// What a release wrote lacks whatever was invented since: a field that every event must have from
/// now on is seen at once, and so is a kind that is not known any more.
#[test]
fn a_field_that_became_required_and_a_kind_that_is_gone_are_seen() {
    let last = || released().into_values().next_back().unwrap();
    for (kind, field) in [
        ("case.reported", "story"),
        ("handoff.offered", "to"),
        ("minutes.adopted", "cases"),
        ("contact.recorded", "entry"),
    ] {
        let mut before = last();
        let event = before.iter_mut().find(|stored| stored.kind == kind);
        let data = event.expect(kind).data.as_object_mut().unwrap();
        assert!(data.remove(field).is_some(), "{kind} has {field}: {data:?}");
        let seen = fold_all(&before);
        assert!(
            matches!(&seen, Err(EventError::Data { kind: of, .. }) if of == kind),
            "{seen:?}"
        );
    }
    let mut renamed = last();
    renamed[0].kind = "case.told".to_owned();
    assert!(matches!(
        fold_all(&renamed),
        Err(EventError::Unknown { .. })
    ));
}
