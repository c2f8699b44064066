//! The development token issuer: gives anyone who asks a token for a persona. It stands in for an
//! organisation's identity provider, and exists only in `demo` and under `--dev`.

mod citizen;
mod key;
mod provider;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use chassis::{Clock, Entropy, Parties, Problem, body::Checked, parties::Party};
use jiff::Timestamp;
use proto::{InvalidParam, Oin};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use token::SYSTEM;

use crate::personas::{self, PERSONAS, Persona};
use key::SigningKey;
use provider::Provider;

pub use key::KeyError;
pub use provider::CLIENT_ID;

/// How long a token is valid, in seconds: the longest that OAuth-NL allows a person.
const LIFETIME: i64 = 3600;

/// How sure the issuer claims to be of the person (OIDC-NL: an eIDAS level).
const ASSURANCE: &str = "http://eidas.europa.eu/LoA/substantial";

/// The application that the tokens are issued to (`azp`).
const APPLICATION: &str = "doorbraak-dev";

/// Why the issuer does not start.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// No signing key could be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A persona works for an organisation that is not there.
    #[error("the persona {persona} works for {party}, which is no organisation")]
    UnknownParty {
        /// The persona.
        persona: &'static str,
        /// The organisation's short name.
        party: &'static str,
    },
}

/// A running issuer. Clones are the same issuer.
#[derive(Clone)]
pub struct Issuer(Arc<Inner>);

struct Inner {
    url: String,
    audience: String,
    key: SigningKey,
    /// The number of each persona's organisation, by its short name.
    oins: BTreeMap<&'static str, Oin>,
    provider: Provider,
    parties: Parties,
    clock: Clock,
    entropy: Entropy,
}

/// The claims of an access token (contract "Who is who", RFC 9068).
#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    exp: i64,
    nbf: i64,
    iat: i64,
    jti: String,
    azp: &'a str,
    org: &'a Oin,
    roles: Value,
    /// No person, no assurance of who it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'a str>,
}

impl Issuer {
    /// Makes a signing key, which lives as long as this process, and issues tokens as `url` for
    /// `audience`. The router must be reachable so that [`Issuer::jwks_url`] is true: at the root
    /// of the server whose `/dev` is `url`.
    ///
    /// # Errors
    /// [`IssuerError`] when no key can be made, or a persona's organisation is missing.
    pub fn start(
        url: impl Into<String>,
        audience: impl Into<String>,
        parties: &Parties,
        clock: Clock,
        entropy: Entropy,
    ) -> Result<Self, IssuerError> {
        let oins = PERSONAS
            .iter()
            .map(|persona| match parties.named(persona.party) {
                Some(party) => Ok((persona.party, party.oin.clone())),
                None => Err(IssuerError::UnknownParty {
                    persona: persona.name,
                    party: persona.party,
                }),
            })
            .collect::<Result<_, _>>()?;
        let url = url.into();
        let origin = url.strip_suffix("/dev").unwrap_or(&url);
        Ok(Self(Arc::new(Inner {
            provider: Provider::new(origin, parties),
            url,
            audience: audience.into(),
            key: SigningKey::generate(&entropy)?,
            oins,
            parties: parties.clone(),
            clock,
            entropy,
        })))
    }

    /// The `iss` of its tokens.
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// Where its public keys are: `<url>/jwks.json`.
    pub fn jwks_url(&self) -> String {
        format!("{}/jwks.json", self.0.url)
    }

    /// Where a login begins.
    pub fn authorize_url(&self) -> String {
        format!("{}/authorize", self.0.url)
    }

    /// Where a citizen's code becomes a token.
    pub fn citizen_token_url(&self) -> String {
        format!("{}/citizen-token", self.0.url)
    }

    /// Where a code becomes tokens.
    pub fn token_url(&self) -> String {
        format!("{}/oidc/token", self.0.url)
    }

    /// `GET /dev/personas`, `POST /dev/token`, `GET /dev/jwks.json`, and an OpenID provider whose
    /// login page offers the personas.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/dev/personas", get(list_personas))
            .route("/dev/token", post(give_token))
            .route("/dev/jwks.json", get(keys))
            .merge(provider::routes())
            .with_state(self.clone())
    }

    /// `POST /clock {"now": …}`: moves its clock. For a dev port only, and only where the issuer's
    /// clock is not that of a service with a dev port of its own.
    pub fn dev_routes(&self) -> Router {
        Router::new()
            .route("/clock", post(set_clock))
            .with_state(self.clone())
    }

    /// A token for a persona, as of the clock's time, valid for an hour.
    ///
    /// # Errors
    /// [`KeyError`] when signing fails.
    pub fn token(&self, persona: &Persona) -> Result<String, KeyError> {
        // `start` looked every persona's organisation up.
        let org = &self.0.oins[persona.party];
        self.sign(
            persona.name,
            APPLICATION,
            org,
            (json!(persona.roles), Some(ASSURANCE)),
        )
    }

    /// A token for an organisation's own system and for nobody in person (client credentials, RFC
    /// 6749, section 4.4), as of the clock's time, valid for an hour.
    ///
    /// # Errors
    /// [`KeyError`] when signing fails.
    pub fn system_token(&self, organisation: &Party) -> Result<String, KeyError> {
        let client = format!("{}-system", organisation.name);
        self.sign(&client, &client, &organisation.oin, (json!([SYSTEM]), None))
    }

    fn sign(
        &self,
        subject: &str,
        application: &str,
        org: &Oin,
        (roles, acr): (Value, Option<&str>),
    ) -> Result<String, KeyError> {
        let Inner {
            url,
            audience,
            key,
            clock,
            entropy,
            ..
        } = &*self.0;
        let now = Timestamp::as_second(clock.now());
        key.sign(&Claims {
            iss: url,
            aud: audience,
            sub: subject,
            exp: now + LIFETIME,
            nbf: now,
            iat: now,
            jti: key::hexadecimal(&entropy.bytes::<16>()),
            azp: application,
            org,
            roles,
            acr,
        })
    }
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer")
            .field("url", &self.0.url)
            .finish_non_exhaustive()
    }
}

async fn list_personas(State(issuer): State<Issuer>) -> Json<Value> {
    let items: Vec<Value> = PERSONAS
        .iter()
        .map(|persona| {
            json!({
                "persona": persona.name,
                "organisation": {"name": persona.party, "oin": issuer.0.oins.get(persona.party)},
                "roles": persona.roles,
            })
        })
        .collect();
    Json(json!({"items": items, "nextCursor": null}))
}

/// Whom to act as: one of the two.
#[derive(Deserialize, JsonSchema)]
struct TokenRequest {
    /// A persona.
    persona: Option<String>,
    /// The own system of the organisation with this short name.
    system: Option<String>,
}

async fn give_token(
    State(issuer): State<Issuer>,
    Checked(request): Checked<TokenRequest>,
) -> Result<Json<Value>, Problem> {
    given(match (&request.persona, &request.system) {
        (Some(persona), None) => issuer.token(known_persona(persona)?),
        (None, Some(system)) => issuer.system_token(known_system(&issuer.0.parties, system)?),
        (Some(_), Some(_)) | (None, None) => {
            let reason = "is one of the two: persona, or system";
            let params = vec![InvalidParam::new("/persona", reason)];
            return Err(Problem::bad_request(params));
        }
    })
}

/// The answer with a token.
fn given(token: Result<String, KeyError>) -> Result<Json<Value>, Problem> {
    let token = token.map_err(|error| {
        tracing::error!(%error, "a token could not be signed");
        Problem::internal()
    })?;
    // The names of RFC 6749, section 5.1.
    Ok(Json(json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
    })))
}

fn known_persona(name: &str) -> Result<&'static Persona, Problem> {
    personas::find(name).ok_or_else(|| {
        let names: Vec<&str> = PERSONAS.iter().map(|persona| persona.name).collect();
        Problem::not_found(format!(
            "There is no such persona. There are {}.",
            names.join(", ")
        ))
    })
}

fn known_system<'a>(parties: &'a Parties, name: &str) -> Result<&'a Party, Problem> {
    parties.named(name).ok_or_else(|| {
        let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
        Problem::not_found(format!(
            "There is no such organisation. There are {}.",
            names.join(", ")
        ))
    })
}

#[derive(Deserialize, JsonSchema)]
struct SetClock {
    /// The time to move to.
    now: Timestamp,
}

async fn set_clock(
    State(issuer): State<Issuer>,
    Checked(body): Checked<SetClock>,
) -> axum::http::StatusCode {
    issuer.0.clock.set(body.now);
    axum::http::StatusCode::NO_CONTENT
}

async fn keys(State(issuer): State<Issuer>) -> Json<Value> {
    Json(issuer.0.key.published())
}
