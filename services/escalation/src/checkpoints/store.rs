//! What was signed, kept for ever.

use jiff::Timestamp;
use journal::{Db, JournalError, Statement, Tx};
use sqlx::Row;
use sqlx::any::AnyRow;
use transparency::Hash;

const ADD: Statement = Statement::same(
    "signed_checkpoint.add",
    "INSERT INTO signed_checkpoint (size, root, note, previous, proof, at)
     VALUES ($1, $2, $3, $4, $5, $6)",
);
const LAST: Statement = Statement::same(
    "signed_checkpoint.last",
    "SELECT size, root, note, previous, proof, at FROM signed_checkpoint
     ORDER BY size DESC LIMIT 1",
);
const AFTER: Statement = Statement::same(
    "signed_checkpoint.after",
    "SELECT size, root, note, previous, proof, at FROM signed_checkpoint
     WHERE size > $1 ORDER BY size LIMIT $2",
);

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[ADD, LAST, AFTER];

/// A checkpoint that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// How many events.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Hash,
    /// The signed note.
    pub note: String,
    /// The size of the checkpoint before it; 0 for the first.
    pub previous: u64,
    /// Proof that this one goes on from there.
    pub proof: Vec<Hash>,
    /// When it was signed.
    pub at: Timestamp,
}

/// The newest checkpoint.
///
/// # Errors
/// [`JournalError`].
pub async fn last(db: &Db) -> Result<Option<Signed>, JournalError> {
    let row = sqlx::query(LAST.text(db.engine()))
        .fetch_optional(db.reader())
        .await?;
    row.as_ref().map(read).transpose()
}

/// The same, in a transaction: no other replica signs meanwhile.
pub(super) async fn last_locked(tx: &mut Tx) -> Result<Option<Signed>, JournalError> {
    let row = sqlx::query(LAST.text(tx.engine()))
        .fetch_optional(tx.conn())
        .await?;
    row.as_ref().map(read).transpose()
}

/// The checkpoints of more than `size` events, in their order, at most `limit`.
///
/// # Errors
/// [`JournalError`].
pub async fn after(db: &Db, size: i64, limit: u32) -> Result<Vec<Signed>, JournalError> {
    let rows = sqlx::query(AFTER.text(db.engine()))
        .bind(size)
        .bind(i64::from(limit))
        .fetch_all(db.reader())
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn add(tx: &mut Tx, signed: &Signed) -> Result<(), JournalError> {
    let number = |size| i64::try_from(size).map_err(|_| broken());
    sqlx::query(ADD.text(tx.engine()))
        .bind(number(signed.size)?)
        .bind(signed.root.to_string())
        .bind(signed.note.as_str())
        .bind(number(signed.previous)?)
        .bind(serde_json::to_string(&signed.proof).map_err(|_| broken())?)
        .bind(signed.at.to_string())
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Signed, JournalError> {
    let number = |name: &str| -> Result<u64, JournalError> {
        u64::try_from(row.try_get::<i64, _>(name)?).map_err(|_| broken())
    };
    let text = |name: &str| -> Result<&str, JournalError> { Ok(row.try_get(name)?) };
    Ok(Signed {
        size: number("size")?,
        root: Hash::parse(text("root")?).map_err(|_| broken())?,
        note: text("note")?.to_owned(),
        previous: number("previous")?,
        proof: serde_json::from_str(text("proof")?).map_err(|_| broken())?,
        at: text("at")?.parse().map_err(|_| broken())?,
    })
}

const fn broken() -> JournalError {
    JournalError::Unreadable { what: "checkpoint" }
}
