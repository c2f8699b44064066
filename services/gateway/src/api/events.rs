//! `POST /v1/events`: an own system tells what happened.

use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
};
use chassis::{Problem, body::Checked};
use serde_json::Value;

use super::{App, accepted, idempotency_key, staff::Staff};
use crate::hand_in::HandIn;

pub(crate) async fn hand_in(
    State(app): State<App>,
    _staff: Staff,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Problem> {
    use axum::extract::FromRequest;

    let headers = request.headers().clone();
    let key = idempotency_key(&headers)?;
    let Checked(body) = Checked::<HandIn>::from_request(request, &()).await?;
    let id = app.core.hand_in(key, &body).await?;
    Ok(accepted(id))
}
