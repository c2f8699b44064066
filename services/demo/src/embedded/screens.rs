//! The screens of the demo: people log in at the development issuer, by the same flow as anywhere.

use escalation::web::{Login, Provider, Screens};

use super::{LEEWAY, Making, WorldError};
use crate::issuer::{CLIENT_ID, Issuer};

impl Making {
    /// The screens, with a login at the issuer's own provider.
    ///
    /// # Errors
    /// [`WorldError`] when the key for the cookies cannot be kept in the folder.
    pub(super) fn screens(&self, issuer: &Issuer) -> Result<Screens, WorldError> {
        let login = Login::new(Provider {
            issuer: issuer.url().to_owned(),
            jwks_url: issuer.jwks_url(),
            authorize_url: issuer.authorize_url(),
            token_url: issuer.token_url(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: None,
            public_url: self.addresses.platform.clone(),
            leeway: LEEWAY,
        })?;
        let screens = Screens::new(&self.folder.key("session-key")?)
            .with_login(login)
            .with_citizens(issuer.citizen_token_url());
        Ok(match self.plain {
            true => screens.plain(),
            false => screens,
        })
    }
}
