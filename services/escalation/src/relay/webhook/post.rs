//! One address: asked first whether it wants what we send (CloudEvents, HTTP webhooks, section 4),
//! then sent one letter at a time. Only POST, no redirects, and nothing of the answer but its status.

use chassis::parties::{Mode, Webhook};
use jiff::{SignedDuration, Timestamp};
use proto::{CONTENT_TYPE, Envelope, EnvelopeError};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode, Url};

use super::Posting;

/// How long a permission to send holds before it is asked again.
const ALLOWED_FOR: SignedDuration = SignedDuration::from_hours(1);

const REQUEST_ORIGIN: &str = "webhook-request-origin";
const REQUEST_RATE: &str = "webhook-request-rate";
const ALLOWED_ORIGIN: &str = "webhook-allowed-origin";
const ALLOWED_RATE: &str = "webhook-allowed-rate";

/// How many letters a minute are asked for.
const RATE: &str = "600";

/// Why a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum PostError {
    /// The address allows no more letters before this time.
    #[error("not before {0}")]
    NotYet(Timestamp),
    /// It does not answer, or not in time.
    #[error("the address does not answer")]
    Silent,
    /// It does not want what we send.
    #[error("the address does not allow {0} to send: it answered {1}")]
    NotAllowed(String, StatusCode),
    /// It answers something else than that it has the letter.
    #[error("the address answered {0}")]
    Refused(StatusCode),
    /// The letter cannot be written.
    #[error("the letter cannot be written: {0}")]
    Envelope(#[from] EnvelopeError),
}

/// Why an address cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub(super) enum AddressError {
    /// It is no address; the party files are checked at start.
    #[error("the address cannot be read")]
    Address,
    /// There is no client to send with.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// An address, and what it allowed.
pub(super) struct Post {
    client: Client,
    url: Url,
    mode: Mode,
    origin: String,
    allowed_until: Timestamp,
    apart: SignedDuration,
    not_before: Timestamp,
}

impl Post {
    pub(super) fn new(webhook: &Webhook, posting: &Posting) -> Result<Self, AddressError> {
        let client = Client::builder()
            .timeout(posting.patience)
            // What an address points to is not what the party file allows.
            .redirect(Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            url: Url::parse(&webhook.url).map_err(|_| AddressError::Address)?,
            mode: webhook.mode,
            origin: posting.origin.clone(),
            allowed_until: Timestamp::MIN,
            apart: SignedDuration::ZERO,
            not_before: Timestamp::MIN,
        })
    }

    /// Posts a letter; the address has it when this returns without an error.
    pub(super) async fn letter(
        &mut self,
        envelope: &Envelope,
        now: Timestamp,
    ) -> Result<(), PostError> {
        if now < self.not_before {
            return Err(PostError::NotYet(self.not_before));
        }
        if now >= self.allowed_until {
            self.ask(now).await?;
        }
        let request = self.client.post(self.url.clone());
        let request = match self.mode {
            Mode::Structured => request
                .header("content-type", format!("{CONTENT_TYPE}; charset=utf-8"))
                .body(envelope.encode()?),
            Mode::Binary => {
                let (headers, body) = envelope.encode_binary()?;
                headers
                    .into_iter()
                    .fold(request, |request, (name, value)| {
                        request.header(name, value)
                    })
                    .body(body)
            }
        };
        let response = request.send().await.map_err(|_| PostError::Silent)?;
        self.not_before = now + self.apart;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        // Whoever is asked again may have changed its mind.
        self.allowed_until = Timestamp::MIN;
        Err(PostError::Refused(status))
    }

    /// The handshake: may we send, and how much.
    async fn ask(&mut self, now: Timestamp) -> Result<(), PostError> {
        let asked = self
            .client
            .request(Method::OPTIONS, self.url.clone())
            .header(REQUEST_ORIGIN, &self.origin)
            .header(REQUEST_RATE, RATE);
        let answer = asked.send().await.map_err(|_| PostError::Silent)?;
        let headers = answer.headers();
        let allowed = header(headers, ALLOWED_ORIGIN);
        let allowed = allowed.is_some_and(|origin| origin == "*" || origin == self.origin);
        if !answer.status().is_success() || !allowed {
            let origin = self.origin.clone();
            return Err(PostError::NotAllowed(origin, answer.status()));
        }
        // A rate is in requests a minute; `*` or none is no limit.
        let rate = header(headers, ALLOWED_RATE).and_then(|rate| rate.parse().ok());
        let rate = rate.filter(|rate: &i32| *rate > 0);
        self.apart = rate.map_or(SignedDuration::ZERO, |rate| {
            SignedDuration::from_mins(1) / rate
        });
        self.allowed_until = now + ALLOWED_FOR;
        Ok(())
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}
