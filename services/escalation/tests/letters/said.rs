//! What a person says of sharing reaches the organisations that hold what was shared, and no others.

use std::collections::BTreeSet;

use ladder::catalogue::DataCategory;
use ladder::event::{
    ConsentGiven, ConsentWithdrawn, FactReported, HandoffAccepted, ObjectionExtended,
    ObjectionLifted, ObjectionRaised, ObjectionSettled,
};
use ladder::{ConsentHow, ConsentId, Event, HandoffKind, ObjectionId};
use serde_json::json;

use crate::story::{MARKER, SPIRIT, SVB, Story, TAX_OFFICE, UTRECHT, handoff, oin, time};

const UNTIL: &str = "2026-04-02T21:59:59Z";

fn consent() -> ConsentId {
    ConsentId::parse("consent_1").unwrap()
}

fn objection() -> ObjectionId {
    ObjectionId::parse("objection_1").unwrap()
}

/// The SVB accepted a part, the tax office was asked and has not answered, and Spirit told a fact on consent.
async fn shared() -> Story {
    let mut story = Story::reported().await;
    story.offers(1, UTRECHT, SVB, HandoffKind::Task).await;
    story
        .offers(2, UTRECHT, TAX_OFFICE, HandoffKind::Task)
        .await;
    let accepted = HandoffAccepted {
        handoff: handoff(1),
        by: oin(SVB),
        text: None,
    };
    story.happened(Event::HandoffAccepted(accepted)).await;
    let fact = FactReported {
        source: oin(SPIRIT),
        category: "care".to_owned(),
        law: "youth_act".to_owned(),
        rule: None,
        summary: story.text(),
        since: "2026-01-01".to_owned(),
        legal_basis: "care_consent".to_owned(),
        unlisted: false,
    };
    story.happened(Event::FactReported(fact)).await;
    let given = ConsentGiven {
        consent: consent(),
        person: "bella".to_owned(),
        categories: BTreeSet::from([DataCategory::Care]),
        receivers: BTreeSet::from([oin(SVB), oin(TAX_OFFICE)]),
        version: "1".to_owned(),
        how: ConsentHow::Spoken,
    };
    story.happened(Event::ConsentGiven(given)).await;
    story.letters().await;
    story
}

fn raised(story: &Story) -> Event {
    Event::ObjectionRaised(ObjectionRaised {
        objection: objection(),
        person: "bella".to_owned(),
        categories: BTreeSet::from([DataCategory::Care, DataCategory::Family]),
        text: story.text(),
        settle_by: time(UNTIL),
    })
}

#[tokio::test]
async fn a_consent_taken_back_is_told_to_who_got_something_on_it_and_who_told_it() {
    let mut story = shared().await;
    let back = ConsentWithdrawn { consent: consent() };
    story.happened(Event::ConsentWithdrawn(back)).await;
    let letters = story.letters().await;
    // Who is shown who that is, hears what the raiser calls the person; who told a fact and has no part in
    // the case, the platform's key.
    for (organisation, person) in [(SVB, MARKER), (SPIRIT, "bella")] {
        let told = json!({"consent": "consent_1", "personKey": person, "categories": ["care"]});
        assert_eq!(letters.one(organisation, "consent.withdrawn"), told);
    }
    // Whoever has only the card holds nothing of it.
    assert_eq!(letters.hearers(), [SVB, SPIRIT]);
}

#[tokio::test]
async fn an_objection_and_what_came_of_it_are_told_to_all_who_hold_something_without_its_words() {
    let mut story = shared().await;
    let said = raised(&story);
    story.happened(said).await;
    let letters = story.letters().await;
    let categories = json!(["care", "family"]);
    for organisation in [UTRECHT, SVB] {
        assert_eq!(
            letters.one(organisation, "objection.raised"),
            json!({"objection": "objection_1", "categories": categories, "settleBy": UNTIL})
        );
    }
    assert_eq!(letters.hearers(), [UTRECHT, SVB]);
    let reason = story.text();
    let upheld = ObjectionSettled {
        objection: objection(),
        upheld: true,
        reason: reason.clone(),
    };
    story.happened(Event::ObjectionSettled(upheld)).await;
    let lifted = ObjectionLifted {
        objection: objection(),
        reason,
    };
    story.happened(Event::ObjectionLifted(lifted)).await;
    let letters = story.letters().await;
    let outcomes: Vec<_> = letters
        .all(SVB, "objection.settled")
        .into_iter()
        .map(|letter| letter["outcome"].clone())
        .collect();
    assert_eq!(outcomes, [json!("upheld"), json!("lifted")]);
}

#[tokio::test]
async fn more_time_for_an_objection_is_told_to_all_who_hold_something_without_the_reason() {
    let mut story = shared().await;
    let said = raised(&story);
    story.happened(said).await;
    story.letters().await;
    let until = "2026-06-02T21:59:59Z";
    let more = ObjectionExtended {
        objection: objection(),
        reason: story.text(),
        settle_by: time(until),
    };
    story.happened(Event::ObjectionExtended(more)).await;
    let letters = story.letters().await;
    for organisation in [UTRECHT, SVB] {
        assert_eq!(
            letters.one(organisation, "objection.extended"),
            json!({"objection": "objection_1", "settleBy": until})
        );
    }
    assert_eq!(letters.hearers(), [UTRECHT, SVB]);
}

#[tokio::test]
async fn the_owner_hears_that_nobody_settled_an_objection_in_its_term() {
    let mut story = shared().await;
    let said = raised(&story);
    story.happened(said).await;
    story.letters().await;
    story.waits_for("objection").await;
    let letters = story.letters().await;
    let told = json!({"objection": "objection_1"});
    assert_eq!(letters.one(UTRECHT, "objection.overdue"), told);
    assert_eq!(
        letters.all(SVB, "objection.overdue"),
        Vec::<serde_json::Value>::new()
    );
}

/// Accepting opens a case; what a person objects to stays closed in that letter as well.
#[tokio::test]
async fn a_case_that_is_accepted_while_a_person_objects_opens_without_what_that_is_about() {
    for (objects, summary) in [
        (false, MARKER),
        (true, "(niet gedeeld: er is bezwaar gemaakt)"),
    ] {
        let mut story = shared().await;
        if objects {
            let said = raised(&story);
            story.happened(said).await;
        }
        let accepted = HandoffAccepted {
            handoff: handoff(2),
            by: oin(TAX_OFFICE),
            text: None,
        };
        story.happened(Event::HandoffAccepted(accepted)).await;
        let letters = story.letters().await;
        assert_eq!(
            letters.one(TAX_OFFICE, "handoff.opened")["summary"],
            summary
        );
    }
}
