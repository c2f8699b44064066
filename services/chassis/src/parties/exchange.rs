//! By which door an organisation exchanges events: the bus, or HTTP for who may not use a bus.

use std::net::IpAddr;

use reqwest::Url;
use schemars::JsonSchema;
use serde::Deserialize;

/// By which door letters reach an organisation. What it sends itself is taken by every door.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// On the bus, when it runs a party service.
    #[default]
    Nats,
    /// It fetches them over HTTP.
    Feed,
    /// They are posted to an address of its own.
    Webhook(Webhook),
}

/// Where letters are posted. Known from its party file only: nobody can set it by a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// `https://…`; without TLS on the loopback address only.
    pub url: String,
    /// How an event is written.
    pub mode: Mode,
}

/// How an event is written over HTTP (CloudEvents, HTTP protocol binding).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everything in one JSON object.
    #[default]
    Structured,
    /// Attributes in headers, the data as body.
    Binary,
}

/// `[exchange]` of a party file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExchangeFile {
    door: Word,
    #[schemars(length(min = 1))]
    url: Option<String>,
    mode: Option<Mode>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Word {
    Nats,
    Feed,
    Webhook,
}

impl ExchangeFile {
    /// The door, or which field is wrong and what to write instead.
    pub(super) fn door(&self) -> Result<Door, (&'static str, String)> {
        let only = |field| {
            let reason = "only a webhook has one; leave it out, or write door = \"webhook\"";
            Err((field, reason.to_owned()))
        };
        match self.door {
            Word::Nats | Word::Feed if self.url.is_some() => only("url"),
            Word::Nats | Word::Feed if self.mode.is_some() => only("mode"),
            Word::Nats => Ok(Door::Nats),
            Word::Feed => Ok(Door::Feed),
            Word::Webhook => {
                let url = self.url.as_deref().ok_or_else(|| {
                    let reason = "a webhook needs an address; write url = \"https://…\"";
                    ("door", reason.to_owned())
                })?;
                Webhook::to(url, self.mode.unwrap_or_default())
                    .map(Door::Webhook)
                    .map_err(|reason| ("url", reason.to_owned()))
            }
        }
    }
}

impl Webhook {
    /// Letters posted to this address.
    ///
    /// # Errors
    /// What is wrong with the address, and what to write instead.
    pub fn to(url: &str, mode: Mode) -> Result<Self, &'static str> {
        let parsed = Url::parse(url).map_err(|_| "is no address; write https://host/path")?;
        let host = parsed.host_str().unwrap_or_default();
        let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        let loopback = address.is_some_and(|address| address.is_loopback());
        match parsed.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err("is without TLS; write https://, http only on 127.0.0.1"),
            _ => return Err("is no web address; write https://host/path"),
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err("holds a name or password; leave it out");
        }
        if parsed.fragment().is_some() {
            return Err("has a part after #; leave it out");
        }
        Ok(Self {
            url: url.to_owned(),
            mode,
        })
    }
}

/// The line of a field of `[exchange]` in a party file, from 1.
pub(super) fn line_of(text: &str, field: &str) -> usize {
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            inside = line.starts_with("[exchange]");
        }
        if inside
            && line
                .split('=')
                .next()
                .is_some_and(|name| name.trim() == field)
        {
            return number + 1;
        }
    }
    1
}
