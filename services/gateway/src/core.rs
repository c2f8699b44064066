//! What every part of one party's gateway needs: who it is, and its tools.

use std::sync::Arc;

use chassis::{Clock, Entropy, Parties};
use journal::Db;
use proto::{Oin, Source, sealed::Keyring};

use crate::{party::Party, rest::Rest};

/// One party's gateway, shared by its doors and its tasks.
pub(crate) struct Core {
    pub(crate) oin: Oin,
    /// What its events say they come from.
    pub(crate) source: Source,
    /// Who may speak for the platform.
    pub(crate) platform: Oin,
    pub(crate) party: Arc<dyn Party>,
    pub(crate) parties: Arc<Parties>,
    /// Opens what others sealed for this party.
    pub(crate) keys: Keyring,
    pub(crate) db: Db,
    /// Seals what stands in the database.
    pub(crate) rest: Rest,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
}

impl Core {
    /// Whether the organisation may use citizen service numbers, by a law that its entry names.
    pub(crate) fn may_use_bsn(&self, oin: &Oin) -> bool {
        self.parties
            .get(oin)
            .is_some_and(|party| party.may_use_bsn.is_some())
    }
}
