//! What this organisation keeps itself.

use journal::Db;
use sqlx::{Row, any::AnyRow};

use crate::{error::GatewayError, sql};

/// A checkpoint as it came in.
pub(super) struct Kept {
    pub(super) message: String,
    pub(super) note: String,
    /// What was wrong with it at once.
    pub(super) finding: Option<String>,
}

/// An own event that the platform answered with `input.stored`.
pub(super) struct Stored {
    pub(super) id: String,
    /// SHA-256 of what was sent, in base64.
    pub(super) digest: String,
    /// Where the first event stands that it became, and where the last.
    pub(super) first: u64,
    pub(super) last: u64,
}

/// The organisation's own copy.
pub(super) struct Copy {
    pub(super) checkpoints: Vec<Kept>,
    pub(super) stored: Vec<Stored>,
    /// Own events that were stored, and of which an earlier release kept no digest.
    pub(super) without_digest: usize,
}

impl Copy {
    pub(super) async fn read(db: &Db) -> Result<Self, GatewayError> {
        let kept = sqlx::query(sql::CHECKPOINTS_ALL)
            .fetch_all(db.reader())
            .await?;
        let stored = sqlx::query(sql::OUTBOX_STORED_LIST)
            .fetch_all(db.reader())
            .await?;
        let mut copy = Self {
            checkpoints: kept.iter().map(checkpoint).collect::<Result<_, _>>()?,
            stored: Vec::new(),
            without_digest: 0,
        };
        for row in &stored {
            match own(row)? {
                Some(stored) => copy.stored.push(stored),
                None => copy.without_digest += 1,
            }
        }
        Ok(copy)
    }
}

fn checkpoint(row: &AnyRow) -> Result<Kept, GatewayError> {
    let state: String = row.try_get("state")?;
    let trusted = ["consistent", "unlinked", "earlier", "unchecked"];
    Ok(Kept {
        message: row.try_get("message")?,
        note: row.try_get("note")?,
        finding: (!trusted.contains(&state.as_str())).then_some(state),
    })
}

fn own(row: &AnyRow) -> Result<Option<Stored>, GatewayError> {
    let broken = || GatewayError::Unreadable("place of an event");
    let number = |name: &str| -> Result<Option<u64>, GatewayError> {
        let number: Option<i64> = row.try_get(name)?;
        number
            .map(|number| u64::try_from(number).map_err(|_| broken()))
            .transpose()
    };
    let digest: Option<String> = row.try_get("digest")?;
    let (Some(digest), Some(last), Some(events)) = (digest, number("position")?, number("events")?)
    else {
        return Ok(None);
    };
    let first = (last + 1).checked_sub(events).filter(|first| *first > 0);
    Ok(Some(Stored {
        id: row.try_get("event_id")?,
        digest,
        first: first.ok_or_else(broken)?,
        last,
    }))
}
