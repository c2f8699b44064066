//! Wrapping keys: one per generation, random, itself wrapped with a key that follows from the
//! master key. Every data key is under one of them; none is kept in memory.

use std::sync::Arc;

use jiff::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::crypto::{KEY_BYTES, WrappingKey};
use super::sealer::NONCE_BYTES;
use super::{MasterKey, Vault, VaultError, sql};
use crate::Engine;

/// The random bytes a new wrapping key takes: the key itself and the nonce of its wrapping.
pub const ROTATION_BYTES: usize = KEY_BYTES + NONCE_BYTES;

/// How often a rotation looks for keys that another process put under the old wrapping key.
const LOOKS: u32 = 20;

/// The master keys that this process knows; the first is the one new wrapping keys are under.
#[derive(Clone)]
pub(super) struct Masters(Arc<Vec<Known>>);

struct Known {
    proof: String,
    direct: WrappingKey,
    generations: WrappingKey,
}

/// The wrapping key that new data keys are under.
pub(super) struct Newest {
    pub(super) generation: Option<i64>,
    pub(super) key: WrappingKey,
    /// The proof of the master key that it is under.
    master: String,
}

/// What a change of the wrapping key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotated {
    /// The generation that everything is under now.
    pub generation: i64,
    /// How many data keys were wrapped anew.
    pub keys: usize,
    /// How many older wrapping keys were destroyed.
    pub destroyed: u64,
}

impl Masters {
    pub(super) fn new(masters: &[MasterKey]) -> Result<Self, VaultError> {
        let known = masters.iter().map(|master| {
            Ok(Known {
                proof: master.proof()?,
                direct: master.wrapping_key()?,
                generations: master.generation_key()?,
            })
        });
        Ok(Self(Arc::new(known.collect::<Result<_, VaultError>>()?)))
    }

    pub(super) fn knows(&self, proof: &str) -> bool {
        self.0.iter().any(|known| known.proof == proof)
    }

    pub(super) fn first_proof(&self) -> Result<&str, VaultError> {
        Ok(&self.first()?.proof)
    }

    fn first(&self) -> Result<&Known, VaultError> {
        self.0.first().ok_or(VaultError::WrongMasterKey)
    }

    /// The wrapping key of a generation, as its row holds it.
    fn generation(&self, number: i64, wrapped: &str, of: &str) -> Result<WrappingKey, VaultError> {
        let known = self.0.iter().find(|known| known.proof == of);
        let known = known.ok_or(VaultError::WrongMasterKey)?;
        let key = known
            .generations
            .unwrap(wrapped, &generation_name(number), of)?;
        WrappingKey::new(&key)
    }

    /// The data key of a row with its wrapping key.
    pub(super) fn data_key(&self, row: &AnyRow) -> Result<[u8; KEY_BYTES], VaultError> {
        let key_id: &str = row.try_get("key_id")?;
        let owner: &str = row.try_get("owner")?;
        let wrapped: &str = row.try_get("wrapped")?;
        if let Some(number) = row.try_get::<Option<i64>, _>("generation")? {
            let wrapping: Option<String> = row.try_get("wrapping")?;
            let master: Option<String> = row.try_get("master")?;
            let (wrapping, master) = wrapping.zip(master).ok_or(VaultError::Unwrappable)?;
            let wrapping = self.generation(number, &wrapping, &master)?;
            return wrapping.unwrap(wrapped, key_id, owner);
        }
        // Before the first generation: whichever master key the vault was made with.
        self.0
            .iter()
            .find_map(|known| known.direct.unwrap(wrapped, key_id, owner).ok())
            .ok_or(VaultError::Tampered)
    }

    /// The master key that the next generation is under: the first, unless the vault went from
    /// that to another. A replica that still has the old one as its first does not go back.
    async fn next(
        &self,
        connection: &mut AnyConnection,
        engine: Engine,
        newest: &Newest,
    ) -> Result<&Known, VaultError> {
        let first = self.first()?;
        let retired = sqlx::query(sql::RETIRED.text(engine))
            .fetch_optional(connection)
            .await?;
        let retired: Option<String> = retired.map(|row| row.try_get("value")).transpose()?;
        if retired.is_some_and(|retired| retired == first.proof) {
            let known = self.0.iter().find(|known| known.proof == newest.master);
            return known.ok_or(VaultError::WrongMasterKey);
        }
        Ok(first)
    }

    /// The wrapping key for new data keys.
    pub(super) async fn newest(
        &self,
        connection: &mut AnyConnection,
        engine: Engine,
    ) -> Result<Newest, VaultError> {
        let row = sqlx::query(sql::NEWEST.text(engine))
            .fetch_optional(connection)
            .await?;
        let first = self.first()?;
        let Some(row) = row else {
            return Ok(Newest {
                generation: None,
                key: first.direct.clone(),
                master: first.proof.clone(),
            });
        };
        let generation: i64 = row.try_get("generation")?;
        let master: &str = row.try_get("master")?;
        Ok(Newest {
            generation: Some(generation),
            key: self.generation(generation, row.try_get("wrapped")?, master)?,
            master: master.to_owned(),
        })
    }
}

impl Vault {
    /// Whether [`Vault::rotate`] is called for: keys were deleted since the wrapping key last
    /// changed, there is none of its own yet, or it is under a master key that is on its way out.
    ///
    /// # Errors
    /// [`VaultError::Journal`].
    pub async fn rotation_is_due(&self) -> Result<bool, VaultError> {
        let mut connection = self.pools.reader.acquire().await?;
        let engine = self.engine();
        let newest = self.masters.newest(&mut connection, engine).await?;
        let next = self.masters.next(&mut connection, engine, &newest).await?;
        let deletion = sqlx::query(sql::DELETION.text(engine))
            .fetch_optional(&mut *connection)
            .await?;
        Ok(newest.generation.is_none() || next.proof != newest.master || deletion.is_some())
    }

    /// Puts every data key under a new wrapping key, which is under the first master key, and
    /// destroys the older ones: what an old page or an old copy of the table of keys holds is
    /// then useless, unless it also holds the old wrapping key *and* somebody kept the master key
    /// of then. Vaults that were opened before, also by other processes, keep working throughout:
    /// each row says which wrapping key it is under, and the database lets no wrapping key go
    /// that a key is under. May be interrupted; the next call finishes it.
    ///
    /// `fresh` makes the new wrapping key; each call of `nonce` gives random bytes for one data
    /// key (`entropy.bytes()`).
    ///
    /// # Errors
    /// [`VaultError::Lingers`] when another process keeps making keys under the old wrapping key,
    /// or the old bytes could not be overwritten yet: call it again. [`VaultError::Journal`].
    pub async fn rotate(
        &self,
        at: Timestamp,
        fresh: [u8; ROTATION_BYTES],
        mut nonce: impl FnMut() -> [u8; NONCE_BYTES] + Send,
    ) -> Result<Rotated, VaultError> {
        let engine = self.engine();
        let deletion = sqlx::query(sql::DELETION.text(engine))
            .fetch_optional(&self.pools.writer)
            .await?;
        let deletion: Option<String> = deletion.map(|row| row.try_get("value")).transpose()?;
        let newest = self.begin_generation(at, &fresh).await?;
        let generation = newest.generation.ok_or(VaultError::Unwrappable)?;
        let mut keys = 0;
        for _ in 0..LOOKS {
            keys += self.rewrap(&newest.key, generation, &mut nonce).await?;
            let destroyed = sqlx::query(sql::DESTROY.text(engine))
                .bind(generation)
                .execute(&self.pools.writer)
                .await;
            let destroyed = match destroyed {
                Ok(done) => done.rows_affected(),
                // A key was made under an older one meanwhile.
                Err(error) if is_in_use(&error) => continue,
                Err(error) => return Err(error.into()),
            };
            self.overwrite_deleted().await?;
            if let Some(deletion) = deletion {
                sqlx::query(sql::CLEAR_DELETION.text(engine))
                    .bind(deletion)
                    .execute(&self.pools.writer)
                    .await?;
            }
            return Ok(Rotated {
                generation,
                keys,
                destroyed,
            });
        }
        Err(VaultError::Lingers)
    }

    /// Stores the next generation, and which master key the vault is under from now on.
    async fn begin_generation(
        &self,
        at: Timestamp,
        fresh: &[u8; ROTATION_BYTES],
    ) -> Result<Newest, VaultError> {
        let engine = self.engine();
        let mut tx = self.begin().await?;
        let before = self.masters.newest(&mut tx, engine).await?;
        let next = before.generation.unwrap_or_default() + 1;
        let under = self.masters.next(&mut tx, engine, &before).await?;
        let (key, rest) = fresh.split_at(KEY_BYTES);
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(rest);
        let name = generation_name(next);
        let wrapped = under.generations.wrap(key, nonce, &name, &under.proof)?;
        sqlx::query(sql::NEXT.text(engine))
            .bind(next)
            .bind(wrapped)
            .bind(under.proof.as_str())
            .bind(at.to_string())
            .execute(&mut *tx)
            .await?;
        if before.generation.is_some() && before.master != under.proof {
            sqlx::query(sql::RETIRE.text(engine))
                .bind(before.master.as_str())
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query(sql::CHANGE_PROOF.text(engine))
            .bind(under.proof.as_str())
            .execute(&mut *tx)
            .await?;
        // Another process may have been first; the stored one counts.
        let newest = self.masters.newest(&mut tx, engine).await?;
        tx.commit().await?;
        Ok(newest)
    }

    /// Wraps everything that is under an older key anew; answers how many keys that were.
    async fn rewrap(
        &self,
        wrapping: &WrappingKey,
        generation: i64,
        nonce: &mut (impl FnMut() -> [u8; NONCE_BYTES] + Send),
    ) -> Result<usize, VaultError> {
        let engine = self.engine();
        let mut keys = 0;
        loop {
            let rows = sqlx::query(sql::OUTDATED.text(engine))
                .bind(generation)
                .fetch_all(&self.pools.writer)
                .await?;
            if rows.is_empty() {
                return Ok(keys);
            }
            let mut anew = Vec::with_capacity(rows.len());
            for row in &rows {
                let (key_id, owner): (&str, &str) = (row.try_get("key_id")?, row.try_get("owner")?);
                let key = self.masters.data_key(row)?;
                anew.push([
                    key_id.to_owned(),
                    wrapping.wrap(&key, nonce(), key_id, owner)?,
                ]);
            }
            keys += anew.len();
            let anew = serde_json::to_string(&anew).map_err(|_| VaultError::Malformed)?;
            sqlx::query(sql::REWRAP.text(engine))
                .bind(anew)
                .bind(generation)
                .execute(&self.pools.writer)
                .await?;
        }
    }
}

/// Whether the database refused because a key is, or would be, under that wrapping key.
pub(super) fn is_in_use(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| error.is_foreign_key_violation())
}

fn generation_name(number: i64) -> String {
    format!("generation {number}")
}
