//! What the platform is asked. Whatever it answers is checked by whoever asked.

use std::time::Duration;

use reqwest::Client;
use serde::{Deserialize, de::DeserializeOwned};
use transparency::{Consistency, Hash, Inclusion};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Platform {
    client: Client,
    url: String,
}

/// What came of a question.
pub(super) enum Asked<T> {
    Answered(T),
    /// It has no such answer; this is why.
    Refused(String),
}

#[derive(Deserialize)]
pub(super) struct Newest {
    /// Absent as long as nothing was signed.
    pub(super) note: Option<String>,
}

#[derive(Deserialize)]
struct Proof<T> {
    proof: T,
}

#[derive(Deserialize)]
pub(super) struct Included {
    pub(super) row: Option<Hash>,
    pub(super) cause: Option<Hash>,
    pub(super) proof: Inclusion,
}

#[derive(Deserialize)]
struct Leaves {
    items: Vec<Hash>,
}

impl Platform {
    pub(super) fn at(url: &str) -> Result<Self, reqwest::Error> {
        Ok(Self {
            client: Client::builder().timeout(PATIENCE).build()?,
            url: format!("{}/v1/transparency", url.trim_end_matches('/')),
        })
    }

    pub(super) async fn checkpoint(&self) -> Result<Asked<Newest>, reqwest::Error> {
        self.ask("checkpoint".to_owned()).await
    }

    pub(super) async fn consistency(
        &self,
        from: u64,
        to: u64,
    ) -> Result<Asked<Consistency>, reqwest::Error> {
        let asked = self.ask(format!("consistency?from={from}&to={to}")).await?;
        Ok(match asked {
            Asked::Answered(Proof { proof }) => Asked::Answered(proof),
            Asked::Refused(why) => Asked::Refused(why),
        })
    }

    pub(super) async fn inclusion(
        &self,
        position: u64,
        size: u64,
    ) -> Result<Asked<Included>, reqwest::Error> {
        self.ask(format!("inclusion?position={position}&size={size}"))
            .await
    }

    pub(super) async fn leaves(&self, after: u64) -> Result<Asked<Vec<Hash>>, reqwest::Error> {
        Ok(match self.ask(format!("leaves?after={after}")).await? {
            Asked::Answered(Leaves { items }) => Asked::Answered(items),
            Asked::Refused(why) => Asked::Refused(why),
        })
    }

    async fn ask<T: DeserializeOwned>(&self, what: String) -> Result<Asked<T>, reqwest::Error> {
        let answer = self
            .client
            .get(format!("{}/{what}", self.url))
            .send()
            .await?;
        let status = answer.status();
        if !status.is_success() {
            return Ok(Asked::Refused(format!("the platform answers {status}")));
        }
        match answer.json().await {
            Ok(answer) => Ok(Asked::Answered(answer)),
            Err(error) if error.is_decode() => Ok(Asked::Refused(
                "the platform's answer cannot be read".to_owned(),
            )),
            Err(error) => Err(error),
        }
    }
}
