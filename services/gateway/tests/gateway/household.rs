//! Bella's household, until the SVB has its identity.

use proto::Envelope;
use serde_json::{Value, json};

use super::support::{
    BELLA, BROTHER, HANDOFF, Platform, Running, SVB, UTRECHT, answered, card, offer, report,
};

pub(crate) fn stopped() -> Value {
    json!({
        "bsn": BELLA, "childBsn": BROTHER, "benefit": "child_benefit", "since": "2026-01-01",
        "cause": "no_parent_or_guardian",
    })
}

pub(crate) async fn register(utrecht: &Running, key: &str, bsn: &str, name: &str, born: &str) {
    let person = json!({
        "ownReference": "Z-1", "personKey": key, "role": "data_subject", "bsn": bsn,
        "name": name, "birthDate": born,
    });
    utrecht.hand_in("person.registered", person).await;
}

pub(crate) async fn register_household(utrecht: &Running) {
    register(utrecht, "bella", BELLA, "Bella de Vries", "2003-05-17").await;
    register(utrecht, "brother", BROTHER, "Sam Jansen", "2014-03-04").await;
}

/// Utrecht reports and offers; the SVB accepts through its own system; the answer is relayed.
/// Gives the sealed identity as Utrecht sent it.
pub(crate) async fn until_identity(
    platform: &mut Platform,
    utrecht: &Running,
    svb: &Running,
) -> Envelope {
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

pub(crate) async fn relay(platform: &Platform, svb: &Running, identity: &Envelope) {
    let data = json!({ "handoff": HANDOFF, "from": UTRECHT, "sealed": identity.data["sealed"] });
    platform
        .tell(&svb.oin, "identity.shared", Some("ps-s1"), data)
        .await;
}
