use care_provider::{CareProvider, NEED_PRESENT};
use serde_json::{Value, json};
use tax_office::TaxOffice;

use super::support::{
    BELLA, BROTHER, HANDOFF, Platform, Running, SPIRIT, TAX_OFFICE, UTRECHT, World, answered, card,
};

/// The handoff was accepted on the platform; the identity is relayed.
async fn accepted_on_the_platform(
    world: &World,
    platform: &mut Platform,
    party: &Running,
    number: &str,
    bsn: &str,
) {
    let to = &party.oin;
    platform
        .tell(to, "handoff.offered", Some("ps-x1"), card(HANDOFF))
        .await;
    let told = answered(HANDOFF, "accepted", number);
    platform
        .tell(to, "handoff.answered", Some("ps-x1"), told)
        .await;
    let persons = json!({ "persons": [{ "personKey": "x", "role": "data_subject", "bsn": bsn }] });
    let sealed = proto::sealed::seal_for(
        &world.public_key(number),
        HANDOFF.as_bytes(),
        persons.to_string().as_bytes(),
        &mut world.entropy().rng(),
    )
    .expect("sealed");
    let data = json!({ "handoff": HANDOFF, "from": UTRECHT, "sealed": sealed });
    platform
        .tell(to, "identity.shared", Some("ps-x1"), data)
        .await;
    party.has_received(3).await;
}

fn allowance_stopped() -> Value {
    json!({
        "bsn": BELLA, "allowance": "child_budget", "since": "2026-02-01",
        "follows": "child_benefit",
    })
}

#[tokio::test]
async fn tax_data_stays_inside_until_its_exemption_is_registered() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let party = TaxOffice::built_in().expect("a valid rule");
    let office = world.start(TAX_OFFICE, party).await;
    office
        .hand_in("allowance.stopped", allowance_stopped())
        .await;
    accepted_on_the_platform(&world, &mut platform, &office, TAX_OFFICE, BELLA).await;
    platform.hears_nothing().await;
    assert_eq!(office.get("/v1/inbox").await["notMatched"], json!([]));

    world.now("2026-03-06T13:00:00Z");
    let exemption =
        |scope: &str| json!({ "article": "AWR 67.3", "scope": [scope], "from": "2026-03-06" });
    let fresh = world.token(TAX_OFFICE, &["agency_liaison"]);
    for scope in ["rent_allowance", "child_budget"] {
        platform.hears_nothing().await;
        let body = json!({ "type": "exemption.registered", "data": exemption(scope) });
        office.post_as(&fresh, "/v1/events", &body).await;
    }
    let fact = platform.takes("fact.reported").await;
    assert_eq!(fact.subject.as_deref(), Some("ps-x1"));
    assert_eq!(fact.time.to_string(), "2026-03-06T13:00:00Z");
    assert_eq!(
        fact.data,
        json!({
            "actedBy": { "role": "agency_liaison", "personRef": "platform" },
            "category": "tax",
            "law": "child_budget_act",
            "rule": "child_budget_follows_child_benefit",
            "summary": "Het kindgebonden budget is gestopt, omdat de kinderbijslag is gestopt.",
            "since": "2026-02-01",
            "legalBasis": "awr_67_3",
        })
    );
    platform.hears_nothing().await;
}

#[tokio::test]
async fn care_says_need_present_and_more_only_on_a_recorded_ground() {
    let world = World::new().await;
    let mut platform = world.platform().await;
    let spirit = world.start(SPIRIT, CareProvider).await;
    spirit
        .hand_in(
            "care.provided",
            json!({
                "bsn": BROTHER, "need": "autisme", "since": "2025-06-01",
                "details": "een half jaar inwonende begeleiding",
            }),
        )
        .await;
    accepted_on_the_platform(&world, &mut platform, &spirit, SPIRIT, BROTHER).await;
    let said = platform.takes("fact.reported").await;
    assert_eq!(
        said.data,
        json!({
            "actedBy": { "role": "agency_liaison", "personRef": "platform" },
            "category": "care",
            "law": "medical_treatment_act",
            "summary": NEED_PRESENT,
            "since": "2026-03-02",
            "legalBasis": "care_need_present",
        })
    );
    platform.hears_nothing().await;

    let ground = json!({ "bsn": BROTHER, "ground": "consent" });
    spirit.hand_in("ground.recorded", ground).await;
    let more = platform.takes("fact.reported").await;
    assert_eq!(more.data["category"], "health");
    assert_eq!(
        more.data["summary"],
        "autisme: een half jaar inwonende begeleiding"
    );
    assert_eq!(more.data["legalBasis"], "care_consent");
    platform.hears_nothing().await;
}
