//! The Merkle tree over the log. It follows the log: nothing of it is done under the head row's
//! lock, so it slows no command, and whoever appends knows nothing of it.

use std::collections::HashMap;

use serde::Serialize;
use sqlx::Row;
use sqlx::any::AnyRow;
use transparency::tree::{Frontier, Node, Range};
use transparency::{Cause, Hash, Leaf, Row as LogRow};

use super::Db;
use crate::event::text;
use crate::tx::as_json;
use crate::{JournalError, SHARD, sql};

/// A node as it travels in a batch's JSON parameter.
#[derive(Serialize)]
struct NodeRow {
    level: u8,
    place: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    hash: Option<Hash>,
}

impl Db {
    /// Appends the next events to the tree, at most `limit`, and gives how many leaves it has then;
    /// asking again until that no longer grows brings it up to the log. Replicas that do so at the
    /// same time store the same nodes.
    ///
    /// # Errors
    /// [`JournalError::Unreadable`] when a position of the log is missing, or the tree lacks a
    /// node: then somebody was at the tables. [`JournalError::Database`].
    pub async fn grow_tree(&self, limit: u32) -> Result<u64, JournalError> {
        let size = self.tree_size().await?;
        let leaves = self.leaves_after(size, limit).await?;
        if leaves.is_empty() {
            return Ok(size);
        }
        let nodes = self.tree_nodes(&Range::whole(size).nodes()).await?;
        let broken = JournalError::Unreadable {
            what: "node of the tree",
        };
        let mut frontier = Frontier::of(size, nodes).ok_or(broken)?;
        let mut rows = Vec::with_capacity(leaves.len() * 2);
        for leaf in &leaves {
            if u64::try_from(leaf.position) != Ok(frontier.size() + 1) {
                return Err(JournalError::Unreadable {
                    what: "position of the log",
                });
            }
            let complete = frontier.append(leaf.hash());
            rows.extend(complete.into_iter().map(|(node, hash)| NodeRow {
                level: node.level,
                place: node.index,
                hash: Some(hash),
            }));
        }
        let mut connection = self.pools.writer.acquire().await?;
        sqlx::query(sql::tree::GROW.text(self.engine()))
            .bind(SHARD)
            .bind(as_json(&rows))
            .execute(&mut *connection)
            .await?;
        Ok(frontier.size())
    }

    /// How many events of the log stand in the tree.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub async fn tree_size(&self) -> Result<u64, JournalError> {
        let row = sqlx::query(sql::tree::SIZE.text(self.engine()))
            .bind(SHARD)
            .fetch_one(self.reader())
            .await?;
        let size: i64 = row.try_get("size")?;
        Ok(size.unsigned_abs())
    }

    /// The hashes of ranges of leaves, such as a proof is made of, from the stored nodes.
    ///
    /// # Errors
    /// [`JournalError::Unreadable`] when the tree lacks a node of them; [`JournalError::Database`].
    pub async fn tree_ranges(&self, ranges: &[Range]) -> Result<Vec<Hash>, JournalError> {
        let nodes: Vec<Vec<Node>> = ranges.iter().map(Range::nodes).collect();
        let hashes = self.tree_nodes(&nodes.concat()).await?;
        let mut rest = hashes.as_slice();
        let mut found = Vec::with_capacity(ranges.len());
        for of_range in nodes {
            let (own, after) = rest.split_at(of_range.len());
            found.extend(Range::hash(own));
            rest = after;
        }
        Ok(found)
    }

    /// The root of the tree as it was when it had `size` leaves; none of an empty tree.
    ///
    /// # Errors
    /// As [`Db::tree_ranges`].
    pub async fn tree_root(&self, size: u64) -> Result<Option<Hash>, JournalError> {
        Ok(self.tree_ranges(&[Range::whole(size)]).await?.pop())
    }

    /// The hashes of some nodes, in their order.
    ///
    /// # Errors
    /// As [`Db::tree_ranges`].
    pub async fn tree_nodes(&self, nodes: &[Node]) -> Result<Vec<Hash>, JournalError> {
        if nodes.is_empty() {
            return Ok(Vec::new());
        }
        let wanted: Vec<NodeRow> = nodes
            .iter()
            .map(|node| NodeRow {
                level: node.level,
                place: node.index,
                hash: None,
            })
            .collect();
        let rows = sqlx::query(sql::tree::NODES.text(self.engine()))
            .bind(SHARD)
            .bind(as_json(&wanted))
            .fetch_all(self.reader())
            .await?;
        let broken = || JournalError::Unreadable {
            what: "node of the tree",
        };
        let mut found: HashMap<(i64, i64), Hash> = HashMap::new();
        for row in &rows {
            let hash = Hash::parse(text(row, "hash")?).map_err(|_| broken())?;
            found.insert((row.try_get("level")?, row.try_get("place")?), hash);
        }
        let hash_of = |node: &Node| {
            let place = i64::try_from(node.index).ok()?;
            found.get(&(i64::from(node.level), place)).copied()
        };
        nodes
            .iter()
            .map(|node| hash_of(node).ok_or_else(broken))
            .collect()
    }

    /// The leaves of the events after a position, made from what the log holds now, at most
    /// `limit`: what a tree is held against.
    ///
    /// # Errors
    /// [`JournalError::Database`].
    pub async fn leaves_after(&self, position: u64, limit: u32) -> Result<Vec<Leaf>, JournalError> {
        let Ok(position) = i64::try_from(position) else {
            return Ok(Vec::new());
        };
        let rows = sqlx::query(sql::tree::LEAVES.text(self.engine()))
            .bind(SHARD)
            .bind(position)
            .bind(i64::from(limit))
            .fetch_all(self.reader())
            .await?;
        rows.iter().map(leaf).collect()
    }
}

fn leaf(row: &AnyRow) -> Result<Leaf, JournalError> {
    let position = row.try_get("position")?;
    let stored = LogRow {
        position,
        stream: text(row, "stream")?,
        version: row.try_get("version")?,
        id: text(row, "id")?,
        kind: text(row, "kind")?,
        kind_version: row.try_get("kind_version")?,
        at: text(row, "at")?,
        actor: text(row, "actor")?,
        data: text(row, "data")?,
    };
    let cause = Cause {
        sender: text(row, "sender")?,
        message: text(row, "message")?,
        digest: row.try_get("digest")?,
    };
    Ok(Leaf {
        position,
        row: stored.hash(),
        cause: cause.hash(),
    })
}
