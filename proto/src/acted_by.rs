//! Who acted, in the words of the organisation they work for.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::role::Role;

/// Who acted. The platform trusts an organisation's word for its own staff and nothing else.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActedBy {
    /// In what capacity.
    pub role: Role,
    /// The organisation's own opaque pseudonym for its employee: "a second person" means another
    /// pair of organisation and `personRef`.
    #[schemars(length(min = 1, max = 128))]
    pub person_ref: String,
}

impl fmt::Debug for ActedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActedBy")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}
