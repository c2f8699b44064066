-- How far each follower of the log has come.
create table journal_checkpoint (
    shard text not null,
    follower text not null,
    position bigint not null,
    primary key (shard, follower)
);
