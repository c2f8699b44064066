-- Wrapping keys: random per generation, each wrapped with a key that follows from the master key
-- (`master` tells which). Data keys are under the newest; an older generation is destroyed as soon
-- as nothing is under it any more, which the reference below guards.
create table vault_wrapping (
    generation bigint not null primary key,
    wrapped text not null,
    master text not null,
    created_at text not null
);

-- Null: wrapped with the key that follows from the master key itself, before the first generation.
alter table vault_key add column generation bigint references vault_wrapping (generation);
create index vault_key_generation on vault_key (generation);

-- Whom, or what else that is erased together, the texts under a key are about.
create table vault_subject (
    subject text not null,
    key_id text not null,
    primary key (subject, key_id)
);
create index vault_subject_key on vault_subject (key_id);
insert into vault_subject (subject, key_id) select owner, key_id from vault_key;

-- What stands in place of the texts under a key once that key is gone: sealed under another key,
-- which has its own subjects.
create table vault_redaction (
    key_id text not null primary key,
    sealed text not null
);

-- By which erasure a key went; null when its owner was simply forgotten.
alter table vault_forgotten add column erasure text;
create index vault_forgotten_erasure on vault_forgotten (erasure);
