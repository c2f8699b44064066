//! One text of SQL for two engines, or one for each: all of it is known to both.

use crate::orders::ground;
use crate::place::Place;

on_both_engines!(every_statement_prepares);

async fn every_statement_prepares(place: Place) {
    let ground = ground(&place).await;
    let statements = escalation::service::statements();
    assert_eq!(ground.db.prepare_all(&statements).await, Ok(()));

    let mut names: Vec<_> = statements.iter().map(|statement| statement.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all, "two statements have one name");
}
