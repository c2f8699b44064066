//! What happens when something of ours fails.

use account::{Outcome, Status};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use super::{accesses, since};
use crate::people::{NOOR, UTRECHT};
use crate::story::{Chapter, IDENTITY, Story, report};
use crate::world::World;

async fn run(world: &World, sql: &str) {
    let url = format!("sqlite://{}", world.file("account.db").display());
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
}

#[tokio::test]
async fn nothing_is_shown_while_either_log_cannot_be_written() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    for log in ["access_line", "processing_line"] {
        run(&world, &format!("alter table {log} rename to elsewhere")).await;
        for read in ["", "/facts", "/timeline", "/handoffs"] {
            let reply = world.get(&NOOR, &story.path(read)).await;
            for word in IDENTITY {
                assert!(!reply.text.contains(word), "{read} shows {word}");
            }
            let problem = reply.expect(503);
            assert_eq!(
                problem["detail"],
                "What you asked for cannot be accounted for now, so it is not shown. \
                 Try again in a moment."
            );
        }
        world.get(&NOOR, "/v1/cases").await.expect(503);
        run(&world, &format!("alter table elsewhere rename to {log}")).await;
        world.get(&NOOR, &story.path("")).await.expect(200);
    }
}

#[tokio::test]
async fn a_command_was_carried_out_and_says_so() {
    let world = World::new().await;
    run(&world, "alter table access_line rename to elsewhere").await;
    world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
}

#[tokio::test]
async fn a_failure_of_ours_is_an_error_in_the_log() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let before = accesses(&world).await;
    world.service.ground().db.close().await;
    world.get(&NOOR, &story.path("")).await.expect(503);
    let written = since(&world, UTRECHT, &before).await;
    assert_eq!(written.access[0].result, Outcome::Failed);
    assert_eq!(written.processing.len(), 1);
    assert_eq!(written.processing[0].status, Status::Error);
}
