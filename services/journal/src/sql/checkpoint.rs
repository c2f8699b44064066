use crate::Statement;

pub(crate) const ALL: &[Statement] = &[READ, SAVE];

/// How far a follower has come.
pub(crate) const READ: Statement = Statement::same(
    "checkpoint.read",
    "select position from journal_checkpoint where shard = $1 and follower = $2",
);

/// Notes how far a follower has come.
pub(crate) const SAVE: Statement = Statement::same(
    "checkpoint.save",
    "insert into journal_checkpoint (shard, follower, position) values ($1, $2, $3)
     on conflict (shard, follower) do update set position = excluded.position",
);
