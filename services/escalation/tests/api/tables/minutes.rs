//! Adopted minutes are told to the cases by themselves, once.

use escalation::react::FOLLOWER;
use jiff::ToSpan;
use serde_json::{Value, json};

use crate::people::{FATMA, INE, LENA, NOOR, SVB, TABLE, TAX_OFFICE};
use crate::table::{Meeting, promise};
use crate::world::World;

async fn decided(world: &World) -> Meeting<'_> {
    let meeting = Meeting::open(world).await;
    let collision = json!({"text": "Twee wetten botsen."});
    meeting.record("collision", collision).await.expect(200);
    let request = meeting.ask_svb().await;
    meeting
        .answer(&INE, &request, promise(50_000))
        .await
        .expect(200);
    // Ids follow the clock: the later request comes later in the minutes.
    world.clock.set(world.clock.now() + 1.second());
    let refused = json!({"of": TAX_OFFICE, "lawOrTheme": "income", "text": "En u?"});
    let asked = meeting.record("requests", refused).await.expect(201);
    let asked = asked["request"].as_str().unwrap();
    let no = json!({"answer": "refused", "text": "Dat kan niet."});
    meeting
        .answer(&crate::people::BAS, asked, no)
        .await
        .expect(200);
    let decision =
        json!({"text": "Zo doen wij het.", "room": "within_law", "grounds": ["justice"]});
    meeting.record("decision", decision).await.expect(200);
    let obstacle = json!({"text": "De keten breekt.", "target": "law", "owner": SVB});
    meeting.record("obstacle", obstacle).await.expect(200);
    meeting
}

async fn kinds(world: &World, case: &str) -> Vec<(String, String)> {
    let db = &world.service.ground().db;
    let stream = db.read_stream(&format!("case/{case}")).await.unwrap();
    stream
        .into_iter()
        .filter(|event| event.cause.sender.starts_with("meeting/"))
        .map(|event| (event.kind, event.cause.sender))
        .collect()
}

#[tokio::test]
async fn the_minutes_issue_the_commitments_once_with_the_meeting_as_cause() {
    let world = World::with_registers().await;
    let meeting = decided(&world).await;
    meeting.adopt().await.expect(200);
    world.reacted().await;
    let cause = format!("meeting/{}", meeting.id);
    let told = [
        "commitment.requested",
        "commitment.made",
        "commitment.requested",
        "commitment.refused",
        "decision.taken",
    ]
    .map(|kind| (kind.to_owned(), cause.clone()));
    assert_eq!(kinds(&world, &meeting.case).await, told);

    // A reactor that lost its place, or another replica, does it all again.
    let db = &world.service.ground().db;
    let head = db.head().await.unwrap();
    db.save_checkpoint(FOLLOWER, 0).await.unwrap();
    world.reacted().await;
    assert_eq!(db.head().await.unwrap(), head);
    assert_eq!(kinds(&world, &meeting.case).await, told);
}

#[tokio::test]
async fn the_case_shows_who_promised_what_at_the_table() {
    let world = World::with_registers().await;
    let meeting = decided(&world).await;
    meeting.adopt().await.expect(200);
    world.reacted().await;
    let path = format!("/v1/cases/{}/commitments", meeting.case);
    let seen = world.get(&LENA, &path).await.expect(200);
    let seen: Vec<_> = seen["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["of"].clone(),
                one["status"].clone(),
                one["mandate"].clone(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (json!(SVB), json!("made"), json!("svb-m1")),
            (json!(TAX_OFFICE), json!("refused"), Value::Null)
        ]
    );
    let db = &world.service.ground().db;
    let stream = db
        .read_stream(&format!("case/{}", meeting.case))
        .await
        .unwrap();
    let made = stream.iter().find(|event| event.kind == "commitment.made");
    assert_eq!(
        made.unwrap().actor,
        json!({"organisation": SVB, "role": "administrator", "personRef": "ine"})
    );
    let taken = stream.iter().find(|event| event.kind == "decision.taken");
    let stated = &taken.unwrap().data["stated"];
    assert_eq!(stated["role"], "table_member");
    assert_eq!(stated["organisation"], TABLE);
    assert_eq!(stated["person"], "lena");
}

#[tokio::test]
async fn an_obstacle_becomes_a_signal_for_who_can_take_it_away() {
    let world = World::with_registers().await;
    let meeting = decided(&world).await;
    meeting.adopt().await.expect(200);
    world.reacted().await;
    let listed = world.get(&INE, "/v1/signals").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let signal = &listed["items"][0];
    assert_eq!(signal["kind"], "obstacle");
    assert_eq!(signal["target"], "law");
    assert_eq!(signal["text"], "De keten breekt.");
    assert_eq!(signal["assignedTo"], SVB);
    assert_eq!(
        signal["addressee"]["function"],
        "Medewerker maatwerk kinderbijslag"
    );
    assert!(!listed.to_string().contains(&meeting.case));
}

#[tokio::test]
async fn an_obstacle_goes_with_the_people_of_the_case_that_it_came_from() {
    let world = World::with_registers().await;
    let meeting = decided(&world).await;
    meeting.adopt().await.expect(200);
    world.reacted().await;
    let texts = async || {
        let listed = world.get(&INE, "/v1/signals").await.expect(200);
        let path = format!("/v1/meetings/{}", meeting.id);
        let seen = world.get(&LENA, &path).await.expect(200);
        let at_table = &seen["agenda"][0]["obstacles"][0]["text"];
        [listed["items"][0]["text"].clone(), at_table.clone()]
    };
    assert_eq!(texts().await, ["De keten breekt."; 2]);
    let path = format!("/v1/cases/{}/erasures", meeting.case);
    let order = json!({"person": "p2", "ground": "request"});
    world.post(&FATMA, &path, &order).await.expect(201);
    world.reacted().await;
    assert_eq!(texts().await, ["(gewist)"; 2]);
}

#[tokio::test]
async fn a_case_that_left_the_table_before_the_minutes_is_left_alone() {
    let world = World::with_registers().await;
    let meeting = decided(&world).await;
    let path = |rest: &str| format!("/v1/cases/{}{rest}", meeting.case);
    let proposed = json!({"toRung": "local_table", "reason": "elsewhere",
        "receiver": {"organisation": crate::people::UTRECHT, "role": "case_director"}});
    let proposed = world
        .post(&LENA, &path("/deescalations"), &proposed)
        .await
        .expect(201);
    let answer = format!(
        "/deescalations/{}/answer",
        proposed["proposal"].as_str().unwrap()
    );
    let accepted = json!({"answer": "accepted"});
    world
        .post(&NOOR, &path(&answer), &accepted)
        .await
        .expect(200);
    meeting.adopt().await.expect(200);
    world.reacted().await;
    assert_eq!(kinds(&world, &meeting.case).await, []);
}
