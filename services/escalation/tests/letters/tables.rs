//! Whoever is invited to a table hears when it meets, that it does not, and that its minutes stand.

use ladder::meeting::Event;
use ladder::meeting::event::{
    MeetingCancelled, MeetingOpened, MeetingPlanned, MeetingRescheduled, MinutesAdopted,
    OrganisationInvited,
};
use ladder::{ContactId, MeetingId, PersonRef, RungId};
use serde_json::json;

use crate::story::{EXPERTS, SPIRIT, SVB, Story, oin, time};

const MEETS: &str = "2026-03-09T09:00:00Z";

async fn told(story: &Story, events: impl IntoIterator<Item = Event>) {
    for (version, event) in (1..).zip(events) {
        let stream = "meeting/meeting_1";
        story
            .happened_to(stream, version, event.kind(), event.data())
            .await;
    }
}

fn planned() -> Event {
    Event::MeetingPlanned(MeetingPlanned {
        meeting: MeetingId::parse("meeting_1").unwrap(),
        body: oin(EXPERTS),
        rung: RungId::parse("regional_table").unwrap(),
        quorum: 2,
        planned_at: time(MEETS),
    })
}

fn invited(organisation: &str, contact: Option<&str>) -> Event {
    Event::OrganisationInvited(OrganisationInvited {
        organisation: oin(organisation),
        contact: contact.map(|key| ContactId::parse(key).unwrap()),
    })
}

#[tokio::test]
async fn who_is_invited_hears_where_and_when() {
    let mut story = Story::start().await;
    told(
        &story,
        [
            planned(),
            invited(SVB, Some("liaison")),
            invited(SPIRIT, None),
        ],
    )
    .await;
    let letters = story.letters().await;
    let invitation = json!({
        "meeting": "meeting_1", "body": EXPERTS, "rung": "regional_table", "at": MEETS
    });
    let mut with_a_person = invitation.clone();
    with_a_person["contact"] = json!("liaison");
    assert_eq!(letters.one(SVB, "meeting.invited"), with_a_person);
    assert_eq!(letters.one(SPIRIT, "meeting.invited"), invitation);
    assert_eq!(letters.hearers(), [SVB, SPIRIT]);
}

#[tokio::test]
async fn another_moment_and_the_minutes_are_told_to_whoever_is_invited() {
    let mut story = Story::start().await;
    let later = "2026-03-11T09:00:00Z";
    let moved = Event::MeetingRescheduled(MeetingRescheduled {
        planned_at: time(later),
    });
    let opened = Event::MeetingOpened(MeetingOpened {
        present: [oin(SVB), oin(SPIRIT)].into(),
    });
    let adopted = Event::MinutesAdopted(MinutesAdopted {
        by: PersonRef::parse("p-1").unwrap(),
        cases: Vec::new(),
    });
    told(
        &story,
        [
            planned(),
            invited(SVB, None),
            moved,
            // Who is invited later hears the moment that holds.
            invited(SPIRIT, None),
            opened,
            adopted,
        ],
    )
    .await;
    let letters = story.letters().await;
    assert_eq!(
        letters.one(SVB, "meeting.rescheduled"),
        json!({"meeting": "meeting_1", "at": later})
    );
    assert_eq!(letters.one(SPIRIT, "meeting.invited")["at"], later);
    for organisation in [SVB, SPIRIT] {
        assert_eq!(
            letters.one(organisation, "minutes.adopted"),
            json!({"meeting": "meeting_1"})
        );
    }
}

#[tokio::test]
async fn a_meeting_that_is_called_off_is_told() {
    let mut story = Story::start().await;
    let cancelled = Event::MeetingCancelled(MeetingCancelled {
        reason: story.text(),
    });
    told(&story, [planned(), invited(SVB, None), cancelled]).await;
    let letters = story.letters().await;
    assert_eq!(
        letters.one(SVB, "meeting.cancelled"),
        json!({"meeting": "meeting_1"})
    );
}
