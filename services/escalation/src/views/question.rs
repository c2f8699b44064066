//! What handoffs, requests for admission and commitments share: a row per question that was asked
//! in a case, with a status that its answer changes.

use journal::{JournalError, Statement, Tx};
use serde_json::Value;

use super::case::json;

/// Changes the JSON content of one row of a case (`$1` the case, `$2` the row's id; `$3` the new
/// content), and nothing else of it.
pub(super) async fn amended(
    tx: &mut Tx,
    [content, set]: [Statement; 2],
    [case_id, id]: [&str; 2],
    amend: impl FnOnce(&mut Value),
) -> Result<(), JournalError> {
    let engine = tx.engine();
    let row = sqlx::query(content.text(engine))
        .bind(case_id)
        .bind(id)
        .fetch_one(tx.conn())
        .await?;
    let mut content = json(&row, "content")?;
    amend(&mut content);
    sqlx::query(set.text(engine))
        .bind(case_id)
        .bind(id)
        .bind(content.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Adds to the JSON content of one row of a case (`$1` the case, `$2` the row's id) what was said
/// later, under `key`, and sets its status (`$3`, with the content in `$4`).
pub(super) async fn answered(
    tx: &mut Tx,
    [content, set]: [Statement; 2],
    [case_id, id]: [&str; 2],
    (status, key): (&str, &str),
    said: &Value,
) -> Result<(), JournalError> {
    let engine = tx.engine();
    let row = sqlx::query(content.text(engine))
        .bind(case_id)
        .bind(id)
        .fetch_one(tx.conn())
        .await?;
    let mut content = json(&row, "content")?;
    content[key] = said.clone();
    sqlx::query(set.text(engine))
        .bind(case_id)
        .bind(id)
        .bind(status)
        .bind(content.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}
