//! Whoever asks for a page: in which language, and as whom.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use jiff::Timestamp;
use jiff::civil::Date;
use proto::Oin;
use screens::{Frame, Here, Language, User};
use serde::{Deserialize, Serialize};

use super::answer::Failure;
use super::offers::Offer;
use super::{Web, cookies, place};

/// What a session cookie is sealed for.
pub(super) const SEALED_FOR: &str = "session";

/// Who is logged in, as the sealed cookie holds it.
#[derive(Serialize, Deserialize)]
pub(super) struct Session {
    /// The session's own name: what forms are bound to.
    pub(super) id: String,
    /// The access token.
    pub(super) token: String,
    /// What people call the reader.
    pub(super) name: String,
    /// The reader's organisation.
    pub(super) organisation: Oin,
    /// The reader's roles.
    pub(super) roles: Vec<String>,
    /// Until when it holds: as long as the access token.
    pub(super) until: Timestamp,
}

/// Whoever asks for a page. Cheap to clone.
#[derive(Clone)]
pub(super) struct Visitor(Arc<Asking>);

pub(super) struct Asking {
    pub(super) web: Web,
    pub(super) language: Language,
    pub(super) session: Option<Session>,
    /// The page's own address, with what it was asked for; also when a form was sent to answer.
    pub(super) address: String,
    /// The trace that joins everything that is asked for this page.
    pub(super) trace: String,
}

impl Visitor {
    pub(super) fn of(web: &Web, uri: &Uri, headers: &HeaderMap) -> Self {
        let ground = &web.0.platform.ground;
        let chosen = cookies::read(headers, cookies::LANGUAGE).and_then(Language::from_code);
        let asked = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let session = cookies::read(headers, cookies::SESSION)
            .and_then(|sealed| web.0.screens.sealer.open::<Session>(SEALED_FOR, sealed))
            .filter(|session| session.until > ground.clock.now());
        let (trace, span) = (ground.entropy.uuid_v4(), ground.entropy.uuid_v4());
        let (trace, span) = (trace.simple().to_string(), span.simple().to_string());
        Self(Arc::new(Asking {
            web: web.clone(),
            language: chosen
                .or_else(|| asked.map(Language::from_header))
                .unwrap_or_default(),
            session,
            address: place::own(uri),
            trace: format!("00-{trace}-{}-01", &span[..16]),
        }))
    }

    pub(super) fn asking(&self) -> &Asking {
        &self.0
    }

    /// Everything the service works with.
    pub(super) fn web(&self) -> &Web {
        &self.0.web
    }

    pub(super) fn now(&self) -> Timestamp {
        self.web().0.platform.ground.clock.now()
    }

    /// The day that it is on Dutch clocks.
    pub(super) fn today(&self) -> Date {
        let calendar = &self.web().0.platform.ground.rules.calendar;
        calendar.date_of(self.now())
    }

    /// Who is logged in.
    ///
    /// # Errors
    /// [`Failure::LoggedOut`].
    pub(super) fn session(&self) -> Result<&Session, Failure> {
        self.0.session.as_ref().ok_or(Failure::LoggedOut)
    }

    /// What stands around a page for this reader.
    pub(super) fn frame(&self, here: Here) -> Frame {
        let Asking {
            web,
            language,
            session,
            address,
            ..
        } = &*self.0;
        let has = |session: &Session, roles: &[&str]| {
            session
                .roles
                .iter()
                .any(|role| roles.contains(&role.as_str()))
        };
        let user = session.as_ref().map(|session| User {
            name: session.name.clone(),
            organisation: web.name_of(session.organisation.as_str()),
            raises: self.is_offered(session, Offer::Draft)
                || self.is_offered(session, Offer::Report),
            answers: has(
                session,
                &["agency_liaison", "care_professional", "fund_holder"],
            ),
            advises: self.is_offered(session, Offer::Advice),
            admits: has(
                session,
                &["process_director", "regional_handler", "national_adviser"],
            ),
            operates: has(session, &["operator"]),
            oversees: has(session, &["privacy_officer"]),
            learns: has(session, &["analyst"]),
            citizen: session.roles == ["citizen"],
            signals: self.is_offered(session, Offer::Signal),
            governs: has(session, &["administrator"]),
            meets: has(
                session,
                &[
                    "process_director",
                    "regional_handler",
                    "national_adviser",
                    "table_member",
                    "administrator",
                ],
            ),
        });
        let sealer = &web.0.screens.sealer;
        let entropy = &web.0.platform.ground.entropy;
        let token = session
            .as_ref()
            .map(|one| sealer.form_token(entropy, &one.id));
        Frame {
            language: *language,
            now: self.now(),
            address: address.clone(),
            user,
            here,
            token: token.unwrap_or_default(),
            themed: web.0.screens.theme.is_some(),
            plain: web.0.screens.plain,
            live: None,
        }
    }
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        let known = parts.extensions.get::<Self>().cloned();
        Ok(known.unwrap_or_else(|| Self::of(web, &parts.uri, &parts.headers)))
    }
}
