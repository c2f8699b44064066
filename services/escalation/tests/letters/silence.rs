//! Silence is told to everybody who can do something about it, and climbs with the card only.

use ladder::{AcknowledgeEscalation, Command, HandoffKind, TriageAnswer};
use serde_json::json;

use crate::story::{DESK, MARKER, SPIRIT, SVB, Story, UTRECHT, escalation, handoff, uuid};

#[tokio::test]
async fn at_the_expiry_of_a_handoff_both_managers_and_the_raiser_hear() {
    let mut story = Story::taken_over().await;
    story.offers(1, SPIRIT, SVB, HandoffKind::Task).await;
    story.waits_for("handoff-answer").await;
    let letters = story.letters().await;
    for (organisation, manager) in [(SPIRIT, "roos"), (SVB, "ine"), (UTRECHT, "anna")] {
        assert_eq!(
            letters.one(organisation, "handoff.expired"),
            json!({"handoff": handoff(1).to_string(), "owner": SPIRIT, "managers": [manager]})
        );
    }
    assert_eq!(letters.hearers(), [UTRECHT, SVB, SPIRIT]);
}

#[tokio::test]
async fn at_the_expiry_of_a_request_both_managers_and_the_raiser_hear() {
    let mut story = Story::at_the_local_table().await;
    story.asks_for(3, "national_desk").await;
    story.letters().await;
    story.waits_for("escalation-answer").await;
    let climb_at = story.until("climb");
    let letters = story.letters().await;
    for (organisation, manager) in [(UTRECHT, "anna"), (DESK, "dora")] {
        assert_eq!(
            letters.one(organisation, "escalation.expired"),
            json!({
                "escalation": uuid(3), "rung": "national_desk",
                "climbAt": climb_at.to_string(), "managers": [manager],
            })
        );
    }
}

/// The desk was never asked by anybody: silence at the local table brings it the case.
#[tokio::test]
async fn an_automatic_climb_discloses_nothing_beyond_the_card() {
    let mut story = Story::at_the_local_table().await;
    story.offers(3, UTRECHT, SVB, HandoffKind::Task).await;
    story.waits_for("handoff-answer").await;
    story.letters().await;
    story.waits_for("climb").await;
    let letters = story.letters().await;

    let card = json!({
        "rung": "national_desk",
        "tier": "national",
        "origin": "handoff_silence",
        "theme": "sibling_care",
        "rules": ["akw_art_7"],
        "ageBand": "18-20",
        "urgent": false,
        "answerBy": story.until("escalation-answer").to_string(),
        "unexplained": ["local_and_regional_attempts", "organisation_supports"],
    });
    assert_eq!(letters.names(DESK), ["escalation.requested"]);
    assert_eq!(letters.one(DESK, "escalation.requested"), card);
    // The owner has the task to give or explain it, with a term.
    let mut task = card;
    task["explainBy"] = story.until("explanation").to_string().into();
    assert_eq!(letters.one(UTRECHT, "escalation.requested"), task);
    assert_eq!(letters.hearers(), [UTRECHT, DESK]);

    // Nor does anything that follows, as long as no ground is recorded.
    story.waits_for("escalation-answer").await;
    let mut texts = letters.texts();
    texts.extend(story.letters().await.texts());
    for text in texts {
        // The only "v1." in a letter is that of its schema; each sealed text begins with one.
        let text = text.replace(".v1.in.json", "");
        for hidden in [MARKER, story.id.as_str(), "bella", "v1.", "Z-1"] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
    }
}

#[tokio::test]
async fn whoever_asks_its_own_organisation_needs_no_letter_and_another_body_gets_the_card() {
    let mut story = Story::blocked().await;
    story.climbs_to(1, "workshop").await;
    assert_eq!(story.letters().await.names(UTRECHT), ["case.escalated"]);
    story.climbs_to(2, "local_table").await;
    story.letters().await;
    story.asks_for(3, "national_desk").await;
    let letters = story.letters().await;
    let card = letters.one(DESK, "escalation.requested");
    assert_eq!(card["origin"], "asked");
    assert_eq!(card["escalation"], json!(uuid(3)));
    assert_eq!(letters.hearers(), [DESK]);
    story.triages(3, TriageAnswer::Admitted).await;
    let letters = story.letters().await;
    assert_eq!(letters.names(DESK), ["case.escalated"]);
    assert_eq!(letters.names(UTRECHT), ["case.escalated"]);
}

#[tokio::test]
async fn a_returned_a_refused_and_a_seen_request_reach_owner_and_body_in_codes() {
    for answer in [TriageAnswer::Returned, TriageAnswer::Refused] {
        let mut story = Story::at_the_local_table().await;
        story.asks_for(3, "national_desk").await;
        story
            .does(Command::AcknowledgeEscalation(AcknowledgeEscalation {
                escalation: escalation(3),
                review_at: None,
            }))
            .await;
        let review_at = story.until("escalation-review").to_string();
        let letters = story.letters().await;
        story.triages(3, answer).await;
        let answered = story.letters().await;
        for organisation in [UTRECHT, DESK] {
            assert_eq!(
                letters.one(organisation, "escalation.acknowledged"),
                json!({"escalation": uuid(3), "rung": "national_desk", "reviewAt": review_at})
            );
            if answer == TriageAnswer::Refused {
                assert_eq!(
                    answered.one(organisation, "escalation.refused"),
                    json!({
                        "escalation": uuid(3), "rung": "national_desk",
                        "reason": "standard_available",
                    })
                );
            } else {
                // Of what is missing only what has the form of a code leaves the platform.
                assert_eq!(
                    answered.one(organisation, "escalation.returned"),
                    json!({
                        "escalation": uuid(3), "rung": "national_desk", "missing": ["question"],
                        "completeBy": story.until("completion").to_string(),
                    })
                );
            }
        }
        for text in answered.texts() {
            assert!(!text.contains(MARKER), "{text}");
        }
    }
}
