//! What came in and could not be understood: visible with its reason, its body sealed and expiring.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use bus::Message;
use jiff::{Timestamp, ToSpan};
use journal::CauseKey;
use sqlx::Row;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    core::Core,
    error::GatewayError,
    relay::AFTER_FAILURE,
    rest::Owner,
    sql,
    work::{Begun, Work},
};

/// How long an entry stays: as long as in the platform's own quarantine.
const KEEP_DAYS: i64 = 30;

impl Core {
    /// Puts a message aside, visibly. A message that comes again stays one entry.
    pub(crate) async fn quarantine(
        &self,
        message: &Message,
        reason: &str,
    ) -> Result<(), GatewayError> {
        let now = self.clock.now();
        let id = match message.message_id() {
            Some(id) => id.to_owned(),
            None => self.entropy.uuid_v7(now).to_string(),
        };
        tracing::warn!(subject = %message.subject, reason, "a message was put into quarantine");
        let cause = CauseKey::new("quarantine", id.as_str());
        let Begun::Fresh(mut work) = Work::begin(self, cause).await? else {
            return Ok(());
        };
        let body = STANDARD.encode(&message.payload);
        let sealed = self.seal(&Owner::Quarantined(&id), &body).await?;
        for query in [
            sqlx::query(sql::RECEIVED_ADD)
                .bind(id.clone())
                .bind("quarantine")
                .bind(now.to_string()),
            sqlx::query(sql::QUARANTINE_ADD)
                .bind(id.clone())
                .bind(now.to_string())
                .bind(message.subject.clone())
                .bind(reason)
                .bind(sealed)
                .bind(expiry(now).as_microsecond()),
        ] {
            query.execute(work.conn()).await?;
        }
        work.commit(Vec::<Uuid>::new()).await
    }

    /// Deletes what has expired, body and key. Gives the time at which the next entry does, at the
    /// earliest.
    pub(crate) async fn expire_quarantine(&self) -> Result<Timestamp, GatewayError> {
        let now = self.clock.now();
        let rows = sqlx::query(sql::QUARANTINE_EXPIRED)
            .bind(now.as_microsecond())
            .fetch_all(self.db.reader())
            .await?;
        for row in &rows {
            let id: &str = row.try_get("id")?;
            // The key first: what is left without it says nothing.
            self.forget(&Owner::Quarantined(id)).await?;
            let mut tx = self.db.begin().await?;
            sqlx::query(sql::QUARANTINE_DROP)
                .bind(id)
                .execute(tx.conn())
                .await?;
            tx.commit().await?;
            tracing::info!(id, "a message in quarantine has expired");
        }
        let row = sqlx::query(sql::QUARANTINE_NEXT)
            .fetch_one(self.db.reader())
            .await?;
        let next: Option<i64> = row.try_get("next")?;
        let next = next.and_then(|at| Timestamp::from_microsecond(at).ok());
        // What comes later expires later than this.
        Ok(next.unwrap_or_else(|| expiry(now)))
    }
}

/// What expires after this came within the last hour.
pub(crate) fn expiry_of_an_hour_ago(now: Timestamp) -> Timestamp {
    expiry(now.checked_sub(1.hour()).unwrap_or(now))
}

fn expiry(at: Timestamp) -> Timestamp {
    at.checked_add((KEEP_DAYS * 24).hours())
        .unwrap_or(Timestamp::MAX)
}

/// Lets entries expire until it is asked to stop.
pub(crate) async fn keep_expiring(core: Arc<Core>, stop: CancellationToken) {
    loop {
        let next = async {
            match core.expire_quarantine().await {
                Ok(next) => core.clock.reaches(next).await,
                Err(error) => {
                    tracing::warn!(%error, "the quarantine could not be cleared; trying again");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = next => {}
        }
    }
}
