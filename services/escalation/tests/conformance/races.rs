//! Two who are both right, at the same time: exactly one gets it.

use chassis::clock::Clock;
use escalation::clock::Ticker;
use escalation::execute::{Executor, Ground};
use escalation::views;
use jiff::{Timestamp, ToSpan};
use ladder::{CaseId, HandoffKind};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::orders::{Orders, case, code, executor, ground, handoff, sealed};
use crate::place::Place;
use crate::world::{START, SVB, UTRECHT, time};

on_both_engines!(
    an_answer_against_a_withdrawal,
    an_answer_against_the_deadline
);

const TIMES: usize = 50;
const SEED: u64 = 20_260_302;

/// Two replicas on one database with one clock, and a case whose offer is open, for every round.
struct Track {
    grounds: [Ground; 2],
    executors: [Executor; 2],
    orders: Orders,
    rng: StdRng,
}

impl Track {
    async fn new(place: &Place) -> Self {
        let clock = Clock::at(time(START));
        let mut grounds = [ground(place).await, ground(place).await];
        for ground in &mut grounds {
            ground.clock = clock.clone();
        }
        let executors = grounds.each_ref().map(executor);
        let orders = Orders {
            text: sealed(place).await,
        };
        Self {
            grounds,
            executors,
            orders,
            rng: StdRng::seed_from_u64(SEED),
        }
    }

    async fn offered(&self, round: usize) -> CaseId {
        let id = case(&round.to_string());
        let report = self.orders.report(&id, &format!("r{round}"));
        assert_eq!(code(&self.executors[0].execute(report).await), "stored");
        let offer = self
            .orders
            .offer(&id, &format!("h{round}"), HandoffKind::Ownership, SVB);
        assert_eq!(code(&self.executors[0].execute(offer).await), "stored");
        id
    }

    /// Lets a few other tasks go first, so that no order of arrival is the usual one.
    fn dither(&mut self) -> impl Future<Output = ()> + use<> {
        let turns = self.rng.random_range(0..30);
        async move {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
        }
    }

    async fn end(&self, id: &CaseId) -> Vec<String> {
        let stream = self.grounds[0]
            .db
            .read_stream(&format!("case/{id}"))
            .await
            .unwrap();
        let kinds = stream.into_iter().map(|event| event.kind);
        kinds
            .skip_while(|kind| kind != "handoff.offered")
            .skip(1)
            .collect()
    }

    /// The raiser's organisation stays responsible, whoever accepts.
    async fn owners(&self, id: &CaseId) -> Vec<String> {
        let parts = views::parts_of(&self.grounds[0].db, id.as_str())
            .await
            .unwrap();
        let owners = parts.into_iter().filter(|(_, part)| part == "owner");
        owners.map(|(organisation, _)| organisation).collect()
    }
}

async fn an_answer_against_a_withdrawal(place: Place) {
    let mut track = Track::new(&place).await;
    let mut accepted = 0;
    for round in 0..TIMES {
        let id = track.offered(round).await;
        let name = format!("h{round}");
        let answer = track.orders.accept(&id, &name);
        let withdrawal = track.orders.withdraw(&id, &name);
        let (before_answer, before_withdrawal) = (track.dither(), track.dither());
        let [one, other] = track.executors.clone();
        let (answer, withdrawal) = tokio::join!(
            async {
                before_answer.await;
                one.execute(answer).await
            },
            async {
                before_withdrawal.await;
                other.execute(withdrawal).await
            }
        );
        let end = track.end(&id).await;
        assert_eq!(track.owners(&id).await, [UTRECHT]);
        match (code(&answer), code(&withdrawal)) {
            ("stored", "already_answered") => {
                assert_eq!(end, ["handoff.accepted"]);
                accepted += 1;
            }
            ("handoff_withdrawn", "stored") => {
                assert_eq!(end, ["handoff.withdrawn"]);
            }
            both => panic!("round {round} of seed {SEED}: {both:?}, {end:?}"),
        }
    }
    assert!(
        (1..TIMES).contains(&accepted),
        "seed {SEED}: accepted {accepted} of {TIMES}"
    );
}

async fn an_answer_against_the_deadline(place: Place) {
    let mut track = Track::new(&place).await;
    let clock = track.grounds[0].clock.clone();
    let ticker = Ticker::new(track.grounds[1].clone(), track.executors[1].clone());
    let mut accepted = 0;
    for round in 0..TIMES {
        let id = track.offered(round).await;
        let name = format!("h{round}");
        let row = views::handoffs(&track.grounds[0].db, id.as_str())
            .await
            .unwrap()
            .remove(0);
        assert_eq!(row.handoff, handoff(&name).as_str());
        let answer_by: Timestamp = row.answer_by.parse().unwrap();
        clock.set(answer_by - 1.second());
        ticker.tick(clock.now()).await.unwrap();
        let answer = track.orders.accept(&id, &name);
        let (before_answer, before_deadline) = (track.dither(), track.dither());
        let one = track.executors[0].clone();
        let (answer, ()) = tokio::join!(
            async {
                before_answer.await;
                one.execute(answer).await
            },
            async {
                before_deadline.await;
                clock.set(answer_by);
                ticker.tick(answer_by).await.unwrap();
            }
        );
        let end = track.end(&id).await;
        assert_eq!(track.owners(&id).await, [UTRECHT]);
        match code(&answer) {
            "stored" => {
                assert_eq!(end, ["handoff.reminded", "handoff.accepted"]);
                accepted += 1;
            }
            "handoff_expired" => {
                assert_eq!(end, ["handoff.reminded", "handoff.expired"]);
            }
            other => panic!("round {round} of seed {SEED}: {other}, {end:?}"),
        }
    }
    assert!(
        (1..TIMES).contains(&accepted),
        "seed {SEED}: accepted {accepted} of {TIMES}"
    );
}
