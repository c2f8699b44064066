//! Lets the tree follow the log, and signs a checkpoint when it is time.

use std::sync::Arc;
use std::time::Duration;

use chassis::clock::Clock;
use jiff::Timestamp;
use journal::{Db, JournalError};
use proto::Oin;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};
use transparency::note::{KeyError, NoteError, Signer};
use transparency::{Checkpoint, Consistency, ProofError, origin_of, tree};

use super::Settings;
use super::store::{self, Signed};
use crate::relay::CHECKPOINTS;

/// How many events go into the tree at a time.
const PAGE: u32 = 500;

/// How often it looks. Not at every commit, unless a checkpoint is overdue: one write a second is
/// enough, and no command waits.
const LOOK: Duration = Duration::from_secs(1);

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum NotaryError {
    /// The database could not do it, or the log or the tree has a hole.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The tree is not what was signed before: somebody was at the tables.
    #[error(
        "the log is not what was signed before ({0}); nothing is signed until that is explained"
    )]
    Changed(#[from] ProofError),
    /// The key or the log's name cannot be used.
    #[error("the checkpoint key {0}")]
    Key(#[from] KeyError),
    /// The checkpoint cannot be written.
    #[error("a checkpoint {0}")]
    Note(#[from] NoteError),
}

/// What keeps the tree and signs.
pub struct Notary {
    db: Db,
    clock: Clock,
    origin: String,
    signing: Option<(Signer, Settings)>,
}

impl Notary {
    /// A notary of the log of this organisation. Without settings the tree follows the log, and
    /// nothing is signed.
    ///
    /// # Errors
    /// [`NotaryError::Key`].
    pub fn new(
        db: Db,
        clock: Clock,
        platform: &Oin,
        settings: Option<Settings>,
    ) -> Result<Self, NotaryError> {
        let origin = origin_of(platform.as_str());
        let signing = settings
            .map(|settings| Ok::<_, KeyError>((Signer::new(&origin, &settings.secret)?, settings)))
            .transpose()?;
        Ok(Self {
            db,
            clock,
            origin,
            signing,
        })
    }

    /// Follows the log until stopped.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        if self.signing.is_none() {
            warn!("no checkpoint key is set: the log can be changed without anybody noticing");
        }
        let (mut committed, mut moved) = (self.db.committed(), self.clock.moved());
        let mut failures = 0_u32;
        loop {
            committed.mark_unchanged();
            moved.mark_unchanged();
            match self.look().await {
                Ok(Some(size)) => {
                    failures = 0;
                    info!(size, "signed a checkpoint");
                }
                Ok(None) => failures = 0,
                Err(error) => {
                    if failures.is_multiple_of(60) {
                        error!(%error, failures, "no checkpoint is signed");
                    }
                    failures = failures.saturating_add(1);
                }
            }
            let overdue = self.overdue().await.unwrap_or(false);
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
                Ok(()) = moved.changed() => {}
                Ok(()) = committed.changed(), if overdue => {}
            }
        }
    }

    /// Whether the next event is signed at once.
    async fn overdue(&self) -> Result<bool, JournalError> {
        match &self.signing {
            Some((_, settings)) => {
                let last = store::last(&self.db).await?;
                self.waited(&last, settings, self.clock.now()).await
            }
            None => Ok(false),
        }
    }

    /// How much is still to be done now: a checkpoint to be signed, or to be sent.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn pending(&self) -> Result<u64, JournalError> {
        let Some((_, settings)) = &self.signing else {
            return Ok(0);
        };
        let last = store::last(&self.db).await?;
        let size = self.db.head().await?.position.unsigned_abs();
        let unsigned = self
            .is_time(&last, size, settings, self.clock.now())
            .await?;
        let signed = last.map_or(0, |last| last.size);
        let unsent = signed > self.db.checkpoint(CHECKPOINTS).await?.unsigned_abs();
        Ok(u64::from(unsigned) + u64::from(unsent))
    }

    /// Brings the tree up to the log, and signs when it is time; gives the size that was signed.
    ///
    /// # Errors
    /// [`NotaryError`]; nothing was signed then.
    pub async fn look(&self) -> Result<Option<u64>, NotaryError> {
        let mut size = self.db.tree_size().await?;
        loop {
            let grown = self.db.grow_tree(PAGE).await?;
            if grown == size {
                break;
            }
            size = grown;
        }
        let Some((signer, settings)) = &self.signing else {
            return Ok(None);
        };
        let now = self.clock.now();
        if !self
            .is_time(&store::last(&self.db).await?, size, settings, now)
            .await?
        {
            return Ok(None);
        }
        self.sign(signer, settings, size, now).await
    }

    /// Whether the log grew by enough, or grew at all and long enough ago.
    async fn is_time(
        &self,
        last: &Option<Signed>,
        size: u64,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<bool, JournalError> {
        let signed = last.as_ref().map_or(0, |last| last.size);
        Ok(size > signed
            && (size - signed >= settings.events || self.waited(last, settings, now).await?))
    }

    /// Whether the last checkpoint, or the first event when there is none, is old enough.
    async fn waited(
        &self,
        last: &Option<Signed>,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<bool, JournalError> {
        let since = match last {
            Some(last) => last.at,
            // Nothing was signed yet: the wait begins with the first event.
            None => match self.db.read_after(0, 1).await?.first() {
                Some(first) => first.at,
                None => return Ok(false),
            },
        };
        Ok(now.duration_since(since) >= settings.every)
    }

    /// Signs under the head row's lock, so that of two replicas one signs and the other sees it; a
    /// few small rows are read and one is written.
    async fn sign(
        &self,
        signer: &Signer,
        settings: &Settings,
        size: u64,
        now: Timestamp,
    ) -> Result<Option<u64>, NotaryError> {
        let mut tx = self.db.begin().await?;
        let last = store::last_locked(&mut tx).await?;
        if !self.is_time(&last, size, settings, now).await? {
            return Ok(None);
        }
        let Some(root) = self.db.tree_root(size).await? else {
            return Ok(None);
        };
        let previous = last.as_ref().map_or(0, |last| last.size);
        let ranges = tree::consistency(previous, size).unwrap_or_default();
        let proof = Consistency(self.db.tree_ranges(&ranges).await?);
        if let Some(last) = &last {
            proof.verify(last.size, &last.root, size, &root)?;
        }
        let checkpoint = Checkpoint {
            origin: self.origin.clone(),
            size,
            root,
        };
        let signed = Signed {
            size,
            root,
            note: checkpoint.sign(signer)?,
            previous,
            proof: proof.0,
            at: now,
        };
        store::add(&mut tx, &signed).await?;
        tx.commit().await?;
        Ok(Some(size))
    }
}
