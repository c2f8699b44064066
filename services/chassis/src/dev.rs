//! The dev port: lets a story move the clock of a process, and tells when everything that follows
//! from it has been done. It exists only under `--dev` and only on the loopback address.

use std::{collections::BTreeMap, future::Future, io, net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use jiff::Timestamp;
use proto::Oin;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::{body::Checked, problem::Problem};

/// What a process does for its dev port.
pub trait DevHooks: Send + Sync + 'static {
    /// Moves the clock to `to` and does everything that falls due by then, before it returns.
    fn advance(&self, to: Timestamp) -> impl Future<Output = Result<(), Problem>> + Send;

    /// Counts what is under way. The counts come from the databases, so that they survive a
    /// restart.
    fn settled(&self) -> impl Future<Output = Result<SettledReport, Problem>> + Send;
}

/// What a process has still to do, and what it exchanged, counted in distinct messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "camelCase")]
pub enum SettledReport {
    /// The escalation service.
    Platform {
        /// Messages, deliveries and deadlines that are due but not done.
        pending: u64,
        /// Distinct messages taken, by the organisation they came from.
        received: BTreeMap<Oin, u64>,
        /// Distinct messages published, by the organisation they went to.
        sent: BTreeMap<Oin, u64>,
    },
    /// The service of one organisation.
    Party {
        /// The organisation.
        oin: Oin,
        /// Messages, deliveries and deadlines that are due but not done.
        pending: u64,
        /// Distinct messages taken from the platform.
        received: u64,
        /// Distinct messages published to the platform.
        sent: u64,
    },
}

/// Whether nothing is under way between these processes: nobody has anything pending, and what one
/// side sent the other side took. Two such reports in a row with the same numbers mean quiet.
pub fn quiet(reports: &[SettledReport]) -> bool {
    let platform = reports.iter().find_map(|report| match report {
        SettledReport::Platform {
            pending,
            received,
            sent,
        } => Some((*pending, received, sent)),
        SettledReport::Party { .. } => None,
    });
    let Some((0, taken, given)) = platform else {
        return false;
    };
    reports.iter().all(|report| match report {
        SettledReport::Platform { .. } => true,
        SettledReport::Party {
            oin,
            pending,
            received,
            sent,
        } => {
            *pending == 0
                && taken.get(oin).copied().unwrap_or(0) == *sent
                && given.get(oin).copied().unwrap_or(0) == *received
        }
    })
}

/// Why the dev port is not opened.
#[derive(Debug, thiserror::Error)]
pub enum DevPortError {
    /// The address can be reached from other machines.
    #[error("the dev port moves the clock and must stay on a loopback address, not on {0}")]
    NotLoopback(SocketAddr),
    /// The address cannot be bound.
    #[error("the dev port {address} cannot be opened: {source}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

/// Opens the dev port.
///
/// # Errors
/// [`DevPortError`] when the address is not a loopback address, or taken.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, DevPortError> {
    if !address.ip().is_loopback() {
        return Err(DevPortError::NotLoopback(address));
    }
    TcpListener::bind(address)
        .await
        .map_err(|source| DevPortError::Bind { address, source })
}

/// `POST /clock {"now": …}` → 204 once everything due by then is done; `GET /settled` → a
/// [`SettledReport`]. A process merges routes of its own into it.
pub fn routes<H: DevHooks>(hooks: Arc<H>) -> Router {
    Router::new()
        .route("/clock", post(set_clock::<H>))
        .route("/settled", get(settled::<H>))
        .with_state(hooks)
}

#[derive(Deserialize, JsonSchema)]
struct SetClock {
    /// The time to move to, RFC 3339.
    now: Timestamp,
}

async fn set_clock<H: DevHooks>(
    State(hooks): State<Arc<H>>,
    Checked(body): Checked<SetClock>,
) -> Result<StatusCode, Problem> {
    hooks.advance(body.now).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn settled<H: DevHooks>(State(hooks): State<Arc<H>>) -> Result<Json<SettledReport>, Problem> {
    hooks.settled().await.map(Json)
}
