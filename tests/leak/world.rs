//! The processes with a story full of markers, and all that is looked through in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use demo::play::{Doors, Story};
use demo::services::PartyService;
use escalation::{open_log, views};
use jiff::Timestamp;
use journal::vault::{Sealed, Vault};
use scenarios::processes::{PLATFORM, Processes, Setup, Store};
use scenarios::servers::Postgres;
use serde_json::Value;

use crate::askers;
use crate::collector::Collector;
use crate::finds::Finds;
use crate::law::Rule;
use crate::oracle::{Oracle, Standing};
use crate::plant::{Marker, Planted};
use crate::search::{Looked, Searcher};
use crate::sweep::{Ids, refusals, sweep};
use crate::telling::Telling;

/// How many cases of one story are asked for one by one.
const CASES: usize = 2;

/// How many bodies are handed in wrongly.
const WRONG: usize = 6;

/// A world with a story full of markers.
pub(crate) struct World<'a> {
    pub(crate) processes: Processes,
    pub(crate) postgres: Option<&'a Postgres>,
    pub(crate) doors: Doors,
    pub(crate) planted: Planted,
    pub(crate) searcher: Arc<Searcher>,
    pub(crate) oracle: Oracle,
    pub(crate) finds: Finds,
    /// Where everybody stood, each time that was looked.
    pub(crate) then: Vec<Standing>,
    /// Which case bears which reference, by reference.
    references: BTreeMap<String, String>,
    /// Who asked to see what is kept about them, by case.
    pub(crate) citizens: BTreeMap<String, String>,
    /// What was erased: the case and the erasure.
    pub(crate) erasures: BTreeSet<(String, String)>,
    /// Where every process sends its traces.
    pub(crate) collector: Collector,
}

/// How much may still be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// What the matrix allows.
    All,
    /// The same, and in every organisation with a part somebody in each role alone asks, too.
    AllForEachRole,
    /// Everybody was erased; at the owners', somebody in each role alone asks, too.
    Nothing,
}

impl<'a> World<'a> {
    /// Starts the processes where the story begins.
    pub(crate) async fn start(
        planted: Planted,
        store: Store,
        postgres: Option<&'a Postgres>,
        store_key: bool,
    ) -> Self {
        let story = Story::parse(&planted.text).unwrap_or_else(|error| panic!("{error}"));
        let start = story.begins().expect("the story has lines").to_string();
        let collector = Collector::listen().await;
        let setup = Setup {
            platform: store,
            parties: Store::Sqlite,
            logged: "trace",
            store_key,
            collector: Some(collector.address()),
        };
        let processes = Processes::set_up(&setup, &start).await;
        Self {
            doors: processes.doors(),
            searcher: Arc::new(Searcher::new(&planted.markers)),
            oracle: Oracle::new(),
            finds: Finds::default(),
            processes,
            postgres,
            planted,
            then: Vec::new(),
            references: BTreeMap::new(),
            citizens: BTreeMap::new(),
            erasures: BTreeSet::new(),
            collector,
        }
    }

    /// Where everybody stands now; remembered for what organisations have got by then.
    pub(crate) async fn standing(&mut self, telling: &Telling) -> Standing {
        let log = open_log(&self.processes.databases[PLATFORM]).await.unwrap();
        let vault = Vault::open(&self.processes.vault, self.processes.master()).await;
        let vault = vault.unwrap();
        for row in views::cases(&log, None, "", 1_000).await.unwrap() {
            let reference = row.content["ownReference"].as_str().unwrap();
            let sealed = Sealed::parse(reference).expect("it is sealed");
            let opened = vault.unseal_all(&[sealed]).await.unwrap().remove(0);
            self.references
                .extend(opened.map(|reference| (reference, row.case_id)));
        }
        let names = (&self.references, &self.citizens);
        let standing = Standing::read(&log, &telling.bound, names).await;
        vault.close().await;
        log.close().await;
        self.then.push(standing.clone());
        standing
    }

    /// What is asked for one by one.
    pub(crate) fn ids(&self, standing: &Standing, telling: &Telling) -> Ids {
        let cases = standing.cases().map(|(case, _)| case).take(CASES);
        let cases: BTreeSet<String> = cases.cloned().collect();
        Ids {
            // What was a draft once, too: nobody finds it as one any more.
            drafts: cases.iter().chain(standing.drafts()).cloned().collect(),
            cases,
            others: telling.bound.values().cloned().collect(),
            erasures: self.erasures.iter().take(CASES).cloned().collect(),
        }
    }

    /// What everybody reads at this time.
    pub(crate) async fn answers(
        &mut self,
        kind: &'static str,
        at: Timestamp,
        telling: &Telling,
        kept: Kept,
    ) {
        let standing = self.standing(telling).await;
        let ids = self.ids(&standing, telling);
        let people = askers::people(&self.processes, &self.oracle);
        // Who asks does not depend on the database: one story asks on SQLite for both.
        let roles = match kept {
            Kept::AllForEachRole if self.postgres.is_none() => {
                let there = |party: &str| self.planted.has_part(party, &self.oracle);
                askers::roles(&self.processes, &self.oracle, there)
            }
            Kept::Nothing if self.postgres.is_none() => {
                let owns = |party: &str| {
                    let own = self.oracle.oin(party);
                    standing.cases().any(|(_, facts)| facts.owner == own)
                };
                askers::roles(&self.processes, &self.oracle, owns)
            }
            Kept::All | Kept::AllForEachRole | Kept::Nothing => Vec::new(),
        };
        let mut looked = Looked::default();
        let seen = sweep(
            &self.doors,
            at,
            (&ids, &self.oracle),
            (&people, &roles),
            &self.searcher,
            &mut looked,
        )
        .await;
        let (oracle, markers, then) = (&self.oracle, &self.planted.markers, &self.then);
        for answer in seen {
            let may = |marker: &Marker| match answer.party {
                // Its own file and its letters, for its own staff.
                Some(service) => oracle.may_hold(service.organisation(), marker, then),
                None if kept == Kept::Nothing => marker.rule == Rule::NamesNobody,
                None => oracle.may_see(&answer.reader, marker, &standing),
            };
            let kind = match answer.party {
                Some(_) => "parties' answers",
                None => kind,
            };
            self.finds
                .judge(kind, &answer.what, &answer.found, markers, may);
        }
        self.finds.add(kind, looked);
    }

    /// A refusal repeats nothing.
    pub(crate) async fn refusals(&mut self, at: Timestamp) {
        let lines = self.planted.text.lines().filter_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            let body = [&line["event"]["data"], &line["call"]["body"]];
            body.into_iter().find(|body| body.is_object()).cloned()
        });
        let bodies: Vec<Value> = lines
            .filter(|body| body.to_string().contains("Zq7"))
            .take(WRONG)
            .collect();
        for (what, answer) in refusals(&self.doors, at, &bodies).await {
            self.text("refusals", &what, &answer.to_string());
        }
    }

    /// A text in which nothing may stand.
    pub(crate) fn text(&mut self, kind: &'static str, place: &str, text: &str) {
        let found = self.searcher.in_bytes(text.as_bytes());
        self.finds
            .judge(kind, place, &found, &self.planted.markers, |_| false);
        let looked = Looked {
            places: 1,
            bytes: text.len() as u64,
        };
        self.finds.add(kind, looked);
    }

    /// What stands in files. The platform, the broker and all logs hold nothing that can be read;
    /// an organisation's own file holds its own reference in the clear, to find the case by.
    pub(crate) fn files(&mut self, erased: bool) {
        let kinds = if erased {
            AFTER_ERASURE
        } else {
            [
                "log's files",
                "key vault",
                "account database",
                "PostgreSQL",
                "broker",
                "logs",
            ]
        };
        let root = self.processes.folder().to_owned();
        if let Some(postgres) = self.postgres {
            self.search(kinds[3], &[postgres.data()], &|_| false);
            self.search(kinds[5], &[postgres.log()], &|_| false);
        } else {
            let databases = [
                &self.processes.databases[PLATFORM],
                &self.processes.vault,
                &self.processes.account,
            ];
            for (kind, files) in kinds.into_iter().zip(databases.map(|url| files_of(url))) {
                self.search(kind, &files, &|_| false);
            }
        }
        self.search(kinds[4], &[root.join("nats-store")], &|_| false);
        let logs: Vec<PathBuf> = std::fs::read_dir(&root)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "log"))
            .collect();
        assert_eq!(logs.len(), 6, "{logs:?}");
        for (name, process) in &self.processes.processes {
            let traces = process.log_text().contains("\"level\":\"TRACE\"");
            assert!(traces, "{name} does not log all that it can");
        }
        self.search(kinds[5], &logs, &|_| false);
        for service in PartyService::ALL.into_iter().filter(|_| !erased) {
            let folder = root.join("data").join(service.name());
            let own = |marker: &Marker| {
                let mut origins = marker.origins.iter();
                // What it calls a case, or a person, in its own files.
                (marker.rule == Rule::OwnReference || marker.field.ends_with("/personKey"))
                    && origins.any(|origin| origin.source == service.organisation())
            };
            self.search("parties' files", &[folder], &own);
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
        self.finds.add(kind, looked);
    }

    /// Says what was done, and that nothing stands where it may not.
    pub(crate) fn finish(self, tale: &str) {
        let forms: BTreeSet<&str> = crate::encodings::forms("Zq7")
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let mut text = format!(
            "{tale}: {} markers in {} encodings ({} values); {} erasures\n{}",
            self.planted.markers.len(),
            forms.len(),
            self.searcher.len(),
            self.erasures.len(),
            self.finds.counts()
        );
        for kind in ["parties' files", "answers after erasure"] {
            let fields: Vec<&str> = self.finds.allowed_fields(kind).into_iter().collect();
            writeln!(text, "  {kind}: {}", fields.join(", ")).unwrap();
        }
        eprintln!("{text}");
        let forbidden = self.finds.forbidden();
        assert!(forbidden.is_empty(), "{text}\n{}", forbidden.join("\n"));
        // A search that finds nothing anywhere does not search.
        let drafts = self
            .planted
            .markers
            .iter()
            .filter(|one| one.rule == Rule::Draft);
        let drafts: BTreeSet<&str> = drafts.map(|marker| marker.field.as_str()).collect();
        for kind in ["answers", "pages"] {
            let allowed = self.finds.allowed_fields(kind);
            assert!(allowed.len() > 3, "{kind}: {text}");
            assert!(allowed.is_superset(&drafts), "{kind}: {text}");
        }
        for kind in ["traces", "traces after erasure", "pages after erasure"] {
            let looked = self.finds.looked.get(kind).copied().unwrap_or_default();
            assert!(looked.places > 0 && looked.bytes > 0, "{kind}: {text}");
        }
    }
}

const AFTER_ERASURE: [&str; 6] = [
    "log's files after erasure",
    "key vault after erasure",
    "account database after erasure",
    "PostgreSQL after erasure",
    "broker after erasure",
    "logs after erasure",
];

/// The files of a SQLite database: with its write-ahead log, and what else stands beside it.
fn files_of(url: &str) -> Vec<PathBuf> {
    let file = Path::new(url.trim_start_matches("sqlite://"));
    let name = file.file_name().expect("it is a file").to_string_lossy();
    let folder = file.parent().expect("it is in a folder");
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let of_it = |path: &PathBuf| {
        let other = path.file_name().unwrap_or_default().to_string_lossy();
        other
            .strip_prefix(&*name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    paths.filter(of_it).collect()
}
