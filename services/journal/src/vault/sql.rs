use crate::Statement;

pub(super) const ALL: &[Statement] = &[
    KEEP_PROOF,
    PROOF,
    CHANGE_PROOF,
    RETIRE,
    RETIRED,
    KEY_OF_OWNER,
    KEEP_KEY,
    KEEP_SUBJECTS,
    KEYS,
    KEYS_AFTER,
    FORGOTTEN,
    ALL_FORGOTTEN,
    KEYS_OF_SUBJECTS,
    SUBJECTS_OF_KEY,
    KEYS_OF_ERASURE,
    DELETE_KEYS,
    DELETE_SUBJECTS,
    NOTE_FORGOTTEN,
    NOTE_ERASED,
    NOTE_DELETION,
    DELETION,
    CLEAR_DELETION,
    REDACTIONS,
    KEEP_REDACTION,
    NEWEST,
    NEXT,
    OUTDATED,
    REWRAP,
    DESTROY,
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

/// The proof of the master key that it is under from now on.
pub(super) const CHANGE_PROOF: Statement = Statement::same(
    "vault.change-proof",
    "update vault_fact set value = $1 where name = 'master-key-proof'",
);

/// Notes which master key the vault left.
pub(super) const RETIRE: Statement = Statement::same(
    "vault.retire",
    "insert into vault_fact (name, value) values ('retired-master-key-proof', $1)
     on conflict (name) do update set value = excluded.value",
);

/// The master key that the vault left last.
pub(super) const RETIRED: Statement = Statement::same(
    "vault.retired",
    "select value from vault_fact where name = 'retired-master-key-proof'",
);

/// An owner's key, with the wrapping key that it is under.
pub(super) const KEY_OF_OWNER: Statement = Statement::same(
    "vault.key-of-owner",
    "select k.key_id, k.owner, k.wrapped, k.generation, w.wrapped as wrapping, w.master
     from vault_key k left join vault_wrapping w on w.generation = k.generation
     where k.owner = $1",
);

/// Keeps new keys ($1: list of [key id, owner, wrapped]); the first key of an owner wins.
pub(super) const KEEP_KEY: Statement = Statement::each(
    "vault.keep-key",
    "insert into vault_key (key_id, owner, wrapped, created_at, generation)
     select json_extract(value, '$[0]'), json_extract(value, '$[1]'),
            json_extract(value, '$[2]'), $2, $3
     from json_each($1) where true
     on conflict (owner) do nothing",
    "insert into vault_key (key_id, owner, wrapped, created_at, generation)
     select value ->> 0, value ->> 1, value ->> 2, $2, $3
     from json_array_elements($1::text::json) as given (value)
     on conflict (owner) do nothing",
);

/// Notes what keys are about ($1: list of [key id, subject]), of keys that were kept.
pub(super) const KEEP_SUBJECTS: Statement = Statement::each(
    "vault.keep-subjects",
    "insert into vault_subject (subject, key_id)
     select json_extract(value, '$[1]'), json_extract(value, '$[0]') from json_each($1)
     where json_extract(value, '$[0]') in (select key_id from vault_key)
     on conflict (subject, key_id) do nothing",
    "insert into vault_subject (subject, key_id)
     select value ->> 1, value ->> 0
     from json_array_elements($1::text::json) as given (value)
     where exists (select 1 from vault_key where key_id = value ->> 0)
     on conflict (subject, key_id) do nothing",
);

/// What is held for a batch of key ids ($1); an empty `wrapped` means forgotten.
pub(super) const KEYS: Statement = Statement::each(
    "vault.keys",
    "select k.key_id, k.owner, k.wrapped, k.generation, w.wrapped as wrapping, w.master
         from vault_key k left join vault_wrapping w on w.generation = k.generation
         where k.key_id in (select value from json_each($1))
     union all
     select key_id, '' as owner, '' as wrapped, null, null, null from vault_forgotten
         where key_id in (select value from json_each($1))",
    "select k.key_id, k.owner, k.wrapped, k.generation, w.wrapped as wrapping, w.master
         from vault_key k left join vault_wrapping w on w.generation = k.generation
         where k.key_id = any (array(select json_array_elements_text($1::text::json)))
     union all
     select key_id, '' as owner, '' as wrapped, null, null, null from vault_forgotten
         where key_id = any (array(select json_array_elements_text($1::text::json)))",
);

/// A page of keys by id, after the last one of the page before ($1).
pub(super) const KEYS_AFTER: Statement = Statement::same(
    "vault.keys-after",
    "select k.key_id, k.owner, k.wrapped, k.generation, w.wrapped as wrapping, w.master
     from vault_key k left join vault_wrapping w on w.generation = k.generation
     where k.key_id > $1 order by k.key_id limit 500",
);

/// Which of these keys ($1) were deleted on purpose.
pub(super) const FORGOTTEN: Statement = Statement::each(
    "vault.forgotten",
    "select key_id from vault_forgotten where key_id in (select value from json_each($1))",
    "select key_id from vault_forgotten
     where key_id = any (array(select json_array_elements_text($1::text::json)))",
);

/// Every key that was deleted on purpose, and by which erasure.
pub(crate) const ALL_FORGOTTEN: Statement = Statement::same(
    "vault.all-forgotten",
    "select key_id, erasure from vault_forgotten order by key_id",
);

/// The keys that are about any of these subjects ($1).
pub(super) const KEYS_OF_SUBJECTS: Statement = Statement::each(
    "vault.keys-of-subjects",
    "select distinct key_id from vault_subject
     where subject in (select value from json_each($1)) order by key_id",
    "select distinct key_id from vault_subject
     where subject = any (array(select json_array_elements_text($1::text::json))) order by key_id",
);

/// What one key is about.
pub(super) const SUBJECTS_OF_KEY: Statement = Statement::same(
    "vault.subjects-of-key",
    "select subject from vault_subject where key_id = $1 order by subject",
);

/// The keys that one erasure deleted.
pub(super) const KEYS_OF_ERASURE: Statement = Statement::same(
    "vault.keys-of-erasure",
    "select key_id from vault_forgotten where erasure = $1 order by key_id",
);

/// Deletes keys ($1: list of key ids).
pub(super) const DELETE_KEYS: Statement = Statement::each(
    "vault.delete-keys",
    "delete from vault_key where key_id in (select value from json_each($1)) returning key_id",
    "delete from vault_key
     where key_id = any (array(select json_array_elements_text($1::text::json)))
     returning key_id",
);

/// Deletes what keys were about ($1: list of key ids).
pub(super) const DELETE_SUBJECTS: Statement = Statement::each(
    "vault.delete-subjects",
    "delete from vault_subject where key_id in (select value from json_each($1))",
    "delete from vault_subject
     where key_id = any (array(select json_array_elements_text($1::text::json)))",
);

/// Notes that keys ($1: list of key ids) were deleted on purpose.
pub(super) const NOTE_FORGOTTEN: Statement = Statement::each(
    "vault.note-forgotten",
    "insert into vault_forgotten (key_id) select value from json_each($1)",
    "insert into vault_forgotten (key_id) select json_array_elements_text($1::text::json)",
);

/// The same, with the erasure ($2) that deleted them.
pub(super) const NOTE_ERASED: Statement = Statement::each(
    "vault.note-erased",
    "insert into vault_forgotten (key_id, erasure) select value, $2 from json_each($1)",
    "insert into vault_forgotten (key_id, erasure)
     select json_array_elements_text($1::text::json), $2",
);

/// Notes that keys were deleted since the wrapping key changed.
pub(super) const NOTE_DELETION: Statement = Statement::same(
    "vault.note-deletion",
    "insert into vault_fact (name, value) values ('deleted-since-rotation', $1)
     on conflict (name) do update set value = excluded.value",
);

/// Whether keys were deleted since the wrapping key changed.
pub(super) const DELETION: Statement = Statement::same(
    "vault.deletion",
    "select value from vault_fact where name = 'deleted-since-rotation'",
);

/// The wrapping key changed after the deletion of $1.
pub(super) const CLEAR_DELETION: Statement = Statement::same(
    "vault.clear-deletion",
    "delete from vault_fact where name = 'deleted-since-rotation' and value = $1",
);

/// What stands in place of what was under these keys ($1).
pub(super) const REDACTIONS: Statement = Statement::each(
    "vault.redactions",
    "select key_id, sealed from vault_redaction
     where key_id in (select value from json_each($1))",
    "select key_id, sealed from vault_redaction
     where key_id = any (array(select json_array_elements_text($1::text::json)))",
);

/// Keeps a redaction; a later one takes the place of an earlier one.
pub(super) const KEEP_REDACTION: Statement = Statement::same(
    "vault.keep-redaction",
    "insert into vault_redaction (key_id, sealed) values ($1, $2)
     on conflict (key_id) do update set sealed = excluded.sealed",
);

/// The newest generation.
pub(super) const NEWEST: Statement = Statement::same(
    "vault.newest",
    "select generation, wrapped, master from vault_wrapping order by generation desc limit 1",
);

/// Keeps the next generation; of two at once the first wins.
pub(super) const NEXT: Statement = Statement::same(
    "vault.next",
    "insert into vault_wrapping (generation, wrapped, master, created_at)
     values ($1, $2, $3, $4) on conflict (generation) do nothing",
);

/// Some keys that are under an older generation than $1.
pub(super) const OUTDATED: Statement = Statement::same(
    "vault.outdated",
    "select k.key_id, k.owner, k.wrapped, k.generation, w.wrapped as wrapping, w.master
     from vault_key k left join vault_wrapping w on w.generation = k.generation
     where k.generation is null or k.generation < $1 limit 500",
);

/// Puts keys ($1: list of [key id, wrapped]) under generation $2, unless they are under a newer.
pub(super) const REWRAP: Statement = Statement::each(
    "vault.rewrap",
    "update vault_key set wrapped = anew.wrapped, generation = $2
     from (select json_extract(value, '$[0]') as key_id, json_extract(value, '$[1]') as wrapped
           from json_each($1)) as anew
     where vault_key.key_id = anew.key_id
       and (vault_key.generation is null or vault_key.generation < $2)",
    "update vault_key set wrapped = anew.wrapped, generation = $2
     from (select value ->> 0 as key_id, value ->> 1 as wrapped
           from json_array_elements($1::text::json) as given (value)) as anew
     where vault_key.key_id = anew.key_id
       and (vault_key.generation is null or vault_key.generation < $2)",
);

/// Destroys the generations before $1; refused by the database while a key is under one.
pub(super) const DESTROY: Statement = Statement::same(
    "vault.destroy",
    "delete from vault_wrapping where generation < $1",
);

/// SQLite only: carries deleted pages into the file and empties the write-ahead log.
pub(super) const EMPTY_WAL: &str = "pragma wal_checkpoint(truncate)";

/// PostgreSQL only: gives the dead rows' space free.
pub(super) const VACUUM: &[&str] = &["vacuum vault_key", "vacuum vault_wrapping"];
