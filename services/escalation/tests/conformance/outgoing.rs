//! The lines of letters that wait: without gaps, once each, also when two replicas record the same
//! page.

use escalation::relay::outgoing::{self, Line, Origin};
use escalation::relay::sent::{self, Sent, Way};
use journal::Db;
use proto::Oin;

use crate::place::Place;
use crate::world::{SVB, UTRECHT, oin, time};

async fn open(place: &Place) -> Db {
    let migrations = escalation::service::migrations();
    Db::open(&place.url, migrations).await.unwrap()
}

fn letter(to: &Oin, nth: i64) -> Sent {
    Sent {
        organisation: to.clone(),
        message: format!("letter-{nth}"),
        event: "input.stored".to_owned(),
        case: None,
        at: time("2026-03-02T08:00:00Z"),
        way: Way::Line(Origin::Answer(nth)),
    }
}

async fn positions(db: &Db, to: &Oin, after: i64) -> Vec<(i64, Origin)> {
    let entries = outgoing::after(db, to, after, 1_000).await.unwrap();
    let positions = entries.iter().map(|entry| (entry.position, entry.origin));
    positions.collect()
}

async fn a_page_that_two_replicas_record_waits_once_and_in_its_order(place: Place) {
    let (one, other) = (open(&place).await, open(&place).await);
    let (utrecht, svb) = (oin(UTRECHT), oin(SVB));
    let now = time("2026-03-02T08:00:00Z");
    for page in [1..=40, 41..=80] {
        let letters: Vec<Sent> = page
            .clone()
            .flat_map(|nth| [letter(&utrecht, nth), letter(&svb, nth)])
            .collect();
        let record = |db: &Db| {
            let db = db.clone();
            let letters = &letters;
            let end = *page.end();
            async move { sent::record(&db, letters, "relay.answers", end, now).await }
        };
        let (first, second) = futures::join!(record(&one), record(&other));
        first.unwrap();
        second.unwrap();
    }
    let all: Vec<_> = (1..=80).map(|nth| (nth, Origin::Answer(nth))).collect();
    for to in [&utrecht, &svb] {
        assert_eq!(positions(&other, to, 0).await, all);
    }
    outgoing::confirm(&one, &utrecht, 30).await.unwrap();
    outgoing::confirm(&other, &utrecht, 10).await.unwrap();
    assert_eq!(positions(&one, &utrecht, 0).await, all[30..]);
    assert_eq!(positions(&one, &svb, 0).await, all);
    let waits = outgoing::undelivered(&one).await.unwrap();
    let waits: Vec<_> = waits
        .iter()
        .map(|it| (it.organisation.as_str(), it.letters))
        .collect();
    assert_eq!(waits, [(UTRECHT, 50), (SVB, 80)]);

    // What was confirmed or let go does not come back, whoever records it again.
    assert_eq!(outgoing::expire(&one, now).await.unwrap(), 2);
    let again = [letter(&utrecht, 5), letter(&utrecht, 81)];
    sent::record(&other, &again, "relay.answers", 81, now)
        .await
        .unwrap();
    assert_eq!(
        positions(&one, &utrecht, 0).await,
        [(81, Origin::Answer(81))]
    );
    let line = outgoing::line(&one, &utrecht).await.unwrap();
    let expected = Line {
        last: 81,
        confirmed: 30,
        expired: 80,
    };
    assert_eq!(line, expected);
    one.close().await;
    other.close().await;
}

/// Told again, for an organisation that was put back: it was recorded the first time.
async fn what_the_bus_has_no_room_for_waits_however_often_it_is_told(place: Place) {
    let db = open(&place).await;
    let svb = oin(SVB);
    let now = time("2026-03-02T08:00:00Z");
    let told = |way: fn(Origin) -> Way, nth| Sent {
        way: way(Origin::Answer(nth)),
        ..letter(&svb, nth)
    };
    let on_the_bus = [told(|_| Way::Bus, 1), told(|_| Way::Bus, 2)];
    let behind = [told(Way::Behind, 1), told(Way::Behind, 2)];
    for page in [&on_the_bus, &behind, &behind] {
        sent::record(&db, page, "relay.answers", 2, now)
            .await
            .unwrap();
    }
    let waits = [(1, Origin::Answer(1)), (2, Origin::Answer(2))];
    assert_eq!(positions(&db, &svb, 0).await, waits);
    assert_eq!(sent::counts(&db).await.unwrap(), [(SVB.to_owned(), 2)]);
    db.close().await;
}

on_both_engines!(
    a_page_that_two_replicas_record_waits_once_and_in_its_order,
    what_the_bus_has_no_room_for_waits_however_often_it_is_told,
);
