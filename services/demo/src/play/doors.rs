//! The doors of a world, over HTTP: those that people and systems use, and the dev ports.

use std::{collections::HashMap, fmt, sync::Mutex, time::Duration};

use chassis::dev::SettledReport;
use jiff::Timestamp;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Addresses, Door, Report};
use crate::personas::Persona;

/// How long one request may take: longer than a service's own limit.
const TIMEOUT: Duration = Duration::from_secs(40);

/// Why a door could not be used.
#[derive(Debug, thiserror::Error)]
pub enum DoorsError {
    /// Nobody answers there, for now.
    #[error("{door} cannot be reached")]
    Unreachable {
        /// Which door.
        door: String,
        /// What happened.
        source: reqwest::Error,
    },
    /// It answers something that makes no sense here.
    #[error("{door} answered {status}: {body}")]
    Unexpected {
        /// Which door.
        door: String,
        /// The status.
        status: u16,
        /// The answer.
        body: String,
    },
    /// No HTTP client can be made.
    #[error("no HTTP client can be made")]
    Client(#[source] reqwest::Error),
}

/// A request as somebody.
#[derive(Debug)]
pub struct Request<'a> {
    /// At which door.
    pub door: Door,
    /// GET, POST, …
    pub method: Method,
    /// Path and query.
    pub path: &'a str,
    /// The JSON body.
    pub body: Option<&'a Value>,
    /// The same key makes a repetition harmless.
    pub key: Option<&'a str>,
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The JSON body; null when there is none.
    pub body: Value,
}

impl Reply {
    /// Whether the request was done.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// A refusal in the words of its problem document.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        for field in ["title", "detail"] {
            if let Some(text) = self.body[field].as_str() {
                write!(f, " {text}.")?;
            }
        }
        for param in self.body["invalidParams"].as_array().into_iter().flatten() {
            let text = |field: &str| param[field].as_str().unwrap_or_default().to_owned();
            write!(f, " {}: {}.", text("name"), text("reason"))?;
        }
        Ok(())
    }
}

/// The ways into a world: embedded in this process, or in processes of its own.
#[derive(Debug)]
pub struct Doors {
    client: Client,
    addresses: Addresses,
    /// A token per persona and time of the story.
    tokens: Mutex<HashMap<(&'static str, Timestamp), String>>,
}

impl Doors {
    /// The doors at these addresses.
    ///
    /// # Errors
    /// [`DoorsError::Client`].
    pub fn new(addresses: Addresses) -> Result<Self, DoorsError> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .no_proxy()
            .build()
            .map_err(DoorsError::Client)?;
        Ok(Self {
            client,
            addresses,
            tokens: Mutex::default(),
        })
    }

    /// Where everything is.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Does a request as a persona at a time of the story.
    ///
    /// # Errors
    /// [`DoorsError`] when nobody answers; a refusal is a [`Reply`].
    pub async fn call(
        &self,
        by: &'static Persona,
        at: Timestamp,
        request: Request<'_>,
    ) -> Result<Reply, DoorsError> {
        let token = self.token(by, at).await?;
        let url = format!("{}{}", self.base(request.door), request.path);
        let mut builder = self.client.request(request.method, url).bearer_auth(token);
        if let Some(key) = request.key {
            builder = builder.header("Idempotency-Key", key);
        }
        if let Some(body) = request.body {
            builder = builder.json(body);
        }
        send(&request.door.to_string(), builder).await
    }

    /// An access token of a persona at a time of the story.
    ///
    /// # Errors
    /// [`DoorsError`] when the issuer gives none.
    pub async fn token(&self, by: &'static Persona, at: Timestamp) -> Result<String, DoorsError> {
        if let Some(token) = self.tokens().get(&(by.name, at)) {
            return Ok(token.clone());
        }
        let url = format!("{}/token", self.addresses.issuer);
        let body = json!({"persona": by.name});
        let reply = send("issuer", self.client.post(url).json(&body)).await?;
        match reply.body["access_token"].as_str() {
            Some(token) => {
                self.tokens().insert((by.name, at), token.to_owned());
                Ok(token.to_owned())
            }
            None => Err(unexpected("issuer", &reply)),
        }
    }

    /// Forgets the tokens, for instance of an issuer that was started again.
    pub fn forget_tokens(&self) {
        self.tokens().clear();
    }

    fn tokens(&self) -> std::sync::MutexGuard<'_, HashMap<(&'static str, Timestamp), String>> {
        // Nothing in here can panic half-way, so a poisoned lock is taken over.
        self.tokens
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Moves the clocks of all processes. The platform comes first and lets every deadline on the
    /// way fall due at its own time.
    ///
    /// # Errors
    /// [`DoorsError`]; then some clocks may have been moved.
    pub async fn advance(&self, to: Timestamp) -> Result<(), DoorsError> {
        let body = json!({"now": to});
        for (door, base) in self.clocks() {
            let request = self.client.post(format!("{base}/clock")).json(&body);
            let reply = send(&door, request).await?;
            if !reply.is_success() {
                return Err(unexpected(&door, &reply));
            }
        }
        Ok(())
    }

    /// What every process still has to do.
    ///
    /// # Errors
    /// [`DoorsError`].
    pub async fn settled(&self) -> Result<Vec<SettledReport>, DoorsError> {
        let mut reports = Vec::new();
        for (door, base) in self.services() {
            let reply = send(&door, self.client.get(format!("{base}/settled"))).await?;
            match serde_json::from_value(reply.body.clone()) {
                Ok(report) if reply.is_success() => reports.push(report),
                _ => return Err(unexpected(&door, &reply)),
            }
        }
        Ok(reports)
    }

    /// The report of the case that was reported last.
    ///
    /// # Errors
    /// [`DoorsError`].
    pub async fn report(&self) -> Result<Report, DoorsError> {
        let door = "the platform's dev port";
        let url = format!("{}/report", self.addresses.platform_dev);
        let reply = send(door, self.client.get(url)).await?;
        match serde_json::from_value(reply.body.clone()) {
            Ok(report) if reply.is_success() => Ok(report),
            _ => Err(unexpected(door, &reply)),
        }
    }

    fn base(&self, door: Door) -> &str {
        match door {
            Door::Platform => &self.addresses.platform,
            Door::Party(service) => self
                .addresses
                .parties
                .get(&service)
                .map_or("", |party| &party.api),
        }
    }

    /// The dev ports of the five services, the platform first.
    fn services(&self) -> Vec<(String, &str)> {
        let platform = (
            "the platform's dev port".to_owned(),
            self.addresses.platform_dev.as_str(),
        );
        std::iter::once(platform)
            .chain(
                self.addresses.parties.iter().map(|(service, party)| {
                    (format!("the dev port of {service}"), party.dev.as_str())
                }),
            )
            .collect()
    }

    fn clocks(&self) -> Vec<(String, &str)> {
        let mut clocks = self.services();
        if let Some(issuer) = &self.addresses.issuer_dev {
            clocks.push(("the issuer's dev port".to_owned(), issuer));
        }
        clocks
    }
}

async fn send(door: &str, request: RequestBuilder) -> Result<Reply, DoorsError> {
    let unreachable = |source| DoorsError::Unreachable {
        door: door.to_owned(),
        source,
    };
    let response = request.send().await.map_err(unreachable)?;
    let status = response.status().as_u16();
    let bytes = response.bytes().await.map_err(unreachable)?;
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Ok(Reply { status, body })
}

fn unexpected(door: &str, reply: &Reply) -> DoorsError {
    DoorsError::Unexpected {
        door: door.to_owned(),
        status: reply.status,
        body: reply.body.to_string(),
    }
}
