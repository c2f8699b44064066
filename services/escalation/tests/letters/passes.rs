//! Who took a pass in an emergency is told to the privacy officer at once, without a person's name.

use jiff::ToSpan;
use ladder::pass::{Ending, Event, PassEnded, PassIssued, PassKind, ReviewOverdue};
use ladder::{PassId, PersonRef};
use serde_json::json;

use crate::story::{SVB, Story, UTRECHT, oin, time};

fn issued(story: &Story, kind: PassKind) -> Event {
    let person = PersonRef::parse("p-night").unwrap();
    Event::PassIssued(PassIssued {
        pass: PassId::parse("pass_1").unwrap(),
        case: story.id.clone(),
        pass_kind: kind,
        holder: oin(SVB),
        person: person.clone(),
        by: person,
        categories: ["health".to_owned()].into(),
        reason: story.text(),
        until: time("2026-03-02T17:00:00Z"),
        review_by: Some(time("2026-03-09T09:00:00Z")),
    })
}

#[tokio::test]
async fn the_organisations_of_who_took_it_and_of_the_case_hear_at_once() {
    let mut story = Story::at_the_local_table().await;
    story.letters().await;
    story
        .happened_to_pass(1, &issued(&story, PassKind::Emergency))
        .await;
    let letters = story.letters().await;
    for organisation in [UTRECHT, SVB] {
        assert_eq!(
            letters.one(organisation, "pass.issued"),
            json!({
                "pass": "pass_1", "holder": SVB, "categories": ["health"],
                "until": "2026-03-02T17:00:00Z", "reviewBy": "2026-03-09T09:00:00Z"
            })
        );
    }
    assert_eq!(letters.hearers(), [UTRECHT, SVB]);
}

#[tokio::test]
async fn they_hear_again_when_nobody_looks_at_it_and_of_nothing_else() {
    let mut story = Story::at_the_local_table().await;
    story
        .happened_to_pass(1, &issued(&story, PassKind::Emergency))
        .await;
    story.letters().await;
    let review_by = story.now + 1.hours();
    let ended = PassEnded {
        ending: Ending::Expired,
        by: None,
    };
    story.happened_to_pass(2, &Event::PassEnded(ended)).await;
    story
        .happened_to_pass(3, &Event::ReviewOverdue(ReviewOverdue { review_by }))
        .await;
    let letters = story.letters().await;
    assert_eq!(
        letters.one(SVB, "pass.review-overdue"),
        json!({"pass": "pass_1", "reviewBy": review_by.to_string()})
    );
    assert_eq!(letters.hearers(), [UTRECHT, SVB]);
}

#[tokio::test]
async fn a_temporary_pass_is_the_organisations_own_affair() {
    let mut story = Story::at_the_local_table().await;
    story.letters().await;
    story
        .happened_to_pass(1, &issued(&story, PassKind::Temporary))
        .await;
    assert_eq!(story.letters().await.hearers(), [""; 0]);
}
