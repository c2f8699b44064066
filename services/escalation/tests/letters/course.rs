//! Advice, pauses, reviews, urgency, and what falls due.

use jiff::SignedDuration;
use ladder::{
    AnswerCommitment, AskAdvice, Command, CommitmentAnswer, ConsultationId, Due, ExtendTerm,
    GiveAdvice, HandoffAnswer, HandoffKind, InMandate, MeasureId, OfferHandoff, PersonRef, Reopen,
    RequestCommitment, RequestId, Resume, StartMeasure, StatedMandate, Suspend, SuspensionReason,
    Withdraw,
};
use serde_json::json;

use crate::story::{MARKER, SPIRIT, SVB, Story, TAX_OFFICE, UTRECHT, handoff, oin, time, uuid};

fn consultation() -> ConsultationId {
    ConsultationId::parse(&uuid(5).to_string()).unwrap()
}

impl Story {
    async fn asks_advice(&mut self) {
        let question = AskAdvice {
            consultation: consultation(),
            by: oin(UTRECHT),
            of: oin(SVB),
            question: self.text(),
        };
        self.does(Command::AskAdvice(question)).await;
    }
}

#[tokio::test]
async fn advice_goes_to_who_asked_and_so_does_the_silence() {
    let mut story = Story::reported().await;
    story.letters().await;
    story.asks_advice().await;
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [SVB]);
    assert_eq!(
        letters.one(SVB, "advice.asked"),
        json!({
            "consultation": uuid(5).to_string(), "by": UTRECHT, "question": MARKER,
            "theme": "sibling_care", "answerBy": "2026-03-04T08:00:00Z",
        })
    );
    let advice = GiveAdvice {
        consultation: consultation(),
        by: oin(SVB),
        answer: story.text(),
    };
    story.does(Command::GiveAdvice(advice)).await;
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [UTRECHT]);
    assert_eq!(
        letters.one(UTRECHT, "advice.given"),
        json!({"consultation": uuid(5).to_string(), "by": SVB, "answer": MARKER})
    );

    let mut story = Story::reported().await;
    story.asks_advice().await;
    story.letters().await;
    story.waits_for("advice-answer").await;
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [UTRECHT]);
    assert_eq!(
        letters.one(UTRECHT, "advice.expired"),
        json!({"consultation": uuid(5).to_string(), "of": SVB})
    );
}

/// The SVB takes part, the tax office has a card that waits for an answer.
#[tokio::test]
async fn a_pause_reaches_everybody_with_a_term_and_each_hears_its_own_new_dates() {
    let mut story = Story::reported().await;
    story.offers(1, UTRECHT, SVB, HandoffKind::Task).await;
    story.answers(1, SVB, HandoffAnswer::Accepted).await;
    story
        .offers(2, UTRECHT, TAX_OFFICE, HandoffKind::Task)
        .await;
    story.letters().await;
    let suspension = Suspend {
        by: oin(UTRECHT),
        reason: SuspensionReason::CitizenAbsent,
        text: Some(story.text()),
        until: time("2026-04-01T08:00:00Z"),
    };
    story.does(Command::Suspend(suspension)).await;
    let letters = story.letters().await;
    let paused = json!({
        "by": UTRECHT, "reason": "citizen_absent", "until": "2026-04-01T08:00:00Z",
    });
    assert_eq!(letters.one(UTRECHT, "case.suspended"), paused);
    assert_eq!(letters.one(SVB, "case.suspended"), paused);
    // Why is no word for a card.
    assert_eq!(
        letters.one(TAX_OFFICE, "case.suspended"),
        json!({"by": UTRECHT, "until": "2026-04-01T08:00:00Z"})
    );

    // Two days later.
    story.now += SignedDuration::from_hours(48);
    story
        .does(Command::Resume(Resume { by: oin(UTRECHT) }))
        .await;
    let letters = story.letters().await;
    assert_eq!(
        letters.one(TAX_OFFICE, "case.resumed")["moved"][1],
        json!({"term": "handoff-answer", "of": uuid(2), "until": "2026-03-11T08:00:00Z"})
    );
    assert_eq!(story.until("handoff-answer"), time("2026-03-11T08:00:00Z"));
    assert_eq!(
        letters.one(SVB, "case.resumed"),
        json!({"by": UTRECHT, "moved": []})
    );
    let owner = letters.one(UTRECHT, "case.resumed");
    let terms: Vec<_> = owner["moved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|moved| moved["term"].as_str().unwrap())
        .collect();
    assert_eq!(terms, ["handoff-reminder", "handoff-answer", "review"]);
}

#[tokio::test]
async fn more_time_is_told_to_who_waits_for_the_answer() {
    let mut story = Story::reported().await;
    story
        .offers(1, UTRECHT, TAX_OFFICE, HandoffKind::Task)
        .await;
    story.offers(2, UTRECHT, SVB, HandoffKind::Task).await;
    story.letters().await;
    let extension = ExtendTerm {
        due: Due::HandoffAnswer(handoff(1)),
        by: oin(TAX_OFFICE),
        reason: story.text(),
        to: time("2026-03-12T08:00:00Z"),
    };
    story.does(Command::ExtendTerm(extension)).await;
    let letters = story.letters().await;
    let told = json!({
        "by": TAX_OFFICE, "from": "2026-03-09T08:00:00Z",
        "moved": {"term": "handoff-answer", "of": uuid(1), "until": "2026-03-12T08:00:00Z"},
    });
    assert_eq!(letters.hearers(), [UTRECHT, TAX_OFFICE]);
    assert_eq!(letters.one(UTRECHT, "term.extended"), told);
    assert_eq!(letters.one(TAX_OFFICE, "term.extended"), told);
}

#[tokio::test]
async fn that_nothing_happened_is_told_to_the_raiser_too() {
    let mut story = Story::taken_over().await;
    story.waits_for("review").await;
    let progress = story.letters().await;
    assert_eq!(progress.one(SPIRIT, "review.passed")["progress"], true);
    assert_eq!(progress.hearers(), [SPIRIT]);
    story.waits_for("review").await;
    let nothing = story.letters().await;
    for organisation in [SPIRIT, UTRECHT] {
        let told = nothing.one(organisation, "review.passed");
        assert_eq!(told["progress"], false);
        assert_eq!(told["reviewAt"], story.until("review").to_string());
    }
}

#[tokio::test]
async fn a_claim_of_urgency_that_nobody_confirms_gives_its_receiver_the_ordinary_term() {
    let mut story = Story::reported().await;
    story.letters().await;
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
    let letters = story.letters().await;
    assert_eq!(
        letters.one(UTRECHT, "urgency.claimed"),
        json!({"by": UTRECHT, "confirmBy": "2026-03-03T08:00:00Z"})
    );
    story.now = time("2026-03-03T08:00:00Z");
    story.does(Command::Lapse(Due::UrgencyConfirmation)).await;
    let letters = story.letters().await;
    for organisation in [UTRECHT, SVB] {
        let moved = letters.one(organisation, "urgency.lapsed")["moved"].clone();
        let answer = moved
            .as_array()
            .unwrap()
            .iter()
            .find(|moved| moved["term"] == "handoff-answer");
        assert_eq!(
            answer,
            Some(&json!({
                "term": "handoff-answer", "of": uuid(1), "until": "2026-03-09T08:00:00Z",
            }))
        );
    }
}

#[tokio::test]
async fn a_late_commitment_and_a_measure_that_ends_reach_who_must_act() {
    let mut story = Story::at_the_local_table().await;
    let request = RequestId::parse(&uuid(6).to_string()).unwrap();
    let asked = RequestCommitment {
        request: request.clone(),
        of: oin(SVB),
        by: oin(UTRECHT),
        text: story.text(),
    };
    story.does(Command::RequestCommitment(asked)).await;
    let made = AnswerCommitment {
        request,
        by: oin(SVB),
        answer: CommitmentAnswer::Made {
            text: story.text(),
            mandate: story.text(),
            inside: InMandate::Stated {
                mandate: Box::new(StatedMandate::of(oin(SVB), "administrator", None)),
                subject: "sibling_care".to_owned(),
            },
            amount_cents: None,
            due: "2026-03-05".parse().unwrap(),
        },
    };
    story.does(Command::AnswerCommitment(made)).await;
    let measure = StartMeasure {
        measure: MeasureId::parse("m-1").unwrap(),
        by: oin(UTRECHT),
        text: story.text(),
        until: "2026-03-10".parse().unwrap(),
        watcher: oin(SPIRIT),
    };
    story.does(Command::StartMeasure(measure)).await;
    story.letters().await;
    story.waits_for("commitment-day").await;
    let letters = story.letters().await;
    for organisation in [UTRECHT, SVB] {
        let late = letters.one(organisation, "commitment.late");
        assert_eq!(late["request"], uuid(6).to_string());
        assert_eq!(late["by"], SVB);
    }
    story.waits_for("measure-end").await;
    let letters = story.letters().await;
    for organisation in [UTRECHT, SPIRIT] {
        assert_eq!(
            letters.one(organisation, "measure.due"),
            json!({"measure": "m-1", "by": UTRECHT, "until": "2026-03-10"})
        );
    }
}

#[tokio::test]
async fn a_case_that_is_opened_again_is_told_without_the_words() {
    let mut story = Story::reported().await;
    let withdrawal = Withdraw {
        initiative: ladder::Initiative::Raiser,
        reason: story.text(),
    };
    story.does(Command::Withdraw(withdrawal)).await;
    story.letters().await;
    let reopen = Reopen {
        by: oin(UTRECHT),
        reason: story.text(),
    };
    story.does(Command::Reopen(reopen)).await;
    assert_eq!(
        story.letters().await.one(UTRECHT, "case.reopened"),
        json!({"rung": "own_work", "tier": "local", "reason": "asked"})
    );
}
