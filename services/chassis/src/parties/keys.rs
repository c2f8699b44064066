//! Public keys of organisations. They differ per installation, so they may come from a file
//! beside the parties instead of from the parties' own files.

use std::{collections::BTreeMap, path::Path};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Parties, PartiesError, PartyFault};

/// The public keys of one organisation; `None` leaves what its own file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyKeys {
    /// For what is sealed for it alone (X25519, base64url without padding).
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{43}$"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
    /// On the message bus (the public half of a NATS user key).
    #[schemars(regex(pattern = r"^U[A-Z2-7]{55}$"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nkey: Option<String>,
    /// For the checkpoints of its log (Ed25519, base64url without padding); the platform has one.
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{43}$"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint_key: Option<String>,
}

impl Parties {
    /// These organisations with their keys, given by short name.
    ///
    /// # Errors
    /// [`PartiesError`] for a name that no organisation has.
    pub fn with_keys(mut self, keys: BTreeMap<String, PartyKeys>) -> Result<Self, PartiesError> {
        let mut faults = Vec::new();
        for (name, keys) in keys {
            let PartyKeys {
                public_key,
                nkey,
                checkpoint_key,
            } = keys;
            let Some(party) = self.by_oin.values_mut().find(|party| party.name == name) else {
                let reason = "no organisation has this name";
                faults.push(PartyFault::new("keys", &format!("/{name}"), reason));
                continue;
            };
            party.public_key = public_key.or(party.public_key.take());
            party.nkey = nkey.or(party.nkey.take());
            party.checkpoint_key = checkpoint_key.or(party.checkpoint_key.take());
        }
        if faults.is_empty() {
            Ok(self)
        } else {
            Err(PartiesError(faults))
        }
    }

    /// These organisations with the keys in a TOML file: one table per short name, with
    /// `public_key`, `nkey` and `checkpoint_key`.
    ///
    /// # Errors
    /// [`PartiesError`] with every mistake in the file.
    pub fn with_keys_from(self, path: &Path) -> Result<Self, PartiesError> {
        let shown = path.display().to_string();
        let one = |reason: String| PartiesError(vec![PartyFault::new(&shown, "", reason)]);
        let text = std::fs::read_to_string(path).map_err(|error| one(error.to_string()))?;
        let table: Value =
            toml::from_str(&text).map_err(|error| one(error.message().to_owned()))?;
        let keys = proto::check(&table).map_err(|invalid| {
            PartiesError(
                invalid
                    .into_iter()
                    .map(|param| PartyFault::new(&shown, &param.name, param.reason))
                    .collect(),
            )
        })?;
        self.with_keys(keys)
    }
}
