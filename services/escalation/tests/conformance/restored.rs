//! The platform's databases are gone, and put back from copies: it catches up with what organisations
//! send again, under the same ids, so that nothing is lost and nobody hears anything twice.

use std::collections::BTreeSet;

use chassis::parties::Parties;
use escalation::{relay, restored, views};
use jiff::ToSpan;
use journal::backup::{Backup, Restoring, erased_of, restore};
use journal::vault::{MasterKey, Sealed};
use journal::{Engine, StoredEvent};
use proto::Pseudonym;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::carrier::Carrier;
use crate::party::{Party, Wire, accept, fact, offer, report};
use crate::place::Place;
use crate::world::{SVB, UTRECHT, World, until};

on_both_engines!(
    a_restored_platform_catches_up_and_nothing_is_lost_or_told_twice,
    a_refusal_after_the_moment_is_told_again,
);

/// What one organisation sent, in its order.
type Sent = Vec<Wire>;

async fn send(party: &mut Party, sent: &mut Sent, event: &str, subject: Option<&str>, data: Value) {
    let wire = party.wire(event, subject, data);
    let id = party.publish(&wire).await;
    sent.push(wire);
    party.stored(&id).await;
}

/// A case that Utrecht reports and offers to the SVB, which accepts and tells something: Utrecht's
/// name for it.
async fn exchange(
    world: &World,
    (utrecht, by_utrecht): (&mut Party, &mut Sent),
    (svb, by_svb): (&mut Party, &mut Sent),
    reference: &str,
) -> String {
    send(
        utrecht,
        by_utrecht,
        "case.reported",
        None,
        report(reference),
    )
    .await;
    let registered = utrecht.hear("case.registered").await;
    let name = Pseudonym::parse(registered.subject.as_deref().unwrap()).unwrap();
    let handoff = world.new_handoff();
    let subject = Some(name.as_str());
    send(
        utrecht,
        by_utrecht,
        "handoff.offered",
        subject,
        offer(handoff, SVB),
    )
    .await;
    let card = svb.hear("handoff.offered").await;
    let theirs = card.subject.clone().unwrap();
    send(
        svb,
        by_svb,
        "handoff.answered",
        Some(&theirs),
        accept(handoff),
    )
    .await;
    send(svb, by_svb, "fact.reported", Some(&theirs), fact(reference)).await;
    utrecht.hear("handoff.answered").await;
    name.to_string()
}

/// Waits until the relay has told everything.
async fn all_is_told(world: &World) {
    until("everything is told", async || {
        let head = world.db().head().await.unwrap();
        let events = world.db().checkpoint(relay::EVENTS).await.unwrap();
        let answers = world.db().checkpoint(relay::ANSWERS).await.unwrap();
        ((events, answers) == (head.position, head.answers)).then_some(())
    })
    .await;
}

/// What happened, by ids that were told to others.
fn told(log: &[StoredEvent]) -> BTreeSet<(String, String, String)> {
    log.iter()
        .map(|event| {
            (
                event.stream.clone(),
                event.kind.clone(),
                event.id.to_string(),
            )
        })
        .collect()
}

/// The first sealed text of a case in a log, opened.
async fn first_text(world: &World, log: &[StoredEvent], stream: &str) -> Option<String> {
    let of_case = log.iter().find(|event| event.stream == stream);
    let text = of_case.unwrap().data["ownReference"].as_str().unwrap();
    let vault = world.vault().await;
    let opened = vault.unseal_all(&[Sealed::parse(text).unwrap()]).await;
    vault.close().await;
    opened.unwrap().remove(0)
}

async fn a_restored_platform_catches_up_and_nothing_is_lost_or_told_twice(place: Place) {
    let engine = place.engine;
    let mut world = World::start(place, Carrier::nats()).await;
    let mut utrecht = world.party(UTRECHT).await;
    let mut svb = world.party(SVB).await;
    let (mut by_utrecht, mut by_svb) = (Sent::new(), Sent::new());
    let both = ((&mut utrecht, &mut by_utrecht), (&mut svb, &mut by_svb));
    exchange(&world, both.0, both.1, "before-1").await;
    let both = ((&mut utrecht, &mut by_utrecht), (&mut svb, &mut by_svb));
    exchange(&world, both.0, both.1, "before-2").await;

    // A backup, while the service runs.
    let shelf = TempDir::new().unwrap();
    let (to, vault_to) = (shelf.path().join("log"), shelf.path().join("vault"));
    let backup = Backup {
        id: Uuid::nil(),
        service: "escalation",
        version: "0.1.0",
        at: world.clock.now(),
        log: &world.place.url,
        vault: &world.place.vault_url,
        others: &[("account", &world.place.account_url)],
        to: &to,
        vault_to: &vault_to,
    };
    let manifest = backup.make().await.unwrap();

    // Life goes on: two more cases, and what was written of the first one is erased.
    let both = ((&mut utrecht, &mut by_utrecht), (&mut svb, &mut by_svb));
    exchange(&world, both.0, both.1, "after-1").await;
    let both = ((&mut utrecht, &mut by_utrecht), (&mut svb, &mut by_svb));
    exchange(&world, both.0, both.1, "after-2").await;
    // Everything that was told has been heard.
    for (party, sent) in [(&mut utrecht, &mut by_utrecht), (&mut svb, &mut by_svb)] {
        all_is_told(&world).await;
        send(party, sent, "heartbeat.sent", None, json!({})).await;
    }
    let heard_before = [utrecht.ids_heard(), svb.ids_heard()];
    let log = world.log().await;
    let erased_case = log[0].stream.clone();
    let vault = world.vault().await;
    let erasure = format!("{erased_case}/erasure/e-1");
    let went = vault
        .erase(&erasure, std::slice::from_ref(&erased_case))
        .await;
    assert!(!went.unwrap().is_empty());
    vault.close().await;
    assert_eq!(first_text(&world, &log, &erased_case).await, None);
    let erased = erased_of(&world.place.vault_url).await.unwrap();
    assert!(manifest.log.position < log.last().unwrap().position);

    // Everything is gone, the broker with it, and put back.
    world.crash();
    world.carrier = world.carrier.afresh();
    let back = match engine {
        Engine::Sqlite => Place::sqlite(),
        Engine::Postgres => Place::postgres().await,
    };
    let lost = std::mem::replace(&mut world.place, back.clone());
    let accounts = [("account", back.account_url.as_str())];
    let put_back = restore(Restoring {
        service: "escalation",
        from: &to,
        vault_from: &vault_to,
        log: &back.url,
        vault: &back.vault_url,
        others: &accounts,
        master: MasterKey::from_bytes([1; 32]),
        erased: &erased,
    });
    let put_back = put_back.await.unwrap();
    assert!(put_back.erased_again > 0);
    assert_eq!(Vec::from_iter(put_back.unknown_erasures), [erasure]);
    let db = escalation::open_log(&back.url).await.unwrap();
    restored::erase_again(&db).await.unwrap();
    let counts = restored::last_counts(&db).await.unwrap();
    db.close().await;
    assert_eq!(
        counts,
        [(UTRECHT.to_owned(), 4), (SVB.to_owned(), 4)],
        "two events of each for each case"
    );

    world.start_again().await;
    utrecht.move_to(&world.carrier).await;
    svb.move_to(&world.carrier).await;
    assert_eq!(world.log().await.len() as i64, manifest.log.position);
    // Somebody sends something new first: it waits for what has to come again.
    let wire = utrecht.wire("heartbeat.sent", None, json!({}));
    utrecht.publish(&wire).await;
    world.wait_for_waiting(1).await;
    for (party, sent) in [(&mut utrecht, &by_utrecht), (&mut svb, &by_svb)] {
        for wire in sent.iter().skip(4) {
            party.publish(wire).await;
        }
    }
    until("everything is there again", async || {
        let all = world.log().await.len() >= log.len();
        (all && world.waiting().await.is_empty()).then_some(())
    })
    .await;

    // The same log, event by event; so nobody hears of anything under another id.
    let again = world.log().await;
    assert_eq!(told(&again), told(&log));
    all_is_told(&world).await;
    for (party, before) in [&mut utrecht, &mut svb].into_iter().zip(&heard_before) {
        let letters = party.everything().await;
        let (same, others): (Vec<_>, Vec<_>) = letters
            .into_iter()
            .partition(|letter| before.contains(&letter.id));
        assert!(same.len() > 4, "what was told after the copy is told again");
        // But for the answers to signs of life that were not there before.
        let others: Vec<String> = others
            .into_iter()
            .map(|letter| letter.type_.event)
            .filter(|event| event != "input.stored")
            .collect();
        assert_eq!(others, Vec::<String>::new(), "of {} before", before.len());
    }
    assert!(world.quarantine().await.is_empty());
    // Views hold what the log says, and what was erased stays erased.
    let shown = world.place.views().await;
    let pseudonyms = &world.service().ground().pseudonyms;
    views::rebuild(world.db(), pseudonyms).await.unwrap();
    assert_eq!(world.place.views().await, shown);
    assert_eq!(first_text(&world, &again, &erased_case).await, None);
    let kept = again
        .iter()
        .rev()
        .find(|event| event.kind == "case.reported");
    let kept = kept.unwrap().stream.clone();
    let text = first_text(&world, &again, &kept).await;
    assert_eq!(text.as_deref(), Some("after-2"));

    // An organisation that lost its own is told again, under the ids of before.
    let since = world.clock.now();
    world.stop().await;
    world.carrier = world.carrier.afresh();
    let db = escalation::open_log(&back.url).await.unwrap();
    let parties = Parties::embedded().unwrap();
    assert_eq!(restored::tell_again(&db, &parties, since).await.unwrap(), 0);
    db.close().await;
    world.start_again().await;
    svb.move_to(&world.carrier).await;
    all_is_told(&world).await;
    let letters = svb.everything().await;
    for event in ["handoff.offered", "handoff.opened"] {
        let of_this = letters.iter().filter(|letter| letter.type_.event == event);
        let known = of_this.filter(|letter| heard_before[1].contains(&letter.id));
        assert_eq!(known.count(), 4, "{event}");
    }

    world.stop().await;
    if engine == Engine::Postgres {
        back.remove().await;
    }
    drop(lost);
}

/// A refusal has no place in the log by which it could be told when it was given.
async fn a_refusal_after_the_moment_is_told_again(place: Place) {
    let mut world = World::start(place, Carrier::nats()).await;
    let mut utrecht = world.party(UTRECHT).await;
    let wrong = || json!({"actedBy": {"role": "raiser", "personRef": "p-1"}});
    let before = utrecht.send("case.reported", None, report("Z-1")).await;
    utrecht.stored(&before).await;
    let refused_before = utrecht.send("case.reported", None, wrong()).await;
    utrecht.refused(&refused_before).await;
    world.clock.set(world.clock.now() + 1.hour());
    let since = world.clock.now();
    let refused_after = utrecht.send("case.reported", None, wrong()).await;
    utrecht.refused(&refused_after).await;
    let after = utrecht.send("case.reported", None, report("Z-2")).await;
    utrecht.stored(&after).await;
    all_is_told(&world).await;
    world.stop().await;

    world.carrier = world.carrier.afresh();
    let db = escalation::open_log(&world.place.url).await.unwrap();
    let parties = Parties::embedded().unwrap();
    let told = restored::tell_again(&db, &parties, since).await.unwrap();
    assert_eq!(told, 1, "the first case stands before the moment");
    // It may have been given before or after it, so it is told as well.
    assert_eq!(db.checkpoint(relay::ANSWERS).await.unwrap(), 1);
    db.close().await;
    world.start_again().await;
    utrecht.move_to(&world.carrier).await;
    for refused in [&refused_before, &refused_after] {
        utrecht.refused(refused).await;
    }
    utrecht.stored(&after).await;
    world.stop().await;
}
