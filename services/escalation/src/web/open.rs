//! Pages for everybody: the front page, the glossary, the statement on accessibility, and choosing
//! a language.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use screens::{Here, Language, page};
use serde::Deserialize;

use super::answer::{self, Failure};
use super::visitor::Visitor;
use super::{cookies, place};

/// How long a chosen language is remembered.
const A_YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

/// `GET /`.
pub(super) async fn home(visitor: Visitor) -> Result<Response, Failure> {
    if let Ok(session) = visitor.session() {
        return Ok(Redirect::to(place::first(&session.roles)).into_response());
    }
    answer::page(&page::Home {
        login: visitor.web().0.screens.login.is_some(),
        frame: visitor.frame(Here::Elsewhere),
    })
}

/// `GET /woorden`.
pub(super) async fn glossary(visitor: Visitor) -> Result<Response, Failure> {
    answer::page(&page::Glossary::new(visitor.frame(Here::Elsewhere)))
}

/// `GET /toegankelijkheid`.
pub(super) async fn accessibility(visitor: Visitor) -> Result<Response, Failure> {
    let frame = visitor.frame(Here::Elsewhere);
    answer::page(&page::Accessibility { frame })
}

/// Where to go on.
#[derive(Deserialize)]
pub(super) struct Onwards {
    naar: Option<String>,
}

impl Onwards {
    /// The address, when it is one of this service; never another site.
    pub(super) fn here(&self, otherwise: &str) -> String {
        let own = |to: &&String| {
            to.starts_with('/')
                && !to.starts_with("//")
                && to
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        };
        let to = self.naar.as_ref().filter(own);
        to.map_or_else(|| otherwise.to_owned(), String::clone)
    }
}

/// `GET /taal/{code}`: the language of the pages from now on.
pub(super) async fn language(
    visitor: Visitor,
    Path(code): Path<String>,
    Query(onwards): Query<Onwards>,
) -> Result<Response, Failure> {
    let language = Language::from_code(&code).ok_or(Failure::MISSING)?;
    let secure = visitor.web().0.screens.secure;
    let cookie = cookies::set(cookies::LANGUAGE, language.code(), A_YEAR, secure);
    let mut headers = HeaderMap::new();
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((headers, Redirect::to(&onwards.here("/"))).into_response())
}

/// What is not there: a page for whoever looks in a browser, the status for everybody else.
pub(super) async fn missing(headers: HeaderMap) -> Response {
    if is_browser(&headers) {
        Failure::MISSING.into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

/// Whether pages are understood there.
pub(super) fn is_browser(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    accepts.is_some_and(|accepts| accepts.contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for (asked, wanted) in [
            (Some("/casussen/case_1?a=b"), "/casussen/case_1?a=b"),
            (Some("https://elsewhere.example"), "/"),
            (Some("//elsewhere.example"), "/"),
            (Some("/\\elsewhere.example"), "/"),
            (Some("/a\r\nSet-Cookie: b"), "/"),
            (None, "/"),
        ] {
            let naar = asked.map(str::to_owned);
            assert_eq!(Onwards { naar }.here("/"), wanted, "{asked:?}");
        }
    }
}
