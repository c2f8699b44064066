//! `GET /v1/platform/configuration`: the settings in force. No secret, and no address of anything.

use axum::Json;
use axum::extract::State;
use chassis::parties::Door;
use chassis::problem::Problem;
use gate::Action;
use journal::Engine;
use ladder::TermKey;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::watching;
use crate::views;

/// What the platform runs with.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct SettingsSeen {
    /// The release of this service.
    version: &'static str,
    /// What keeps the log: `postgresql` or `sqlite`.
    engine: &'static str,
    /// What carries messages: `nats`, or `local` within one process.
    carrier: &'static str,
    /// Whether it runs for development.
    development: bool,
    /// After how many days a letter that nobody takes is let go.
    letters_kept_days: i64,
    /// How many years the lines of the logs are kept.
    log_retention_years: u16,
    /// The terms of the ladder file that are not a rung's own, as it writes them.
    terms: Vec<TermSeen>,
    /// Who takes part.
    parties: Vec<PartySeen>,
}

/// A term.
#[derive(Debug, Serialize, JsonSchema)]
struct TermSeen {
    /// Its name in the ladder file.
    name: &'static str,
    /// As the ladder file writes it, such as `5wd`.
    term: String,
}

/// An organisation that takes part.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct PartySeen {
    /// Its OIN.
    organisation: String,
    /// Its name.
    name: String,
    /// Which door letters reach it by: `nats`, `feed` or `webhook`; absent when its people work on the
    /// platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    door: Option<&'static str>,
    /// The last sign of life of its systems, when there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    heard_at: Option<String>,
}

/// For an operator of the platform.
pub(in crate::api) async fn settings(
    State(platform): State<Platform>,
    caller: Caller,
) -> Result<Json<SettingsSeen>, Problem> {
    watching(&platform, &caller, Action::WatchOver)?;
    let ground = &platform.ground;
    let terms = &ground.rules.ladder.terms;
    let terms = TermKey::ALL.iter().map(|key| TermSeen {
        name: key.as_str(),
        term: terms.get(*key).to_string(),
    });
    let mut parties = Vec::new();
    for party in platform.parties.iter() {
        let register = views::register(&ground.db, party.oin.as_str()).await;
        let heard_at = register
            .map_err(unavailable)?
            .and_then(|it| it.heartbeat_at);
        parties.push(PartySeen {
            organisation: party.oin.to_string(),
            name: party.display_name.clone(),
            door: party.hears().then_some(match party.door {
                Door::Nats => "nats",
                Door::Feed => "feed",
                Door::Webhook(_) => "webhook",
            }),
            heard_at,
        });
    }
    Ok(Json(SettingsSeen {
        version: env!("CARGO_PKG_VERSION"),
        engine: match ground.db.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgresql",
        },
        carrier: platform.relay.carrier(),
        development: platform.dev,
        letters_kept_days: platform.relay.letters_kept().as_hours() / 24,
        log_retention_years: platform.accounting.register().years(),
        terms: terms.collect(),
        parties,
    }))
}
