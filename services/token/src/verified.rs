use std::fmt;

use jiff::Timestamp;

/// The word in `roles` that marks the token of an organisation's own system.
pub const SYSTEM: &str = "system";

/// An access token that was checked: its signature, its type, and every claim below.
/// Only [`crate::Verifier::verify`] makes one. `Debug` hides the subject.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) organisation: String,
    pub(crate) roles: Vec<String>,
    pub(crate) regions: Vec<String>,
    pub(crate) acr: Option<String>,
    pub(crate) token_id: String,
    pub(crate) authorised_party: String,
    pub(crate) expires_at: Timestamp,
}

impl Verified {
    /// `iss`: who issued the token.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// `sub`: the person, as an opaque name of the issuer's. Personal data: never log it.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// `org`: the person's organisation, an OIN of exactly 20 digits.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// `roles`: what the person may act as; empty when the token grants none.
    pub fn roles(&self) -> &[String] {
        &self.roles
    }

    /// Whether the token stands for an organisation's own system and for no person: it was given
    /// to a client for itself (RFC 6749, section 4.4), and grants [`SYSTEM`] and nothing beside it.
    pub fn is_system(&self) -> bool {
        matches!(self.roles.as_slice(), [only] if only == SYSTEM)
    }

    /// Whether it claims to: with another role beside it, it is neither a system's nor a person's.
    pub fn claims_system(&self) -> bool {
        self.roles.iter().any(|role| role == SYSTEM)
    }

    /// `regions`: where the person works; empty when the token does not say.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// `acr`: how sure the issuer is of the person (an eIDAS level), when given.
    pub fn acr(&self) -> Option<&str> {
        self.acr.as_deref()
    }

    /// `jti`: the token's own identifier.
    pub fn token_id(&self) -> &str {
        &self.token_id
    }

    /// `azp`: the application that the token was issued to.
    pub fn authorised_party(&self) -> &str {
        &self.authorised_party
    }

    /// `exp`: the moment from which the token no longer holds.
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("issuer", &self.issuer)
            .field("subject", &"(hidden)")
            .field("organisation", &self.organisation)
            .field("roles", &self.roles)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
