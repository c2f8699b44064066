//! What the platform told and somebody should know: kept for the inbox, in the order in which it
//! came, as long as this organisation has access to the case.

use proto::{Envelope, Pseudonym};

use crate::{error::GatewayError, sql, work::Work};

/// Whether this release knows a kind of letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It does.
    Known,
    /// It does not, or not in this version: the letter is kept as it came, for people to read.
    Unknown,
}

impl Work<'_> {
    /// Keeps a letter for the inbox.
    pub(crate) async fn keep_letter(
        &mut self,
        envelope: &Envelope,
        case: Option<&Pseudonym>,
        kind: Kind,
    ) -> Result<(), GatewayError> {
        sqlx::query(sql::LETTER_ADD)
            .bind(envelope.id.as_str())
            .bind(case.map(Pseudonym::as_str))
            .bind(envelope.type_.event.as_str())
            .bind(i64::from(envelope.type_.version))
            .bind(envelope.time.to_string())
            .bind(envelope.data.to_string())
            .bind(i64::from(kind == Kind::Known))
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
