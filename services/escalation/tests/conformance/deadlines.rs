//! Deadlines: each falls due once, at its own time, however many clocks look.

use std::collections::BTreeSet;

use escalation::clock::Ticker;
use escalation::views::{self, AfterDeadline};
use futures::future::join_all;
use jiff::{Timestamp, ToSpan};
use ladder::HandoffKind;

use crate::carrier::Carrier;
use crate::orders::{Orders, case, code, executor, sealed};
use crate::place::Place;
use crate::world::{SVB, UTRECHT, World, time};

on_both_engines!(
    a_deadline_falls_due_once_for_two_racing_clocks,
    deadlines_of_one_moment_are_read_page_by_page,
);

const CASES: usize = 12;

async fn a_deadline_falls_due_once_for_two_racing_clocks(place: Place) {
    let world = World::start(place.clone(), Carrier::local()).await;
    let other = world.replica().await;
    let orders = Orders {
        text: sealed(&place).await,
    };
    let grounds = [world.service().ground().clone(), other.ground().clone()];
    let executors = grounds.each_ref().map(executor);
    let tickers: Vec<_> = grounds
        .iter()
        .zip(&executors)
        .map(|(ground, executor)| Ticker::new(ground.clone(), executor.clone()))
        .collect();
    for n in 0..CASES {
        let id = case(&n.to_string());
        let report = orders.report(&id, &format!("r{n}"));
        assert_eq!(code(&executors[0].execute(report).await), "stored");
        let offer = orders.offer(&id, &format!("h{n}"), HandoffKind::Ownership, SVB);
        assert_eq!(code(&executors[1].execute(offer).await), "stored");
    }
    // Five working days from Monday 09:00 in Amsterdam, and half of that time.
    let remind_at = time("2026-03-05T20:00:00Z");
    let answer_by = time("2026-03-09T08:00:00Z");
    assert_eq!(
        views::next_deadline(world.db()).await.unwrap(),
        Some(remind_at)
    );

    // Five working days later the process climbs, unless somebody has done something by then.
    let climb_at = time("2026-03-16T08:00:00Z");
    for (at, rest) in [(remind_at, answer_by), (answer_by, climb_at)] {
        world.clock.set(at);
        // Beside the two services' own clocks, which the same moment wakes.
        let racing = (0..3).flat_map(|_| tickers.iter().map(|ticker| ticker.tick(at)));
        for ticked in join_all(racing).await {
            ticked.unwrap();
        }
        assert_eq!(views::next_deadline(world.db()).await.unwrap(), Some(rest));
    }

    let log = world.log().await;
    for n in 0..CASES {
        let fell_due: Vec<(&str, Timestamp)> = log
            .iter()
            .filter(|event| event.stream == format!("case/case_{n}"))
            .filter(|event| event.cause.sender == "clock")
            .map(|event| (event.kind.as_str(), event.at))
            .collect();
        assert_eq!(
            fell_due,
            [
                ("handoff.reminded", remind_at),
                ("handoff.expired", answer_by)
            ]
        );
        let parts = views::parts_of(world.db(), &format!("case_{n}"))
            .await
            .unwrap();
        let owners: Vec<_> = parts.iter().filter(|(_, part)| part == "owner").collect();
        assert_eq!(owners, [&(UTRECHT.to_owned(), "owner".to_owned())]);
    }
    other.stop().await;
}

async fn deadlines_of_one_moment_are_read_page_by_page(place: Place) {
    let world = World::start(place.clone(), Carrier::local()).await;
    let executor = executor(world.service().ground());
    let orders = Orders {
        text: sealed(&place).await,
    };
    for n in 0..CASES {
        let id = case(&n.to_string());
        let report = orders.report(&id, &format!("r{n}"));
        assert_eq!(code(&executor.execute(report).await), "stored");
        let offer = orders.offer(&id, &format!("h{n}"), HandoffKind::Ownership, SVB);
        assert_eq!(code(&executor.execute(offer).await), "stored");
    }
    let remind_at = views::next_deadline(world.db()).await.unwrap().unwrap();
    let before = remind_at - 1.microsecond();

    let mut read = Vec::new();
    loop {
        let last = read.last().map(AfterDeadline::Deadline);
        let after = last.unwrap_or(AfterDeadline::Moment(before));
        let page = views::deadlines_between(world.db(), after, remind_at, 5).await;
        let page = page.unwrap();
        if page.is_empty() {
            break;
        }
        read.extend(page);
    }
    let seen: BTreeSet<String> = read.iter().map(|one| one.subject.to_string()).collect();
    let all: BTreeSet<String> = (0..CASES).map(|n| format!("case/case_{n}")).collect();
    assert_eq!((read.len(), seen), (CASES, all));
    let none = views::deadlines_between(world.db(), AfterDeadline::Moment(remind_at), remind_at, 5);
    assert_eq!(none.await.unwrap(), []);
}
