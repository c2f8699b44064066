//! The way in by a code: in the demo the issuer gives a citizen's token for one.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use proto::Oin;
use screens::{Here, page};
use serde::Deserialize;
use serde_json::json;

use super::super::answer::{self, Failure};
use super::super::visitor::{SEALED_FOR, Session, Visitor};
use super::super::{Web, cookies};
use super::ROLE;

/// A code as it was typed.
#[derive(Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

/// The page that asks for a code.
///
/// # Errors
/// [`Failure::OURS`] when it cannot be made.
pub(super) fn show(visitor: &Visitor, wrong: bool) -> Result<Response, Failure> {
    let page = page::MineDoor {
        frame: visitor.frame(Here::Mine),
        codes: visitor.web().0.screens.citizens.is_some(),
        wrong,
    };
    match wrong {
        true => answer::wrong(&page),
        false => answer::page(&page),
    }
}

/// `POST /mijn-zaak`: the code becomes a token, and the token a session. Whoever comes in has no
/// session to bind a form to; that the form is ours, the browser says.
pub(in crate::web) async fn enter(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    if !is_ours(&headers) {
        return Err(Failure::Status(StatusCode::FORBIDDEN));
    }
    let screens = &web.0.screens;
    let (Some(address), Some(login)) = (&screens.citizens, &screens.login) else {
        return Err(Failure::MISSING);
    };
    let asked = login
        .http
        .post(address)
        .json(&json!({ "code": typed.code.trim() }));
    let answered = asked.send().await.map_err(|_| {
        tracing::warn!("the issuer of citizens' tokens does not answer");
        Failure::OURS
    })?;
    if answered.status().is_server_error() {
        return Err(Failure::OURS);
    }
    let Ok(token) = answered.json::<Token>().await else {
        return show(&visitor, true);
    };
    let session = session(&web, &visitor, token.access_token).await?;
    let lives = session.until.duration_since(visitor.now());
    let sealed = screens
        .sealer
        .seal(&web.0.platform.ground.entropy, SEALED_FOR, &session);
    let sealed = sealed.ok_or(Failure::OURS)?;
    let cookie = cookies::set(cookies::SESSION, &sealed, lives, screens.secure);
    let mut headers = HeaderMap::new();
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((headers, Redirect::to("/mijn-zaak")).into_response())
}

/// Pages tell no other site where people come from, so a browser says `Origin: null` here; by
/// `Sec-Fetch-Site` (Fetch Metadata Request Headers) it says whether the form was one of ours. Those
/// that are too old for it say nothing.
fn is_ours(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_none_or(|site| site == "same-origin" || site == "none")
}

/// The session of this token, which is a citizen's and nothing else.
async fn session(web: &Web, visitor: &Visitor, token: String) -> Result<Session, Failure> {
    let platform = &web.0.platform;
    let access = platform.verifier.verify(&token, visitor.now()).await;
    let access = access.map_err(|error| {
        tracing::info!(%error, "a citizen's token was refused");
        Failure::LoggedOut
    })?;
    let organisation = Oin::parse(access.organisation()).map_err(|_| Failure::LoggedOut)?;
    if access.roles() != [ROLE] {
        return Err(Failure::LoggedOut);
    }
    Ok(Session {
        id: platform.ground.entropy.uuid_v4().simple().to_string(),
        name: visitor.frame(Here::Mine).t("mine.you").to_owned(),
        organisation,
        roles: access.roles().to_vec(),
        until: access.expires_at(),
        token,
    })
}
