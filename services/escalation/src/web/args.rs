//! The settings of the screens, as the command line and the environment say them.

use std::fs;
use std::path::PathBuf;

use chassis::config::ServeArgs;
use chassis::secret::{Secret, key_from_file};
use clap::Args;
use jiff::SignedDuration;
use screens::Theme;

use super::settings::{Login, Provider, Screens, SettingsError};

/// How far the clocks of the identity provider and this service may differ.
const LEEWAY: SignedDuration = SignedDuration::from_secs(30);

/// The screens: there when the key for their cookies is.
#[derive(Args)]
pub struct ScreensArgs {
    /// File with the key that seals the cookies of the screens, the same at every replica; without
    /// it there is the API alone.
    #[arg(long, env = "SESSION_KEY_FILE")]
    session_key_file: Option<PathBuf>,
    /// File with an organisation's own theme: custom properties of CSS, one a line.
    #[arg(long, env = "THEME_FILE")]
    theme_file: Option<PathBuf>,
    /// Where people reach this service, such as `https://doorbraak.example`.
    #[arg(long, env = "PUBLIC_URL", requires = "oidc_client_id")]
    public_url: Option<String>,
    /// What the identity provider calls this application.
    #[arg(long, env = "OIDC_CLIENT_ID",
        requires_all = ["public_url", "oidc_authorize_url", "oidc_token_url"])]
    oidc_client_id: Option<String>,
    /// File with the secret by which the provider knows this application; none for a public client.
    #[arg(long, env = "OIDC_CLIENT_SECRET_FILE")]
    oidc_client_secret_file: Option<PathBuf>,
    /// Where a login begins at the provider, which is the issuer of the access tokens.
    #[arg(long, env = "OIDC_AUTHORIZE_URL")]
    oidc_authorize_url: Option<String>,
    /// Where the provider makes tokens of a code.
    #[arg(long, env = "OIDC_TOKEN_URL")]
    oidc_token_url: Option<String>,
}

impl ScreensArgs {
    /// Where people reach this service.
    #[must_use]
    pub fn public_url(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// The screens as these settings say, beside those of the service; none without a key.
    ///
    /// # Errors
    /// [`SettingsError`] about the first setting that cannot be used.
    pub fn read(&self, serve: &ServeArgs) -> Result<Option<Screens>, SettingsError> {
        let Some(file) = &self.session_key_file else {
            return Ok(None);
        };
        let mut screens = Screens::new(&key_from_file(file)?);
        if let Some(file) = &self.theme_file {
            let text = fs::read_to_string(file).map_err(SettingsError::ThemeFile)?;
            screens = screens.with_theme(Theme::parse(&text)?);
        }
        if let (Some(client_id), Some(public_url), Some(authorize_url), Some(token_url)) = (
            &self.oidc_client_id,
            &self.public_url,
            &self.oidc_authorize_url,
            &self.oidc_token_url,
        ) {
            let secret = match &self.oidc_client_secret_file {
                Some(file) => Some(Secret::from_file(file)?.expose().to_owned()),
                None => None,
            };
            screens = screens.with_login(Login::new(Provider {
                issuer: serve.issuer.clone(),
                jwks_url: serve.jwks_url(),
                authorize_url: authorize_url.clone(),
                token_url: token_url.clone(),
                client_id: client_id.clone(),
                client_secret: secret,
                public_url: public_url.trim_end_matches('/').to_owned(),
                leeway: LEEWAY,
            })?);
        }
        Ok(Some(screens))
    }
}
