//! Persons, as the raiser tells the platform and as organisations tell each other.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bsn::Bsn;
use crate::codes::{AgeBand, PersonRole};
use crate::text::Text;

/// A person in a case as the platform may know them: never with a person number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// The raiser's own key for this person, unique within the case and meaningless outside it.
    #[schemars(length(min = 1, max = 64))]
    pub person_key: String,
    /// What the person is in the case.
    pub role: PersonRole,
    /// How old, in bands.
    pub age_band: AgeBand,
    /// Name, when the raiser's screens need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("role", &self.role)
            .field("age_band", &self.age_band)
            .finish_non_exhaustive()
    }
}

/// The plaintext inside `identity.shared`: organisations read it, the platform cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SharedPersons {
    /// Everybody whom the receiver needs to find in its own administration.
    pub persons: Vec<SharedPerson>,
}

/// A person as one organisation tells another, to be matched at the source.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SharedPerson {
    /// The raiser's own key for this person: the same as in the case.
    #[schemars(length(min = 1, max = 64))]
    pub person_key: String,
    /// What the person is in the case.
    pub role: PersonRole,
    /// Person number; only between organisations that may both use it (Wabb art. 10, UAVG art. 46).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bsn: Option<Bsn>,
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
}

impl fmt::Debug for SharedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedPerson")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}
