use municipality::Municipality;
use proto::Envelope;
use serde_json::{Value, json};
use svb::Svb;

use super::support::{
    BELLA, BROTHER, HANDOFF, Lines, OTHER_HANDOFF, Platform, Running, SVB, UTRECHT, World,
    answered, card, offer, report,
};

fn stopped() -> Value {
    json!({
        "bsn": BELLA, "childBsn": BROTHER, "benefit": "child_benefit", "since": "2026-01-01",
        "cause": "no_parent_or_guardian",
    })
}

async fn register(utrecht: &Running, key: &str, bsn: &str, name: &str, born: &str) {
    let person = json!({
        "ownReference": "Z-1", "personKey": key, "role": "data_subject", "bsn": bsn,
        "name": name, "birthDate": born,
    });
    utrecht.hand_in("person.registered", person).await;
}

async fn register_household(utrecht: &Running) {
    register(utrecht, "bella", BELLA, "Bella de Vries", "2003-05-17").await;
    register(utrecht, "brother", BROTHER, "Sam Jansen", "2014-03-04").await;
}

/// Utrecht reports and offers; the SVB accepts through its own system; the answer is relayed.
/// Gives the sealed identity as Utrecht sent it.
async fn until_identity(platform: &mut Platform, utrecht: &Running, svb: &Running) -> Envelope {
    utrecht.hand_in("case.reported", report("Z-1")).await;
    platform.takes("case.reported").await;
    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", None, registered)
        .await;
    utrecht
        .hand_in("handoff.offered", offer("Z-1", HANDOFF, SVB))
        .await;
    platform.takes("handoff.offered").await;
    platform
        .tell(&svb.oin, "handoff.offered", Some("ps-s1"), card(HANDOFF))
        .await;
    svb.has_received(1).await;
    svb.hand_in(
        "handoff.answered",
        json!({
            "actedBy": { "role": "agency_liaison", "personRef": "ine" },
            "handoff": HANDOFF, "answer": "accepted",
        }),
    )
    .await;
    platform.takes("handoff.answered").await;
    let told = answered(HANDOFF, "accepted", SVB);
    platform
        .tell(
            &utrecht.oin,
            "handoff.answered",
            Some("ps-u1"),
            told.clone(),
        )
        .await;
    platform
        .tell(&svb.oin, "handoff.answered", Some("ps-s1"), told)
        .await;
    platform.takes("identity.shared").await
}

async fn relay(platform: &Platform, svb: &Running, identity: &Envelope) {
    let data = json!({ "handoff": HANDOFF, "from": UTRECHT, "sealed": identity.data["sealed"] });
    platform
        .tell(&svb.oin, "identity.shared", Some("ps-s1"), data)
        .await;
}

#[tokio::test]
async fn after_acceptance_the_identity_goes_sealed_and_the_held_fact_comes_back() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    platform.hears_nothing().await;

    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    assert_eq!(identity.source.oin, utrecht.oin);
    assert_eq!(identity.subject.as_deref(), Some("ps-u1"));
    assert_eq!(identity.data["to"], SVB);
    assert_eq!(
        identity.data["actedBy"],
        json!({ "role": "case_director", "personRef": "carla" })
    );
    let on_the_wire = String::from_utf8(identity.encode().expect("an event")).expect("JSON");
    for secret in [BELLA, BROTHER, "Bella de Vries", "Sam"] {
        assert!(!on_the_wire.contains(secret));
    }

    let read = world.open(SVB, HANDOFF, &identity.data["sealed"]);
    assert_eq!(read["persons"][1]["bsn"], BROTHER);

    relay(&platform, &svb, &identity).await;
    let fact = platform.takes("fact.reported").await;
    assert_eq!(fact.source.oin, svb.oin);
    assert_eq!(fact.subject.as_deref(), Some("ps-s1"));
    assert_eq!(
        fact.data,
        json!({
            "actedBy": { "role": "agency_liaison", "personRef": "ine" },
            "category": "finance",
            "law": "child_benefit_act",
            "rule": "child_benefit_requires_parent_or_guardian",
            "summary": "De kinderbijslag is gestopt: degene die voor het kind zorgt, is geen \
                        ouder of voogd.",
            "since": "2026-01-01",
            "legalBasis": "svb_own_task",
        })
    );
    // Shared once more (another handoff, a repetition): nothing leaves twice.
    relay(&platform, &svb, &identity).await;
    platform.hears_nothing().await;
    assert_eq!(svb.get("/v1/inbox").await["notMatched"], json!([]));
}

#[tokio::test]
async fn a_fact_that_is_learned_after_the_match_leaves_at_once() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    let mut other = stopped();
    other["benefit"] = json!("survivors_pension");
    other["cause"] = json!("income");
    svb.hand_in("benefit.stopped", other).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    relay(&platform, &svb, &identity).await;
    let first = platform.takes("fact.reported").await;
    assert_eq!(first.data["rule"], "survivors_pension_income_limit");

    svb.hand_in("benefit.stopped", stopped()).await;
    let second = platform.takes("fact.reported").await;
    assert_eq!(
        second.data["rule"],
        "child_benefit_requires_parent_or_guardian"
    );

    let ended = json!({ "reason": "closed" });
    platform
        .tell(&svb.oin, "access.ended", Some("ps-s1"), ended)
        .await;
    svb.sees_its_case("access", &json!(false)).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    platform.hears_nothing().await;
}

#[tokio::test]
async fn nothing_is_said_in_a_case_that_is_closed() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    relay(&platform, &svb, &identity).await;
    platform.takes("fact.reported").await;

    let closed = json!({
        "rung": "local_table", "tier": "local", "outcome": "solved_within_rules",
    });
    platform
        .tell(&svb.oin, "case.closed", Some("ps-s1"), closed)
        .await;
    svb.sees_its_case("state", &json!("closed")).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    platform.hears_nothing().await;
}

#[tokio::test]
async fn not_known_here_is_seen_at_home_and_sent_nowhere() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    relay(&platform, &svb, &identity).await;
    assert_eq!(
        svb.inbox_has("notMatched").await,
        json!([{
            "handoff": HANDOFF, "pseudonym": "ps-s1", "result": "not_known_here",
            "at": "2026-03-02T09:00:00Z",
        }])
    );
    platform.hears_nothing().await;
}

#[tokio::test]
async fn an_identity_sealed_for_somebody_else_stays_shut() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    let persons =
        json!({ "persons": [{ "personKey": "b", "role": "data_subject", "bsn": BELLA }] });
    let sealed = proto::sealed::seal_for(
        &world.public_key(UTRECHT),
        HANDOFF.as_bytes(),
        persons.to_string().as_bytes(),
        &mut world.entropy().rng(),
    )
    .expect("sealed");
    let data = json!({ "handoff": HANDOFF, "from": UTRECHT, "sealed": sealed });
    platform
        .tell(&svb.oin, "identity.shared", Some("ps-s1"), data)
        .await;
    svb.has_received(1).await;
    assert_eq!(
        svb.get("/v1/inbox").await["notMatched"][0]["result"],
        "unreadable"
    );
    platform.hears_nothing().await;
}

#[tokio::test]
async fn without_a_right_to_the_number_it_is_not_sent() {
    let world = World::with_bsn_for(&[UTRECHT]).await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    let read = world.open(SVB, HANDOFF, &identity.data["sealed"]);
    assert_eq!(
        read["persons"][0],
        json!({
            "personKey": "bella", "role": "data_subject", "name": "Bella de Vries",
            "birthDate": "2003-05-17",
        })
    );
    relay(&platform, &svb, &identity).await;
    // The SVB knows these people by number only, so it recognises nobody.
    let seen = svb.inbox_has("notMatched").await;
    assert_eq!(seen[0]["result"], "not_known_here");
}

#[tokio::test]
async fn an_identity_waits_until_somebody_is_registered_in_the_case() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    utrecht
        .hand_in("handoff.offered", offer("Z-1", HANDOFF, SVB))
        .await;
    platform.takes("case.reported").await;
    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", None, registered)
        .await;
    platform.takes("handoff.offered").await;
    let told = answered(HANDOFF, "accepted", SVB);
    platform
        .tell(&utrecht.oin, "handoff.answered", Some("ps-u1"), told)
        .await;
    platform.hears_nothing().await;
    register(&utrecht, "bella", BELLA, "Bella de Vries", "2003-05-17").await;
    platform.takes("identity.shared").await;
}

#[tokio::test]
async fn only_what_this_organisation_offered_makes_it_tell_who_the_people_are() {
    let world = World::new().await;
    let platform = &mut world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    register_household(&utrecht).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    platform.takes("case.reported").await;
    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", None, registered)
        .await;
    // Somebody else's offer in Utrecht's case.
    let told = answered(OTHER_HANDOFF, "accepted", SVB);
    platform
        .tell(&utrecht.oin, "handoff.answered", Some("ps-u1"), told)
        .await;
    platform.hears_nothing().await;
    // A colleague's offer, made on the platform.
    platform
        .tell(
            &utrecht.oin,
            "handoff.offered",
            Some("ps-u1"),
            card(HANDOFF),
        )
        .await;
    let told = answered(HANDOFF, "accepted", SVB);
    platform
        .tell(&utrecht.oin, "handoff.answered", Some("ps-u1"), told)
        .await;
    let identity = platform.takes("identity.shared").await;
    assert_eq!(
        identity.data["actedBy"],
        json!({ "role": "case_director", "personRef": "platform" })
    );
}

#[tokio::test]
async fn a_declined_handoff_shares_nothing() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    register_household(&utrecht).await;
    utrecht.hand_in("case.reported", report("Z-1")).await;
    utrecht
        .hand_in("handoff.offered", offer("Z-1", HANDOFF, SVB))
        .await;
    platform.takes("case.reported").await;
    let registered = json!({ "ownReference": "Z-1", "pseudonym": "ps-u1" });
    platform
        .tell(&utrecht.oin, "case.registered", None, registered)
        .await;
    platform.takes("handoff.offered").await;
    let mut told = answered(HANDOFF, "declined", SVB);
    told["reason"] = json!("no_power");
    platform
        .tell(&utrecht.oin, "handoff.answered", Some("ps-u1"), told)
        .await;
    platform.hears_nothing().await;
}

#[tokio::test]
async fn no_log_line_holds_personal_data() {
    let (lines, _guard) = Lines::keep();
    let world = World::new().await;
    let mut platform = world.platform().await;
    let utrecht = world.start(UTRECHT, Municipality).await;
    let svb = world.start(SVB, Svb).await;
    svb.hand_in("benefit.stopped", stopped()).await;
    register_household(&utrecht).await;
    let identity = until_identity(&mut platform, &utrecht, &svb).await;
    relay(&platform, &svb, &identity).await;
    platform.takes("fact.reported").await;

    let text = lines.text();
    assert!(text.contains("handed in"), "there are log lines");
    for secret in [
        BELLA,
        BROTHER,
        "Bella",
        "Sam Jansen",
        "Kijkt u mee",
        "gestopt",
        "p-7f3a",
    ] {
        assert!(!text.contains(secret), "a log line holds {secret}");
    }
}
