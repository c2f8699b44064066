//! `GET /v1/cases`: the cases this organisation takes part in, and where they stand.

use axum::{
    Json,
    extract::{Query, State},
};
use chassis::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::{Row, any::AnyRow};

use super::{App, staff::Staff};
use crate::{error::GatewayError, sql};

/// Cases per page.
const PAGE: usize = 100;

#[derive(Deserialize)]
pub(crate) struct Page {
    /// The `nextCursor` of the page before.
    #[serde(default)]
    cursor: String,
}

pub(crate) async fn cases(
    State(app): State<App>,
    staff: Staff,
    Query(page): Query<Page>,
) -> Result<Json<Value>, Problem> {
    // What was opened after acceptance is for those who accept.
    let may_read_content = staff.may_answer().is_some();
    Ok(Json(list(&app, &page, may_read_content).await?))
}

async fn list(app: &App, page: &Page, may_read_content: bool) -> Result<Value, GatewayError> {
    // One more than a page tells whether there is a next one.
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut rows = sqlx::query(sql::CASES_PAGE)
        .bind(page.cursor.as_str())
        .bind(limit)
        .fetch_all(app.core.db.reader())
        .await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        items.push(case(app, row, may_read_content).await?);
    }
    let mut answer = json!({ "items": items });
    if let (true, Some(last)) = (more, rows.last()) {
        answer["nextCursor"] = json!(last.try_get::<String, _>("pseudonym")?);
    }
    Ok(answer)
}

async fn case(app: &App, row: &AnyRow, may_read_content: bool) -> Result<Value, GatewayError> {
    let pseudonym: String = row.try_get("pseudonym")?;
    let handoffs = sqlx::query(sql::HANDOFFS_OF)
        .bind(pseudonym.as_str())
        .fetch_all(app.core.db.reader())
        .await?;
    let mut shown = Vec::with_capacity(handoffs.len());
    for row in &handoffs {
        shown.push(handoff(app, row, may_read_content).await?);
    }
    Ok(json!({
        "pseudonym": pseudonym,
        "ownReference": row.try_get::<Option<String>, _>("own_reference")?,
        "rung": row.try_get::<Option<String>, _>("rung")?,
        "tier": row.try_get::<Option<String>, _>("tier")?,
        "state": row.try_get::<String, _>("state")?,
        "outcome": row.try_get::<Option<String>, _>("outcome")?,
        "access": row.try_get::<i64, _>("access")? == 1,
        "since": row.try_get::<String, _>("since")?,
        "handoffs": shown,
    }))
}

async fn handoff(app: &App, row: &AnyRow, may_read_content: bool) -> Result<Value, GatewayError> {
    let json_of = |text: Option<String>| match text {
        None => Ok(Value::Null),
        Some(text) => serde_json::from_str(&text).map_err(|_| GatewayError::Unreadable("handoff")),
    };
    let mut handoff = json!({
        "handoff": row.try_get::<String, _>("handoff")?,
        "offeredByUs": row.try_get::<i64, _>("ours")? == 1,
        "state": row.try_get::<String, _>("state")?,
        "answerBy": row.try_get::<Option<String>, _>("answer_by")?,
        "card": json_of(row.try_get("card")?)?,
    });
    if may_read_content {
        let sealed: Option<String> = row.try_get("opened")?;
        let opened = app.core.unseal_all(Vec::from_iter(sealed)).await?.pop();
        handoff["opened"] = json_of(opened)?;
    }
    Ok(handoff)
}
