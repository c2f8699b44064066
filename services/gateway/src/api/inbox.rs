//! `GET /v1/inbox`: what waits for somebody in this organisation.

use axum::{Json, extract::State};
use chassis::Problem;
use serde_json::{Value, json};
use sqlx::{Row, any::AnyRow};

use super::{App, staff::Staff};
use crate::{error::GatewayError, sql};

pub(crate) async fn inbox(State(app): State<App>, staff: Staff) -> Result<Json<Value>, Problem> {
    let reader = Reader { app: &app };
    let counts = app.core.counts().await?;
    // What a letter holds that nobody here knows is for those who may read content.
    let may_read_content = staff.may_answer().is_some();
    Ok(Json(json!({
        "handoffs": reader.list(sql::HANDOFFS_OPEN, handoff).await?,
        "commitments": reader.opened(sql::COMMITMENTS_OPEN, "text", |row, text| {
            let mut commitment = texts(row, &[
                ("request", "request"), ("pseudonym", "pseudonym"), ("by", "asked_by"),
            ])?;
            commitment["text"] = json!(text);
            Ok(commitment)
        }).await?,
        "letters": reader.opened(sql::LETTERS_LATEST, "data", |row, data| {
            letter(row, &data, may_read_content)
        }).await?,
        "refusals": reader.list(sql::OUTBOX_REFUSED, |row| texts(row, &[
            ("id", "event_id"), ("event", "event"), ("reason", "code"), ("text", "text"),
        ])).await?,
        "notMatched": reader.list(sql::IDENTITIES_UNMATCHED, |row| texts(row, &[
            ("handoff", "handoff"), ("pseudonym", "pseudonym"), ("result", "result"), ("at", "at"),
        ])).await?,
        "quarantine": reader.list(sql::QUARANTINE_LIST, |row| texts(row, &[
            ("id", "id"), ("at", "at"), ("subject", "subject"), ("reason", "reason"),
        ])).await?,
        "outbox": {
            "waitingForPseudonym": counts.waiting,
            "unanswered": counts.unanswered,
        },
    })))
}

struct Reader<'a> {
    app: &'a App,
}

impl Reader<'_> {
    async fn list(
        &self,
        statement: &'static str,
        item: impl Fn(&AnyRow) -> Result<Value, GatewayError>,
    ) -> Result<Vec<Value>, GatewayError> {
        let rows = sqlx::query(statement)
            .fetch_all(self.app.core.db.reader())
            .await?;
        rows.iter().map(item).collect()
    }

    /// The same for rows of which one column is sealed.
    async fn opened(
        &self,
        statement: &'static str,
        sealed: &str,
        item: impl Fn(&AnyRow, String) -> Result<Value, GatewayError>,
    ) -> Result<Vec<Value>, GatewayError> {
        let core = &self.app.core;
        let rows = sqlx::query(statement).fetch_all(core.db.reader()).await?;
        let texts: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get(sealed)).collect();
        let texts = core.unseal_all(texts?).await?;
        let rows = rows.iter().zip(texts);
        rows.map(|(row, text)| item(row, text)).collect()
    }
}

/// A card as it came, the case it belongs to, and until when it can be answered now.
fn handoff(row: &AnyRow) -> Result<Value, GatewayError> {
    let mut card: Value =
        serde_json::from_str(row.try_get("card")?).map_err(|_| GatewayError::Unreadable("card"))?;
    if let Some(answer_by) = row.try_get::<Option<String>, _>("answer_by")? {
        card["answerBy"] = json!(answer_by);
    }
    card["pseudonym"] = json!(row.try_get::<Option<String>, _>("pseudonym")?);
    Ok(card)
}

/// A letter as it came; of a silence, whom to warn.
fn letter(row: &AnyRow, data: &str, may_read_content: bool) -> Result<Value, GatewayError> {
    let known = row.try_get::<i64, _>("known")? == 1;
    let data: Value = serde_json::from_str(data).map_err(|_| GatewayError::Unreadable("letter"))?;
    let mut letter = json!({
        "id": row.try_get::<String, _>("message")?,
        "event": row.try_get::<String, _>("event")?,
        "version": row.try_get::<i64, _>("version")?,
        "pseudonym": row.try_get::<Option<String>, _>("pseudonym")?,
        "at": row.try_get::<String, _>("at")?,
        "known": known,
        "warn": data.get("managers").filter(|_| known).cloned().unwrap_or_else(|| json!([])),
    });
    if known || may_read_content {
        letter["data"] = data;
    }
    Ok(letter)
}

/// An object of text columns: name in the answer, name of the column.
fn texts(row: &AnyRow, columns: &[(&str, &str)]) -> Result<Value, GatewayError> {
    let mut object = serde_json::Map::new();
    for (name, column) in columns {
        let text: Option<String> = row.try_get(*column)?;
        object.insert((*name).to_owned(), json!(text));
    }
    Ok(Value::Object(object))
}
