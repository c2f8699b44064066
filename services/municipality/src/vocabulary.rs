//! What the municipality's own systems tell its service.

use std::fmt;

use gateway::RegisteredPerson;
use jiff::civil::Date;
use proto::{Bsn, PersonRole, SharedPerson, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The type of [`PersonRegistered`].
pub const PERSON_REGISTERED: &str = "person.registered";

/// A person of a household that the municipality raises a case for. It stays inside; after a
/// receiver accepted a handoff it goes, sealed, to that receiver.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PersonRegistered {
    /// The zaak reference of the case.
    pub own_reference: String,
    /// The same key as in `case.reported`.
    #[schemars(length(min = 1, max = 64))]
    pub person_key: String,
    /// What the person is in the case.
    pub role: PersonRole,
    /// Person number.
    pub bsn: Bsn,
    /// Name.
    pub name: Text,
    /// Birth date.
    pub birth_date: Date,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
}

impl From<PersonRegistered> for RegisteredPerson {
    fn from(person: PersonRegistered) -> Self {
        Self {
            own_reference: person.own_reference,
            person: SharedPerson {
                person_key: person.person_key,
                role: person.role,
                bsn: Some(person.bsn),
                name: Some(person.name),
                birth_date: Some(person.birth_date),
                address: person.address,
            },
        }
    }
}

impl fmt::Debug for PersonRegistered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonRegistered(hidden)")
    }
}
