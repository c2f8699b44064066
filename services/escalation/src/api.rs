//! The JSON API of the escalation service; the screens are a client of it.
//!
//! Every command goes the same way: who calls (`caller`), whether the case is there for them
//! (`sight`), what is asked (`wire` for what an organisation's own service could have sent,
//! else a small body of its own), and the one answer for all (`written`). Every read opens
//! sealed texts through `reveal` and nowhere else, and no answer leaves before `accounting` has
//! written who saw what.

mod access;
pub(crate) mod accounting;
mod activities;
mod advice;
mod assessments;
mod body;
mod caller;
mod cases;
mod catalogues;
mod citizens;
mod closing;
mod commitments;
mod comparable;
mod consents;
mod decisions;
mod descent;
mod disclosures;
mod drafts;
mod ending;
mod erasures;
mod escalations;
mod exchange;
mod findings;
mod glossary;
mod handoffs;
mod insights;
mod legal_bases;
mod logbook;
mod mandates;
mod measures;
mod meetings;
mod money;
mod objections;
mod openapi;
mod operation;
mod ownership;
mod page;
mod parties;
mod passes;
mod pauses;
mod perspectives;
mod policy;
mod records;
mod refusal;
mod register;
pub mod report;
mod reveal;
mod routes;
mod search;
mod sharing;
mod sight;
mod signals;
mod suggestions;
mod supervision;
mod transparency;
mod urgency;
pub(crate) mod watch;
mod why;
mod wire;
mod work;
mod written;

use std::sync::Arc;

use axum::extract::FromRef;
use axum::{Router, middleware};
use chassis::clock::Clock;
use chassis::health::{self, NotReady};
use chassis::parties::Parties;
use chassis::secret::Secret;
use journal::vault::Vault;
use token::Verifier;

use crate::accounting::Accounting;
use crate::execute::{Executor, Ground};
use crate::intake::Line;
use crate::live::Bell;
use crate::metrics;
use crate::policy::Catalogues;
use crate::relay::Relay;
use crate::web::{self, Screens};

/// What every handler works with. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// The views, the gate, the rules, the clock.
    pub ground: Ground,
    /// What professionals run into, and what they may try first.
    pub catalogues: Arc<Catalogues>,
    /// The one door to the log.
    pub executor: Executor,
    /// Seals what comes in and opens what may be seen.
    pub vault: Vault,
    /// Accounts for what is shown.
    pub accounting: Accounting,
    /// Who takes part.
    pub parties: Arc<Parties>,
    /// Verifies access tokens.
    pub verifier: Arc<Verifier>,
    /// Where open pages hear what changes.
    pub(crate) bell: Bell,
    /// Takes in what comes over HTTP.
    pub line: Line,
    /// Writes the letters that wait.
    pub relay: Relay,
    /// What a trusted proxy shows; none: there is no such proxy.
    pub inway: Option<Arc<Secret>>,
    /// Development: a citizen may come in by a code.
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

/// Every route of the service, with the screens where they are set up.
pub fn router(platform: Platform, screens: Option<Screens>) -> Router {
    let db = platform.ground.db.clone();
    let ready = move || {
        let db = db.clone();
        async move {
            db.head()
                .await
                .map(|_| ())
                .map_err(|_| NotReady(vec!["database"]))
        }
    };
    let counters = platform.executor.counters().clone();
    let ledger = accounting::Ledger::new(platform.clone());
    let metrics = metrics::routes(platform.clone());
    let api = routes::all()
        .into_iter()
        .fold(Router::new(), |router, route| {
            router.route(&route.address(), route.methods)
        })
        .route_layer(middleware::from_fn_with_state(ledger, accounting::account))
        .with_state(platform.clone());
    let all = match screens {
        Some(screens) => api.clone().merge(web::routes(platform, api, screens)),
        None => api,
    };
    all.layer(middleware::from_fn_with_state(counters, metrics::measure))
        .merge(metrics)
        .merge(health::routes(ready))
}
