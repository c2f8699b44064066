-- What was answered to every cause, kept so that a redelivery hears the same answer.
create table journal_inbox (
    shard text not null,
    sender text not null,
    message text not null,
    answer bigint not null,
    outcome text not null,
    primary key (shard, sender, message),
    unique (shard, answer)
);
