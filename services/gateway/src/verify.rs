//! `verify`: holds the platform's log against what this organisation keeps itself, without trusting
//! whoever runs the platform.
//!
//! * Every checkpoint that was kept bears the platform's signature, and each is the beginning of the
//!   next, up to the newest (proofs from the platform, checked here).
//! * The events that the platform has now give the roots of all of them: nothing was changed,
//!   deleted, put in or moved, of anybody's.
//! * Every event that this organisation sent and that was answered with `input.stored` stands where
//!   the platform said, and says what was sent.

mod copy;
mod platform;

use std::fmt;

use chassis::Parties;
use journal::{Db, JournalError};
use proto::{IdentifierError, Oin, Source};
use transparency::{
    Cause, Checkpoint, Leaf,
    note::{KeyError, Verifier},
    origin_of,
    tree::Frontier,
};

use crate::{error::GatewayError, service::migrations};
use copy::{Copy, Stored};
use platform::{Asked, Platform};

/// Why nothing could be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The party's own database.
    #[error(transparent)]
    Database(#[from] JournalError),
    /// What is kept in it cannot be read.
    #[error(transparent)]
    Copy(#[from] GatewayError),
    /// The list of organisations has no platform, or no key of its log.
    #[error("the list of organisations does not have {0}")]
    Unlisted(&'static str),
    /// That key cannot be used.
    #[error("the key of the platform's log {0}")]
    Key(#[from] KeyError),
    /// The service's name cannot stand in the `source` of events.
    #[error("the service's name cannot be used: {0}")]
    Name(#[from] IdentifierError),
    /// The platform does not answer.
    #[error("the platform cannot be reached: {0}")]
    Unreachable(#[from] reqwest::Error),
}

/// What is verified, and with what.
pub struct VerifyConfig<'a> {
    /// Which organisation this is.
    pub oin: Oin,
    /// The name of its service, as in the `source` of its events.
    pub service: &'a str,
    /// The organisation's own database.
    pub database_url: &'a str,
    /// Where the platform's API is, such as `https://doorbraak.example`.
    pub platform_url: &'a str,
    /// All organisations, with the key of the platform's log.
    pub parties: &'a Parties,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many checkpoints were kept.
    pub checkpoints: usize,
    /// How many events the newest checkpoint of the platform covers.
    pub newest: u64,
    /// How many events of the log were hashed into its root.
    pub hashed: u64,
    /// How many of the organisation's own events were found as they were sent.
    pub own: usize,
    /// How many of them no checkpoint covers yet.
    pub waiting: usize,
    /// How many of them were sent by a release that kept no digest.
    pub unknown: usize,
    /// Each difference, in words; nothing when everything is as it was.
    pub differences: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "checkpoints kept:          {}", self.checkpoints)?;
        writeln!(f, "events in the newest:      {}", self.newest)?;
        writeln!(f, "events hashed again:       {}", self.hashed)?;
        writeln!(f, "own events found as sent:  {}", self.own)?;
        writeln!(f, "own events not covered yet: {}", self.waiting)?;
        writeln!(f, "own events without digest: {}", self.unknown)?;
        for difference in &self.differences {
            writeln!(f, "DIFFERENCE: {difference}")?;
        }
        if self.differences.is_empty() {
            f.write_str("verified")
        } else {
            write!(f, "NOT verified: {} differences", self.differences.len())
        }
    }
}

/// Verifies the platform's log. Changes nothing, here or there.
///
/// # Errors
/// [`VerifyError`] when it could not be done; what it found wrong stands in the report.
pub async fn verify(config: VerifyConfig<'_>) -> Result<Report, VerifyError> {
    let listed = config.parties.platform();
    let listed = listed.ok_or(VerifyError::Unlisted("a platform"))?;
    let key = listed.checkpoint_key.as_deref();
    let key = key.ok_or(VerifyError::Unlisted("the key of the platform's log"))?;
    let origin = origin_of(listed.oin.as_str());
    let name = format!("urn:nld:oin:{}:systeem:{}", config.oin, config.service);
    let db = Db::open(config.database_url, migrations()).await?;
    let copy = Copy::read(&db).await;
    db.close().await;
    let mut verification = Verification {
        oin: config.oin,
        source: Source::parse(&name)?,
        verifier: Verifier::parse(&origin, key)?,
        origin,
        platform: Platform::at(config.platform_url)?,
        report: Report::default(),
    };
    verification.run(copy?).await?;
    Ok(verification.report)
}

struct Verification {
    oin: Oin,
    source: Source,
    origin: String,
    verifier: Verifier,
    platform: Platform,
    report: Report,
}

impl Verification {
    async fn run(&mut self, copy: Copy) -> Result<(), VerifyError> {
        let mut points = self.kept(&copy);
        if let Some(newest) = self.newest(&points).await? {
            points.push(newest);
        }
        points.sort_by_key(|point| point.size);
        points.dedup();
        self.consistency(&points).await?;
        self.roots(&points).await?;
        if let Some(newest) = points.last().cloned() {
            self.own_events(&copy.stored, &newest).await?;
        } else {
            self.report.waiting = copy.stored.len();
        }
        self.report.unknown = copy.without_digest;
        Ok(())
    }

    fn differs(&mut self, what: impl Into<String>) {
        self.report.differences.push(what.into());
    }

    /// The checkpoints that were kept, as far as the platform signed them.
    fn kept(&mut self, copy: &Copy) -> Vec<Checkpoint> {
        self.report.checkpoints = copy.checkpoints.len();
        let mut points = Vec::new();
        for kept in &copy.checkpoints {
            if let Some(finding) = &kept.finding {
                self.differs(format!(
                    "the checkpoint {} came in as {finding}",
                    kept.message
                ));
            }
            match Checkpoint::open(&kept.note, &self.origin, &self.verifier) {
                Ok(checkpoint) => points.push(checkpoint),
                Err(error) => self.differs(format!("{}: {error}", kept.message)),
            }
        }
        points
    }

    /// What the platform says that it signed last.
    async fn newest(&mut self, kept: &[Checkpoint]) -> Result<Option<Checkpoint>, VerifyError> {
        let largest = kept.iter().map(|point| point.size).max().unwrap_or(0);
        let told = match self.platform.checkpoint().await? {
            Asked::Answered(told) => told.note,
            Asked::Refused(why) => {
                self.differs(format!("the platform shows no checkpoint: {why}"));
                return Ok(None);
            }
        };
        let newest = told.map(|note| Checkpoint::open(&note, &self.origin, &self.verifier));
        let newest = match newest.transpose() {
            Ok(newest) => newest,
            Err(error) => {
                self.differs(format!("the platform's newest checkpoint: {error}"));
                None
            }
        };
        let size = newest.as_ref().map_or(0, |newest| newest.size);
        self.report.newest = size;
        if size < largest {
            self.differs(format!(
                "the platform's newest checkpoint has {size} events, one of {largest} was received"
            ));
        }
        Ok(newest)
    }

    /// Each checkpoint is the beginning of the next.
    async fn consistency(&mut self, points: &[Checkpoint]) -> Result<(), VerifyError> {
        for pair in points.windows(2) {
            let [old, new] = pair else { continue };
            let (from, to) = (old.size, new.size);
            let proved = match self.platform.consistency(from, to).await? {
                Asked::Answered(proof) => proof
                    .verify(from, &old.root, to, &new.root)
                    .map_err(|error| error.to_string()),
                Asked::Refused(why) => Err(why),
            };
            if let Err(why) = proved {
                self.differs(format!(
                    "the log of {from} events is not the beginning of that of {to}: {why}"
                ));
            }
        }
        Ok(())
    }

    /// The events that the platform has now give the root of every checkpoint.
    async fn roots(&mut self, points: &[Checkpoint]) -> Result<(), VerifyError> {
        let all = points.last().map_or(0, |point| point.size);
        let mut frontier = Frontier::default();
        let mut due = points.iter().peekable();
        while frontier.size() < all {
            let leaves = match self.platform.leaves(frontier.size()).await? {
                Asked::Answered(leaves) => leaves,
                Asked::Refused(_) => Vec::new(),
            };
            if leaves.is_empty() {
                let shown = frontier.size();
                self.differs(format!(
                    "the platform shows {shown} events of the {all} it signed"
                ));
                break;
            }
            for leaf in leaves {
                frontier.append(leaf);
                while let Some(point) = due.next_if(|point| point.size == frontier.size()) {
                    if frontier.root() != Some(point.root) {
                        let size = point.size;
                        self.differs(format!(
                            "the first {size} events have another root than was signed"
                        ));
                    }
                }
            }
        }
        for point in due {
            let size = point.size;
            self.differs(format!(
                "the checkpoint of {size} events could not be held against them"
            ));
        }
        self.report.hashed = frontier.size().min(all);
        Ok(())
    }

    /// Every own event stands where the platform said, and says what was sent.
    async fn own_events(
        &mut self,
        stored: &[Stored],
        newest: &Checkpoint,
    ) -> Result<(), VerifyError> {
        for event in stored {
            if event.last > newest.size {
                self.report.waiting += 1;
                continue;
            }
            let mut found = true;
            for position in event.first..=event.last {
                if let Err(why) = self.own_event(event, position, newest).await? {
                    found = false;
                    let id = &event.id;
                    self.differs(format!("own event {id}, position {position}: {why}"));
                }
            }
            self.report.own += usize::from(found);
        }
        Ok(())
    }

    async fn own_event(
        &self,
        event: &Stored,
        position: u64,
        newest: &Checkpoint,
    ) -> Result<Result<(), String>, VerifyError> {
        let told = match self.platform.inclusion(position, newest.size).await? {
            Asked::Answered(told) => told,
            Asked::Refused(why) => return Ok(Err(why)),
        };
        let Some(row) = told.row else {
            return Ok(Err("no event stands there".to_owned()));
        };
        let cause = Cause {
            sender: self.oin.as_str(),
            message: &format!("{} {}", self.source, event.id),
            digest: Some(&event.digest),
        };
        if told.cause.is_some_and(|told| told != cause.hash()) {
            return Ok(Err("what stands there is not what was sent".to_owned()));
        }
        let leaf = Leaf {
            position: i64::try_from(position).unwrap_or(i64::MAX),
            row,
            cause: cause.hash(),
        };
        let proved = told
            .proof
            .verify(&leaf.hash(), position - 1, newest.size, &newest.root);
        Ok(proved.map_err(|error| error.to_string()))
    }
}
