//! One story told and searched, then erased and searched again.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use demo::play::{Doors, Story};
use demo::services::PartyService;
use escalation::open_log;
use jiff::Timestamp;
use journal::vault::{MasterKey, Vault};
use scenarios::expected::Tale;
use scenarios::processes::{PLATFORM, Processes, Setup, Store};
use scenarios::servers::Postgres;
use serde_json::Value;
use sqlx::{AnyConnection, Connection, Row};

use crate::finds::Finds;
use crate::law::Rule;
use crate::oracle::{Oracle, Standing};
use crate::plant::{Marker, Planted, plant};
use crate::search::{Looked, Searcher};
use crate::sweep::{Ids, refusals, sweep};
use crate::telling::Telling;

/// How many cases of one story are asked for one by one.
const CASES: usize = 2;

/// How many bodies are handed in wrongly.
const WRONG: usize = 6;

/// A world with a story full of markers.
struct World<'a> {
    processes: Processes,
    postgres: Option<&'a Postgres>,
    doors: Doors,
    planted: Planted,
    searcher: Arc<Searcher>,
    oracle: Oracle,
    finds: Finds,
}

/// Tells a story in parts, and looks at everything after each part, at the end, and when all keys
/// are gone.
pub(crate) async fn told(tale: &Tale, cuts: &[&str], store: Store, postgres: Option<&Postgres>) {
    let planted = plant(tale.name, tale.text);
    let story = Story::parse(&planted.text).unwrap_or_else(|error| panic!("{error}"));
    let start = story.begins().expect("the story has lines").to_string();
    let setup = Setup {
        platform: store,
        parties: Store::Sqlite,
        logged: "trace",
        collector: None,
    };
    let processes = Processes::set_up(&setup, &start).await;
    let mut telling = Telling::new(tale.name, &planted.text, cuts);
    let mut world = World {
        doors: processes.doors(),
        searcher: Arc::new(Searcher::new(&planted.markers)),
        oracle: Oracle::new(),
        finds: Finds::default(),
        processes,
        postgres,
        planted,
    };
    let mut at = Timestamp::UNIX_EPOCH;
    for part in 0..telling.parts() {
        at = telling.tell(part, &world.doors).await;
        world.answers("answers", at, &telling, true).await;
    }
    world.refusals(at).await;
    world.files(false);
    world.erase(at).await;
    world
        .answers("answers after erasure", at, &telling, false)
        .await;
    world.files(true);
    world.finish(tale);
}

impl World<'_> {
    /// What everybody reads at this time. When nothing is `kept`, nothing may be seen but what is
    /// no text: the organisation's own reference.
    async fn answers(&mut self, kind: &'static str, at: Timestamp, telling: &Telling, kept: bool) {
        let log = open_log(&self.processes.databases[PLATFORM]).await.unwrap();
        let standing = Standing::read(&log, &telling.bound).await;
        log.close().await;
        let ids = Ids {
            cases: standing.cases().take(CASES).cloned().collect(),
            others: telling.bound.values().cloned().collect(),
        };
        let mut looked = Looked::default();
        let seen = sweep(&self.doors, at, &ids, &self.searcher, &mut looked).await;
        for answer in seen {
            let (oracle, planted) = (&self.oracle, &self.planted);
            let may = |marker: &Marker| match answer.party {
                // Its own file and its letters, for its own staff: where it has a part.
                Some(service) => planted.has_part(service.organisation(), oracle),
                None if kept => oracle.may_see(&answer.reader, marker, &standing),
                None => {
                    marker.rule == Rule::OwnReference
                        && oracle.may_see(&answer.reader, marker, &standing)
                }
            };
            let kind = if answer.party.is_some() {
                "parties' answers"
            } else {
                kind
            };
            self.finds.judge(
                kind,
                &answer.what,
                &answer.found,
                &self.planted.markers,
                may,
            );
        }
        let sum = self.finds.looked.entry(kind).or_default();
        sum.places += looked.places;
        sum.bytes += looked.bytes;
    }

    /// A refusal repeats nothing.
    async fn refusals(&mut self, at: Timestamp) {
        let lines = self.planted.text.lines().filter_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            let body = [&line["event"]["data"], &line["call"]["body"]];
            body.into_iter().find(|body| body.is_object()).cloned()
        });
        let bodies: Vec<Value> = lines
            .filter(|body| body.to_string().contains("Zq7"))
            .take(WRONG)
            .collect();
        let mut looked = Looked::default();
        for (what, answer) in refusals(&self.doors, at, &bodies).await {
            let text = answer.to_string();
            looked.places += 1;
            looked.bytes += text.len() as u64;
            let found = self.searcher.in_bytes(text.as_bytes());
            self.finds
                .judge("refusals", &what, &found, &self.planted.markers, |_| false);
        }
        self.finds.looked.insert("refusals", looked);
    }

    /// What stands in files. Everybody keeps what people wrote sealed, and of the case no more in
    /// the clear than an organisation's own reference to it; broker and logs hold nothing.
    fn files(&mut self, erased: bool) {
        let kinds = if erased {
            [
                "platform's files after erasure",
                "broker after erasure",
                "logs after erasure",
            ]
        } else {
            ["platform's files", "broker", "logs"]
        };
        let root = self.processes.folder().to_owned();
        let mut own = vec![root.join("data").join(PLATFORM)];
        own.extend(self.postgres.map(Postgres::data));
        let reference = |marker: &Marker| marker.rule == Rule::OwnReference;
        self.search(kinds[0], &own, &reference);
        self.search(kinds[1], &[root.join("nats-store")], &|_| false);
        let logs: Vec<PathBuf> = std::fs::read_dir(&root)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "log"))
            .collect();
        assert_eq!(logs.len(), 6, "{logs:?}");
        self.search(kinds[2], &logs, &|_| false);
        if erased {
            return;
        }
        for service in PartyService::ALL {
            let folder = root.join("data").join(service.name());
            self.search("parties' files", &[folder], &reference);
        }
    }

    fn search(&mut self, kind: &'static str, places: &[PathBuf], may: &dyn Fn(&Marker) -> bool) {
        let mut looked = Looked::default();
        for place in places {
            for (file, found) in self.searcher.in_files(place, &mut looked) {
                let file = format!("{}/{file}", place.file_name().unwrap_or_default().display());
                self.finds
                    .judge(kind, &file, &found, &self.planted.markers, may);
            }
        }
        assert!(
            looked.places > 0 && looked.bytes > 0,
            "{kind}: nothing in {places:?}"
        );
        let sum = self.finds.looked.entry(kind).or_default();
        sum.places += looked.places;
        sum.bytes += looked.bytes;
    }

    /// Deletes every key, as erasing everybody does, and starts the platform again: what it still
    /// held in its memory is gone.
    async fn erase(&mut self, at: Timestamp) {
        let platform = self.processes.processes.get_mut(PLATFORM).unwrap();
        platform.kill();
        let hex =
            std::fs::read_to_string(self.processes.folder().join(format!("{PLATFORM}.master")))
                .unwrap();
        let byte = |n: usize| u8::from_str_radix(&hex[2 * n..2 * n + 2], 16).unwrap();
        let master = MasterKey::from_bytes(std::array::from_fn(byte));
        let vault = Vault::open(&self.processes.vault, master).await.unwrap();
        let mut connection = AnyConnection::connect(&self.processes.vault).await.unwrap();
        let rows = sqlx::query("SELECT owner FROM vault_key")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        assert!(!rows.is_empty());
        for row in rows {
            assert!(vault.forget(row.get("owner")).await.unwrap());
        }
        vault.close().await;
        let platform = self.processes.processes.get_mut(PLATFORM).unwrap();
        platform.start(&at.to_string());
        platform.ready().await;
        self.doors.forget_tokens();
    }

    /// Says what was done, and that nothing stands where it may not.
    fn finish(self, tale: &Tale) {
        let forms: BTreeSet<&str> = crate::encodings::forms("Zq7")
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let mut text = format!(
            "{}: {} markers in {} encodings ({} values)\n{}",
            tale.name,
            self.planted.markers.len(),
            forms.len(),
            self.searcher.len(),
            self.finds.counts()
        );
        for kind in ["platform's files", "parties' files"] {
            let fields: Vec<&str> = self.finds.allowed_fields(kind).into_iter().collect();
            writeln!(text, "  {kind} holds {}", fields.join(", ")).unwrap();
        }
        eprintln!("{text}");
        let forbidden = self.finds.forbidden();
        assert!(forbidden.is_empty(), "{text}\n{}", forbidden.join("\n"));
        // A search that finds nothing anywhere does not search.
        assert!(self.finds.allowed_fields("answers").len() > 3, "{text}");
    }
}
