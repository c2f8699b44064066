//! `identity.shared`: who the persons are, sealed from organisation to organisation.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::identifier::HandoffId;
use crate::oin::Oin;

/// Persons for one receiver: [`SharedPersons`](crate::SharedPersons) sealed with
/// [`sealed::seal_for`](crate::sealed::seal_for) and the handoff's id as `info`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IdentityShared {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The handoff, which must be accepted.
    pub handoff: HandoffId,
    /// The receiver.
    pub to: Oin,
    /// The sealed persons.
    #[schemars(length(min = 1, max = 49_152))]
    pub sealed: String,
}

impl fmt::Debug for IdentityShared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityShared")
            .field("handoff", &self.handoff)
            .finish_non_exhaustive()
    }
}

/// The same sealed persons, passed on unread.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IdentityRelayed {
    /// The handoff.
    pub handoff: HandoffId,
    /// Who sealed them.
    pub from: Oin,
    /// The sealed persons.
    #[schemars(length(min = 1))]
    pub sealed: String,
}

impl fmt::Debug for IdentityRelayed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityRelayed")
            .field("handoff", &self.handoff)
            .finish_non_exhaustive()
    }
}
