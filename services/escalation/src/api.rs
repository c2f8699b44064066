//! The JSON API of the escalation service, and the pages beside it.

pub mod report;

use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use chassis::clock::Clock;
use chassis::parties::Parties;
use journal::vault::Vault;
use token::Verifier;

use crate::execute::{Executor, Ground};

/// What every handler works with. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// The views, the gate, the rules, the clock.
    pub ground: Ground,
    /// The one door to the log.
    pub executor: Executor,
    /// Seals what comes in and opens what may be seen.
    pub vault: Vault,
    /// Who takes part.
    pub parties: Arc<Parties>,
    /// Verifies access tokens.
    pub verifier: Arc<Verifier>,
    /// Development: the overview at the root shows every case without login.
    pub dev: bool,
}

impl FromRef<Platform> for Arc<Verifier> {
    fn from_ref(platform: &Platform) -> Self {
        Arc::clone(&platform.verifier)
    }
}

impl FromRef<Platform> for Clock {
    fn from_ref(platform: &Platform) -> Self {
        platform.ground.clock.clone()
    }
}

/// Every route of the service.
pub fn router(platform: Platform) -> Router {
    Router::new().with_state(platform)
}
