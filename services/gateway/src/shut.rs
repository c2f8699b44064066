//! Identities that came sealed for a key that was not here: kept as they came, and opened as soon
//! as the service starts with that key. A change of keys loses nothing.

use journal::CauseKey;
use proto::{HandoffId, Pseudonym, SharedPersons, sealed::SealError};
use sqlx::Row;

use crate::{
    core::Core,
    error::GatewayError,
    outbox::pseudonym,
    sql,
    work::{Begun, Work},
};

/// What became of a sealed identity.
pub(crate) enum Opened {
    /// These people.
    Persons(SharedPersons),
    /// It is sealed for a key that is not here; it may be opened later.
    KeyUnknown,
    /// It is not for this organisation, was changed, or makes no sense.
    Unreadable,
}

impl Core {
    pub(crate) fn open_identity(&self, handoff: HandoffId, sealed: &str) -> Opened {
        let info = handoff.to_string();
        match self.keys.open(info.as_bytes(), sealed) {
            Ok(plaintext) => match serde_json::from_slice(&plaintext) {
                Ok(persons) => Opened::Persons(persons),
                Err(_) => {
                    tracing::warn!(%handoff, "a shared identity opens and cannot be read");
                    Opened::Unreadable
                }
            },
            Err(error @ SealError::UnknownKey) => {
                tracing::error!(
                    %handoff, %error,
                    "a shared identity is kept shut: start with the key it was sealed for \
                     (PREVIOUS_SEALING_KEY_FILE)"
                );
                Opened::KeyUnknown
            }
            Err(error) => {
                tracing::warn!(%handoff, %error, "a shared identity cannot be opened");
                Opened::Unreadable
            }
        }
    }

    /// Tries again what could not be opened for want of its key; at start, when keys may be new.
    pub(crate) async fn open_what_was_shut(&self) -> Result<(), GatewayError> {
        let rows = sqlx::query(sql::IDENTITIES_SHUT)
            .fetch_all(self.db.reader())
            .await?;
        for row in &rows {
            let broken = || GatewayError::Unreadable("identity");
            let handoff: HandoffId = row
                .try_get::<&str, _>("handoff")?
                .parse()
                .map_err(|_| broken())?;
            let case = pseudonym(row)?;
            let sealed: &str = row.try_get("shut")?;
            let opened = self.open_identity(handoff, sealed);
            if matches!(opened, Opened::KeyUnknown) {
                continue;
            }
            self.match_now(handoff, &case, sealed, opened).await?;
        }
        Ok(())
    }

    async fn match_now(
        &self,
        handoff: HandoffId,
        case: &Pseudonym,
        sealed: &str,
        opened: Opened,
    ) -> Result<(), GatewayError> {
        let cause = CauseKey::new("shut", self.entropy.uuid_v4().to_string());
        let Begun::Fresh(mut work) = Work::begin(self, cause).await? else {
            return Ok(());
        };
        work.match_opened(handoff, case, sealed, opened).await?;
        work.commit(Vec::new()).await
    }
}
