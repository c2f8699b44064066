//! A request that is sent twice under one `Idempotency-Key` is carried out once.

use journal::{CauseKey, Outcome};
use sqlx::Row;
use uuid::Uuid;

use crate::{
    core::Core,
    error::{GatewayError, HandInError},
    rest::Lookup,
    sql,
    work::{Begun, Work},
};

/// A request from outside, as far as telling it from others goes.
pub(crate) struct Request<'r> {
    /// What is asked for, such as `events`: keys of different doors do not meet.
    pub(crate) door: String,
    /// The caller's key, if there is one.
    pub(crate) key: Option<&'r str>,
    /// What is asked, in full; only a keyed digest of it is kept.
    pub(crate) body: String,
}

/// What to do with a request.
pub(crate) enum Asked<'c> {
    /// Carry it out.
    Now(Work<'c>),
    /// It was carried out before: this was the answer.
    Before(Uuid),
}

impl Core {
    /// Begins the work for a request, unless it was done before.
    ///
    /// # Errors
    /// [`HandInError::Conflict`] when the key was used for another request.
    pub(crate) async fn asked(&self, request: Request<'_>) -> Result<Asked<'_>, HandInError> {
        let Some(key) = request.key else {
            let cause = CauseKey::new("own", self.entropy.uuid_v4().to_string());
            return match Work::begin(self, cause).await? {
                Begun::Fresh(work) => Ok(Asked::Now(work)),
                Begun::Known(outcome) => Ok(Asked::Before(answer(outcome)?)),
            };
        };
        let message = format!("{} {key}", request.door);
        let digest = self.rest.digest(Lookup::Request, &request.body);
        match Work::begin(self, CauseKey::new("own", message.as_str())).await? {
            Begun::Fresh(mut work) => {
                sqlx::query(sql::KEY_ADD)
                    .bind(message)
                    .bind(digest)
                    .execute(work.conn())
                    .await?;
                Ok(Asked::Now(work))
            }
            Begun::Known(outcome) => {
                let row = sqlx::query(sql::KEY_DIGEST)
                    .bind(message)
                    .fetch_one(self.db.reader())
                    .await?;
                if row.try_get::<&str, _>("digest")? != digest {
                    return Err(HandInError::Conflict(
                        "This Idempotency-Key was used for another request.".into(),
                    ));
                }
                Ok(Asked::Before(answer(outcome)?))
            }
        }
    }
}

/// The id that the request was answered with. A request that was refused left nothing behind, so
/// what is stored was carried out.
fn answer(outcome: Outcome) -> Result<Uuid, GatewayError> {
    match outcome {
        Outcome::Stored { event_ids, .. } => event_ids.first().copied(),
        Outcome::Refused { .. } => None,
    }
    .ok_or(GatewayError::Unreadable("answer"))
}
