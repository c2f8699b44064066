use crate::Statement;

pub(crate) const ALL: &[Statement] = &[SIZE, NODES, LEAVES, GROW];

/// How many leaves the tree has.
pub(crate) const SIZE: Statement = Statement::same(
    "tree.size",
    "select coalesce(max(place) + 1, 0) as size from journal_merkle_node
     where shard = $1 and level = 0",
);

/// The hashes of some nodes ($2, a JSON array of level and place).
pub(crate) const NODES: Statement = Statement::each(
    "tree.nodes",
    "select n.level, n.place, n.hash
     from json_each($2) k
     cross join journal_merkle_node n on n.shard = $1 and n.level = k.value ->> 'level'
         and n.place = k.value ->> 'place'",
    "select n.level, n.place, n.hash
     from json_to_recordset($2::text::json) as k(level bigint, place bigint)
     join journal_merkle_node n on n.shard = $1 and n.level = k.level and n.place = k.place",
);

/// Everything that is hashed of the events after a position ($2), as it is stored.
pub(crate) const LEAVES: Statement = Statement::same(
    "tree.leaves",
    "select j.position, j.stream, j.version, j.id, j.kind, j.kind_version, j.at, j.actor, \
         j.sender, j.message, j.data, i.digest
     from journal_event j
     left join journal_inbox i on i.shard = j.shard and i.sender = j.sender \
         and i.message = j.message
     where j.shard = $1 and j.position > $2 order by j.position limit $3",
);

/// Stores nodes ($2). Another replica may have stored the same ones: a node has one hash only.
pub(crate) const GROW: Statement = Statement::each(
    "tree.grow",
    "insert into journal_merkle_node (shard, level, place, hash)
     select $1, k.value ->> 'level', k.value ->> 'place', k.value ->> 'hash'
     from json_each($2) k where true
     on conflict (shard, level, place) do nothing",
    "insert into journal_merkle_node (shard, level, place, hash)
     select $1, k.level, k.place, k.hash
     from json_to_recordset($2::text::json) as k(level bigint, place bigint, hash text)
     order by k.level, k.place
     on conflict (shard, level, place) do nothing",
);
