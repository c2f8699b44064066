use journal::Db;

use super::support::Databases;

#[tokio::test]
async fn every_statement_fits_the_engine() {
    let databases = Databases::new();
    let db = Db::open(&databases.url("party").await, gateway::migrations())
        .await
        .expect("the tables fit");
    assert_eq!(db.engine(), crate::ENGINE);
    let statements = gateway::statements();
    assert!(statements.len() > 50);
    assert_eq!(db.prepare_all(&statements).await, Ok(()));
}
