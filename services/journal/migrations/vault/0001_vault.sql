-- Facts about the vault itself; today only the proof of the master key it was made with.
create table vault_fact (
    name text not null primary key,
    value text not null
);

-- One data key per owner, wrapped with the master key.
create table vault_key (
    key_id text not null primary key,
    owner text not null unique,
    wrapped text not null,
    created_at text not null
);

-- Keys that were deleted on purpose, so that a lost key is never mistaken for an erased one.
create table vault_forgotten (
    key_id text not null primary key
);
