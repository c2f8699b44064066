//! A thousand handoffs at once, each accepted, withdrawn, expired and returned by whoever comes
//! first: exactly one organisation is responsible for each case, afterwards and at every position.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chassis::clock::Clock;
use escalation::execute::{Executor, Ground, Order, Work};
use futures::future::join_all;
use gate::Actor;
use jiff::ToSpan;
use journal::{CauseKey, StoredEvent};
use ladder::{
    CaseId, ChooseOwnershipMode, Command, Due, HandoffKind, OwnershipMode, ReturnHandoff,
};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use tokio::task::JoinSet;

use crate::orders::{Orders, case, code, executor, ground, handoff, organisation, sealed};
use crate::people::People;
use crate::place::Place;
use crate::world::{START, SVB, UTRECHT, time};

on_both_engines!(a_thousand_handoffs_leave_one_organisation_responsible);

const CASES: usize = 1_000;
const SEED: u64 = 20_261_122;

async fn a_thousand_handoffs_leave_one_organisation_responsible(place: Place) {
    eprintln!("seed {SEED}");
    let crowd = Crowd::gather(&place).await;
    let mut rng = StdRng::seed_from_u64(SEED);
    crowd.offer(0..CASES).await;
    // The term ends while the answers are on their way.
    let answer_by = time("2026-03-09T08:00:00Z");
    crowd.clock.set(answer_by - 1.second());
    let mut rush = Vec::new();
    for number in 0..CASES {
        rush.extend(crowd.everybody_at_once(number));
    }
    rush.shuffle(&mut rng);
    let half = rush.len() / 2;
    let late = rush.split_off(half);
    let mut running = crowd.send(rush, &mut rng);
    running.spawn({
        let (clock, answered) = (crowd.clock.clone(), Arc::clone(&crowd.answered));
        async move {
            while answered.load(Ordering::Relaxed) < half / 2 {
                tokio::task::yield_now().await;
            }
            clock.set(answer_by);
        }
    });
    let mut rest = crowd.send(late, &mut rng);
    while running.join_next().await.transpose().unwrap().is_some() {}
    while rest.join_next().await.transpose().unwrap().is_some() {}

    // Where the clock rang too early and the others came too late, it rings again.
    let last = (0..CASES)
        .map(|number| crowd.lapse(number, "again"))
        .collect();
    let mut last = crowd.send(last, &mut rng);
    while last.join_next().await.transpose().unwrap().is_some() {}

    let mut ways = BTreeMap::new();
    for number in 0..CASES {
        let log = crowd.log(number).await;
        let ending = responsible(&log).unwrap_or_else(|wrong| {
            let kinds: Vec<_> = log.iter().map(|event| event.kind.as_str()).collect();
            panic!("case {number} of seed {SEED}: {wrong} in {kinds:?}")
        });
        *ways.entry(ending).or_insert(0) += 1;
    }
    eprintln!("{ways:?}");
    assert_eq!(ways.values().sum::<usize>(), CASES);
    let seen: BTreeSet<&str> = ways.keys().copied().collect();
    assert_eq!(
        seen,
        BTreeSet::from(["accepted", "expired", "returned", "withdrawn"]),
        "a race in which nobody ever wins one way proves nothing about it"
    );
}

/// A log in which two were responsible, or one without having accepted, is noticed.
#[tokio::test]
async fn the_checker_notices_two_who_are_responsible() {
    let place = Place::sqlite();
    let crowd = Crowd::gather(&place).await;
    crowd.offer(0..1).await;
    let accept = crowd.orders.accept(&id(0), &name(0));
    assert_eq!(code(&crowd.executors[0].execute(accept).await), "stored");
    let honest = crowd.log(0).await;
    assert_eq!(responsible(&honest), Ok("accepted"));

    let mut twice = honest.clone();
    twice.extend(honest.last().cloned());
    assert_eq!(
        responsible(&twice),
        Err("the owner moved from somebody else")
    );
    let mut unasked = honest.clone();
    unasked.retain(|event| event.kind != "handoff.accepted");
    assert_eq!(
        responsible(&unasked),
        Err("the owner moved without an acceptance")
    );
    let mut lost = honest;
    lost.retain(|event| event.kind != "owner.changed");
    assert_eq!(
        responsible(&lost),
        Err("accepted, and the owner did not move")
    );
}

/// Who is responsible, told from the log alone and at each of its positions; how the handoff
/// ended, or what is wrong.
fn responsible(log: &[StoredEvent]) -> Result<&'static str, &'static str> {
    let mut owner = UTRECHT.to_owned();
    let mut accepted: Option<String> = None;
    let mut ended: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut ending = "open";
    for event in log {
        let which = event.data["handoff"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        if let Some(waiting) = accepted.take()
            && event.kind != "owner.changed"
        {
            ended.insert(waiting, "lost");
            return Err("accepted, and the owner did not move");
        }
        let end = match event.kind.as_str() {
            "handoff.accepted" => {
                accepted = Some(which.clone());
                "accepted"
            }
            "handoff.withdrawn" => "withdrawn",
            "handoff.expired" => "expired",
            "owner.changed" => {
                if event.data["from"] != owner.as_str() {
                    return Err("the owner moved from somebody else");
                }
                if ended.get(&which) != Some(&"accepted") {
                    return Err("the owner moved without an acceptance");
                }
                owner = event.data["to"].as_str().unwrap_or_default().to_owned();
                continue;
            }
            "handoff.returned" => {
                ending = "returned";
                continue;
            }
            _ => continue,
        };
        if ended.insert(which, end).is_some() {
            return Err("one handoff ended twice");
        }
        if ending == "open" {
            ending = end;
        }
    }
    match (ending, owner.as_str()) {
        _ if accepted.is_some() => Err("accepted, and the owner did not move"),
        ("withdrawn" | "expired", UTRECHT) | ("accepted" | "returned", SVB) => Ok(ending),
        _ => Err("the wrong organisation is responsible"),
    }
}

/// Two replicas on one database with one clock, and people who may do what orders cannot.
struct Crowd {
    grounds: [Ground; 2],
    executors: [Executor; 2],
    clock: Clock,
    orders: Orders,
    director: Actor,
    liaison: Actor,
    answered: Arc<AtomicUsize>,
}

fn id(number: usize) -> CaseId {
    case(&format!("crowd-{number}"))
}

fn name(number: usize) -> String {
    format!("offer-{number}")
}

impl Crowd {
    async fn gather(place: &Place) -> Self {
        let clock = Clock::at(time(START));
        let mut grounds = [ground(place).await, ground(place).await];
        for ground in &mut grounds {
            ground.clock = clock.clone();
        }
        let director = (UTRECHT, "case_director");
        let liaison = (SVB, "agency_liaison");
        let people = People::of(&[director, liaison], clock.now()).await;
        let executors = grounds.each_ref().map(executor);
        let orders = Orders {
            text: sealed(place).await,
        };
        Self {
            grounds,
            executors,
            clock,
            orders,
            answered: Arc::default(),
            director: people.actor(director.0, director.1),
            liaison: people.actor(liaison.0, liaison.1),
        }
    }

    /// Cases of a team that may take over, with the case itself on offer.
    async fn offer(&self, numbers: Range<usize>) {
        let report = |number| self.orders.report(&id(number), &format!("report-{number}"));
        let mode = |number| {
            let team = ChooseOwnershipMode {
                mode: OwnershipMode::TeamTakesOver,
            };
            let message = format!("mode-{number}");
            let command = Command::ChooseOwnershipMode(team);
            self.order(&self.director, &id(number), message, command)
        };
        let offer = |number| {
            let kind = HandoffKind::Ownership;
            self.orders.offer(&id(number), &name(number), kind, SVB)
        };
        let steps: [&dyn Fn(usize) -> Order; 3] = [&report, &mode, &offer];
        for step in steps {
            let all = numbers
                .clone()
                .map(|number| self.executors[0].execute(step(number)));
            for answer in join_all(all).await {
                assert_eq!(code(&answer), "stored");
            }
        }
    }

    fn order(&self, actor: &Actor, case: &CaseId, message: String, command: Command) -> Order {
        Order {
            actor: actor.clone(),
            work: Work::case(case, command),
            cause: CauseKey::new("crowd", message),
            if_match: None,
            arrival: None,
        }
    }

    /// The receiver accepts and gives back, the sender withdraws, the clock lets the term end.
    fn everybody_at_once(&self, number: usize) -> Vec<Order> {
        let case = id(number);
        let offer = name(number);
        let back = ReturnHandoff {
            handoff: handoff(&offer),
            back: handoff(&format!("back-{number}")),
            by: organisation(SVB),
            reason: self.orders.text.clone(),
            contact_role: "agency_liaison".to_owned(),
        };
        vec![
            self.orders.accept(&case, &offer),
            self.orders.withdraw(&case, &offer),
            self.order(
                &self.liaison,
                &case,
                format!("back-{number}"),
                Command::ReturnHandoff(back),
            ),
            self.lapse(number, "first"),
        ]
    }

    fn lapse(&self, number: usize, time: &str) -> Order {
        let due = Due::HandoffAnswer(handoff(&name(number)));
        let message = format!("{time}-lapse-{number}");
        self.order(&Actor::Clock, &id(number), message, Command::Lapse(due))
    }

    /// Sends each order to one of the replicas, after letting a few other tasks go first.
    fn send(&self, orders: Vec<Order>, rng: &mut StdRng) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for order in orders {
            let executor = self.executors[rng.random_range(0..2)].clone();
            let turns = rng.random_range(0..30);
            let answered = Arc::clone(&self.answered);
            tasks.spawn(async move {
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
                // A refusal is what three of the four get; only a failure would be wrong.
                assert_ne!(code(&executor.execute(order).await), "unavailable");
                answered.fetch_add(1, Ordering::Relaxed);
            });
        }
        tasks
    }

    async fn log(&self, number: usize) -> Vec<StoredEvent> {
        let stream = format!("case/{}", id(number));
        self.grounds[0].db.read_stream(&stream).await.unwrap()
    }
}
