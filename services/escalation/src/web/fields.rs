//! What a form sends: names and values, from whoever it was given to.

use std::collections::BTreeMap;

use axum::extract::{Form, FromRequest, Request};
use axum::http::StatusCode;

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

impl FromRequest<Web> for Filled {
    type Rejection = Failure;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Failure> {
        let visitor = request.extensions().get::<Visitor>().cloned();
        let visitor = visitor.ok_or(Failure::OURS)?;
        let sent = Form::<Vec<(String, String)>>::from_request(request, web).await;
        let Form(sent) = sent.map_err(|_| Failure::Status(StatusCode::BAD_REQUEST))?;
        // A browser sends line breaks as CR LF.
        let mut values: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in sent {
            let given = values.entry(name).or_default();
            given.push(value.replace("\r\n", "\n"));
        }
        let token = values.get("token").and_then(|given| given.last());
        let token = token.cloned().unwrap_or_default();
        let session = visitor.session()?;
        let sealer = &web.0.screens.sealer;
        if !sealer.is_form_token(&session.id, &token) {
            return Err(Failure::Status(StatusCode::FORBIDDEN));
        }
        Ok(Self { values, token })
    }
}
