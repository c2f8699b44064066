-- One row per shard: the lock that orders every appending transaction, and the last numbers it handed out.
create table journal_head (
    shard text not null primary key,
    position bigint not null,
    answers bigint not null
);

insert into journal_head (shard, position, answers) values ('nl', 0, 0);

-- The log. Bodies are JSON in text columns, never jsonb: nobody searches inside them,
-- and text is written and read back faster and unchanged.
create table journal_event (
    shard text not null,
    position bigint not null,
    stream text not null,
    version bigint not null,
    id text not null unique,
    kind text not null,
    kind_version bigint not null,
    at text not null,
    actor text not null,
    sender text not null,
    message text not null,
    data text not null,
    primary key (shard, position),
    unique (shard, stream, version)
);
