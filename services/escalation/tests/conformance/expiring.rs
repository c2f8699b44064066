//! The end of keeping: what is due is erased once, by several clocks at once too; when it is looked
//! for, under which cause, and what is forgotten beside it.

use std::collections::BTreeMap;

use escalation::clock::Ticker;
use escalation::execute::{Executor, Ground, Order};
use escalation::views;
use futures::future::join_all;
use journal::vault::{Vault, VaultError};
use journal::{CauseKey, StoredEvent};
use ladder::{
    CaseId, Command, HoldId, Initiative, LiftHold, PlaceHold, ReportFact, Sealed, Withdraw,
};

use crate::carrier::Carrier;
use crate::orders::{Orders, case, code, executor, ground, organisation};
use crate::people::People;
use crate::place::Place;
use crate::world::{START, UTRECHT, World, time, until};

on_both_engines!(
    what_is_due_expires_once_for_racing_clocks_on_two_replicas,
    it_is_looked_for_once_a_day,
    what_is_ordered_has_the_cause_that_another_replica_would_give_it,
    a_case_of_which_everything_is_ordered_is_looked_at_no_more,
    keys_of_what_came_in_are_forgotten_a_month_later,
);

const CASES: usize = 6;

/// Three months after the end what is known under tax law goes; after two years everything.
const DAYS: [(&str, usize); 4] = [
    ("2026-06-03T08:00:00Z", 1),
    ("2026-06-04T08:00:00Z", 1),
    ("2028-03-03T08:00:00Z", 2),
    ("2028-03-04T08:00:00Z", 2),
];

/// A text of this case, which the vault opens; under a key with this number.
async fn text_of(vault: &Vault, id: &CaseId, key: u8) -> Sealed {
    let owner = format!("case/{id}/text");
    let sealer = vault.sealer(&owner, time(START), [key; _]).await.unwrap();
    Sealed::new(sealer.seal("een tekst", [4; _]).unwrap().as_str())
}

/// A case with what the tax office may know, that was withdrawn at once.
fn ended(orders: &Orders, people: &People, id: &CaseId) -> [Order; 3] {
    let fact = ReportFact {
        source: organisation(UTRECHT),
        category: "tax".to_owned(),
        law: "general_tax_act".to_owned(),
        rule: None,
        summary: orders.text.clone(),
        since: "2026-01-01".to_owned(),
        legal_basis: "basis".to_owned(),
    };
    let withdrawal = Withdraw {
        initiative: Initiative::Citizen,
        reason: orders.text.clone(),
    };
    let order = |name: &str, command| {
        let message = format!("{name} {id}");
        orders.order(UTRECHT, "raiser", id, &message, command)
    };
    [
        orders.report(id, &format!("report {id}")),
        order("fact", Command::ReportFact(fact)),
        // People stop at the platform: there is no event for it.
        Order {
            actor: people.actor(UTRECHT, "raiser"),
            ..order("withdrawal", Command::Withdraw(withdrawal))
        },
    ]
}

/// What happened of an erasure, by case and erasure.
async fn erasures(world: &World) -> BTreeMap<(String, String), Vec<String>> {
    let mut erasures: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for event in world.log().await {
        if let Some(erasure) = event.data["erasure"].as_str() {
            let name = (event.stream.clone(), erasure.to_owned());
            erasures.entry(name).or_default().push(event.kind);
        }
    }
    erasures
}

async fn what_is_due_expires_once_for_racing_clocks_on_two_replicas(place: Place) {
    let world = World::start(place.clone(), Carrier::local()).await;
    let other = world.replica().await;
    let vault = world.vault().await;
    let people = People::of(&[(UTRECHT, "raiser")], time(START)).await;
    let grounds = [world.service().ground().clone(), other.ground().clone()];
    let executors = grounds.each_ref().map(executor);
    for n in 0..CASES {
        let id = case(&n.to_string());
        let key = u8::try_from(n).unwrap();
        let orders = Orders {
            text: text_of(&vault, &id, key).await,
        };
        for order in ended(&orders, &people, &id) {
            assert_eq!(code(&executors[n % 2].execute(order).await), "stored");
        }
    }
    for (day, each) in DAYS {
        let at = time(day);
        world.clock.set(at);
        // Beside the two services' own clocks; each looks for itself whether it looked today.
        let tickers = (0..4).map(|n| Ticker::new(grounds[n % 2].clone(), executors[n % 2].clone()));
        let tickers: Vec<_> = tickers.collect();
        for ticked in join_all(tickers.iter().map(|ticker| ticker.tick(at))).await {
            ticked.unwrap();
        }
        let done = until("what was ordered is done", async || {
            let erasures = erasures(&world).await;
            erasures
                .values()
                .all(|kinds| kinds.len() > 1)
                .then_some(erasures)
        })
        .await;
        assert_eq!(done.len(), CASES * each, "{day}: {done:?}");
        for (name, kinds) in &done {
            assert_eq!(kinds, &["erasure.ordered", "erasure.completed"], "{name:?}");
        }
    }
    for n in 0..CASES {
        let text = text_of_copy(&world, n).await;
        assert_eq!(vault.unseal_all(&[text]).await.unwrap(), [None]);
    }
    vault.close().await;
    other.stop().await;
}

/// The reason for which a case was withdrawn, as the log holds it.
async fn text_of_copy(world: &World, n: usize) -> journal::vault::Sealed {
    let log = world.log().await;
    let stream = format!("case/case_{n}");
    let mut events = log.iter().filter(|event| event.stream == stream);
    let withdrawn = events.find(|event| event.kind == "case.withdrawn").unwrap();
    journal::vault::Sealed::parse(withdrawn.data["reason"].as_str().unwrap()).unwrap()
}

/// A case that ended at [`START`], on a ground without the rest of a service.
struct Ended {
    ground: Ground,
    executor: Executor,
    orders: Orders,
    people: People,
    id: CaseId,
}

impl Ended {
    async fn on(place: &Place) -> Self {
        let ground = ground(place).await;
        let executor = executor(&ground);
        let who = [(UTRECHT, "raiser"), (UTRECHT, "case_director")];
        let people = People::of(&who, time(START)).await;
        let id = case("0");
        let orders = Orders {
            text: text_of(&ground.vault, &id, 0).await,
        };
        for order in ended(&orders, &people, &id) {
            assert_eq!(code(&executor.execute(order).await), "stored");
        }
        Self {
            ground,
            executor,
            orders,
            people,
            id,
        }
    }

    /// A clock as a service that was just started has it.
    fn ticker(&self) -> Ticker {
        Ticker::new(self.ground.clone(), self.executor.clone())
    }

    async fn tick(&self, ticker: &Ticker, moment: &str) {
        self.ground.clock.set(time(moment));
        ticker.tick(time(moment)).await.unwrap();
    }

    async fn does(&self, message: &str, command: Command) {
        let role = "case_director";
        let order = Order {
            actor: self.people.actor(UTRECHT, role),
            ..self.orders.order(UTRECHT, role, &self.id, message, command)
        };
        assert_eq!(code(&self.executor.execute(order).await), "stored");
    }

    /// What was ordered to be erased.
    async fn ordered(&self) -> Vec<StoredEvent> {
        let log = self.ground.db.read_after(0, 1_000).await.unwrap();
        log.into_iter()
            .filter(|event| event.kind == "erasure.ordered")
            .collect()
    }
}

async fn it_is_looked_for_once_a_day(place: Place) {
    let ended = Ended::on(&place).await;
    let hold = HoldId::parse("hold-1").unwrap();
    let place = Command::PlaceHold(PlaceHold {
        hold: hold.clone(),
        by: organisation(UTRECHT),
        reason: ended.orders.text.clone(),
        until: time("2030-01-01T00:00:00Z"),
    });
    ended.does("hold", place).await;
    let ticker = ended.ticker();
    ended.tick(&ticker, "2028-03-04T08:00:00Z").await;
    assert_eq!(ended.ordered().await.len(), 0, "a hold stands");
    let by = organisation(UTRECHT);
    let lift = Command::LiftHold(LiftHold { hold, by });
    ended.does("lift", lift).await;
    ended.tick(&ticker, "2028-03-04T20:00:00Z").await;
    assert_eq!(ended.ordered().await.len(), 0, "it looked today");
    ended.tick(&ticker, "2028-03-05T08:00:00Z").await;
    assert_eq!(ended.ordered().await.len(), 1);
}

async fn what_is_ordered_has_the_cause_that_another_replica_would_give_it(place: Place) {
    let ended = Ended::on(&place).await;
    ended.tick(&ended.ticker(), "2026-06-04T08:00:00Z").await;
    ended.tick(&ended.ticker(), "2028-03-04T08:00:00Z").await;
    let ordered = ended.ordered().await;
    let causes: Vec<CauseKey> = ordered.into_iter().map(|event| event.cause).collect();
    // Case, day and scope: nothing of whoever looked, and nothing that another would draw itself.
    let tax = r#"{"of":"category","category":"tax","law":"general_tax_act"}"#;
    let expected = [
        format!("{}/2026-06-04/{tax}", ended.id),
        format!(r#"{}/2028-03-04/{{"of":"case"}}"#, ended.id),
    ];
    assert_eq!(causes, expected.map(|it| CauseKey::new("retention", it)));
}

async fn a_case_of_which_everything_is_ordered_is_looked_at_no_more(place: Place) {
    let ended = Ended::on(&place).await;
    let kept = async || views::ended_after(&ended.ground.db, "").await.unwrap();
    let here = [ended.id.to_string()];
    // What goes of one category leaves the rest to be kept.
    ended.tick(&ended.ticker(), "2026-06-04T08:00:00Z").await;
    assert_eq!(ended.ordered().await.len(), 1);
    assert_eq!(kept().await, here);
    ended.tick(&ended.ticker(), "2028-03-04T08:00:00Z").await;
    assert_eq!(ended.ordered().await.len(), 2);
    assert_eq!(kept().await, [""; 0]);
    views::rebuild(&ended.ground.db, &ended.ground.pseudonyms)
        .await
        .unwrap();
    assert_eq!(kept().await, [""; 0], "nor in a view made from the log");
}

async fn keys_of_what_came_in_are_forgotten_a_month_later(place: Place) {
    let ended = Ended::on(&place).await;
    let vault = &ended.ground.vault;
    let mut bodies = Vec::new();
    for (day, key) in [("2026-04-01", 1), ("2026-04-02", 2), ("2026-04-03", 3)] {
        let owner = format!("intake/{day}");
        let sealer = vault.sealer(&owner, time(START), [key; _]).await.unwrap();
        bodies.push(sealer.seal("een bericht", [key; _]).unwrap());
    }
    let left = async || -> Result<Vec<bool>, VaultError> {
        let opened = vault.unseal_all(&bodies).await?;
        Ok(opened.iter().map(Option::is_some).collect())
    };
    // What came in on the first was parked for a day at most, and kept for thirty after that.
    ended.tick(&ended.ticker(), "2026-05-02T08:00:00Z").await;
    assert_eq!(left().await.unwrap(), [true; 3]);
    ended.tick(&ended.ticker(), "2026-05-03T08:00:00Z").await;
    assert_eq!(left().await.unwrap(), [false, true, true]);
    // Days on which nobody looked are caught up.
    ended.tick(&ended.ticker(), "2026-05-20T08:00:00Z").await;
    assert_eq!(left().await.unwrap(), [false; 3]);
}
