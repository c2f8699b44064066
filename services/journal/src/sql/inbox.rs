use crate::Statement;

pub(crate) const ALL: &[Statement] = &[KNOWN, SETTLE, TRACES, ANSWERS_AFTER, BY_SENDER];

/// Which causes of a batch ($2) were answered before. The head row is held, so what is not found
/// here cannot be answered by anyone else before this transaction ends. The cross join on
/// SQLite and the limit on PostgreSQL fix the plan: both would rather walk the whole inbox.
pub(crate) const KNOWN: Statement = Statement::each(
    "inbox.known",
    "select i.sender, i.message, i.answer, i.outcome
     from json_each($2) k
     cross join journal_inbox i on i.shard = $1 and i.sender = k.value ->> 'sender'
         and i.message = k.value ->> 'message'",
    "select k.sender, k.message, i.answer, i.outcome
     from json_to_recordset($2::text::json) as k(sender text, message text)
     cross join lateral (
         select answer, outcome from journal_inbox
         where shard = $1 and sender = k.sender and message = k.message limit 1) i",
);

/// Stores the outcomes of a batch ($2).
pub(crate) const SETTLE: Statement = Statement::each(
    "inbox.settle",
    "insert into journal_inbox (shard, sender, message, answer, outcome, digest, trace)
     select $1, k.value ->> 'sender', k.value ->> 'message', k.value ->> 'answer', \
         k.value ->> 'outcome', k.value ->> 'digest', k.value ->> 'trace'
     from json_each($2) k",
    "insert into journal_inbox (shard, sender, message, answer, outcome, digest, trace)
     select $1, k.sender, k.message, k.answer, k.outcome, k.digest, k.trace
     from json_to_recordset($2::text::json) as k(sender text, message text, answer bigint, \
         outcome text, digest text, trace text)",
);

/// In which traces the causes of a batch ($2) were dealt with. The plan is fixed as in [`KNOWN`].
pub(crate) const TRACES: Statement = Statement::each(
    "inbox.traces",
    "select i.sender, i.message, i.trace
     from json_each($2) k
     cross join journal_inbox i on i.shard = $1 and i.sender = k.value ->> 'sender'
         and i.message = k.value ->> 'message'
     where i.trace is not null",
    "select k.sender, k.message, i.trace
     from json_to_recordset($2::text::json) as k(sender text, message text)
     cross join lateral (
         select trace from journal_inbox
         where shard = $1 and sender = k.sender and message = k.message and trace is not null
         limit 1) i",
);

/// What the one who answers senders asks: every answer after a number.
pub(crate) const ANSWERS_AFTER: Statement = Statement::same(
    "inbox.answers-after",
    "select sender, message, answer, outcome, trace
     from journal_inbox where shard = $1 and answer > $2 order by answer limit $3",
);

/// How many causes of each sender were answered. Walks the whole inbox: for reports on a
/// development port, never for a page.
pub(crate) const BY_SENDER: Statement = Statement::same(
    "inbox.by-sender",
    "select sender, count(*) as answers from journal_inbox
     where shard = $1 and message not like $2 group by sender",
);
