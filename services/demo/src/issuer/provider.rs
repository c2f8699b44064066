//! A tiny OpenID provider for demonstrations: its login page offers the personas, and needs no
//! password. Everything else is as with a real one: the code flow with PKCE, a code that is good
//! once and for a minute, an ID token for the application and an access token for the service.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::{Json, Router, routing::get, routing::post};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chassis::Parties;
use jiff::{SignedDuration, Timestamp};
use screens::page::{Group, Persona as Shown, Personas};
use screens::{Frame, Here, Language, Page};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Issuer, LIFETIME, key};
use crate::personas::{self, PERSONAS, Persona};

/// What the screens of the demo are called here.
pub const CLIENT_ID: &str = "doorbraak-screens";

/// How long a code is good.
const CODE_LIVES: SignedDuration = SignedDuration::from_mins(1);
/// How long an ID token is good, in seconds.
const ID_LIFETIME: i64 = 300;

/// Codes that were given and not used, and what people are called.
pub(super) struct Provider {
    /// Where people come back to.
    back: String,
    /// The people whom it offers, by organisation.
    groups: Vec<Group>,
    codes: Mutex<HashMap<String, Given>>,
}

/// What a code is good for.
struct Given {
    persona: &'static Persona,
    nonce: String,
    challenge: String,
    until: Timestamp,
}

/// What an application sends people with (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
#[derive(Deserialize)]
struct Asked {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    state: String,
    nonce: String,
    code_challenge: String,
    code_challenge_method: String,
}

/// The choice, with everything that was asked.
#[derive(Deserialize)]
struct Chosen {
    persona: String,
    #[serde(flatten)]
    asked: Asked,
}

/// A code, handed in (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
#[derive(Deserialize)]
struct HandedIn {
    grant_type: String,
    code: String,
    redirect_uri: String,
    client_id: String,
    code_verifier: String,
}

/// The claims of an ID token (OpenID Connect Core 1.0, section 2).
#[derive(Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    azp: &'a str,
    exp: i64,
    iat: i64,
    nonce: &'a str,
    name: &'a str,
}

impl Provider {
    /// For the application at this address.
    pub(super) fn new(origin: &str, parties: &Parties) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for persona in PERSONAS {
            let party = parties.named(persona.party);
            let organisation = party.map_or(persona.party, |party| party.display_name.as_str());
            let shown = Shown {
                id: persona.name,
                name: name_of(persona, parties),
                roles: persona.roles.iter().map(|role| role.as_str()).collect(),
            };
            match groups
                .iter_mut()
                .find(|group| group.organisation == organisation)
            {
                Some(group) => group.people.push(shown),
                None => groups.push(Group {
                    organisation: organisation.to_owned(),
                    people: vec![shown],
                }),
            }
        }
        Self {
            back: format!("{origin}/aanmelden/terug"),
            groups,
            codes: Mutex::default(),
        }
    }

    fn accepts(&self, asked: &Asked) -> bool {
        asked.response_type == "code"
            && asked.client_id == CLIENT_ID
            && asked.redirect_uri == self.back
            && asked.code_challenge_method == "S256"
    }
}

/// What the party's file calls somebody, else the persona's own name.
fn name_of(persona: &Persona, parties: &Parties) -> String {
    let party = parties.named(persona.party);
    let mut contacts = party.into_iter().flat_map(|party| &party.contacts);
    let contact = contacts.find(|contact| contact.person == persona.name);
    contact
        .and_then(|contact| contact.name.clone())
        .unwrap_or_else(|| {
            let (first, rest) = persona.name.split_at(1);
            format!("{}{rest}", first.to_uppercase())
        })
}

/// `GET` and `POST /dev/authorize`, `POST /dev/oidc/token`.
pub(super) fn routes() -> Router<Issuer> {
    Router::new()
        .route("/dev/authorize", get(offer).post(choose))
        .route("/dev/oidc/token", post(redeem))
}

async fn offer(
    State(issuer): State<Issuer>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let provider = &issuer.0.provider;
    if !provider.accepts(&asked) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let chosen = text(header::COOKIE).and_then(|cookies| {
        let mut cookies = cookies.split(';');
        cookies.find_map(|cookie| cookie.trim().strip_prefix("doorbraak_language="))
    });
    let page = Personas {
        frame: Frame {
            language: chosen.and_then(Language::from_code).unwrap_or_else(|| {
                Language::from_header(text(header::ACCEPT_LANGUAGE).unwrap_or_default())
            }),
            now: issuer.0.clock.now(),
            // A login is begun anew in the other language: this address is good once.
            address: "/aanmelden".to_owned(),
            user: None,
            here: Here::Elsewhere,
            token: String::new(),
            themed: false,
            plain: false,
            live: None,
        },
        action: "/dev/authorize".to_owned(),
        hidden: vec![
            ("response_type", asked.response_type),
            ("client_id", asked.client_id),
            ("redirect_uri", asked.redirect_uri),
            ("state", asked.state),
            ("nonce", asked.nonce),
            ("code_challenge", asked.code_challenge),
            ("code_challenge_method", asked.code_challenge_method),
        ],
        groups: provider.groups.clone(),
    };
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn choose(State(issuer): State<Issuer>, Form(chosen): Form<Chosen>) -> Response {
    let (provider, now) = (&issuer.0.provider, issuer.0.clock.now());
    let Chosen { persona, asked } = chosen;
    let Some(persona) = personas::find(&persona).filter(|_| provider.accepts(&asked)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let code = URL_SAFE_NO_PAD.encode(issuer.0.entropy.bytes::<32>());
    let back = format!(
        "{}?code={code}&state={}",
        asked.redirect_uri,
        encoded(&asked.state)
    );
    let mut codes = provider
        .codes
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    codes.retain(|_, given| given.until > now);
    codes.insert(
        code,
        Given {
            persona,
            nonce: asked.nonce,
            challenge: asked.code_challenge,
            until: now + CODE_LIVES,
        },
    );
    Redirect::to(&back).into_response()
}

/// A value as it stands in an address.
fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let encode = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    value.bytes().map(encode).collect()
}

/// What is refused, in the words of RFC 6749, section 5.2.
fn refused(error: &'static str) -> (StatusCode, Json<Value>) {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error })))
}

async fn redeem(
    State(issuer): State<Issuer>,
    Form(sent): Form<HandedIn>,
) -> Result<Json<Value>, (StatusCode, Json<Value>)> {
    let (inner, now) = (&issuer.0, issuer.0.clock.now());
    if sent.grant_type != "authorization_code" {
        return Err(refused("unsupported_grant_type"));
    }
    // Whatever comes of it, the code was used.
    let given = inner
        .provider
        .codes
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .remove(&sent.code);
    let given = given.filter(|given| {
        let proof = digest(&SHA256, sent.code_verifier.as_bytes());
        given.until > now
            && sent.client_id == CLIENT_ID
            && sent.redirect_uri == inner.provider.back
            && URL_SAFE_NO_PAD.encode(proof) == given.challenge
    });
    let given = given.ok_or_else(|| refused("invalid_grant"))?;
    let failed = |error: key::KeyError| {
        tracing::error!(%error, "a token could not be signed");
        refused("server_error")
    };
    let people = inner.provider.groups.iter().flat_map(|group| &group.people);
    let mut named = people.filter(|person| person.id == given.persona.name);
    let id_token = inner.key.sign_as(
        "JWT",
        &IdClaims {
            iss: &inner.url,
            aud: CLIENT_ID,
            sub: given.persona.name,
            azp: CLIENT_ID,
            exp: now.as_second() + ID_LIFETIME,
            iat: now.as_second(),
            nonce: &given.nonce,
            name: named
                .next()
                .map_or(given.persona.name, |person| &person.name),
        },
    );
    Ok(Json(json!({
        "access_token": issuer.token(given.persona).map_err(failed)?,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "id_token": id_token.map_err(failed)?,
    })))
}
