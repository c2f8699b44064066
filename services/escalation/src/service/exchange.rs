//! How the door over HTTP is set.

use chassis::secret::Secret;
use jiff::SignedDuration;

use crate::relay::{self, Posting};

/// Settings of the door over HTTP.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What the trusted proxy behind an FSC inway knows; without it no header names an
    /// organisation.
    pub inway_secret: Option<Secret>,
    /// How long a letter waits that nobody takes.
    pub letters_kept: SignedDuration,
    /// How letters are posted.
    pub posting: Posting,
}

impl Default for Exchange {
    fn default() -> Self {
        Self {
            inway_secret: None,
            letters_kept: relay::LETTERS_KEPT,
            posting: Posting::default(),
        }
    }
}
