//! Whatever somebody with full rights on the platform's database does to the log, a party finds it on
//! its own copy, and the operator's own check does unless everything was rewritten, with the key.

use escalation::checkpoints::Notary;
use proto::Oin;

use crate::attacks::ATTACKS;
use crate::place::Place;
use crate::world::{PLATFORM, World, settings, until};

on_both_engines!(
    an_honest_log_is_accepted,
    every_edit_is_found,
    an_edited_tree_or_checkpoint_is_found,
    a_log_that_was_rewritten_whole_is_found_by_the_party,
    what_is_erased_changes_no_leaf,
);

/// Two checkpoints, reports of the municipality under each, and the contacts of all registers.
async fn world(place: Place) -> World {
    let world = World::start(place).await;
    world.report("ZAAK-1").await;
    world.report("ZAAK-2").await;
    let first = world.checkpoint().await;
    world.report("ZAAK-3").await;
    assert_eq!(world.checkpoint().await, first + 1);
    world
}

/// Nothing is found; gives how many events the log has.
async fn accepted(world: &World) -> u64 {
    let (report, audit) = (world.verify().await, world.audit().await);
    assert_eq!(report.differences, Vec::<String>::new(), "{}", world.now());
    assert_eq!(audit.differences, Vec::new());
    assert_eq!((report.checkpoints, audit.checkpoints), (2, 2));
    assert_eq!((report.own, report.waiting, report.unknown), (3, 0, 0));
    assert_eq!(report.hashed, report.newest);
    assert!(report.to_string().ends_with("\nverified"));
    audit.events
}

async fn an_honest_log_is_accepted(place: Place) {
    let world = world(place).await;
    let events = accepted(&world).await;
    assert!(events > 3, "events of others are in it, too: {events}");
    // What came since is not covered yet, and is not held against anybody.
    world.report("ZAAK-4").await;
    let report = world.verify().await;
    assert_eq!((report.own, report.waiting), (3, 1));
    assert_eq!(report.differences, Vec::<String>::new());
    world.stop().await;
}

async fn every_edit_is_found(place: Place) {
    let world = world(place).await;
    let last = accepted(&world).await;
    let mut attacker = world.place.attacker().await;
    let own = attacker
        .number("select min(position) from journal_event where kind = 'case.reported'")
        .await;
    attacker.keep().await;
    // An event of the municipality's own, and one of somebody else.
    for position in [own, 2] {
        for attack in ATTACKS {
            // Nobody sent a message for an entry of a party file.
            if position == 2 && attack.what == "edit the digest of a message" {
                continue;
            }
            let sql = attack.sql.replace("{p}", &position.to_string());
            attacker
                .run(&sql.replace("{last}", &last.to_string()))
                .await;
            let (report, audit) = (world.verify().await, world.audit().await);
            let what = format!("{} at {position}", attack.what);
            assert_ne!(
                report.differences,
                Vec::<String>::new(),
                "{what}: the party"
            );
            assert!(report.to_string().contains("NOT verified"), "{what}");
            let with_checkpoints = attack.sql.contains("signed_checkpoint");
            assert_eq!(audit.differences.is_empty(), with_checkpoints, "{what}");
            attacker.restore().await;
        }
    }
    assert_eq!(accepted(&world).await, last);
    world.stop().await;
}

async fn an_edited_tree_or_checkpoint_is_found(place: Place) {
    let world = world(place).await;
    accepted(&world).await;
    let mut attacker = world.place.attacker().await;
    attacker.keep().await;
    let other = transparency::sha256(b"another").to_string();
    for (table, part) in [
        ("journal_merkle_node", "hash = '{other}' where level = 0"),
        ("journal_merkle_node", "hash = '{other}' where level = 1"),
        ("signed_checkpoint", "root = '{other}'"),
        ("signed_checkpoint", "size = size + 100"),
        ("signed_checkpoint", "note = replace(note, 'urn:', 'urx:')"),
    ] {
        let part = part.replace("{other}", &other);
        attacker.run(&format!("update {table} set {part}")).await;
        let audit = world.audit().await;
        assert_ne!(audit.differences, Vec::new(), "{table}: {part}");
        attacker.restore().await;
    }
    accepted(&world).await;
    world.stop().await;
}

/// The strongest attack: the operator itself, with the key, makes a log, a tree and a checkpoint that
/// fit each other. Only who kept the checkpoints of before knows better.
async fn a_log_that_was_rewritten_whole_is_found_by_the_party(place: Place) {
    let world = world(place).await;
    let last = accepted(&world).await;
    let mut attacker = world.place.attacker().await;
    attacker
        .run(
            "update journal_event set actor = '{}' where position = 2;
             delete from journal_merkle_node; delete from signed_checkpoint;",
        )
        .await;
    let db = world.platform.ground().db.clone();
    let platform = Oin::parse(PLATFORM).unwrap();
    let notary = Notary::new(db, world.clock.clone(), &platform, Some(settings())).unwrap();
    until("it is signed again", async || {
        // The platform's own notary may have been quicker.
        notary.look().await.ok()?;
        let audit = world.audit().await;
        (audit.checkpoints == 1).then_some(())
    })
    .await;
    let audit = world.audit().await;
    assert_eq!((audit.events, audit.differences), (last, Vec::new()));
    let report = world.verify().await;
    assert_ne!(report.differences, Vec::<String>::new());

    // Sent out as if nothing had been, it is an alarm by itself.
    attacker
        .run("delete from journal_checkpoint where follower = 'relay.checkpoints'")
        .await;
    let found = until("the municipality's inbox shows it", async || {
        let found = world.own("/v1/inbox").await["checkpoints"].clone();
        (found.as_array().map(Vec::len) == Some(1)).then(|| found[0].clone())
    })
    .await;
    assert_eq!(found["state"], "forked");
    assert_eq!(found["size"], last);
    world.stop().await;
}

/// Keys are kept apart from the log: what cannot be read any more is still what was signed.
async fn what_is_erased_changes_no_leaf(place: Place) {
    let world = world(place).await;
    sqlx::any::install_default_drivers();
    let mut vault = <sqlx::AnyConnection as sqlx::Connection>::connect(&world.place.vault)
        .await
        .unwrap();
    let erased = sqlx::query("delete from vault_key")
        .execute(&mut vault)
        .await
        .unwrap();
    assert!(erased.rows_affected() > 0);
    accepted(&world).await;
    world.stop().await;
}
