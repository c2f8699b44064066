//! The issuer's public keys: fetched when needed, kept, and fetched again with restraint.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse},
};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::TokenError;

/// An unknown key name causes at most one fetch (with its attempts) in this time, whoever asks.
const REFETCH_INTERVAL: SignedDuration = SignedDuration::from_mins(1);
/// Keys older than this are fetched again before use, so that a withdrawn key stops working.
const MAX_AGE: SignedDuration = SignedDuration::from_hours(1);
/// A key set is small; more than this is not read.
const MAX_BYTES: usize = 256 * 1024;
/// How long the issuer may take to answer.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);

/// How long before the issuer is asked again, and once more: a hiccup of the network is no reason to
/// turn somebody away.
const AGAIN: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];

/// One public RSA key of the issuer's.
pub(crate) struct Key {
    pub(crate) decoding: DecodingKey,
    /// The algorithm the key is published for; `None`: any of the allowed ones.
    pub(crate) algorithm: Option<Algorithm>,
}

/// What is known of the issuer's keys at a moment.
#[derive(Clone, Default)]
struct Known {
    keys: Option<Arc<HashMap<String, Arc<Key>>>>,
    /// When the keys were last fetched with success.
    fetched_at: Timestamp,
    /// When a fetch was last tried, and whether it failed.
    tried_at: Timestamp,
    failed: bool,
    /// How many fetches ended so far: whoever waited for one sees by this that it has ended.
    fetches: u64,
}

/// The cache of one issuer's keys.
pub(crate) struct Keys {
    url: reqwest::Url,
    client: reqwest::Client,
    known: RwLock<Known>,
    /// Held during a fetch, so that there is one at a time.
    fetching: Mutex<()>,
}

impl Keys {
    pub(crate) fn new(url: reqwest::Url) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .timeout(FETCH_TIMEOUT)
            // Keys come from the configured address and from nowhere that it may point to.
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            url,
            client,
            known: RwLock::default(),
            fetching: Mutex::default(),
        })
    }

    /// The key of that name, fetched when it is not known and a fetch is due.
    pub(crate) async fn find(&self, kid: &str, now: Timestamp) -> Result<Arc<Key>, TokenError> {
        let before = self.known();
        if let Some(keys) = &before.keys
            && !apart(now, before.fetched_at, MAX_AGE)
        {
            if let Some(key) = keys.get(kid) {
                return Ok(key.clone());
            }
            if !apart(now, before.tried_at, REFETCH_INTERVAL) {
                return Err(before.missing());
            }
        }
        let _one_at_a_time = self.fetching.lock().await;
        if self.known().fetches == before.fetches {
            self.fetch(now).await;
        }
        let after = self.known();
        if after.failed {
            return Err(TokenError::Unavailable);
        }
        after
            .keys
            .as_ref()
            .and_then(|keys| keys.get(kid).cloned())
            .ok_or_else(|| after.missing())
    }

    async fn fetch(&self, now: Timestamp) {
        let mut result = self.download().await;
        for wait in AGAIN {
            let reason = match &result {
                Err(reason) if reason.may_pass() => reason,
                _ => break,
            };
            tracing::info!(%reason, ?wait, "asking the token issuer for its keys again");
            tokio::time::sleep(wait).await;
            result = self.download().await;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.fetches += 1;
        known.tried_at = now;
        known.failed = result.is_err();
        match result {
            Ok(keys) => {
                tracing::info!(keys = keys.len(), "fetched the token issuer's keys");
                known.keys = Some(Arc::new(keys));
                known.fetched_at = now;
            }
            Err(reason) => {
                tracing::warn!(%reason, "the token issuer's keys could not be fetched");
            }
        }
    }

    async fn download(&self) -> Result<HashMap<String, Arc<Key>>, FetchError> {
        let mut response = self.client.get(self.url.clone()).send().await?;
        if !response.status().is_success() {
            return Err(FetchError::Status(response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_BYTES {
                return Err(FetchError::TooLarge);
            }
        }
        let set: Value = serde_json::from_slice(&body).map_err(|_| FetchError::NotAKeySet)?;
        let keys = set
            .get("keys")
            .and_then(Value::as_array)
            .ok_or(FetchError::NotAKeySet)?;
        Ok(keys.iter().filter_map(usable).collect())
    }

    fn known(&self) -> Known {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Known {
    /// What to say of a key that is not there: after a failed fetch nobody can know.
    fn missing(&self) -> TokenError {
        if self.failed {
            TokenError::Unavailable
        } else {
            TokenError::UnknownKey
        }
    }
}

/// Whether two moments are at least `interval` apart, in either direction: a clock may be set back.
fn apart(one: Timestamp, other: Timestamp, interval: SignedDuration) -> bool {
    one.duration_since(other).abs() >= interval
}

/// A key of the set that can verify our tokens; the set may hold others, for other uses.
fn usable(value: &Value) -> Option<(String, Arc<Key>)> {
    let jwk: Jwk = serde_json::from_value(value.clone()).ok()?;
    if !matches!(jwk.algorithm, AlgorithmParameters::RSA(_)) {
        return None;
    }
    if !matches!(
        jwk.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    ) {
        return None;
    }
    let algorithm = match jwk.common.key_algorithm {
        None => None,
        Some(KeyAlgorithm::RS256) => Some(Algorithm::RS256),
        Some(KeyAlgorithm::PS256) => Some(Algorithm::PS256),
        Some(_) => return None,
    };
    let decoding = DecodingKey::from_jwk(&jwk).ok()?;
    let key = Key {
        decoding,
        algorithm,
    };
    Some((jwk.common.key_id?, Arc::new(key)))
}

#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error("no answer: {0}")]
    Http(#[from] reqwest::Error),
    #[error("the answer has HTTP status {0}")]
    Status(u16),
    #[error("the answer is larger than a key set can be")]
    TooLarge,
    #[error("the answer is not a JSON Web Key Set")]
    NotAKeySet,
}

impl FetchError {
    /// Whether it may be otherwise in a moment. Who did not answer in time has been waited for.
    fn may_pass(&self) -> bool {
        match self {
            Self::Http(error) => !error.is_timeout(),
            Self::Status(_) | Self::TooLarge | Self::NotAKeySet => true,
        }
    }
}
