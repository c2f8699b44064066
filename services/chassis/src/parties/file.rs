//! What a party file may say.

use jiff::civil::Date;
use proto::Oin;
use schemars::JsonSchema;
use serde::Deserialize;

use super::exchange::{Door, ExchangeFile};
use super::{Contact, Party, PartyKind};

/// The fields of `deploy/parties/<name>.toml`. A field that is not listed here is a mistake.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyFile {
    pub(super) oin: Oin,
    #[schemars(length(min = 1))]
    pub(super) display_name: String,
    pub(super) kind: PartyKind,
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9_]*$")))]
    pub(super) laws: Vec<String>,
    #[schemars(length(min = 1))]
    pub(super) may_use_bsn: Option<String>,
    #[schemars(regex(pattern = r"^[a-z][a-z0-9-]*$"))]
    pub(super) region: Option<String>,
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9-]*$")))]
    pub(super) regions: Vec<String>,
    #[serde(default)]
    #[schemars(inner(regex(pattern = r"^[a-z][a-z0-9_]*$")))]
    pub(super) themes: Vec<String>,
    /// 32 bytes in base64url without padding.
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{43}$"))]
    pub(super) public_key: Option<String>,
    /// The public half of a NATS user key.
    #[schemars(regex(pattern = r"^U[A-Z2-7]{55}$"))]
    pub(super) nkey: Option<String>,
    /// 32 bytes in base64url without padding.
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{43}$"))]
    pub(super) checkpoint_key: Option<String>,
    #[serde(default)]
    #[schemars(inner(length(min = 1)))]
    pub(super) managers: Vec<String>,
    pub(super) service: Option<Service>,
    pub(super) exchange: Option<ExchangeFile>,
    #[serde(default)]
    pub(super) closure_days: Vec<Date>,
    #[serde(default)]
    pub(super) contact: Vec<Contact>,
}

/// The party services there are.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Service {
    Municipality,
    Svb,
    TaxOffice,
    CareProvider,
}

impl Service {
    fn as_str(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Svb => "svb",
            Self::TaxOffice => "tax-office",
            Self::CareProvider => "care-provider",
        }
    }
}

impl PartyFile {
    /// The party; its door is the bus until its `exchange` was looked at.
    pub(super) fn into_party(self, name: &str, door: Door) -> Party {
        Party {
            oin: self.oin,
            name: name.to_owned(),
            display_name: self.display_name,
            kind: self.kind,
            laws: self.laws,
            may_use_bsn: self.may_use_bsn,
            region: self.region,
            regions: self.regions,
            themes: self.themes,
            public_key: self.public_key,
            nkey: self.nkey,
            checkpoint_key: self.checkpoint_key,
            managers: self.managers,
            service: self.service.map(|service| service.as_str().to_owned()),
            door,
            closure_days: self.closure_days,
            contacts: self.contact,
        }
    }
}
