//! What professionals run into and what they may try first: the catalogue of rules
//! (`deploy/rules.toml`) and that of standard provisions (`deploy/provisions.toml`); and on what
//! ground they may share (`deploy/legal-bases.toml`).
//!
//! All are data, checked when the program starts. A case stores the ids; what an id means is
//! looked up here, so an id that was used once is never used for something else.

mod legal_bases;
mod located;
mod provisions;
mod responsible;
mod rules;

pub use legal_bases::{
    BasisKind, BasisStatus, DataCategory, Ground, LegalBasis, LegalBasisCatalogue, PurposeEntry,
    SharingPurpose, Title, Users,
};
pub use provisions::{Provision, ProvisionCatalogue, TriedResult};
pub use responsible::{OrganisationKind, Responsible};
pub use rules::{Basis, Clash, Collision, CollisionKind, Rule, RuleCatalogue, Statute};

/// What a reader is told of an entry that is marked `provisional`.
pub const TO_BE_CONFIRMED: &str = "te bevestigen door een jurist";
