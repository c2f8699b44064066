use crate::Statement;

pub(crate) const ALL: &[Statement] = &[APPEND, CONFLICT, LOAD, READ_AFTER, READ_STREAM, READ_EVENT];

/// Appends a batch, all or nothing: $2 holds the rows, $3 per stream the version before its first
/// row. The guard is a scalar subquery per stream: anything the planner may turn into a hashed
/// subplan would scan the whole log at every append.
pub(crate) const APPEND: Statement = Statement::each(
    "log.append",
    "insert into journal_event (shard, position, stream, version, id, kind, kind_version, at, \
         actor, sender, message, data)
     select $1, e.value ->> 'position', e.value ->> 'stream', e.value ->> 'version', \
         e.value ->> 'id', e.value ->> 'kind', e.value ->> 'kind_version', e.value ->> 'at', \
         e.value ->> 'actor', e.value ->> 'sender', e.value ->> 'message', e.value ->> 'data'
     from json_each($2) e
     where not exists (
         select 1 from json_each($3) h
         where h.value ->> 'version' <> coalesce((
             select j.version from journal_event j
             where j.shard = $1 and j.stream = h.value ->> 'stream'
             order by j.version desc limit 1), 0))",
    "insert into journal_event (shard, position, stream, version, id, kind, kind_version, at, \
         actor, sender, message, data)
     select $1, e.position, e.stream, e.version, e.id, e.kind, e.kind_version, e.at, \
         e.actor, e.sender, e.message, e.data
     from json_to_recordset($2::text::json) as e(position bigint, stream text, version bigint, \
         id text, kind text, kind_version bigint, at text, actor text, sender text, \
         message text, data text)
     where not exists (
         select 1 from json_to_recordset($3::text::json) as h(stream text, version bigint)
         where h.version <> coalesce((
             select j.version from journal_event j
             where j.shard = $1 and j.stream = h.stream
             order by j.version desc limit 1), 0))",
);

/// Names the first stream that made an append store nothing; parameters as $1 and $3 of
/// [`APPEND`].
pub(crate) const CONFLICT: Statement = Statement::each(
    "log.conflict",
    "select h.value ->> 'stream' as stream from json_each($2) h
     where h.value ->> 'version' <> coalesce((
         select j.version from journal_event j
         where j.shard = $1 and j.stream = h.value ->> 'stream'
         order by j.version desc limit 1), 0)
     order by h.key limit 1",
    "select h.body ->> 'stream' as stream
     from json_array_elements($2::text::json) with ordinality as h(body, place)
     where (h.body ->> 'version')::bigint <> coalesce((
         select j.version from journal_event j
         where j.shard = $1 and j.stream = h.body ->> 'stream'
         order by j.version desc limit 1), 0)
     order by h.place limit 1",
);

/// All events of several streams ($2, a JSON array of different names), in the log's order. On
/// SQLite the cross join fixes the plan: it would rather walk the whole log in its order.
pub(crate) const LOAD: Statement = Statement::each(
    "log.load",
    "select j.position, j.stream, j.version, j.id, j.kind, j.kind_version, j.at, j.actor, \
         j.sender, j.message, j.data
     from json_each($2) s
     cross join journal_event j on j.shard = $1 and j.stream = s.value
     order by j.position",
    "select position, stream, version, id, kind, kind_version, at, actor, sender, message, data
     from journal_event
     where shard = $1 and stream = any (array(select json_array_elements_text($2::text::json)))
     order by position",
);

/// What a follower asks: everything after a position.
pub(crate) const READ_AFTER: Statement = Statement::same(
    "log.read-after",
    "select position, stream, version, id, kind, kind_version, at, actor, sender, message, data
     from journal_event where shard = $1 and position > $2 order by position limit $3",
);

/// One stream in its order.
pub(crate) const READ_STREAM: Statement = Statement::same(
    "log.read-stream",
    "select position, stream, version, id, kind, kind_version, at, actor, sender, message, data
     from journal_event where shard = $1 and stream = $2 order by version",
);

/// One event by its own id.
pub(crate) const READ_EVENT: Statement = Statement::same(
    "log.read-event",
    "select position, stream, version, id, kind, kind_version, at, actor, sender, message, data
     from journal_event where shard = $1 and id = $2",
);
