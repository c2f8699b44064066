/// Why a bearer token is not accepted. [`TokenError::Unavailable`] is the service's trouble
/// (HTTP 503), everything else the caller's (HTTP 401). No variant carries a value out of the
/// token, so an error can be logged and shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not three dot-separated base64url parts holding JSON objects, or unreasonably long.
    #[error("the token is not a well-formed JWT")]
    Malformed,
    /// Signed with anything but RS256 or PS256 (`none` and HS256 included), or with another
    /// algorithm than the key is published for.
    #[error("the token's signature algorithm is not allowed")]
    Algorithm,
    /// The header's `typ` is not `at+jwt`: an ID token is no access token (RFC 8725 §3.11).
    #[error("the token is not an access token (typ at+jwt)")]
    Type,
    /// The header lists critical extensions; none is understood here (RFC 7515 §4.1.11).
    #[error("the token has critical extensions that are not understood")]
    CriticalExtension,
    /// The header names no key.
    #[error("the token names no key (kid)")]
    MissingKeyId,
    /// The issuer publishes no key of that name.
    #[error("the token's key is not one of the issuer's")]
    UnknownKey,
    /// The signature is not the named key's.
    #[error("the token's signature is wrong")]
    Signature,
    /// A required claim is absent.
    #[error("the token lacks the claim {0}")]
    MissingClaim(&'static str),
    /// A claim has the wrong form.
    #[error("the token's claim {0} is not valid")]
    InvalidClaim(&'static str),
    /// Issued by someone else than the configured issuer.
    #[error("the token comes from another issuer")]
    Issuer,
    /// Not the answer to this login: its `nonce` is another's.
    #[error("the token answers another login")]
    Nonce,
    /// Issued for another service.
    #[error("the token is meant for another service")]
    Audience,
    /// The moment in `exp` has come.
    #[error("the token has expired")]
    Expired,
    /// The moment in `nbf` or `iat` is still to come.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// Valid for longer than this service accepts.
    #[error("the token is valid for longer than is allowed")]
    LifetimeTooLong,
    /// The issuer's keys cannot be fetched, so nothing can be said about the token.
    #[error("the issuer's keys are not available")]
    Unavailable,
}

impl TokenError {
    /// Whether the service, not the token, is to blame: answer 503 instead of 401.
    pub fn is_unavailable(&self) -> bool {
        *self == Self::Unavailable
    }
}

/// Why a [`crate::Verifier`] cannot be made; names the setting.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address of the issuer's keys is no `http` or `https` URL.
    #[error("jwks_url is not an http(s) URL: {0}")]
    JwksUrl(String),
    /// Issuer or audience is empty, or a duration is negative.
    #[error("the verifier's {0} is not valid")]
    Setting(&'static str),
    /// The HTTP client could not be set up.
    #[error("the HTTP client for the issuer's keys could not be set up")]
    Client(#[source] reqwest::Error),
}
