//! The load: the systems of four organisations that hand in and answer, all the time, and try again
//! until they hear that it was taken. The municipality goes on while nobody answers, but not without
//! end: what a machine can carry is measured elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chassis::entropy::Entropy;
use demo::personas::{self, Persona};
use demo::play::{Door, Doors, Reply, Request};
use demo::services::PartyService;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::plan::Dice;
use crate::recovery::Unanswered;
use crate::world::{Now, PATIENCE};

/// How long the municipality waits after a case, and the others after a look into their inbox.
const PACE: Duration = Duration::from_millis(350);

/// How much may be unanswered when the municipality begins with another case.
const AHEAD: i64 = 100;

/// How many offers a party answers at a look.
const AT_A_LOOK: usize = 5;

const UTRECHT: &str = "00000099000000001000";
const SVB: &str = "00000099000000002000";
const TAX_OFFICE: &str = "00000099000000003000";
const SPIRIT: &str = "00000099000000004000";

/// What all drivers note.
#[derive(Default)]
struct Notes {
    /// By OIN: the ids of what a party promised to send.
    promised: BTreeMap<String, BTreeSet<String>>,
    handed_in: usize,
}

/// Four drivers at work.
pub(crate) struct Load {
    stop: CancellationToken,
    drivers: JoinSet<()>,
    notes: Arc<Mutex<Notes>>,
}

/// What was handed in, once the load has stopped.
pub(crate) struct HandedIn {
    /// By OIN: the ids of what a party promised to send.
    pub(crate) promised: BTreeMap<String, BTreeSet<String>>,
    /// How often something was handed in and taken.
    pub(crate) count: usize,
}

/// One organisation's systems.
struct Driver {
    doors: Arc<Doors>,
    service: PartyService,
    oin: &'static str,
    by: &'static Persona,
    role: &'static str,
    now: Now,
    dice: Dice,
    unanswered: watch::Receiver<Unanswered>,
    notes: Arc<Mutex<Notes>>,
    stop: CancellationToken,
}

impl Load {
    /// Starts it.
    pub(crate) fn start(
        doors: Doors,
        now: &Now,
        unanswered: &watch::Receiver<Unanswered>,
        seed: u64,
    ) -> Self {
        let (stop, notes) = (CancellationToken::new(), Arc::<Mutex<Notes>>::default());
        let doors = Arc::new(doors);
        let mut drivers = JoinSet::new();
        let organisations = [
            (PartyService::Municipality, UTRECHT, "noor", "case_director"),
            (PartyService::Svb, SVB, "sem", "agency_liaison"),
            (
                PartyService::TaxOffice,
                TAX_OFFICE,
                "tara",
                "agency_liaison",
            ),
            (
                PartyService::CareProvider,
                SPIRIT,
                "koen",
                "care_professional",
            ),
        ];
        for (nth, (service, oin, by, role)) in organisations.into_iter().enumerate() {
            let driver = Driver {
                doors: Arc::clone(&doors),
                service,
                oin,
                by: personas::find(by).expect("it is a persona"),
                role,
                now: now.clone(),
                dice: Dice::new(seed.wrapping_add(1 + nth as u64)),
                unanswered: unanswered.clone(),
                notes: Arc::clone(&notes),
                stop: stop.clone(),
            };
            drivers.spawn(async move {
                match service {
                    PartyService::Municipality => driver.report_cases(seed).await,
                    _ => driver.answer_offers().await,
                }
            });
        }
        Self {
            stop,
            drivers,
            notes,
        }
    }

    /// Stops it: what is being handed in is handed in to the end.
    pub(crate) async fn stop(mut self) -> HandedIn {
        self.stop.cancel();
        while let Some(driver) = self.drivers.join_next().await {
            driver.expect("a driver does not panic");
        }
        let notes = std::mem::take(&mut *self.notes.lock().expect("nobody panics with it"));
        HandedIn {
            promised: notes.promised,
            count: notes.handed_in,
        }
    }
}

impl Driver {
    async fn report_cases(&self, seed: u64) {
        let entropy = Entropy::seeded(seed.rotate_left(17));
        let mut nth = 0;
        while self.may_go_on().await {
            nth += 1;
            let reference = format!("ZAAK-{nth:06}");
            self.hand_in(&reference, "person.registered", person(&reference))
                .await;
            self.hand_in(&reference, "case.reported", report(&reference))
                .await;
            for (to, kind) in [
                (SVB, "confirm_facts"),
                (TAX_OFFICE, "confirm_facts"),
                (SPIRIT, "confirm_need"),
            ] {
                // Now and then somebody is not asked, and now and then it is taken back.
                if self.dice.below(5) == 0 {
                    continue;
                }
                let handoff = entropy.uuid_v7(self.now.get()).to_string();
                let data = offer(&reference, &handoff, to, kind);
                self.hand_in(&format!("{reference}-{to}"), "handoff.offered", data)
                    .await;
                if self.dice.below(8) == 0 {
                    let data = json!({"ownReference": reference, "handoff": handoff,
                        "reason": "Toch aan een ander gevraagd."});
                    self.hand_in(&format!("{reference}-{to}-back"), "handoff.withdrawn", data)
                        .await;
                }
            }
            self.pause().await;
        }
    }

    async fn answer_offers(&self) {
        if let Some(known) = known(self.service) {
            self.hand_in(
                "known",
                known["type"].as_str().unwrap_or_default(),
                known["data"].clone(),
            )
            .await;
        }
        let mut answered: BTreeSet<String> = BTreeSet::new();
        let mut looks = 0_u32;
        while !self.stop.is_cancelled() {
            looks += 1;
            if looks.is_multiple_of(4) {
                self.hand_in(&format!("alive-{looks}"), "heartbeat.sent", json!({}))
                    .await;
            }
            let inbox = self.ask("GET", "/v1/inbox", None, None).await;
            let open = inbox["handoffs"].as_array().cloned().unwrap_or_default();
            let open = open.iter().filter_map(|card| card["handoff"].as_str());
            let fresh: Vec<&str> = open
                .filter(|id| !answered.contains(*id))
                .take(AT_A_LOOK)
                .collect();
            for handoff in fresh {
                let data = match self.dice.below(6) {
                    0 => json!({"handoff": handoff, "answer": "declined", "reason": "no_power",
                        "text": "Dat kunnen wij niet.", "alternative": "Vraag het een ander."}),
                    _ => json!({"handoff": handoff, "answer": "accepted"}),
                };
                self.hand_in(&format!("answer-{handoff}"), "handoff.answered", data)
                    .await;
                answered.insert(handoff.to_owned());
            }
            self.pause().await;
        }
    }

    /// Waits until enough is answered; whether the load goes on.
    async fn may_go_on(&self) -> bool {
        let mut unanswered = self.unanswered.clone();
        let few = |counts: &Unanswered| counts.get(self.oin).is_none_or(|open| *open < AHEAD);
        tokio::select! {
            biased;
            () = self.stop.cancelled() => false,
            looked = unanswered.wait_for(few) => looked.is_ok(),
        }
    }

    async fn pause(&self) {
        tokio::select! {
            () = self.stop.cancelled() => {}
            () = tokio::time::sleep(PACE) => {}
        }
    }

    /// Hands something in, under a key that makes a repetition harmless.
    async fn hand_in(&self, key: &str, event: &str, mut data: Value) {
        if event == "case.reported" || event.starts_with("handoff.") {
            let role = if event == "case.reported" {
                "raiser"
            } else {
                self.role
            };
            data["actedBy"] = json!({"role": role, "personRef": self.by.name});
        }
        let body = json!({"type": event, "data": data});
        let key = format!("{key}-{event}");
        let answer = self
            .ask("POST", "/v1/events", Some(&body), Some(&key))
            .await;
        let mut notes = self.notes.lock().expect("nobody panics with it");
        notes.handed_in += 1;
        let is_of_the_contract = proto::FromParty::EVENTS
            .iter()
            .any(|(known, _)| *known == event);
        if let (true, Some(id)) = (is_of_the_contract, answer["id"].as_str()) {
            let promised = notes.promised.entry(self.oin.to_owned()).or_default();
            promised.insert(id.to_owned());
        }
    }

    /// Asks until there is an answer: a service that is gone or cannot store is asked again.
    async fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        key: Option<&str>,
    ) -> Value {
        let start = Instant::now();
        loop {
            let request = Request {
                door: Door::Party(self.service),
                method: method.parse().expect("it is a method"),
                path,
                body,
                key,
            };
            let answer = self.doors.call(self.by, self.now.get(), request).await;
            let told = match answer {
                Ok(reply) if reply.is_success() => return reply.body,
                Ok(reply) if may_pass(&reply) => reply.to_string(),
                Ok(reply) => panic!("{method} {path} {body:?} of {}: {reply}", self.service),
                Err(error) => error.to_string(),
            };
            self.doors.forget_tokens();
            let waited = start.elapsed();
            assert!(waited < longest(), "{} still answers {told}", self.service);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// How long a service may be unreachable: as long as it is away on purpose, and a while.
fn longest() -> Duration {
    PATIENCE + Duration::from_secs(if crate::plan::is_full() { 600 } else { 20 })
}

/// Whether an answer is one of a service that is not well, or lives in another time.
fn may_pass(reply: &Reply) -> bool {
    matches!(reply.status, 401 | 500..=599)
}

/// What an organisation knows of the person in every case, before there is one.
fn known(service: PartyService) -> Option<Value> {
    match service {
        PartyService::Svb => Some(json!({"type": "benefit.stopped", "data": {
            "bsn": "999990342", "childBsn": "999990019", "benefit": "child_benefit",
            "since": "2026-01-01", "cause": "no_parent_or_guardian"}})),
        PartyService::TaxOffice => Some(json!({"type": "allowance.stopped", "data": {
            "bsn": "999990342", "allowance": "child_budget", "since": "2026-02-01",
            "follows": "child_benefit"}})),
        PartyService::Municipality | PartyService::CareProvider => None,
    }
}

fn person(reference: &str) -> Value {
    json!({"ownReference": reference, "personKey": "bella", "role": "data_subject",
        "bsn": "999990342", "name": "Bella Voorbeeld", "birthDate": "2003-10-21",
        "address": "Voorbeeldstraat 12, Utrecht"})
}

fn report(reference: &str) -> Value {
    json!({"ownReference": reference,
        "story": "Een zus zorgt voor haar halfbroer en redt het niet meer.",
        "desiredOutcome": "Er is genoeg geld om van te leven.",
        "persons": [{"personKey": "bella", "role": "data_subject", "ageBand": "21-26",
            "name": "Bella Voorbeeld", "birthDate": "2003-10-21",
            "address": "Voorbeeldstraat 12, Utrecht"}],
        "theme": "family_income", "region": "midden-nederland"})
}

fn offer(reference: &str, handoff: &str, to: &str, outcome: &str) -> Value {
    json!({"ownReference": reference, "handoff": handoff, "to": to, "kind": "advice",
        "requestedOutcome": outcome, "rules": [], "urgent": false,
        "summary": "Wat is er bekend, en sinds wanneer?", "legalBasis": "municipality_own_task"})
}
