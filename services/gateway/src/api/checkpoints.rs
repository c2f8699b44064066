//! `GET /v1/checkpoints`: what this organisation keeps of the platform's log.

use axum::{Json, extract::State};
use chassis::Problem;
use serde_json::{Value, json};
use sqlx::{Row, any::AnyRow};

use super::{App, staff::Staff};
use crate::{error::GatewayError, sql};

pub(crate) async fn checkpoints(
    State(app): State<App>,
    _staff: Staff,
) -> Result<Json<Value>, Problem> {
    let items = read(&app, sql::CHECKPOINTS_LATEST).await?;
    Ok(Json(json!({ "items": items })))
}

/// Those that somebody must look into.
pub(super) async fn findings(app: &App) -> Result<Vec<Value>, GatewayError> {
    read(app, sql::CHECKPOINTS_FOUND).await
}

async fn read(app: &App, statement: &'static str) -> Result<Vec<Value>, GatewayError> {
    let rows = sqlx::query(statement)
        .fetch_all(app.core.db.reader())
        .await?;
    rows.iter().map(seen).collect()
}

fn seen(row: &AnyRow) -> Result<Value, GatewayError> {
    Ok(json!({
        "id": row.try_get::<String, _>("message")?,
        "size": row.try_get::<Option<i64>, _>("size")?,
        "root": row.try_get::<Option<String>, _>("root")?,
        "state": row.try_get::<String, _>("state")?,
        "at": row.try_get::<String, _>("at")?,
        "note": row.try_get::<String, _>("note")?,
    }))
}
