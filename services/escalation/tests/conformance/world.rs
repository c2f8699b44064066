//! A service with its databases and its bus, and a standing clock.

use std::sync::Arc;
use std::time::Duration;

use chassis::clock::Clock;
use chassis::entropy::Entropy;
use chassis::parties::Parties;
use escalation::intake::ledger::{self, Waiting};
use escalation::intake::quarantine::{self, QuarantineRow};
use escalation::{Config, Service, views};
use jiff::{SignedDuration, Timestamp};
use journal::vault::{MasterKey, Sealed, Vault};
use journal::{Answer, Db, StoredEvent};
use ladder::{CaseId, Organisation};
use proto::Oin;
use token::{Verifier, VerifierConfig};
use uuid::Uuid;

use crate::carrier::Carrier;
use crate::party::Party;
use crate::place::Place;

pub(crate) const UTRECHT: &str = "00000099000000001000";
pub(crate) const SVB: &str = "00000099000000002000";
pub(crate) const TAX_OFFICE: &str = "00000099000000003000";
pub(crate) const SPIRIT: &str = "00000099000000004000";
pub(crate) const NATIONAL_DESK: &str = "00000099000000006000";

/// A Monday, 09:00 in Amsterdam.
pub(crate) const START: &str = "2026-03-02T08:00:00Z";

const MASTER_KEY: [u8; 32] = [1; 32];

pub(crate) fn oin(text: &str) -> Oin {
    Oin::parse(text).unwrap()
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Asks until there is an answer, for at most two minutes: a busy machine is no reason to fail.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..6_000 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not come to this: {what}");
}

pub(crate) struct World {
    pub(crate) place: Place,
    pub(crate) carrier: Carrier,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    verifier: Arc<Verifier>,
    service: Option<Service>,
}

impl World {
    /// Nobody has a token here.
    pub(crate) async fn start(place: Place, carrier: Carrier) -> Self {
        let verifier = Verifier::new(VerifierConfig {
            issuer: "https://issuer.test".to_owned(),
            audience: "escalation".to_owned(),
            jwks_url: "http://127.0.0.1:9/never-asked".to_owned(),
            leeway: SignedDuration::from_secs(30),
            max_lifetime: SignedDuration::from_hours(1),
        });
        Self::start_with(place, carrier, verifier.unwrap()).await
    }

    /// Whoever has a token that passes here may ask the service.
    pub(crate) async fn start_with(place: Place, carrier: Carrier, verifier: Verifier) -> Self {
        let clock = Clock::at(time(START));
        let mut world = Self {
            place,
            carrier,
            clock,
            entropy: Entropy::seeded(1),
            verifier: Arc::new(verifier),
            service: None,
        };
        world.service = Some(world.replica().await);
        world
    }

    /// One more service on the same databases, bus and clock.
    pub(crate) async fn replica(&self) -> Service {
        self.service_on(&self.place.url).await
    }

    /// A service on another log, with the vault and the accounts of this place.
    pub(crate) async fn service_on(&self, database_url: &str) -> Service {
        Service::start(Config {
            database_url: database_url.to_owned(),
            vault_url: self.place.vault_url.clone(),
            account_url: self.place.account_url.clone(),
            activities: escalation::policy::embedded_activities().unwrap(),
            master_key: MasterKey::from_bytes(MASTER_KEY),
            other_master_key: None,
            retention: escalation::policy::retention().unwrap(),
            pseudonym_key: [2; 32],
            checkpoints: None,
            bus: self.carrier.platform().await,
            parties: Arc::new(Parties::embedded().unwrap().without_contacts()),
            rules: escalation::policy::embedded().unwrap(),
            catalogues: escalation::policy::Catalogues::embedded(&Parties::embedded().unwrap())
                .unwrap(),
            gate: Arc::new(gate::Gate::embedded().unwrap()),
            verifier: Arc::clone(&self.verifier),
            clock: self.clock.clone(),
            entropy: Entropy::system(),
            exchange: escalation::Exchange::default(),
            mails: None,
            dev: false,
            screens: None,
        })
        .await
        .unwrap()
    }

    pub(crate) fn service(&self) -> &Service {
        self.service.as_ref().unwrap()
    }

    pub(crate) fn db(&self) -> &Db {
        &self.service().ground().db
    }

    /// The service is gone from one moment to the next.
    pub(crate) fn crash(&mut self) {
        drop(self.service.take());
    }

    pub(crate) async fn stop(&mut self) {
        self.service.take().unwrap().stop().await;
    }

    pub(crate) async fn start_again(&mut self) {
        self.service = Some(self.replica().await);
    }

    pub(crate) async fn party(&self, of: &str) -> Party {
        Party::new(
            oin(of),
            self.carrier.party(&oin(of)).await,
            self.clock.clone(),
        )
        .await
    }

    pub(crate) async fn vault(&self) -> Vault {
        Vault::open(&self.place.vault_url, MasterKey::from_bytes(MASTER_KEY))
            .await
            .unwrap()
    }

    /// What the raiser calls the case, of a `case.reported`.
    pub(crate) async fn reference(&self, reported: &StoredEvent) -> String {
        let sealed = Sealed::parse(reported.data["ownReference"].as_str().unwrap()).unwrap();
        let vault = self.vault().await;
        let opened = vault.unseal_all(&[sealed]).await.unwrap().remove(0);
        vault.close().await;
        opened.unwrap()
    }

    pub(crate) fn new_handoff(&self) -> Uuid {
        self.entropy.uuid_v7(self.clock.now())
    }

    pub(crate) async fn log(&self) -> Vec<StoredEvent> {
        self.db().read_after(0, 10_000).await.unwrap()
    }

    /// What happened so far, in order.
    pub(crate) async fn kinds(&self) -> Vec<String> {
        self.log()
            .await
            .into_iter()
            .map(|event| event.kind)
            .collect()
    }

    pub(crate) async fn answers(&self) -> Vec<Answer> {
        self.db().answers_after(0, 10_000).await.unwrap()
    }

    pub(crate) async fn quarantine(&self) -> Vec<QuarantineRow> {
        quarantine::all(self.db()).await.unwrap()
    }

    pub(crate) async fn waiting(&self) -> Vec<Waiting> {
        ledger::waiting(self.db()).await.unwrap()
    }

    /// For what events wait, once there are this many.
    pub(crate) async fn wait_for_waiting(&self, count: usize) -> Vec<String> {
        until("events wait", async || {
            let waiting = self.waiting().await;
            (waiting.len() == count).then(|| {
                waiting
                    .into_iter()
                    .map(|waiting| waiting.waits_for)
                    .collect()
            })
        })
        .await
    }

    /// The case that was reported last.
    pub(crate) async fn case(&self) -> CaseId {
        CaseId::parse(&views::last_case(self.db()).await.unwrap().unwrap().case_id).unwrap()
    }

    /// What an organisation calls a case, whether it was told or not.
    pub(crate) fn pseudonym(&self, of: &str, case: &CaseId) -> String {
        let organisation = Organisation::parse(of).unwrap();
        self.service()
            .ground()
            .pseudonyms
            .of(&organisation, case)
            .unwrap()
            .to_string()
    }
}
