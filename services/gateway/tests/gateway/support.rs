//! A small world: a local bus, some parties' services, and the test in the platform's place.

mod databases;
mod issuer;
mod lines;
mod platform;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, StatusCode, header},
};
use bus::LocalBus;
use chassis::{
    Clock, Entropy, Parties,
    dev::{DevHooks, SettledReport},
};
use gateway::{Config, HeartbeatInterval, Party, Service};
use proto::{
    Oin,
    sealed::{Keyring, ReceiverKeys},
};
use serde_json::{Value, json};
use tower::ServiceExt;

pub(crate) use databases::Databases;
pub(crate) use issuer::Issuer;
pub(crate) use lines::Lines;
pub(crate) use platform::Platform;

pub(crate) const UTRECHT: &str = "00000099000000001000";
pub(crate) const SVB: &str = "00000099000000002000";
pub(crate) const TAX_OFFICE: &str = "00000099000000003000";
pub(crate) const SPIRIT: &str = "00000099000000004000";
/// Runs no service and has no key: its people work on the platform.
pub(crate) const DESK: &str = "00000099000000006000";
pub(crate) const PLATFORM: &str = "00000099000000009000";

/// The secret that signs checkpoints of the platform's log.
pub(crate) const LOG_KEY: [u8; 32] = [9; 32];

/// A test number of Bella's, and one of her brother's.
pub(crate) const BELLA: &str = "999990342";
pub(crate) const BROTHER: &str = "999990019";

pub(crate) fn oin(text: &str) -> Oin {
    Oin::parse(text).expect("an OIN")
}

pub(crate) struct World {
    pub(crate) databases: Databases,
    pub(crate) bus: LocalBus,
    pub(crate) clock: Clock,
    entropy: Entropy,
    issuer: Issuer,
    parties: Arc<Parties>,
    keys: BTreeMap<String, ReceiverKeys>,
    /// The keys of before a change, of those that still hold them.
    previous: BTreeMap<String, ReceiverKeys>,
    /// Most tests want to hear what they asked for and nothing else.
    heartbeat: Option<HeartbeatInterval>,
}

/// One running party service.
pub(crate) struct Running {
    pub(crate) oin: Oin,
    service: Service,
    pub(crate) router: Router,
    token: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_bsn_for(&[UTRECHT, SVB, TAX_OFFICE, SPIRIT]).await
    }

    /// A world in which only these organisations may use citizen service numbers.
    pub(crate) async fn with_bsn_for(allowed: &[&str]) -> Self {
        let entropy = Entropy::seeded(7);
        let mut keys = BTreeMap::new();
        let mut files = BTreeMap::new();
        for (name, oin, kind) in [
            ("utrecht", UTRECHT, "municipality"),
            ("svb", SVB, "benefits_agency"),
            ("tax-office", TAX_OFFICE, "tax_office"),
            ("spirit", SPIRIT, "care_provider"),
            ("doorbraak", PLATFORM, "platform"),
        ] {
            let own = ReceiverKeys::generate(&mut entropy.rng());
            let mut file = format!(
                "oin = \"{oin}\"\ndisplay_name = \"{name}\"\nkind = \"{kind}\"\n\
                 public_key = \"{}\"\nregion = \"midden\"\n",
                own.public_key()
            );
            if allowed.contains(&oin) {
                file.push_str("may_use_bsn = \"Wabb art. 10\"\n");
            }
            if oin == PLATFORM {
                let origin = transparency::origin_of(oin);
                let signer = transparency::note::Signer::new(&origin, &LOG_KEY).expect("a key");
                let key = signer.verifier().expect("a key").public_key();
                file.push_str(&format!("checkpoint_key = \"{key}\"\n"));
            }
            files.insert(name.to_owned(), file);
            keys.insert(oin.to_owned(), own);
        }
        let desk = format!("oin = \"{DESK}\"\ndisplay_name = \"desk\"\nkind = \"national_body\"\n");
        files.insert("desk".to_owned(), desk);
        Self {
            databases: Databases::new(),
            bus: LocalBus::new(),
            clock: Clock::at("2026-03-02T09:00:00Z".parse().expect("a moment")),
            entropy,
            issuer: Issuer::start().await,
            parties: Arc::new(Parties::from_files(files).expect("valid parties")),
            keys,
            previous: BTreeMap::new(),
            heartbeat: None,
        }
    }

    /// A world in which services give a sign of life every four hours.
    pub(crate) async fn with_heartbeats() -> Self {
        Self {
            heartbeat: Some(HeartbeatInterval::DEFAULT),
            ..Self::new().await
        }
    }

    pub(crate) fn now(&self, at: &str) {
        self.clock.set(at.parse().expect("a moment"));
    }

    pub(crate) async fn platform(&self) -> Platform {
        Platform::on(&self.bus, self.clock.clone()).await
    }

    pub(crate) async fn start(&self, number: &str, party: impl Party) -> Running {
        self.start_on(&self.bus, number, party).await
    }

    /// Starts (or starts again: the database stays) a party's service on the given bus.
    pub(crate) async fn start_on(
        &self,
        bus: &LocalBus,
        number: &str,
        party: impl Party,
    ) -> Running {
        let own = oin(number);
        let config = Config {
            oin: own.clone(),
            database_url: self.databases.url(number).await,
            bus: bus.party(own.clone()),
            vault_url: self.databases.url(&format!("{number}_vault")).await,
            master_key: [7; 32],
            keys: self.keyring(number),
            parties: Arc::clone(&self.parties),
            verifier: Arc::new(self.issuer.verifier()),
            clock: self.clock.clone(),
            entropy: self.entropy.clone(),
            resend_after: gateway::RESEND_AFTER,
            heartbeat: self.heartbeat,
        };
        let service = Service::start(config, Arc::new(party))
            .await
            .expect("the service starts");
        Running {
            router: chassis::server::standard(service.router()),
            service,
            token: self.token(number, &["agency_liaison"]),
            oin: own,
        }
    }

    pub(crate) fn token(&self, organisation: &str, roles: &[&str]) -> String {
        self.issuer.token(self.clock.now(), organisation, roles)
    }

    /// Gives an organisation a new key pair; it takes effect when its service starts again.
    pub(crate) fn change_keys(&mut self, number: &str) {
        let new = ReceiverKeys::generate(&mut self.entropy.rng());
        if let Some(old) = self.keys.insert(number.to_owned(), new) {
            self.previous.insert(number.to_owned(), old);
        }
    }

    /// Takes its previous key away, and gives it back later.
    pub(crate) fn take_previous_key(&mut self, number: &str) -> ReceiverKeys {
        self.previous.remove(number).expect("it changed its keys")
    }

    pub(crate) fn give_previous_key(&mut self, number: &str, keys: ReceiverKeys) {
        self.previous.insert(number.to_owned(), keys);
    }

    fn keyring(&self, number: &str) -> Keyring {
        Keyring::new(
            self.keys[number].clone(),
            self.previous.get(number).cloned(),
        )
    }

    /// The bytes of every database file, write-ahead logs too.
    #[allow(dead_code, reason = "PostgreSQL keeps its files to itself")]
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        self.databases.files()
    }

    pub(crate) fn public_key(&self, number: &str) -> String {
        self.keys[number].public_key()
    }

    /// What this organisation reads in a sealed identity.
    pub(crate) fn open(&self, number: &str, handoff: &str, sealed: &Value) -> Value {
        let sealed = sealed.as_str().expect("a sealed text");
        let plain = self.keys[number]
            .open(handoff.as_bytes(), sealed)
            .expect("it was sealed for this organisation");
        serde_json::from_slice(&plain).expect("JSON")
    }

    pub(crate) fn entropy(&self) -> Entropy {
        self.entropy.clone()
    }
}

impl Running {
    /// A request with the given token, a JSON body and further headers.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        headers: &[(&str, &str)],
        body: Body,
    ) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 1 << 20)
            .await
            .expect("a body");
        (status, serde_json::from_slice(&bytes).expect("JSON"))
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        self.post_as(&self.token, path, body).await
    }

    pub(crate) async fn post_as(
        &self,
        token: &str,
        path: &str,
        body: &Value,
    ) -> (StatusCode, Value) {
        let json = [("content-type", "application/json")];
        self.call(
            Method::POST,
            path,
            Some(token),
            &json,
            body.to_string().into(),
        )
        .await
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, body) = self
            .call(Method::GET, path, Some(&self.token), &[], Body::empty())
            .await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    /// Hands an event in, which must be taken; gives its id.
    pub(crate) async fn hand_in(&self, event_type: &str, data: Value) -> String {
        let body = json!({ "type": event_type, "data": data });
        let (status, answer) = self.post("/v1/events", &body).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{answer}");
        answer["id"].as_str().expect("an id").to_owned()
    }

    pub(crate) async fn settled(&self) -> (u64, u64, u64) {
        match self.service.hooks().settled().await.expect("counts") {
            SettledReport::Party {
                pending,
                received,
                sent,
                ..
            } => (pending, received, sent),
            SettledReport::Platform { .. } => panic!("a party is no platform"),
        }
    }

    /// Waits until the service has taken this many distinct messages.
    pub(crate) async fn has_received(&self, wanted: u64) {
        for _ in 0..1_000 {
            if self.settled().await.1 >= wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!(
            "{wanted} messages were not taken: {:?}",
            self.settled().await
        );
    }

    /// Waits until this list in the inbox has something in it.
    pub(crate) async fn inbox_has(&self, list: &str) -> Value {
        for _ in 0..1_000 {
            let found = self.get("/v1/inbox").await[list].clone();
            if found != json!([]) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("nothing came into {list}");
    }

    /// Waits until its one case shows this.
    pub(crate) async fn sees_its_case(&self, field: &str, value: &Value) {
        for _ in 0..1_000 {
            if self.get("/v1/cases").await["items"][0][field] == *value {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{field} does not become {value}");
    }

    /// Moves the service's clock as its dev port does.
    pub(crate) async fn advance(&self, to: &str) {
        let to = to.parse().expect("a moment");
        let advanced = self.service.hooks().advance(to).await;
        assert!(advanced.is_ok(), "the clock moves");
    }

    pub(crate) async fn stop(self) {
        self.service.stop().await;
    }
}

/// What the raiser reports.
pub(crate) fn report(reference: &str) -> Value {
    json!({
        "actedBy": { "role": "raiser", "personRef": "anna" },
        "ownReference": reference,
        "story": "Bella zorgt voor haar halfbroer.",
        "desiredOutcome": "De kinderbijslag wordt hersteld.",
        "theme": "family_income",
        "region": "midden",
    })
}

/// An offer of an advice handoff by the case director.
pub(crate) fn offer(reference: &str, handoff: &str, to: &str) -> Value {
    json!({
        "actedBy": { "role": "case_director", "personRef": "carla" },
        "ownReference": reference,
        "handoff": handoff,
        "to": to,
        "kind": "advice",
        "requestedOutcome": "restore_benefit",
        "summary": "Kijkt u mee?",
        "legalBasis": "youth_act",
    })
}

/// The card of that offer, as the receiver gets it.
pub(crate) fn card(handoff: &str) -> Value {
    json!({
        "handoff": handoff,
        "from": UTRECHT,
        "contact": "wijkteam",
        "kind": "advice",
        "theme": "family_income",
        "requestedOutcome": "restore_benefit",
        "answerBy": "2026-03-09T10:00:00Z",
    })
}

/// What the platform relays of an answer.
pub(crate) fn answered(handoff: &str, answer: &str, by: &str) -> Value {
    json!({ "handoff": handoff, "answer": answer, "by": by, "owner": UTRECHT })
}

pub(crate) const HANDOFF: &str = "019cad57-a200-7000-8000-000000000001";
pub(crate) const OTHER_HANDOFF: &str = "019cad57-a200-7000-8000-000000000002";
