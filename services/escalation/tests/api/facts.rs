//! Views say what the log says.

use escalation::execute::reading_facts;
use escalation::views;
use ladder::{Case, CaseId, Decider, Event, Rules};

use crate::people::NOOR;
use crate::story::{CHAPTERS, Story};
use crate::world::World;

#[tokio::test]
async fn what_the_gate_is_told_from_the_views_is_what_the_log_says() {
    let world = World::new().await;
    let db = &world.service.ground().db;
    let mut story = Story::begin(&world).await;
    for chapter in CHAPTERS {
        story.tell(chapter).await;
        let mut case = Case::Absent;
        for stored in db
            .read_stream(&format!("case/{}", story.case))
            .await
            .unwrap()
        {
            let event = Event::from_stored(&stored.kind, 1, stored.data).unwrap();
            case = Rules::evolve(case, &event, stored.at);
        }
        let id = CaseId::parse(&story.case).unwrap();
        let expected = reading_facts(&id, &case).unwrap();
        let row = views::find_case(db, &story.case).await.unwrap().unwrap();
        assert!(
            views::facts(db, &row).await.unwrap() == expected,
            "{chapter:?}"
        );
        let page = views::facts_of_page(db, &row.owner, std::slice::from_ref(&row))
            .await
            .unwrap();
        assert!(page == [expected], "{chapter:?}");
    }
}

#[tokio::test]
async fn after_rebuilding_the_views_every_answer_is_the_same() {
    let world = World::new().await;
    let story = Story::told(&world, crate::story::Chapter::Closed).await;
    let lists = [
        "",
        "/timeline",
        "/facts",
        "/blocks",
        "/escalations",
        "/handoffs",
        "/commitments",
        "/decisions",
        "/feedback",
        "/deescalations",
        "/closure",
    ];
    let mut before = Vec::new();
    for list in lists {
        before.push(world.get(&NOOR, &story.path(list)).await.expect(200));
    }
    let ground = world.service.ground();
    views::rebuild(&ground.db, &ground.pseudonyms)
        .await
        .unwrap();
    for (list, before) in lists.into_iter().zip(before) {
        assert_eq!(
            world.get(&NOOR, &story.path(list)).await.expect(200),
            before,
            "{list}"
        );
    }
}
