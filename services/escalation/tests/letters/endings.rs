//! However a handoff ends, the sender hears of it, and so do the receiver and the raiser.

use ladder::{
    Command, CompleteErasure, ErasureGround, ErasureId, ErasureScope, HandoffAnswer, HandoffKind,
    Initiative, OrderErasure, Withdraw,
};
use serde_json::json;

use crate::story::{MARKER, SPIRIT, SVB, Story, TAX_OFFICE, UTRECHT, handoff, uuid};

/// Every way in which an offer can end.
#[derive(Debug, Clone, Copy)]
enum Ending {
    Accepted,
    Declined,
    Countered,
    CounterTaken,
    CounterNotTaken,
    CounterForgotten,
    Withdrawn,
    Forgotten,
    GivenBack,
    CaseStopped,
}

impl Ending {
    const ALL: [Self; 10] = [
        Self::Accepted,
        Self::Declined,
        Self::Countered,
        Self::CounterTaken,
        Self::CounterNotTaken,
        Self::CounterForgotten,
        Self::Withdrawn,
        Self::Forgotten,
        Self::GivenBack,
        Self::CaseStopped,
    ];

    /// The letter that says so.
    fn letter(self) -> &'static str {
        match self {
            Self::Accepted | Self::Declined | Self::Countered => "handoff.answered",
            Self::CounterTaken | Self::CounterNotTaken => "counter.answered",
            Self::CounterForgotten => "counter.expired",
            Self::Withdrawn | Self::CaseStopped => "handoff.withdrawn",
            Self::Forgotten => "handoff.expired",
            Self::GivenBack => "handoff.returned",
        }
    }

    async fn comes(self, story: &mut Story) {
        match self {
            Self::Accepted => story.answers(1, SVB, HandoffAnswer::Accepted).await,
            Self::Declined => {
                let alternative = Some(story.text());
                let declined = HandoffAnswer::Declined {
                    reason: Some("no_power".to_owned()),
                    alternative,
                };
                story.answers(1, SVB, declined).await;
            }
            Self::Countered => story.counters(1).await,
            Self::CounterTaken | Self::CounterNotTaken | Self::CounterForgotten => {
                story.counters(1).await;
                story.letters().await;
                match self {
                    Self::CounterForgotten => story.waits_for("counter-follow-up").await,
                    _ => {
                        let taken = matches!(self, Self::CounterTaken);
                        story.answers_counter(1, SPIRIT, taken).await;
                    }
                }
            }
            Self::Withdrawn => story.withdraws(1, SPIRIT).await,
            Self::Forgotten => story.waits_for("handoff-answer").await,
            Self::GivenBack => {
                story.answers(1, SVB, HandoffAnswer::Accepted).await;
                story.letters().await;
                story.gives_back(1, 2, SVB).await;
            }
            Self::CaseStopped => story.stops().await,
        }
    }
}

impl Story {
    async fn stops(&mut self) {
        let reason = self.text();
        let initiative = Initiative::Citizen;
        self.does(Command::Withdraw(Withdraw { initiative, reason }))
            .await;
    }
}

/// Spirit owns what Utrecht raised, and offers it to the SVB.
#[tokio::test]
async fn a_sender_not_told_of_a_rejection() {
    for ending in Ending::ALL {
        let mut story = Story::taken_over().await;
        story.offers(1, SPIRIT, SVB, HandoffKind::Task).await;
        story.letters().await;
        ending.comes(&mut story).await;
        let letters = story.letters().await;
        for (who, organisation) in [("sender", SPIRIT), ("raiser", UTRECHT), ("receiver", SVB)] {
            let told = letters.all(organisation, ending.letter());
            assert_eq!(told.len(), 1, "{ending:?}: {who}");
            assert_eq!(told[0]["handoff"], uuid(1).to_string(), "{ending:?}: {who}");
            assert_eq!(told[0]["owner"].as_str(), Some(SPIRIT), "{ending:?}: {who}");
        }
    }
}

#[tokio::test]
async fn the_words_of_an_answer_are_for_the_sender_and_the_raiser_gets_the_code() {
    let mut story = Story::taken_over().await;
    story.offers(1, SPIRIT, SVB, HandoffKind::Task).await;
    story.letters().await;
    Ending::Declined.comes(&mut story).await;
    let letters = story.letters().await;
    let sender = letters.one(SPIRIT, "handoff.answered");
    assert_eq!(sender["reason"], "no_power");
    assert_eq!(sender["text"], MARKER);
    assert_eq!(sender["alternative"], MARKER);
    assert_eq!(
        letters.one(UTRECHT, "handoff.answered"),
        json!({
            "handoff": handoff(1).to_string(), "answer": "declined", "reason": "no_power",
            "owner": SPIRIT, "by": SVB,
        })
    );
}

#[tokio::test]
async fn what_was_offered_instead_and_taken_opens_the_case_for_its_receiver() {
    let mut story = Story::reported().await;
    story.offers(1, UTRECHT, SVB, HandoffKind::Task).await;
    story.counters(1).await;
    story.letters().await;
    story.answers_counter(1, UTRECHT, true).await;
    let letters = story.letters().await;
    assert_eq!(letters.names(SVB), ["counter.answered", "handoff.opened"]);
    assert_eq!(letters.one(SVB, "handoff.opened")["summary"], MARKER);
    assert_eq!(
        letters.one(UTRECHT, "counter.answered"),
        json!({
            "handoff": handoff(1).to_string(), "accepted": true, "receiver": SVB,
            "owner": UTRECHT, "by": UTRECHT,
        })
    );
}

#[tokio::test]
async fn what_comes_back_is_a_card_until_it_is_accepted_and_then_the_access_of_the_other_ends() {
    let mut story = Story::reported().await;
    story.offers(1, UTRECHT, SVB, HandoffKind::Task).await;
    story.answers(1, SVB, HandoffAnswer::Accepted).await;
    story.letters().await;
    story.gives_back(1, 2, SVB).await;
    let letters = story.letters().await;
    assert_eq!(
        letters.names(UTRECHT),
        ["handoff.returned", "handoff.offered"]
    );
    assert_eq!(letters.names(SVB), ["handoff.returned"]);
    for text in letters.texts() {
        assert!(!text.contains(MARKER), "{text}");
    }
    let card = letters.one(UTRECHT, "handoff.offered");
    assert_eq!(card["handoff"], uuid(2).to_string());
    assert_eq!(card["returns"], uuid(1).to_string());

    story.answers(2, UTRECHT, HandoffAnswer::Accepted).await;
    let letters = story.letters().await;
    assert_eq!(
        letters.names(UTRECHT),
        ["handoff.answered", "handoff.opened"]
    );
    assert_eq!(letters.one(UTRECHT, "handoff.opened")["summary"], MARKER);
    assert_eq!(letters.names(SVB), ["handoff.answered", "access.ended"]);
    assert_eq!(
        letters.one(SVB, "access.ended"),
        json!({"reason": "returned", "handoff": handoff(1).to_string()})
    );
}

#[tokio::test]
async fn who_still_has_another_part_keeps_its_access_when_one_goes_back() {
    let mut story = Story::reported().await;
    for id in [1, 3] {
        story.offers(id, UTRECHT, SVB, HandoffKind::Task).await;
        story.answers(id, SVB, HandoffAnswer::Accepted).await;
    }
    story.gives_back(1, 2, SVB).await;
    story.letters().await;
    story.answers(2, UTRECHT, HandoffAnswer::Accepted).await;
    assert_eq!(story.letters().await.names(SVB), ["handoff.answered"]);
}

#[tokio::test]
async fn two_offers_that_end_with_the_case_are_two_letters() {
    let mut story = Story::reported().await;
    for id in [1, 2] {
        story
            .offers(id, UTRECHT, TAX_OFFICE, HandoffKind::Task)
            .await;
    }
    story.letters().await;
    story.stops().await;
    let letters = story.letters().await;
    assert_eq!(
        letters.names(TAX_OFFICE),
        ["handoff.withdrawn", "handoff.withdrawn", "access.ended"]
    );
    let gone: Vec<_> = letters
        .all(TAX_OFFICE, "handoff.withdrawn")
        .into_iter()
        .map(|letter| letter["handoff"].clone())
        .collect();
    assert_eq!(gone, [json!(uuid(1)), json!(uuid(2))]);
    let closed = letters.one(UTRECHT, "case.closed");
    assert_eq!(closed["outcome"], "withdrawn");
    for text in letters.texts() {
        assert!(!text.contains(MARKER), "{text}");
    }
}

#[tokio::test]
async fn whoever_ever_received_something_hears_that_it_was_erased_and_not_of_whom() {
    let mut story = Story::reported().await;
    story
        .offers(1, UTRECHT, TAX_OFFICE, HandoffKind::Task)
        .await;
    story.stops().await;
    story.letters().await;
    let erasure = ErasureId::parse("e1").unwrap();
    story
        .does(Command::OrderErasure(OrderErasure {
            erasure: erasure.clone(),
            scope: ErasureScope::Case,
            ground: ErasureGround::TermEnded,
            by: None,
        }))
        .await;
    assert!(story.letters().await.names(TAX_OFFICE).is_empty());
    let completed = Command::CompleteErasure(CompleteErasure { erasure, keys: 9 });
    story.does(completed).await;
    let letters = story.letters().await;
    let told = json!({"scope": "case", "reason": "term_ended"});
    // The offer to the tax office ended with the case; it was sent something all the same.
    for organisation in [UTRECHT, TAX_OFFICE] {
        assert_eq!(letters.one(organisation, "erasure.completed"), told);
    }
    assert!(letters.names(SVB).is_empty());
}
