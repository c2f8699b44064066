//! Where the doors are: the base URLs of the services and of their dev ports.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use crate::services::PartyService;

/// The base URLs of a world, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The escalation service.
    pub platform: String,
    /// Its dev port.
    pub platform_dev: String,
    /// The token issuer, `/dev` included.
    pub issuer: String,
    /// The issuer's dev port, when its clock is not the platform's.
    pub issuer_dev: Option<String>,
    /// The party services.
    pub parties: BTreeMap<PartyService, PartyAddress>,
}

/// The base URLs of one party's service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyAddress {
    /// Its API.
    pub api: String,
    /// Its dev port.
    pub dev: String,
}

/// Why a list of addresses cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AddressesError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Everything that is wrong with the list.
    #[error("the list of addresses is not complete: {}", .0.join("; "))]
    Invalid(Vec<String>),
}

impl Addresses {
    /// The names in a list of addresses; the issuer's dev port may be absent.
    pub fn names() -> Vec<String> {
        let mut names: Vec<String> = ["platform", "platform-dev", "issuer", "issuer-dev"]
            .map(str::to_owned)
            .into();
        for service in PartyService::ALL {
            names.push(service.name().to_owned());
            names.push(format!("{service}-dev"));
        }
        names
    }

    /// Reads the list: the name of a file with it, or the list itself. It is a JSON object, or
    /// `name=URL` separated by commas, blanks or new lines.
    ///
    /// # Errors
    /// [`AddressesError`] with everything that is wrong.
    pub fn read(given: &str) -> Result<Self, AddressesError> {
        let is_list = given.contains('=') || given.trim_start().starts_with('{');
        if is_list && !Path::new(given).exists() {
            return Self::parse(given);
        }
        let text = std::fs::read_to_string(given).map_err(|source| AddressesError::Unreadable {
            path: given.to_owned(),
            source,
        })?;
        Self::parse(&text)
    }

    /// Reads the list itself.
    ///
    /// # Errors
    /// [`AddressesError::Invalid`] with everything that is wrong.
    pub fn parse(text: &str) -> Result<Self, AddressesError> {
        let mut wrong = Vec::new();
        let mut urls = BTreeMap::new();
        let names = Self::names();
        for (name, url) in pairs(text, &mut wrong) {
            if !names.contains(&name) {
                wrong.push(format!("{name} is none of {}", names.join(", ")));
            } else if !(url.starts_with("http://") || url.starts_with("https://")) {
                wrong.push(format!("{name} is no http URL"));
            } else {
                urls.insert(name, url.trim_end_matches('/').to_owned());
            }
        }
        let mut take = |name: &str| {
            let url = urls.remove(name);
            if url.is_none() && !wrong.iter().any(|fault| fault.starts_with(name)) {
                wrong.push(format!("{name} is missing"));
            }
            url.unwrap_or_default()
        };
        let platform = take("platform");
        let platform_dev = take("platform-dev");
        let issuer = take("issuer");
        let parties = PartyService::ALL
            .into_iter()
            .map(|service| {
                let api = take(service.name());
                let dev = take(&format!("{service}-dev"));
                (service, PartyAddress { api, dev })
            })
            .collect();
        if !wrong.is_empty() {
            return Err(AddressesError::Invalid(wrong));
        }
        Ok(Self {
            platform,
            platform_dev,
            issuer,
            issuer_dev: urls.remove("issuer-dev"),
            parties,
        })
    }
}

fn pairs(text: &str, wrong: &mut Vec<String>) -> Vec<(String, String)> {
    if text.trim_start().starts_with('{') {
        return match serde_json::from_str::<BTreeMap<String, Value>>(text) {
            Ok(object) => object
                .into_iter()
                .map(|(name, url)| (name, url.as_str().unwrap_or_default().to_owned()))
                .collect(),
            Err(error) => {
                wrong.push(format!("this is no JSON object: {error}"));
                Vec::new()
            }
        };
    }
    text.split(|c: char| c == ',' || c.is_whitespace())
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, url) = pair.split_once('=').unwrap_or((pair, ""));
            (name.to_owned(), url.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "platform=http://h:1/,platform-dev=http://h:2 issuer=http://h:1/dev\n\
        municipality=http://h:3,municipality-dev=http://h:4,svb=http://h:5,svb-dev=http://h:6,\
        tax-office=http://h:7,tax-office-dev=http://h:8,\
        care-provider=http://h:9,care-provider-dev=http://h:10";

    #[test]
    fn a_list_is_read_with_commas_blanks_and_new_lines() {
        let addresses = Addresses::parse(LIST).unwrap();
        assert_eq!(addresses.platform, "http://h:1");
        assert_eq!(addresses.issuer, "http://h:1/dev");
        assert_eq!(addresses.issuer_dev, None);
        assert_eq!(
            addresses.parties[&PartyService::CareProvider],
            PartyAddress {
                api: "http://h:9".to_owned(),
                dev: "http://h:10".to_owned()
            }
        );
    }

    #[test]
    fn json_says_the_same() {
        let mut wrong = Vec::new();
        let object: BTreeMap<String, String> = pairs(LIST, &mut wrong).into_iter().collect();
        let json = serde_json::to_string(&object).unwrap();
        assert_eq!(
            Addresses::parse(&json).unwrap(),
            Addresses::parse(LIST).unwrap()
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let text = LIST
            .replace("svb=http://h:5", "svb=h:5")
            .replace("platform-dev=http://h:2", "bank=http://h:2");
        let error = Addresses::parse(&text).unwrap_err().to_string();
        assert_eq!(
            error,
            "the list of addresses is not complete: bank is none of platform, platform-dev, \
             issuer, issuer-dev, municipality, municipality-dev, svb, svb-dev, tax-office, \
             tax-office-dev, care-provider, care-provider-dev; svb is no http URL; \
             platform-dev is missing"
        );
    }
}
