//! What the screens need to know: how people log in, and what an organisation's own theme is.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use chassis::secret::SecretError;
use jiff::SignedDuration;
use screens::{Theme, ThemeError};
use token::{ConfigError, IdConfig, IdVerifier};

use super::sealed::Sealer;

/// How long the provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the screens are set up. Cheap to clone.
#[derive(Clone)]
pub struct Screens {
    pub(super) sealer: Sealer,
    pub(super) login: Option<Arc<Login>>,
    /// Where a citizen's code becomes a token; in development only.
    pub(super) citizens: Option<String>,
    pub(super) theme: Option<Arc<Theme>>,
    /// Whether pages have our own style alone.
    pub(super) plain: bool,
    /// Whether cookies may travel over HTTPS only.
    pub(super) secure: bool,
}

/// An OpenID provider, and what this application is there.
#[derive(Clone)]
pub struct Provider {
    /// The provider, as it calls itself (`iss`).
    pub issuer: String,
    /// Where it publishes its keys.
    pub jwks_url: String,
    /// Where a login begins.
    pub authorize_url: String,
    /// Where a code becomes tokens.
    pub token_url: String,
    /// What the provider calls this application.
    pub client_id: String,
    /// The secret by which the provider knows this application; none for a public client.
    pub client_secret: Option<String>,
    /// Where people reach this service, without a slash at the end.
    pub public_url: String,
    /// How far the clocks of provider and service may differ.
    pub leeway: SignedDuration,
}

/// How people log in: with the code flow and PKCE at a [`Provider`].
pub struct Login {
    pub(super) provider: Provider,
    pub(super) verifier: IdVerifier,
    pub(super) http: reqwest::Client,
}

impl Login {
    /// The way in by this provider.
    ///
    /// # Errors
    /// [`SettingsError`] when an address or a name cannot be used.
    pub fn new(provider: Provider) -> Result<Self, SettingsError> {
        for (name, address) in [
            ("the address for logging in", &provider.authorize_url),
            ("the address for tokens", &provider.token_url),
            ("the public address", &provider.public_url),
        ] {
            let url = reqwest::Url::parse(address).ok();
            if !url.is_some_and(|url| matches!(url.scheme(), "http" | "https")) {
                return Err(SettingsError::Address(name));
            }
        }
        let verifier = IdVerifier::new(IdConfig {
            issuer: provider.issuer.clone(),
            client_id: provider.client_id.clone(),
            jwks_url: provider.jwks_url.clone(),
            leeway: provider.leeway,
        })?;
        // Tokens come from the configured address and from nowhere that it may point to.
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(SettingsError::Client)?;
        Ok(Self {
            provider,
            verifier,
            http,
        })
    }
}

/// Why the screens cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// An address is no `http(s)` URL.
    #[error("{0} is not an http(s) URL")]
    Address(&'static str),
    /// A key or a secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The file with the theme cannot be read.
    #[error("the theme cannot be read")]
    ThemeFile(#[source] io::Error),
    /// The theme says something that a theme may not say.
    #[error(transparent)]
    Theme(#[from] ThemeError),
    /// The HTTP client could not be set up.
    #[error("the HTTP client for logging in could not be set up")]
    Client(#[source] reqwest::Error),
    /// How ID tokens are checked.
    #[error(transparent)]
    Token(#[from] ConfigError),
}

impl Screens {
    /// Screens whose cookies are sealed under this key, the same at every replica.
    pub fn new(session_key: &[u8; 32]) -> Self {
        Self {
            sealer: Sealer::new(session_key),
            login: None,
            citizens: None,
            theme: None,
            plain: false,
            secure: true,
        }
    }

    /// With a way to log in.
    #[must_use]
    pub fn with_login(mut self, login: Login) -> Self {
        self.secure = login.provider.public_url.starts_with("https:");
        self.login = Some(Arc::new(login));
        self
    }

    /// With an address at which a citizen's code becomes a token. Beside a login, whose client asks.
    #[must_use]
    pub fn with_citizens(mut self, token_url: String) -> Self {
        self.citizens = Some(token_url);
        self
    }

    /// With our own style alone, as when the build finds no npm.
    #[must_use]
    pub fn plain(mut self) -> Self {
        self.plain = true;
        self
    }

    /// With an organisation's own theme.
    #[must_use]
    pub fn with_theme(mut self, theme: Theme) -> Self {
        self.theme = Some(Arc::new(theme));
        self
    }
}
