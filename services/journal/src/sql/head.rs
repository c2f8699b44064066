use crate::Statement;

pub(crate) const ALL: &[Statement] = &[LOCK, MOVE, READ];

/// Takes the head row. SQLite locks by writing, so the update comes first; on PostgreSQL a row
/// lock leaves no dead row behind.
pub(crate) const LOCK: Statement = Statement::each(
    "head.lock",
    "update journal_head set position = position where shard = $1 returning position, answers",
    "select position, answers from journal_head where shard = $1 for update",
);

/// Writes the last numbers that were handed out.
pub(crate) const MOVE: Statement = Statement::same(
    "head.move",
    "update journal_head set position = $2, answers = $3 where shard = $1",
);

/// Reads the last numbers that were handed out.
pub(crate) const READ: Statement = Statement::same(
    "head.read",
    "select position, answers from journal_head where shard = $1",
);
