//! Who may come in: people and systems of this organisation.

use axum::{extract::FromRequestParts, http::request::Parts};
use chassis::{Problem, bearer::Bearer};
use proto::{ActedBy, Role};
use token::Verified;

use super::App;

/// The longest `personRef` of the contract, in characters.
const LONGEST_REFERENCE: usize = 128;

/// A caller of this organisation who has at least one role in it; 403 for everyone else.
pub(crate) struct Staff(Verified);

impl FromRequestParts<App> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Bearer(caller) = Bearer::from_request_parts(parts, app).await?;
        if caller.organisation() != app.core.oin.as_str() {
            return Err(Problem::forbidden(
                "This service serves the people of its own organisation only.",
            ));
        }
        let staff = Self(caller);
        if staff.roles().all(|role| role == Role::Citizen) {
            return Err(Problem::forbidden(
                "The access token names no role in this organisation.",
            ));
        }
        Ok(staff)
    }
}

impl Staff {
    fn roles(&self) -> impl Iterator<Item = Role> {
        self.0.roles().iter().filter_map(|role| role.parse().ok())
    }

    /// The role in which the caller may answer a handoff, if there is one.
    pub(crate) fn may_answer(&self) -> Option<Role> {
        [Role::CareProfessional, Role::AgencyLiaison]
            .into_iter()
            .find(|role| self.roles().any(|own| own == *role))
    }

    /// The caller, acting in a role. The reference is the token's `sub`, which is opaque already:
    /// so the platform recognises the same person at its own door, and a "second person" is one.
    pub(crate) fn acting_as(&self, role: Role) -> ActedBy {
        ActedBy {
            role,
            person_ref: self.0.subject().chars().take(LONGEST_REFERENCE).collect(),
        }
    }
}
