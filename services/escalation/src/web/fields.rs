//! What a form sends: names and values, from whoever it was given to.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::Web;
use super::answer::Failure;
use super::visitor::Visitor;

/// What was filled in by whoever is logged in, with the form's token, which was checked.
pub(super) struct Filled {
    values: BTreeMap<String, Vec<String>>,
    /// The form's token: the cause of the command that it leads to.
    pub(super) token: String,
}

impl Filled {
    /// What stands in a field, without white space around it.
    pub(super) fn get(&self, name: &str) -> &str {
        let values = self.values.get(name);
        values
            .and_then(|values| values.last())
            .map_or("", |value| value.trim())
    }

    /// Everything that was chosen in a field.
    pub(super) fn all(&self, name: &str) -> Vec<&str> {
        let values = self.values.get(name).into_iter().flatten();
        values.map(|value| value.trim()).collect()
    }
}

/// What was filled in by whoever was not let in with it: it goes back to the same browser, so that
/// nothing that was written is lost, and is kept nowhere.
#[derive(Clone)]
pub(super) struct Unsent(pub(super) Arc<Vec<(String, String)>>);

/// Why a form was not taken, with what stood in it.
pub(super) struct Turned(Failure, Vec<(String, String)>);

impl From<Failure> for Turned {
    fn from(failure: Failure) -> Self {
        Self(failure, Vec::new())
    }
}

impl IntoResponse for Turned {
    /// As of the failure; [`answer::frame`](super::answer::frame) makes a page of it.
    fn into_response(self) -> Response {
        let Self(failure, mut values) = self;
        values.retain(|(name, value)| name != "token" && !value.trim().is_empty());
        let mut response = failure.into_response();
        if !values.is_empty() {
            response.extensions_mut().insert(Unsent(Arc::new(values)));
        }
        response
    }
}

impl FromRequest<Web> for Filled {
    type Rejection = Turned;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Turned> {
        let visitor = request.extensions().get::<Visitor>().cloned();
        let visitor = visitor.ok_or(Failure::OURS)?;
        let sent = Form::<Vec<(String, String)>>::from_request(request, web).await;
        let Form(sent) = sent.map_err(|_| Failure::Status(StatusCode::BAD_REQUEST))?;
        let token = sent.iter().rfind(|(name, _)| name == "token");
        let token = token.map_or_else(String::new, |(_, token)| token.clone());
        let session = match visitor.session() {
            Ok(session) => session,
            Err(failure) => return Err(Turned(failure, sent)),
        };
        let sealer = &web.0.screens.sealer;
        if !sealer.is_form_token(&session.id, &token) {
            return Err(Turned(Failure::Status(StatusCode::FORBIDDEN), sent));
        }
        // A browser sends line breaks as CR LF.
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in sent {
            let given = values.entry(name).or_default();
            given.push(value.replace("\r\n", "\n"));
        }
        Ok(Self { values, token })
    }
}
