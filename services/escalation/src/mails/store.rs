//! Which mails wait, and which were sent.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use journal::{Db, JournalError, Statement};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::Occasion;

const ADD: Statement = Statement::same(
    "mail.add",
    "INSERT INTO mail (cause, organisation, contact, occasion, state, made_at, tried, again_at)
     VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $5)
     ON CONFLICT (cause, organisation) DO NOTHING",
);
const WAITING: Statement = Statement::same(
    "mail.waiting",
    "SELECT * FROM mail WHERE state = 'waiting' AND again_at <= $1
     ORDER BY again_at, cause, organisation LIMIT $2",
);
const TAKE: Statement = Statement::same(
    "mail.take",
    "UPDATE mail SET tried = tried + 1, again_at = $4
     WHERE cause = $1 AND organisation = $2 AND state = 'waiting' AND tried = $3",
);
const END: Statement = Statement::same(
    "mail.end",
    "UPDATE mail SET state = $3 WHERE cause = $1 AND organisation = $2",
);
const FORGET: Statement = Statement::same("mail.forget", "DELETE FROM mail WHERE made_at < $1");

/// Every statement here.
pub(crate) const STATEMENTS: &[Statement] = &[ADD, WAITING, TAKE, END, FORGET];

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The mail server took it.
    Sent,
    /// It was tried often enough, or the server will never take it.
    GivenUp,
    /// The register has no address for it any more.
    Nobody,
}

impl State {
    fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
            Self::Nobody => "nobody",
        }
    }
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mail {
    /// What it follows from.
    pub(super) cause: String,
    /// To which organisation.
    pub(super) organisation: String,
    /// To whom: an entry of its register.
    pub(super) contact: String,
    /// What it says.
    pub(super) occasion: Occasion,
    /// How often it was tried.
    pub(super) tried: i64,
}

impl Mail {
    fn from_row(row: &AnyRow) -> Result<Self, JournalError> {
        let word: &str = row.try_get("occasion")?;
        let occasion = Occasion::ALL.into_iter().find(|one| one.as_str() == word);
        Ok(Self {
            cause: row.try_get("cause")?,
            organisation: row.try_get("organisation")?,
            contact: row.try_get("contact")?,
            occasion: occasion.ok_or(JournalError::Unreadable { what: "mail" })?,
            tried: row.try_get("tried")?,
        })
    }

    /// A name that is the same at every try and says nothing.
    pub(super) fn id(&self) -> String {
        let named = format!("{}\n{}", self.cause, self.organisation);
        URL_SAFE_NO_PAD.encode(digest(&SHA256, named.as_bytes()))
    }
}

/// Adds what is not there yet, and moves the follower, in one transaction.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn add(
    db: &Db,
    mails: &[Mail],
    now: Timestamp,
    (follower, place): (&str, i64),
) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    for mail in mails {
        sqlx::query(ADD.text(engine))
            .bind(mail.cause.as_str())
            .bind(mail.organisation.as_str())
            .bind(mail.contact.as_str())
            .bind(mail.occasion.as_str())
            .bind(now.as_microsecond())
            .execute(tx.conn())
            .await?;
    }
    tx.save_checkpoint(follower, place).await?;
    tx.commit().await
}

/// What is to be tried now, oldest first.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn waiting(
    db: &Db,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Mail>, JournalError> {
    let rows = sqlx::query(WAITING.text(db.engine()))
        .bind(now.as_microsecond())
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(Mail::from_row).collect()
}

/// Puts a mail off to its next try; false when somebody else did.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn take(db: &Db, mail: &Mail, again: Timestamp) -> Result<bool, JournalError> {
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    let taken = sqlx::query(TAKE.text(engine))
        .bind(mail.cause.as_str())
        .bind(mail.organisation.as_str())
        .bind(mail.tried)
        .bind(again.as_microsecond())
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(taken.rows_affected() == 1)
}

/// Notes what became of a mail.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn end(db: &Db, mail: &Mail, state: State) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    sqlx::query(END.text(engine))
        .bind(mail.cause.as_str())
        .bind(mail.organisation.as_str())
        .bind(state.as_str())
        .execute(tx.conn())
        .await?;
    tx.commit().await
}

/// Forgets what was made before a moment.
///
/// # Errors
/// [`JournalError`].
pub(super) async fn forget(db: &Db, before: Timestamp) -> Result<(), JournalError> {
    let mut tx = db.begin().await?;
    let engine = tx.engine();
    sqlx::query(FORGET.text(engine))
        .bind(before.as_microsecond())
        .execute(tx.conn())
        .await?;
    tx.commit().await
}
