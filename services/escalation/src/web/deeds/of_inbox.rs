//! What the people do who help with what another organisation asked.

use super::Kind::Lines;
use super::{Part, Spec};

/// Giving back what was accepted: whoever asked has to accept it again (domain, section d4).
pub(in crate::web) const GIVE_BACK: Spec = Spec {
    name: "geef-terug",
    path: "handoffs/{over}/return",
    says: &[],
    lead: true,
    parts: &[Part::must("tekst", "give-back-reason", "/reason", Lines(3))],
};
