//! Proofs about the log, for whoever keeps its checkpoints. They need no login: hashes and numbers
//! say nothing about anybody, and who checks the operator should not need the operator's leave.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderName;
use chassis::problem::Problem;
use journal::JournalError;
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use transparency::{Hash, tree};

use super::Platform;
use super::glossary::FOR_ALL;
use crate::checkpoints::store;

/// How many leaves are given at most.
const LEAVES: u32 = 1_000;

/// An open document.
type Open<T> = ([(HeaderName, &'static str); 1], Json<T>);

/// The newest checkpoint of the log.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckpointSeen {
    /// How many events it covers; 0 as long as nothing was signed.
    size: u64,
    /// The checkpoint as a signed note (C2SP tlog-checkpoint).
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// How the log stands at this moment.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatusSeen {
    /// How many events it has.
    events: i64,
    /// How many of them stand in the tree.
    in_tree: u64,
    /// What was signed last; absent as long as nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<SignedSeen>,
}

/// What was signed last.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SignedSeen {
    /// How many events.
    size: u64,
    /// The root that was signed, in base64.
    root: String,
    /// When.
    at: String,
    /// Whether the tree has that root still, made from its hashes now.
    intact: bool,
}

/// Which trees a proof is about.
#[derive(Debug, Deserialize)]
pub(super) struct Between {
    #[serde(default)]
    from: u64,
    to: Option<u64>,
}

/// Proof that the log of `from` events is the beginning of the log of `to` events.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConsistencySeen {
    /// The smaller number of events.
    from: u64,
    /// The larger number of events.
    to: u64,
    /// The hashes (RFC 6962, section 2.1.2), in base64.
    proof: Vec<String>,
}

/// Which event a proof is about.
#[derive(Debug, Deserialize)]
pub(super) struct Place {
    position: u64,
    size: Option<u64>,
}

/// Proof that an event stands in the log.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct InclusionSeen {
    /// The event's position in the log, from 1.
    position: u64,
    /// How many events the log has that it is proved to stand in.
    size: u64,
    /// The hash of everything that is stored of the event; absent when no event stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<String>,
    /// The hash of what made it happen: sender, message and the digest of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    /// The hashes (RFC 6962, section 2.1.1), in base64.
    proof: Vec<String>,
}

/// Which leaves are asked for.
#[derive(Debug, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: u64,
}

/// The leaves of the log, made from what it holds now.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Leaves {
    /// The hash of each event, in the order of positions; where one is missing the list ends.
    items: Vec<String>,
}

/// `GET /v1/transparency/checkpoint`.
pub(super) async fn checkpoint(
    State(platform): State<Platform>,
) -> Result<Open<CheckpointSeen>, Problem> {
    let last = store::last(&platform.ground.db)
        .await
        .map_err(|error| unreadable(&error))?;
    let (size, note) = last.map_or((0, None), |last| (last.size, Some(last.note)));
    Ok((FOR_ALL, Json(CheckpointSeen { size, note })))
}

/// `GET /v1/transparency/status`.
pub(super) async fn status(State(platform): State<Platform>) -> Result<Open<StatusSeen>, Problem> {
    let db = &platform.ground.db;
    let head = db.head().await.map_err(|error| unreadable(&error))?;
    let in_tree = db.tree_size().await.map_err(|error| unreadable(&error))?;
    let last = store::last(db).await.map_err(|error| unreadable(&error))?;
    let signed = match last {
        None => None,
        Some(last) => {
            let root = db.tree_root(last.size).await;
            let root = root.map_err(|error| unreadable(&error))?;
            Some(SignedSeen {
                size: last.size,
                root: last.root.to_string(),
                at: last.at.to_string(),
                intact: root == Some(last.root),
            })
        }
    };
    let status = StatusSeen {
        events: head.position,
        in_tree,
        signed,
    };
    Ok((FOR_ALL, Json(status)))
}

/// `GET /v1/transparency/consistency`.
pub(super) async fn consistency(
    State(platform): State<Platform>,
    Query(between): Query<Between>,
) -> Result<Open<ConsistencySeen>, Problem> {
    let db = &platform.ground.db;
    let to = signed(&platform, between.to).await?;
    let from = between.from;
    if from > to {
        return Err(outside("from"));
    }
    let ranges = tree::consistency(from, to).unwrap_or_default();
    let hashes = db.tree_ranges(&ranges).await;
    let proof = texts(&hashes.map_err(|error| unreadable(&error))?);
    Ok((FOR_ALL, Json(ConsistencySeen { from, to, proof })))
}

/// `GET /v1/transparency/inclusion`.
pub(super) async fn inclusion(
    State(platform): State<Platform>,
    Query(place): Query<Place>,
) -> Result<Open<InclusionSeen>, Problem> {
    let db = &platform.ground.db;
    let size = signed(&platform, place.size).await?;
    let index = place.position.checked_sub(1);
    let ranges = index.and_then(|index| tree::inclusion(index, size));
    let (Some(index), Some(ranges)) = (index, ranges) else {
        return Err(outside("position"));
    };
    let leaf = db
        .leaves_after(index, 1)
        .await
        .map_err(|error| unreadable(&error))?
        .pop();
    let leaf = leaf.filter(|leaf| u64::try_from(leaf.position) == Ok(place.position));
    let hashes = db.tree_ranges(&ranges).await;
    let seen = InclusionSeen {
        position: place.position,
        size,
        row: leaf.map(|leaf| leaf.row.to_string()),
        cause: leaf.map(|leaf| leaf.cause.to_string()),
        proof: texts(&hashes.map_err(|error| unreadable(&error))?),
    };
    Ok((FOR_ALL, Json(seen)))
}

/// `GET /v1/transparency/leaves`.
pub(super) async fn leaves(
    State(platform): State<Platform>,
    Query(After { after }): Query<After>,
) -> Result<Open<Leaves>, Problem> {
    let db = &platform.ground.db;
    let leaves = db
        .leaves_after(after, LEAVES)
        .await
        .map_err(|error| unreadable(&error))?;
    let items = (after + 1..)
        .zip(leaves)
        .take_while(|(position, leaf)| u64::try_from(leaf.position) == Ok(*position))
        .map(|(_, leaf)| leaf.hash().to_string())
        .collect();
    Ok((FOR_ALL, Json(Leaves { items })))
}

/// The size that is asked for, else that of the newest checkpoint; at most what the tree holds.
async fn signed(platform: &Platform, size: Option<u64>) -> Result<u64, Problem> {
    let db = &platform.ground.db;
    let Some(size) = size else {
        let last = store::last(db).await.map_err(|error| unreadable(&error))?;
        return Ok(last.map_or(0, |last| last.size));
    };
    if size > db.tree_size().await.map_err(|error| unreadable(&error))? {
        return Err(outside("to"));
    }
    Ok(size)
}

fn outside(name: &str) -> Problem {
    Problem::bad_request(vec![InvalidParam::new(name, "lies outside the log")])
}

fn texts(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(Hash::to_string).collect()
}

fn unreadable(error: &JournalError) -> Problem {
    tracing::error!(%error, "a proof could not be made");
    Problem::unavailable("This could not be read now. Try again in a moment.")
}
