//! Terms that passed without the act they were for: who owes it, who waits and who raised the case
//! hear of it, and a body that silence brought the case to hears nothing beyond its card.

use ladder::{
    AcknowledgeEscalation, Command, ConfirmUrgency, Due, HandoffKind, OfferHandoff, PersonRef,
    RequestEscalation, RungId, TriageAnswer,
};
use serde_json::json;

use crate::story::{
    DESK, MARKER, SPIRIT, SVB, Story, TABLE, TAX_OFFICE, UTRECHT, escalation, handoff, oin, time,
    uuid,
};

impl Story {
    /// At the local table, a request at the desk that nobody has answered.
    async fn waiting_for_the_desk() -> Self {
        let mut story = Self::at_the_local_table().await;
        story.asks_for(3, "national_desk").await;
        story.letters().await;
        story
    }

    /// Silence brought the case to the desk, which sees the card.
    async fn climbed_to_the_desk() -> Self {
        let mut story = Self::at_the_local_table().await;
        story.offers(3, UTRECHT, SVB, HandoffKind::Task).await;
        story.waits_for("climb").await;
        story.letters().await;
        story
    }
}

#[tokio::test]
async fn a_first_word_that_does_not_come_is_asked_of_the_body_and_told_to_who_waits() {
    let mut story = Story::waiting_for_the_desk().await;
    let answer_by = story.until("escalation-answer").to_string();
    story.waits_for("escalation-acknowledgement").await;
    // Two working days after the request.
    assert_eq!(story.now, time("2026-03-04T08:00:00Z"));
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [UTRECHT, DESK]);
    for (organisation, manager) in [(UTRECHT, "anna"), (DESK, "dora")] {
        assert_eq!(
            letters.one(organisation, "acknowledgement.overdue"),
            json!({
                "escalation": uuid(3), "rung": "national_desk", "answerBy": answer_by,
                "managers": [manager],
            })
        );
    }
    // It is said once.
    story.waits_for("escalation-answer").await;
    let letters = story.letters().await;
    assert_eq!(letters.names(DESK), ["escalation.expired"]);
}

#[tokio::test]
async fn whoever_said_a_first_word_is_not_asked_for_it() {
    let mut story = Story::waiting_for_the_desk().await;
    let seen = AcknowledgeEscalation {
        escalation: escalation(3),
        review_at: None,
    };
    story.does(Command::AcknowledgeEscalation(seen)).await;
    story.letters().await;
    story.now = time("2026-03-04T08:00:00Z");
    let due = Due::EscalationAcknowledgement(escalation(3));
    story.does(Command::Lapse(due)).await;
    assert_eq!(story.letters().await.hearers(), [] as [&str; 0]);
}

/// The raiser is another organisation than the owner: it hears too, with its own managers.
#[tokio::test]
async fn the_raiser_hears_of_it_too() {
    let mut story = Story::taken_over().await;
    story.offers(1, SPIRIT, SVB, HandoffKind::Task).await;
    story.waits_for("climb").await;
    story.letters().await;
    story.waits_for("escalation-acknowledgement").await;
    let letters = story.letters().await;
    for (organisation, manager) in [(SPIRIT, "roos"), (UTRECHT, "anna")] {
        let told = letters.one(organisation, "acknowledgement.overdue");
        assert_eq!(told["managers"], json!([manager]));
        assert_eq!(told["rung"], "workshop");
    }
}

#[tokio::test]
async fn what_was_not_completed_in_time_is_told_to_owner_and_body() {
    let mut story = Story::waiting_for_the_desk().await;
    story.triages(3, TriageAnswer::Returned).await;
    story.letters().await;
    story.waits_for("completion").await;
    let review_at = story.until("review").to_string();
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [UTRECHT, DESK]);
    let told = |manager: &str| json!({"escalation": uuid(3), "rung": "national_desk", "managers": [manager]});
    assert_eq!(letters.one(DESK, "completion.expired"), told("dora"));
    let mut own = told("anna");
    own["reviewAt"] = review_at.into();
    assert_eq!(letters.one(UTRECHT, "completion.expired"), own);
}

/// The owner has the task again with a new term; the desk hears what stood on its card.
#[tokio::test]
async fn an_explanation_that_does_not_come_is_asked_of_the_owner_again() {
    let mut story = Story::climbed_to_the_desk().await;
    story.waits_for("explanation").await;
    let explain_by = story.until("explanation").to_string();
    let letters = story.letters().await;
    let told = |manager: &str| {
        json!({
            "rung": "national_desk",
            "unexplained": ["local_and_regional_attempts", "organisation_supports"],
            "managers": [manager],
        })
    };
    assert_eq!(letters.one(DESK, "explanation.overdue"), told("dora"));
    let mut own = told("anna");
    own["explainBy"] = explain_by.into();
    assert_eq!(letters.one(UTRECHT, "explanation.overdue"), own);
    nothing_beyond_the_card(&story, &letters.texts());
}

/// The desk has the case and let it lie: the table above it is silent as well, and nobody stands
/// higher.
#[tokio::test]
async fn silence_that_goes_on_is_told_to_owner_raiser_and_who_was_asked() {
    let mut story = Story::climbed_to_the_desk().await;
    let mut told = Vec::new();
    while told.is_empty() {
        story.waits_for("climb").await;
        let letters = story.letters().await;
        nothing_beyond_the_card(&story, &letters.texts());
        told = letters.all(UTRECHT, "silence.persisted");
        for body in [DESK, TABLE] {
            let at_the_body = letters.all(body, "silence.persisted");
            assert_eq!(at_the_body.len(), told.len(), "{body}");
            let card = json!({"rung": "local_table", "managers": ["dora"]});
            assert!(at_the_body.iter().all(|letter| *letter == card));
        }
    }
    let again_at = story.until("climb").to_string();
    assert_eq!(
        told,
        [json!({"rung": "local_table", "againAt": again_at, "managers": ["anna"]})]
    );
}

#[tokio::test]
async fn a_long_stay_is_told_to_owner_and_body() {
    let mut story = Story::waiting_for_the_desk().await;
    story.triages(3, TriageAnswer::Admitted).await;
    let warn_at = story.until("stay-warning");
    story.letters().await;
    story.now = warn_at;
    story.does(Command::Lapse(Due::StayWarning)).await;
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [UTRECHT, DESK]);
    for organisation in [UTRECHT, DESK] {
        assert_eq!(
            letters.one(organisation, "stay.warned"),
            json!({"rung": "national_desk", "tier": "national"})
        );
    }
}

/// The SVB has a card with a short term, the tax office one with an ordinary term.
#[tokio::test]
async fn a_confirmed_urgency_reaches_who_claimed_it_and_whose_short_term_stays() {
    let mut story = Story::reported().await;
    story
        .offers(2, UTRECHT, TAX_OFFICE, HandoffKind::Task)
        .await;
    let offer = OfferHandoff {
        handoff: handoff(1),
        from: oin(UTRECHT),
        to: oin(SVB),
        kind: HandoffKind::Task,
        requested_outcome: "restore_benefit".to_owned(),
        rules: Vec::new(),
        urgent: true,
        summary: story.text(),
        legal_basis: "wmo_5_2_1".to_owned(),
        contact_role: "case_director".to_owned(),
        person: PersonRef::parse("p-1").ok(),
        addressee: None,
        instead_of: None,
    };
    story.does(Command::OfferHandoff(offer)).await;
    story.letters().await;
    let second = ConfirmUrgency {
        by: oin(UTRECHT),
        person: PersonRef::parse("p-2").unwrap(),
    };
    story.does(Command::ConfirmUrgency(second)).await;
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [UTRECHT, SVB]);
    assert_eq!(
        letters.one(UTRECHT, "urgency.confirmed"),
        json!({"by": UTRECHT})
    );
    // Who confirmed it is no word for a card.
    assert_eq!(letters.one(SVB, "urgency.confirmed"), json!({}));
    for text in letters.texts() {
        assert!(!text.contains("p-2"), "{text}");
    }
}

#[tokio::test]
async fn a_body_that_was_asked_in_haste_hears_that_the_haste_is_confirmed() {
    let mut story = Story::at_the_local_table().await;
    let text = story.text();
    let evidence =
        ["local_and_regional_attempts", "organisation_supports"].map(|item| ladder::Evidence {
            item: item.to_owned(),
            explained: false,
            text: text.clone(),
        });
    let request = RequestEscalation {
        escalation: escalation(3),
        by: oin(UTRECHT),
        to: RungId::parse("national_desk").ok(),
        skip_reason: None,
        evidence: evidence.to_vec(),
        urgent: true,
        person: PersonRef::parse("p-1").ok(),
        legal_basis: Some("desk_consent".to_owned()),
    };
    story.does(Command::RequestEscalation(request)).await;
    story.letters().await;
    let second = ConfirmUrgency {
        by: oin(UTRECHT),
        person: PersonRef::parse("p-2").unwrap(),
    };
    story.does(Command::ConfirmUrgency(second)).await;
    let letters = story.letters().await;
    assert_eq!(letters.one(DESK, "urgency.confirmed"), json!({}));
}

#[track_caller]
fn nothing_beyond_the_card(story: &Story, texts: &[String]) {
    for text in texts {
        let text = text.replace(".v1.in.json", "");
        for hidden in [MARKER, story.id.as_str(), "bella", "v1.", "Z-1"] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
    }
}
