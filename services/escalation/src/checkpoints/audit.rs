//! Holds the log against the tree over it and against everything that was signed of it: every row is
//! hashed again.

use std::fmt;

use journal::{Db, JournalError};
use transparency::note::Verifier;
use transparency::tree::{Frontier, Node};
use transparency::{Checkpoint, Hash, origin_of};

use super::store::{self, Signed};

/// How many rows are taken at a time.
const PAGE: u32 = 500;

/// Something that was done to the log, the tree or the checkpoints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// No event stands at this position, and others come after it.
    Missing {
        /// The position.
        position: u64,
    },
    /// The event at this position is not what it was when it was put into the tree.
    Event {
        /// The position.
        position: u64,
    },
    /// A node of the tree is not what the nodes below it say.
    Node {
        /// Which.
        node: Node,
    },
    /// Nodes of the tree are gone.
    NoNodes {
        /// Over the events after this position.
        after: u64,
    },
    /// The tree holds more events than the log.
    TooShort {
        /// How many events the log has.
        log: u64,
        /// How many the tree has.
        tree: u64,
    },
    /// A checkpoint was signed of more events than the log has.
    Cut {
        /// How many events were signed.
        size: u64,
        /// How many the log has.
        log: u64,
    },
    /// The log's first events have another root than was signed.
    Root {
        /// How many events were signed.
        size: u64,
    },
    /// A stored checkpoint is not what was signed.
    Note {
        /// Of how many events.
        size: u64,
        /// What is wrong.
        why: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { position } => write!(f, "position {position} is missing from the log"),
            Self::Event { position } => {
                write!(f, "the event at position {position} is not what it was")
            }
            Self::Node { node } => write!(
                f,
                "node {} of level {} is not what the nodes below it say",
                node.index, node.level
            ),
            Self::NoNodes { after } => {
                write!(
                    f,
                    "the tree lacks nodes over the events after position {after}"
                )
            }
            Self::TooShort { log, tree } => {
                write!(f, "the log has {log} events and the tree {tree}")
            }
            Self::Cut { size, log } => {
                write!(f, "{size} events were signed and the log has {log}")
            }
            Self::Root { size } => {
                write!(
                    f,
                    "the first {size} events have another root than was signed"
                )
            }
            Self::Note { size, why } => {
                write!(f, "the checkpoint of {size} events: {why}")
            }
        }
    }
}

/// What an audit found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many events were hashed.
    pub events: u64,
    /// How many of them stand in the tree.
    pub in_tree: u64,
    /// How many checkpoints were held against them.
    pub checkpoints: usize,
    /// What differs; nothing when the log is what was signed.
    pub differences: Vec<Difference>,
}

/// Hashes the whole log again and compares. With the platform's number and public key it checks the
/// signatures, too. It changes nothing.
///
/// # Errors
/// [`JournalError`] when the database does not answer.
pub async fn audit(db: &Db, signer: Option<(&str, &Verifier)>) -> Result<Audit, JournalError> {
    let mut audit = Audit {
        in_tree: db.tree_size().await?,
        ..Audit::default()
    };
    let mut signed = store::after(db, 0, u32::MAX).await?.into_iter().peekable();
    let mut frontier = Frontier::default();
    'log: loop {
        let after = frontier.size();
        let leaves = db.leaves_after(after, PAGE).await?;
        if leaves.is_empty() {
            break;
        }
        let mut made = Vec::new();
        for leaf in &leaves {
            let position = frontier.size() + 1;
            if u64::try_from(leaf.position) != Ok(position) {
                audit.differences.push(Difference::Missing { position });
                audit.compare(db, after, &made).await?;
                break 'log;
            }
            made.extend(frontier.append(leaf.hash()));
            while let Some(checkpoint) = signed.next_if(|signed| signed.size == position) {
                audit.check(&checkpoint, frontier.root(), signer);
            }
        }
        audit.compare(db, after, &made).await?;
    }
    audit.events = frontier.size();
    let log = frontier.size();
    for checkpoint in signed {
        audit.check(&checkpoint, None, signer);
        let size = checkpoint.size;
        audit.differences.push(Difference::Cut { size, log });
    }
    if audit.in_tree > log {
        let tree = audit.in_tree;
        audit.differences.push(Difference::TooShort { log, tree });
    }
    Ok(audit)
}

impl Audit {
    /// Holds nodes that were made from the log against those that are stored.
    async fn compare(
        &mut self,
        db: &Db,
        after: u64,
        made: &[(Node, Hash)],
    ) -> Result<(), JournalError> {
        let covered = |node: &Node| (node.index + 1) << node.level <= self.in_tree;
        let made: Vec<_> = made.iter().filter(|(node, _)| covered(node)).collect();
        let nodes: Vec<Node> = made.iter().map(|(node, _)| *node).collect();
        let stored = match db.tree_nodes(&nodes).await {
            Ok(stored) => stored,
            Err(JournalError::Unreadable { .. }) => {
                self.differences.push(Difference::NoNodes { after });
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let differing: Vec<Node> = made
            .iter()
            .zip(stored)
            .filter(|((_, made), stored)| made != stored)
            .map(|((node, _), _)| *node)
            .collect();
        let events = differing.iter().filter(|node| node.level == 0);
        let events: Vec<Difference> = events
            .map(|node| Difference::Event {
                position: node.index + 1,
            })
            .collect();
        // A changed event changes everything above it: that says nothing more.
        if events.is_empty() {
            let nodes = differing.into_iter().map(|node| Difference::Node { node });
            self.differences.extend(nodes);
        } else {
            self.differences.extend(events);
        }
        Ok(())
    }

    /// Holds a checkpoint against its own note, and against the root that the log has at its size.
    fn check(&mut self, signed: &Signed, root: Option<Hash>, signer: Option<(&str, &Verifier)>) {
        self.checkpoints += 1;
        let size = signed.size;
        if let Some((platform, verifier)) = signer {
            match Checkpoint::open(&signed.note, &origin_of(platform), verifier) {
                Ok(told) if (told.size, told.root) == (size, signed.root) => {}
                Ok(_) => self.differences.push(Difference::Note {
                    size,
                    why: "the note says something else than the table".to_owned(),
                }),
                Err(error) => self.differences.push(Difference::Note {
                    size,
                    why: error.to_string(),
                }),
            }
        }
        if root.is_some_and(|root| root != signed.root) {
            self.differences.push(Difference::Root { size });
        }
    }
}
