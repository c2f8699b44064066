//! One case in a log of its own, a clock that is a variable, and everybody's letters.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bus::LocalBus;
use chassis::clock::Clock;
use chassis::entropy::Entropy;
use chassis::parties::Parties;
use escalation::accounting::Accounting;
use escalation::aggregate::RuleBook;
use escalation::execute::Ground;
use escalation::pseudonym::Pseudonyms;
use escalation::relay::{EVENTS, Relay, sent};
use jiff::Timestamp;
use journal::vault::{MasterKey, Sealer, Vault};
use journal::{CauseKey, Db, NewEvent};
use ladder::{
    Case, CaseId, Command, Decider, Due, EscalationId, Event, HandoffId, Organisation, Sealed,
    deadlines, pass,
};
use proto::{Envelope, Oin, Source};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const DOORBRAAK: &str = "00000099000000009000";
pub(crate) const UTRECHT: &str = "00000099000000001000";
pub(crate) const SVB: &str = "00000099000000002000";
pub(crate) const TAX_OFFICE: &str = "00000099000000003000";
pub(crate) const SPIRIT: &str = "00000099000000004000";
pub(crate) const EXPERTS: &str = "00000099000000005000";
pub(crate) const DESK: &str = "00000099000000006000";
pub(crate) const TABLE: &str = "00000099000000007000";

/// Stands in every text that somebody wrote.
pub(crate) const MARKER: &str = "Zilverreiger";

pub(crate) fn oin(text: &str) -> Organisation {
    Organisation::parse(text).unwrap()
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The id of a handoff, or of anything else that has one.
pub(crate) fn uuid(number: u8) -> Uuid {
    Uuid::from_u128(0x019503a0_7c00_7000_8000_000000000000 + u128::from(number))
}

pub(crate) fn handoff(number: u8) -> HandoffId {
    HandoffId::parse(&uuid(number).to_string()).unwrap()
}

pub(crate) fn escalation(number: u8) -> EscalationId {
    EscalationId::parse(&uuid(number).to_string()).unwrap()
}

/// The organisations of `deploy/parties`, each body with a service of its own.
fn parties() -> Parties {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/parties");
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut text = std::fs::read_to_string(&path).unwrap();
        if ["national-desk", "national-table", "youth-expert-team"].contains(&name.as_str()) {
            text.insert_str(0, "service = \"svb\"\nmanagers = [\"dora\"]\n");
        }
        files.insert(name, text);
    }
    Parties::from_files(files).unwrap()
}

pub(crate) struct Story {
    ground: Ground,
    vault: Vault,
    accounting: Accounting,
    parties: Arc<Parties>,
    sealer: Sealer,
    of_signal: Sealer,
    bus: LocalBus,
    pub(crate) now: Timestamp,
    pub(crate) id: CaseId,
    pub(crate) case: Case,
    version: i64,
    read: BTreeMap<String, usize>,
    _folder: TempDir,
}

impl Story {
    /// Nothing has happened yet; it is a Monday, 09:00 in Amsterdam.
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let url = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
        let now = time("2026-03-02T08:00:00Z");
        let vault = Vault::open(&url("vault"), MasterKey::from_bytes([1; 32]))
            .await
            .unwrap();
        let sealer = vault
            .sealer("case/case_01/text", now, [3; _])
            .await
            .unwrap();
        let of_signal = vault
            .sealer("signal/signal_1/text", now, [4; _])
            .await
            .unwrap();
        let accounting = Accounting::new(
            account::Account::open(&url("account")).await.unwrap(),
            escalation::policy::embedded_activities().unwrap(),
            &[2; 32],
            DOORBRAAK,
        );
        let rules = ladder::Rules {
            organisations: escalation::policy::profiles(&parties()),
            ..escalation::policy::embedded().unwrap()
        };
        let ground = Ground {
            rule_book: Arc::new(RuleBook::of(&rules)),
            db: Db::open(&url("log"), escalation::service::migrations())
                .await
                .unwrap(),
            gate: Arc::new(gate::Gate::embedded().unwrap()),
            rules: Arc::new(rules),
            clock: Clock::at(now),
            entropy: Entropy::seeded(1),
            pseudonyms: Pseudonyms::new(&[2; 32]),
            vault: vault.clone(),
            retention: Arc::new(escalation::policy::retention().unwrap()),
        };
        Self {
            ground,
            vault,
            accounting,
            parties: Arc::new(parties()),
            sealer,
            of_signal,
            bus: LocalBus::new(),
            now,
            id: CaseId::parse("case_01").unwrap(),
            case: Case::Absent,
            version: 0,
            read: BTreeMap::new(),
            _folder: folder,
        }
    }

    /// What somebody wrote, sealed.
    pub(crate) fn text(&self) -> Sealed {
        self.sealed_with(&self.sealer)
    }

    /// What somebody wrote in the signal `signal_1`.
    pub(crate) fn text_of_signal(&self) -> Sealed {
        self.sealed_with(&self.of_signal)
    }

    fn sealed_with(&self, sealer: &Sealer) -> Sealed {
        let nonce = self.ground.entropy.bytes();
        Sealed::new(sealer.seal(MARKER, nonce).unwrap().as_str())
    }

    /// What the rules make of a command now.
    pub(crate) async fn does(&mut self, command: Command) {
        let events = self
            .ground
            .rules
            .decide(&self.case, command, self.now)
            .unwrap();
        for event in events {
            self.happened(event).await;
        }
    }

    /// An event as it stands in the log.
    pub(crate) async fn happened(&mut self, event: Event) {
        self.version += 1;
        let stream = (format!("case/{}", self.id), self.version);
        self.store(stream, event.kind(), event.data()).await;
        let case = std::mem::take(&mut self.case);
        self.case = ladder::Rules::evolve(case, &event, self.now);
    }

    /// An event of a pass as it stands in the log, the `version`th of that pass.
    pub(crate) async fn happened_to_pass(&self, version: i64, event: &pass::Event) {
        let stream = ("pass/pass_1".to_owned(), version);
        self.store(stream, event.kind(), event.data()).await;
    }

    /// An event of something that is no case, the `version`th of its stream.
    pub(crate) async fn happened_to(&self, stream: &str, version: i64, kind: &str, data: Value) {
        self.store((stream.to_owned(), version), kind, data).await;
    }

    async fn store(&self, (stream, version): (String, i64), kind: &str, data: Value) {
        let stored = NewEvent {
            id: self.ground.entropy.uuid_v7(self.now),
            cause: CauseKey::new(&stream, version.to_string()),
            stream,
            version,
            kind: kind.to_owned(),
            kind_version: 1,
            at: self.now,
            actor: json!({}),
            data,
        };
        let mut tx = self.ground.db.begin().await.unwrap();
        tx.append(vec![stored]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Lets everything fall due, each at its own time, up to and including the first deadline of
    /// this kind.
    pub(crate) async fn waits_for(&mut self, due: &str) {
        loop {
            let (name, at) = self.next_deadline();
            self.now = at;
            let falls_due: Due = name.parse().unwrap();
            self.does(Command::Lapse(falls_due)).await;
            if name.split('/').next() == Some(due) {
                return;
            }
        }
    }

    fn next_deadline(&self) -> (String, Timestamp) {
        deadlines(&self.case)
            .into_iter()
            .map(|(due, at)| (due.to_string(), at))
            .min_by_key(|(_, at)| *at)
            .unwrap()
    }

    /// Until when a deadline of this kind runs.
    pub(crate) fn until(&self, due: &str) -> Timestamp {
        deadlines(&self.case)
            .into_iter()
            .find(|(open, _)| open.to_string().split('/').next() == Some(due))
            .unwrap()
            .1
    }

    /// What every organisation was told since the last look: by organisation, in its own order.
    pub(crate) async fn letters(&mut self) -> Letters {
        self.pass_on().await;
        let counts = sent::counts(&self.ground.db).await.unwrap();
        let mut told = BTreeMap::new();
        for (organisation, count) in counts {
            let count = usize::try_from(count).unwrap();
            let read = self.read.insert(organisation.clone(), count);
            let new = count - read.unwrap_or_default();
            let party = self.bus.party(Oin::parse(&organisation).unwrap());
            let mut deliveries = party.deliveries().await.unwrap();
            let mut letters = Vec::new();
            for _ in 0..new {
                let delivery = tokio::time::timeout(Duration::from_secs(20), deliveries.next())
                    .await
                    .unwrap()
                    .unwrap();
                let message = delivery.message.clone();
                delivery.ack().await;
                let letter = Envelope::decode(&message.headers, &message.payload).unwrap();
                // What this party's service would refuse to read was never told.
                let (event, version) = (&letter.type_.event, letter.type_.version);
                proto::ToParty::decode(event, version, &letter.data).unwrap();
                letters.push(letter);
            }
            if !letters.is_empty() {
                told.insert(organisation, letters);
            }
        }
        Letters(told)
    }

    /// Lets the relay pass on everything that happened.
    async fn pass_on(&self) {
        let relay = Relay::new(
            self.ground.clone(),
            self.vault.clone(),
            self.accounting.clone(),
            Arc::clone(&self.parties),
            self.bus.platform(),
            (
                Source {
                    oin: self.parties.platform().unwrap().oin.clone(),
                    system: "escalation".to_owned(),
                },
                escalation::relay::LETTERS_KEPT,
                escalation::relay::Posting::default(),
            ),
        );
        let stop = CancellationToken::new();
        let running = tokio::spawn(relay.run(stop.clone()));
        let mut passed_on = false;
        for _ in 0..1_000 {
            let head = self.ground.db.head().await.unwrap().position;
            passed_on = self.ground.db.checkpoint(EVENTS).await.unwrap() == head;
            if passed_on {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stop.cancel();
        running.await.unwrap();
        assert!(passed_on, "the relay stands still");
    }
}

/// Letters by organisation.
pub(crate) struct Letters(BTreeMap<String, Vec<Envelope>>);

impl Letters {
    /// The names of what one organisation was told, in order.
    pub(crate) fn names(&self, of: &str) -> Vec<&str> {
        self.of(of)
            .map(|letter| letter.type_.event.as_str())
            .collect()
    }

    /// The data of the one letter of this name.
    pub(crate) fn one(&self, of: &str, event: &str) -> Value {
        let all: Vec<_> = self.all(of, event);
        assert_eq!(all.len(), 1, "{of} {event}: {:?}", self.names(of));
        all[0].clone()
    }

    pub(crate) fn all(&self, of: &str, event: &str) -> Vec<Value> {
        self.of(of)
            .filter(|letter| letter.type_.event == event)
            .map(|letter| letter.data.clone())
            .collect()
    }

    /// Who was told anything.
    pub(crate) fn hearers(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// Every letter as it went out.
    pub(crate) fn texts(&self) -> Vec<String> {
        let letters = self.0.values().flatten();
        letters
            .map(|letter| String::from_utf8(letter.encode().unwrap()).unwrap())
            .collect()
    }

    fn of(&self, of: &str) -> impl Iterator<Item = &Envelope> {
        self.0.get(of).into_iter().flatten()
    }
}
