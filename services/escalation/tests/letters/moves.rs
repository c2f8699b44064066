//! Who hears that a case moves, and whose access ends with that.

use ladder::{
    AnswerDeescalation, Command, HandoffAnswer, HandoffKind, ProposalId, ProposeDeescalation,
    Receiver, RungId, TriageAnswer, event,
};
use serde_json::json;

use crate::story::{DESK, EXPERTS, SPIRIT, SVB, Story, UTRECHT, handoff, oin, uuid};

impl Story {
    /// A case at the national desk.
    async fn at_the_desk() -> Self {
        let mut story = Self::at_the_local_table().await;
        story.asks_for(3, "national_desk").await;
        story.triages(3, TriageAnswer::Admitted).await;
        story.letters().await;
        story
    }

    async fn is_proposed_down(&mut self) {
        let proposal = ProposeDeescalation {
            proposal: ProposalId::parse(&uuid(7).to_string()).unwrap(),
            to: RungId::parse("local_table").unwrap(),
            receiver: Receiver {
                organisation: oin(UTRECHT),
                role: "case_director".to_owned(),
            },
            reason: "local_room".to_owned(),
        };
        self.does(Command::ProposeDeescalation(proposal)).await;
    }

    async fn answers_down(&mut self, accepted: bool) {
        let answer = AnswerDeescalation {
            proposal: ProposalId::parse(&uuid(7).to_string()).unwrap(),
            accepted,
            reason: (!accepted).then(|| "no_capacity".to_owned()),
        };
        self.does(Command::AnswerDeescalation(answer)).await;
    }
}

#[tokio::test]
async fn the_body_that_had_a_case_loses_its_access_when_it_goes_down() {
    let mut story = Story::at_the_desk().await;
    story.is_proposed_down().await;
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [UTRECHT]);
    assert_eq!(
        letters.one(UTRECHT, "deescalation.proposed"),
        json!({
            "proposal": uuid(7).to_string(), "rung": "local_table", "tier": "local",
            "receiver": UTRECHT, "role": "case_director", "reason": "local_room",
        })
    );
    story.answers_down(true).await;
    let letters = story.letters().await;
    assert_eq!(letters.names(UTRECHT), ["case.deescalated"]);
    assert_eq!(letters.names(DESK), ["case.deescalated", "access.ended"]);
    assert_eq!(
        letters.one(DESK, "access.ended"),
        json!({"reason": "deescalated"})
    );
}

#[tokio::test]
async fn who_proposed_to_go_down_hears_that_the_receiver_does_not_take_it() {
    let mut story = Story::at_the_desk().await;
    story.is_proposed_down().await;
    story.letters().await;
    story.answers_down(false).await;
    let letters = story.letters().await;
    for organisation in [UTRECHT, DESK] {
        assert_eq!(
            letters.one(organisation, "deescalation.declined"),
            json!({"proposal": uuid(7).to_string(), "reason": "no_capacity"})
        );
    }
}

/// Utrecht raised it and keeps insight; Spirit, which owned it in between, does not.
#[tokio::test]
async fn an_old_owner_loses_its_access_unless_it_raised_the_case() {
    let mut story = Story::taken_over().await;
    story.offers(1, SPIRIT, SVB, HandoffKind::Ownership).await;
    story.letters().await;
    story.answers(1, SVB, HandoffAnswer::Accepted).await;
    let letters = story.letters().await;
    let changed = json!({"from": SPIRIT, "owner": SVB, "handoff": handoff(1).to_string()});
    for organisation in [SVB, SPIRIT, UTRECHT] {
        assert_eq!(letters.one(organisation, "owner.changed"), changed);
    }
    assert_eq!(
        letters.all(UTRECHT, "access.ended"),
        [] as [serde_json::Value; 0]
    );
    // Spirit accepted what Utrecht handed over: that part it still has.
    assert_eq!(
        letters.all(SPIRIT, "access.ended"),
        [] as [serde_json::Value; 0]
    );

    story.gives_back(1, 2, SVB).await;
    story.letters().await;
    story.answers(2, SPIRIT, HandoffAnswer::Accepted).await;
    let letters = story.letters().await;
    assert_eq!(letters.one(SVB, "owner.changed")["owner"], SPIRIT);
    assert_eq!(
        letters.one(SVB, "access.ended"),
        json!({"reason": "owner_changed", "handoff": handoff(2).to_string()})
    );
}

#[tokio::test]
async fn a_body_that_is_passed_over_sees_why_and_nothing_else() {
    let mut story = Story::reported().await;
    story.letters().await;
    let skipped = event::RungSkipped {
        rung: RungId::parse("regional_table").unwrap(),
        reason: "too_urgent".to_owned(),
        body: Some(oin(EXPERTS)),
    };
    story.happened(ladder::Event::RungSkipped(skipped)).await;
    let letters = story.letters().await;
    assert_eq!(letters.hearers(), [EXPERTS]);
    assert_eq!(
        letters.one(EXPERTS, "rung.skipped"),
        json!({"rung": "regional_table", "reason": "too_urgent"})
    );
}
