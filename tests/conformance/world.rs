//! The platform and the municipality, on one bus, with their doors open.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bus::LocalBus;
use chassis::parties::{Parties, PartyKeys};
use chassis::{Clock, Entropy, server};
use demo::issuer::Issuer;
use demo::personas;
use escalation::checkpoints::{Audit, Settings};
use gateway::{Report, VerifyConfig};
use jiff::{SignedDuration, Timestamp};
use municipality::Municipality;
use proto::Oin;
use proto::sealed::ReceiverKeys;
use scenarios::processes::log_key;
use serde_json::{Value, json};
use token::{Verifier, VerifierConfig};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use transparency::{note, origin_of};

use crate::place::Place;

pub(crate) const PLATFORM: &str = "00000099000000009000";
const UTRECHT: &str = "00000099000000001000";
/// A Monday, 09:00 in Amsterdam.
const START: &str = "2026-03-02T08:00:00Z";
/// The key that signs checkpoints in these tests.
const CHECKPOINT_KEY: [u8; 32] = [9; 32];

/// Asks until there is an answer, for at most half a minute.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..1_500 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not come to this: {what}");
}

/// Signs when told so: only an hour makes it time.
pub(crate) fn settings() -> Settings {
    Settings {
        secret: CHECKPOINT_KEY,
        events: 1_000_000,
        every: SignedDuration::from_hours(1),
    }
}

pub(crate) struct World {
    pub(crate) place: Place,
    pub(crate) clock: Clock,
    pub(crate) platform: escalation::Service,
    party: gateway::Service,
    parties: Arc<Parties>,
    issuer: Issuer,
    platform_url: String,
    party_url: String,
    client: reqwest::Client,
    stop: CancellationToken,
}

impl World {
    pub(crate) async fn start(place: Place) -> Self {
        let clock = Clock::at(START.parse().unwrap());
        let entropy = Entropy::system();
        let receiver = ReceiverKeys::generate(&mut entropy.rng());
        let parties = Arc::new(parties(&receiver));
        let (bus, stop) = (LocalBus::new(), CancellationToken::new());
        let (platform_door, platform_url) = door().await;
        let (party_door, party_url) = door().await;
        let issuer_url = format!("{platform_url}/dev");
        let issuer = Issuer::start(
            &issuer_url,
            "doorbraak",
            &parties,
            clock.clone(),
            entropy.clone(),
        );
        let issuer = issuer.unwrap();
        let verifier = || {
            let verifier = Verifier::new(VerifierConfig {
                issuer: issuer_url.clone(),
                audience: "doorbraak".to_owned(),
                jwks_url: issuer.jwks_url(),
                leeway: SignedDuration::from_secs(30),
                max_lifetime: SignedDuration::from_hours(1),
            });
            Arc::new(verifier.unwrap())
        };
        let platform = escalation::Service::start(escalation::Config {
            database_url: place.log.clone(),
            vault_url: place.vault.clone(),
            account_url: place.account.clone(),
            activities: escalation::policy::embedded_activities().unwrap(),
            master_key: journal::vault::MasterKey::from_bytes([1; 32]),
            other_master_key: None,
            retention: escalation::policy::retention().unwrap(),
            pseudonym_key: [2; 32],
            checkpoints: Some(settings()),
            bus: bus.platform(),
            parties: Arc::clone(&parties),
            rules: escalation::policy::embedded().unwrap(),
            catalogues: escalation::policy::Catalogues::embedded(&parties).unwrap(),
            gate: Arc::new(gate::Gate::embedded().unwrap()),
            verifier: verifier(),
            clock: clock.clone(),
            entropy: entropy.clone(),
            exchange: escalation::Exchange::default(),
            mails: None,
            dev: false,
            screens: None,
        });
        let platform = platform.await.unwrap();
        let oin = Oin::parse(UTRECHT).unwrap();
        let config = gateway::Config {
            oin: oin.clone(),
            database_url: place.party.clone(),
            vault_url: place.party_vault.clone(),
            master_key: [3; 32],
            bus: bus.party(oin),
            keys: receiver.into(),
            parties: Arc::clone(&parties),
            verifier: verifier(),
            clock: clock.clone(),
            entropy,
            resend_after: gateway::RESEND_AFTER,
            heartbeat: None,
        };
        let party = gateway::Service::start(config, Arc::new(Municipality));
        let party = party.await.unwrap();
        let router = platform.router().merge(issuer.router());
        tokio::spawn(server::serve(platform_door, router, stop.clone()));
        tokio::spawn(server::serve(party_door, party.router(), stop.clone()));
        Self {
            place,
            clock,
            platform,
            party,
            parties,
            issuer,
            platform_url,
            party_url,
            client: reqwest::Client::builder().no_proxy().build().unwrap(),
            stop,
        }
    }

    /// The municipality reports a case, and the platform says that it is stored.
    pub(crate) async fn report(&self, reference: &str) {
        let event = json!({ "type": "case.reported", "data": {
            "actedBy": { "role": "raiser", "personRef": "noor" },
            "ownReference": reference,
            "story": "De uitkering is stopgezet terwijl de zorg doorgaat.",
            "desiredOutcome": "De uitkering wordt hersteld.",
            "theme": "family_income",
            "region": "midden",
        }});
        let answer = self
            .client
            .post(format!("{}/v1/events", self.party_url))
            .bearer_auth(self.token())
            .json(&event)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 202, "{}", answer.text().await.unwrap());
        until("the event is answered", async || {
            let inbox = self.own("/v1/inbox").await;
            (inbox["outbox"] == json!({"waitingForPseudonym": 0, "unanswered": 0})).then_some(())
        })
        .await;
    }

    /// An hour passes; gives the size of the checkpoint that the municipality keeps then.
    pub(crate) async fn checkpoint(&self) -> u64 {
        let position = self.platform.ground().db.head().await.unwrap().position;
        let later = self.clock.now() + SignedDuration::from_hours(1);
        self.clock.set(later);
        until("the checkpoint came in", async || {
            let kept = self.own("/v1/checkpoints").await;
            let newest = &kept["items"][0];
            (newest["size"] == position && newest["state"] == "consistent").then_some(())
        })
        .await;
        u64::try_from(position).unwrap()
    }

    fn token(&self) -> String {
        let anna = personas::PERSONAS.iter();
        let mut anna = anna.filter(|persona| persona.name == "noor");
        self.issuer.token(anna.next().unwrap()).unwrap()
    }

    /// What the municipality's own door shows.
    pub(crate) async fn own(&self, path: &str) -> Value {
        let answer = self
            .client
            .get(format!("{}{path}", self.party_url))
            .bearer_auth(self.token())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.json().await.unwrap()
    }

    /// What the municipality's `verify` finds.
    pub(crate) async fn verify(&self) -> Report {
        let report = gateway::verify(VerifyConfig {
            oin: Oin::parse(UTRECHT).unwrap(),
            service: "municipality",
            database_url: &self.place.party,
            platform_url: &self.platform_url,
            parties: &self.parties,
        });
        report.await.unwrap()
    }

    /// What the operator's `verify` finds.
    pub(crate) async fn audit(&self) -> Audit {
        let key = note::Verifier::parse(&origin_of(PLATFORM), &log_key(PLATFORM, &CHECKPOINT_KEY));
        let signer = (PLATFORM, &key.unwrap());
        let db = &self.platform.ground().db;
        escalation::checkpoints::audit(db, Some(signer))
            .await
            .unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.party.stop().await;
        self.platform.stop().await;
    }
}

async fn door() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

fn parties(receiver: &ReceiverKeys) -> Parties {
    let utrecht = PartyKeys {
        public_key: Some(receiver.public_key()),
        ..PartyKeys::default()
    };
    let platform = PartyKeys {
        checkpoint_key: Some(log_key(PLATFORM, &CHECKPOINT_KEY)),
        ..PartyKeys::default()
    };
    let keys = BTreeMap::from([
        ("utrecht".to_owned(), utrecht),
        ("doorbraak".to_owned(), platform),
    ]);
    Parties::embedded().unwrap().with_keys(keys).unwrap()
}
