//! `POST /v1/handoffs/{id}/answer`: a liaison or a care professional answers an offer.

use axum::{
    Json,
    extract::{FromRequest, Path, Request, State},
    http::StatusCode,
};
use chassis::{Problem, body::Checked};
use proto::{
    ActedBy, Answer, DeclineReason, FromParty, HandoffId, InvalidParam, Text,
    event::HandoffAnswered,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use super::{App, accepted, idempotency_key, staff::Staff};
use crate::{
    core::Core,
    error::HandInError,
    idempotency::{self, Asked},
    outbox::CaseName,
    sql,
    work::Work,
};

/// The answer, as `handoff.answered` without who acted and on what.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AnswerBody {
    answer: Answer,
    #[serde(default)]
    reason: Option<DeclineReason>,
    #[serde(default)]
    text: Option<Text>,
    #[serde(default)]
    alternative: Option<Text>,
}

pub(crate) async fn answer(
    State(app): State<App>,
    staff: Staff,
    Path(handoff): Path<String>,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let Some(role) = staff.may_answer() else {
        return Err(Problem::forbidden(
            "Answering a handoff takes the role agency_liaison or care_professional.",
        ));
    };
    let headers = request.headers().clone();
    let key = idempotency_key(&headers)?;
    let Checked(body) = Checked::<AnswerBody>::from_request(request, &()).await?;
    if body.answer == Answer::Declined && body.reason.is_none() {
        return Err(Problem::bad_request(vec![InvalidParam::new(
            "/reason",
            "is required: declining without a reason is impossible",
        )]));
    }
    // What is no identifier is known to nobody.
    let Ok(handoff) = handoff.parse::<HandoffId>() else {
        return Err(not_known().into());
    };
    let id = app
        .core
        .answer(key, handoff, body, staff.acting_as(role))
        .await?;
    Ok(accepted(id))
}

fn not_known() -> HandInError {
    HandInError::NotFound("No handoff with this id was offered here.".into())
}

impl Core {
    async fn answer(
        &self,
        key: Option<&str>,
        handoff: HandoffId,
        body: AnswerBody,
        acted_by: ActedBy,
    ) -> Result<Uuid, HandInError> {
        let request = idempotency::Request {
            door: format!("answer {handoff}"),
            key,
            body: json!([body.answer, body.reason, body.text, body.alternative]).to_string(),
        };
        let mut work = match self.asked(request).await? {
            Asked::Now(work) => work,
            Asked::Before(id) => return Ok(id),
        };
        work.still_open(handoff).await?;
        let event = FromParty::from(HandoffAnswered {
            acted_by,
            handoff,
            answer: body.answer,
            reason: body.reason,
            text: body.text,
            alternative: body.alternative,
        });
        let id = work.tell(event, CaseName::None).await?;
        work.commit(vec![id]).await?;
        tracing::info!(event_id = %id, %handoff, "a handoff was answered");
        Ok(id)
    }
}

impl Work<'_> {
    /// A person hears at once what an own system would hear from the platform.
    async fn still_open(&mut self, handoff: HandoffId) -> Result<(), HandInError> {
        let row = sqlx::query(sql::HANDOFF_GET)
            .bind(handoff.to_string())
            .fetch_optional(self.conn())
            .await?
            .ok_or_else(not_known)?;
        if row.try_get::<i64, _>("ours")? == 1 {
            return Err(not_known());
        }
        match row.try_get::<&str, _>("state")? {
            "withdrawn" => Err(HandInError::Conflict(
                "The offer was withdrawn by the organisation that made it.".into(),
            )),
            "expired" => Err(HandInError::Conflict(
                "The offer has expired: its answer term is over.".into(),
            )),
            // Open, or answered: who answered and when is said where the answer is noted.
            _ => Ok(()),
        }
    }
}
