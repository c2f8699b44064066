use crate::Statement;

pub(super) const ALL: &[Statement] = &[
    KEEP_PROOF,
    PROOF,
    KEY_OF_OWNER,
    KEEP_KEY,
    KEYS,
    DELETE_KEY,
    NOTE_FORGOTTEN,
];

/// Keeps the proof of the master key, the first time.
pub(super) const KEEP_PROOF: Statement = Statement::same(
    "vault.keep-proof",
    "insert into vault_fact (name, value) values ('master-key-proof', $1)
     on conflict (name) do nothing",
);

/// The proof of the master key that the vault was made with.
pub(super) const PROOF: Statement = Statement::same(
    "vault.proof",
    "select value from vault_fact where name = 'master-key-proof'",
);

/// An owner's key.
pub(super) const KEY_OF_OWNER: Statement = Statement::same(
    "vault.key-of-owner",
    "select key_id, wrapped from vault_key where owner = $1",
);

/// Keeps a new owner's key; the first one wins.
pub(super) const KEEP_KEY: Statement = Statement::same(
    "vault.keep-key",
    "insert into vault_key (key_id, owner, wrapped, created_at) values ($1, $2, $3, $4)
     on conflict (owner) do nothing",
);

/// What is held for a batch of key ids ($1); an empty `wrapped` means forgotten.
pub(super) const KEYS: Statement = Statement::each(
    "vault.keys",
    "select key_id, owner, wrapped from vault_key
         where key_id in (select value from json_each($1))
     union all
     select key_id, '' as owner, '' as wrapped from vault_forgotten
         where key_id in (select value from json_each($1))",
    "select key_id, owner, wrapped from vault_key
         where key_id = any (array(select json_array_elements_text($1::text::json)))
     union all
     select key_id, '' as owner, '' as wrapped from vault_forgotten
         where key_id = any (array(select json_array_elements_text($1::text::json)))",
);

/// Deletes an owner's key.
pub(super) const DELETE_KEY: Statement = Statement::same(
    "vault.delete-key",
    "delete from vault_key where owner = $1 returning key_id",
);

/// Notes that a key was deleted on purpose.
pub(super) const NOTE_FORGOTTEN: Statement = Statement::same(
    "vault.note-forgotten",
    "insert into vault_forgotten (key_id) values ($1)",
);

/// SQLite only: carries deleted pages into the file and empties the write-ahead log.
pub(super) const EMPTY_WAL: &str = "pragma wal_checkpoint(truncate)";

/// PostgreSQL only: gives the dead row's space free.
pub(super) const VACUUM: &str = "vacuum vault_key";
