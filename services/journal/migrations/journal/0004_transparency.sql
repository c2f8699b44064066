-- SHA-256 (base64) of the message behind a cause, as it came in; null where no message was sent.
alter table journal_inbox add column digest text;

-- The Merkle tree over the log: its full subtrees. Level 0 is an event, level n holds 2^n of them; the
-- first of a level has place 0. A row is written once and never changes.
create table journal_merkle_node (
    shard text not null,
    level bigint not null,
    place bigint not null,
    hash text not null,
    primary key (shard, level, place)
);
