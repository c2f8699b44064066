//! Erasing everybody through the API, as privacy officers do, and asking for access before.

use std::collections::BTreeMap;

use demo::play::{PATIENCE, until_quiet};
use jiff::Timestamp;
use journal::vault::{Sealed, Vault};
use reqwest::{Client, Method};
use scenarios::processes::PLATFORM;
use serde_json::{Value, json};
use sqlx::{AnyConnection, Connection, Row};

use crate::askers::{self, Asker};
use crate::telling::Telling;
use crate::world::World;

/// The citizen among the people of the stories.
const CITIZEN: &str = "bella";

/// How many rows the database of a story has at most.
const ALL: u32 = 100_000;

impl World<'_> {
    /// The citizen asks to see what is kept: from here on there is a report for her, and one for
    /// the privacy officer.
    pub(crate) async fn ask_for_access(&mut self, at: Timestamp, telling: &Telling) {
        let standing = self.standing(telling).await;
        let own = self.oracle.oin("utrecht");
        let mut cases = standing.cases();
        let Some((case, _)) = cases.find(|(_, facts)| facts.owner == own) else {
            return;
        };
        let officer = askers::officer(&self.processes, &self.oracle, "utrecht");
        let path = format!("/v1/cases/{case}/access-requests");
        let body = json!({ "citizen": CITIZEN });
        self.call(&officer, (Method::POST, &path), Some(&body), 201)
            .await;
        self.citizens.insert(case.clone(), CITIZEN.to_owned());
        let quiet = until_quiet(&self.doors, at, PATIENCE).await;
        quiet.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Erases every case that has ended, and every person of those that have not; waits for what
    /// follows; and holds what is left in the vault against what must be left.
    pub(crate) async fn erase(&mut self, at: Timestamp, telling: &Telling) {
        let copy = self.sealed().await;
        let before = self.generation().await;
        let standing = self.standing(telling).await;
        let mut ordered: BTreeMap<String, usize> = BTreeMap::new();
        for (case, facts) in standing.cases() {
            let owner = self.oracle.name(&facts.owner);
            let officer = askers::officer(&self.processes, &self.oracle, &owner);
            for body in self.orders(&officer, case, &facts.state).await {
                let path = format!("/v1/cases/{case}/erasures");
                self.call(&officer, (Method::POST, &path), Some(&body), 201)
                    .await;
                *ordered.entry(case.clone()).or_default() += 1;
            }
            assert!(ordered.contains_key(case), "{case}: nobody to erase");
        }
        let quiet = until_quiet(&self.doors, at, PATIENCE).await;
        quiet.unwrap_or_else(|error| panic!("{error}"));
        for (case, facts) in standing.cases() {
            let owner = self.oracle.name(&facts.owner);
            let officer = askers::officer(&self.processes, &self.oracle, &owner);
            let path = format!("/v1/cases/{case}/erasures?pageSize=100");
            let list = self.call(&officer, (Method::GET, &path), None, 200).await;
            let items = list["items"].as_array().unwrap();
            let done = items
                .iter()
                .filter(|item| item["kind"] == "erasure.completed");
            let done: Vec<&str> = done.filter_map(|item| item["erasure"].as_str()).collect();
            assert_eq!(done.len(), ordered[case], "{list}");
            for erasure in done {
                let path = format!("/v1/cases/{case}/erasures/{erasure}/certificate");
                let certificate = self.call(&officer, (Method::GET, &path), None, 200).await;
                self.text("certificates", &path, &certificate.to_string());
                self.erasures.insert((case.clone(), erasure.to_owned()));
            }
        }
        self.nothing_is_left(&copy, before).await;
    }

    /// What the officer orders: the whole case when it has ended, else each of its people, by the
    /// keys that the officer sees.
    async fn orders(&self, officer: &Asker, case: &str, state: &str) -> Vec<Value> {
        if matches!(state, "closed" | "withdrawn") {
            return vec![json!({"ground": "request"})];
        }
        let path = format!("/v1/cases/{case}");
        let seen = self.call(officer, (Method::GET, &path), None, 200).await;
        let persons = seen["persons"].as_array().unwrap().iter();
        persons
            .map(|person| json!({"person": person["personKey"], "ground": "request"}))
            .collect()
    }

    /// No key of a case is left; of what was sealed in a case nothing opens, as a copy of the log
    /// of before holds it; and the wrapping key is another one.
    async fn nothing_is_left(&self, copy: &[(String, Sealed)], before: i64) {
        let keys = rows(
            &self.processes.vault,
            "select owner from vault_key where owner like 'case/%'",
        )
        .await;
        assert_eq!(keys, [""; 0]);
        let mut generation = self.generation().await;
        for _ in 0..200 {
            if generation > before {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            generation = self.generation().await;
        }
        assert!(generation > before, "the wrapping key is the same");
        let vault = Vault::open(&self.processes.vault, self.processes.master()).await;
        let vault = vault.unwrap();
        let texts: Vec<Sealed> = copy.iter().map(|(_, sealed)| sealed.clone()).collect();
        let opened = vault.unseal_all(&texts).await.unwrap();
        vault.close().await;
        let open = copy.iter().zip(opened);
        let open: Vec<&String> = open
            .filter(|((stream, _), opened)| stream.starts_with("case/") && opened.is_some())
            .map(|((stream, _), _)| stream)
            .collect();
        assert!(copy.len() > 10, "nothing was sealed");
        assert_eq!(open, [""; 0]);
    }

    /// Every sealed text of the log with its stream, as a copy of the log would hold them.
    async fn sealed(&self) -> Vec<(String, Sealed)> {
        let log = escalation::open_log(&self.processes.databases[PLATFORM]).await;
        let log = log.unwrap();
        let mut sealed = Vec::new();
        for event in log.read_after(0, ALL).await.unwrap() {
            let mut rest = vec![event.data];
            while let Some(value) = rest.pop() {
                match value {
                    Value::Object(fields) => rest.extend(fields.into_iter().map(|(_, it)| it)),
                    Value::Array(items) => rest.extend(items),
                    Value::String(text) => {
                        let text = Sealed::parse(text).ok();
                        sealed.extend(text.map(|text| (event.stream.clone(), text)));
                    }
                    Value::Null | Value::Bool(_) | Value::Number(_) => {}
                }
            }
        }
        log.close().await;
        sealed
    }

    /// The newest wrapping key, by its number; every older one is destroyed.
    async fn generation(&self) -> i64 {
        let all = "select cast(generation as text) from vault_wrapping";
        let generations = rows(&self.processes.vault, all).await;
        assert_eq!(generations.len(), 1, "{generations:?}");
        generations[0].parse().unwrap()
    }

    /// What the platform answers, which must have this status.
    pub(crate) async fn call(
        &self,
        by: &Asker,
        (method, path): (Method, &str),
        body: Option<&Value>,
        status: u16,
    ) -> Value {
        let client = Client::builder().no_proxy().build().unwrap();
        let url = format!("{}{path}", self.doors.addresses().platform);
        let mut request = client.request(method, url).bearer_auth(&by.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.expect("the service answers");
        let (given, text) = (answer.status(), answer.text().await.unwrap());
        assert_eq!(given, status, "{} at {path}: {text}", by.name);
        serde_json::from_str(&text).unwrap_or_default()
    }
}

/// The only column of every row.
async fn rows(url: &str, statement: &'static str) -> Vec<String> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.unwrap();
    let rows = sqlx::query(statement).fetch_all(&mut connection).await;
    let rows = rows.unwrap().iter().map(|row| row.get(0)).collect();
    connection.close().await.unwrap();
    rows
}
