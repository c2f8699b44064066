//! Logging in with an OpenID provider (code flow with PKCE), and logging out. What comes of it is a
//! sealed cookie with the reader's access token; every page asks the API with that.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EndpointNotSet, EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, StandardRevocableToken, StandardTokenResponse,
    TokenResponse, TokenUrl,
};
use proto::Oin;
use serde::{Deserialize, Serialize};

use super::answer::Failure;
use super::fields::Filled;
use super::open::Onwards;
use super::settings::Login;
use super::visitor::{self, Session, Visitor};
use super::{Web, cookies};

/// How long somebody may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// What the cookie of a login under way is sealed for.
const SEALED_FOR: &str = "login";

/// The ID token beside the access token.
#[derive(Debug, Serialize, Deserialize)]
struct WithId {
    id_token: String,
}

impl ExtraTokenFields for WithId {}

type Tokens = StandardTokenResponse<WithId, BasicTokenType>;
type Flow = Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// A login that is under way.
#[derive(Serialize, Deserialize)]
struct Underway {
    state: String,
    nonce: String,
    verifier: String,
    onwards: String,
    until: Timestamp,
}

/// The flow at this provider.
fn flow(login: &Login) -> Result<Flow, Failure> {
    let provider = &login.provider;
    let address = |_| Failure::OURS;
    let authorize = AuthUrl::new(provider.authorize_url.clone()).map_err(address)?;
    let token = TokenUrl::new(provider.token_url.clone()).map_err(address)?;
    let back = format!("{}/aanmelden/terug", provider.public_url);
    let mut flow = Client::new(ClientId::new(provider.client_id.clone()))
        .set_auth_uri(authorize)
        .set_token_uri(token)
        .set_redirect_uri(RedirectUrl::new(back).map_err(address)?);
    if let Some(secret) = &provider.client_secret {
        flow = flow.set_client_secret(ClientSecret::new(secret.clone()));
    }
    Ok(flow)
}

/// `GET /aanmelden`: to the provider, and back to where the reader was going.
pub(super) async fn begin(
    State(web): State<Web>,
    visitor: Visitor,
    Query(onwards): Query<Onwards>,
) -> Result<Response, Failure> {
    let screens = &web.0.screens;
    let login = screens.login.as_ref().ok_or(Failure::MISSING)?;
    let entropy = &web.0.platform.ground.entropy;
    let chance = || URL_SAFE_NO_PAD.encode(entropy.bytes::<32>());
    let underway = Underway {
        state: chance(),
        nonce: chance(),
        verifier: chance(),
        // The front page knows where each begins.
        onwards: onwards.here("/"),
        until: visitor.now() + PATIENCE,
    };
    let verifier = PkceCodeVerifier::new(underway.verifier.clone());
    let state = underway.state.clone();
    let (address, _) = flow(login)?
        .authorize_url(|| CsrfToken::new(state))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scope(Scope::new("openid".to_owned()))
        .add_scope(Scope::new("profile".to_owned()))
        .add_extra_param("nonce", underway.nonce.clone())
        .url();
    let sealed = screens.sealer.seal(entropy, SEALED_FOR, &underway);
    let sealed = sealed.ok_or(Failure::OURS)?;
    let cookie = cookies::set(cookies::LOGIN, &sealed, PATIENCE, screens.secure);
    let mut headers = HeaderMap::new();
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((headers, Redirect::to(address.as_str())).into_response())
}

/// What the provider sends the reader back with.
#[derive(Deserialize)]
pub(super) struct Back {
    code: Option<String>,
    state: Option<String>,
}

/// `GET /aanmelden/terug`: the code becomes tokens, and the tokens a session.
pub(super) async fn end(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response, Failure> {
    let screens = &web.0.screens;
    let login = screens.login.as_ref().ok_or(Failure::MISSING)?;
    let now = visitor.now();
    let underway = cookies::read(&headers, cookies::LOGIN)
        .and_then(|sealed| screens.sealer.open::<Underway>(SEALED_FOR, sealed))
        .filter(|underway| underway.until > now)
        .filter(|underway| back.state.as_deref() == Some(underway.state.as_str()))
        .ok_or(Failure::LoggedOut)?;
    // Without a code the provider let nobody in.
    let code = back.code.ok_or(Failure::LoggedOut)?;
    let tokens = exchange(login, code, underway.verifier).await?;
    let session = session(&web, login, &tokens, &underway.nonce).await?;
    let entropy = &web.0.platform.ground.entropy;
    let lives = session.until.duration_since(now);
    let sealed = screens.sealer.seal(entropy, visitor::SEALED_FOR, &session);
    let sealed = sealed.ok_or(Failure::OURS)?;
    let mut headers = HeaderMap::new();
    for (name, value, lives) in [
        (cookies::SESSION, sealed.as_str(), lives),
        (cookies::LOGIN, "", SignedDuration::ZERO),
    ] {
        if let Some(cookie) = cookies::set(name, value, lives, screens.secure) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    Ok((headers, Redirect::to(&underway.onwards)).into_response())
}

/// Sends what the flow asks at the provider.
struct Http<'a> {
    client: &'a reqwest::Client,
    /// Whether the provider answered as it answers a code that it does not take (400), in whatever
    /// words.
    refused: AtomicBool,
}

impl<'c> AsyncHttpClient<'c> for Http<'_> {
    type Error = reqwest::Error;
    type Future = BoxFuture<'c, Result<HttpResponse, reqwest::Error>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request)?;
            let answer = self.client.execute(request).await?;
            let (status, headers) = (answer.status(), answer.headers().clone());
            let refused = status == StatusCode::BAD_REQUEST;
            self.refused.store(refused, Ordering::Relaxed);
            let mut response = HttpResponse::new(answer.bytes().await?.to_vec());
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

/// The tokens for a code. Boxed: the compiler cannot see otherwise that it may move to another
/// thread.
fn exchange(
    login: &Login,
    code: String,
    verifier: String,
) -> BoxFuture<'_, Result<Tokens, Failure>> {
    Box::pin(async move {
        let http = Http {
            client: &login.http,
            refused: AtomicBool::new(false),
        };
        let flow = flow(login)?;
        let tokens = flow
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&http)
            .await;
        tokens.map_err(|error| match error {
            oauth2::RequestTokenError::ServerResponse(_) => {
                tracing::info!("the identity provider refused a code");
                Failure::LoggedOut
            }
            // Not in the words of RFC 6749, section 5.2.
            oauth2::RequestTokenError::Parse(..) | oauth2::RequestTokenError::Other(_)
                if http.refused.load(Ordering::Relaxed) =>
            {
                tracing::info!("the identity provider refused a code in words of its own");
                Failure::LoggedOut
            }
            oauth2::RequestTokenError::Request(_)
            | oauth2::RequestTokenError::Parse(..)
            | oauth2::RequestTokenError::Other(_) => {
                tracing::warn!("the identity provider gave no tokens");
                Failure::OURS
            }
        })
    })
}

/// The session of these tokens: both are checked, and are about the same person.
async fn session(
    web: &Web,
    login: &Login,
    tokens: &Tokens,
    nonce: &str,
) -> Result<Session, Failure> {
    let platform = &web.0.platform;
    let now = platform.ground.clock.now();
    let refused = |error: token::TokenError| {
        tracing::info!(%error, "a token of a login was refused");
        match error.is_unavailable() {
            true => Failure::OURS,
            false => Failure::LoggedOut,
        }
    };
    let id_token = &tokens.extra_fields().id_token;
    let identity = login.verifier.verify(id_token, nonce, now).await;
    let identity = identity.map_err(refused)?;
    let secret = tokens.access_token().secret();
    let access = platform
        .verifier
        .verify(secret, now)
        .await
        .map_err(refused)?;
    let organisation = Oin::parse(access.organisation()).ok();
    let organisation = organisation
        .filter(|oin| platform.parties.get(oin).is_some())
        .filter(|_| access.subject() == identity.subject)
        .ok_or(Failure::Status(StatusCode::FORBIDDEN))?;
    Ok(Session {
        id: URL_SAFE_NO_PAD.encode(platform.ground.entropy.bytes::<16>()),
        token: secret.clone(),
        name: identity.name.unwrap_or(identity.subject),
        organisation,
        roles: access.roles().to_vec(),
        until: access.expires_at(),
    })
}

/// `POST /afmelden`.
pub(super) async fn leave(visitor: Visitor, _: Filled) -> Response {
    let secure = visitor.web().0.screens.secure;
    let cookie = cookies::set(cookies::SESSION, "", SignedDuration::ZERO, secure);
    let mut headers = HeaderMap::new();
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    (headers, Redirect::to("/")).into_response()
}
