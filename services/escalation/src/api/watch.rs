//! Whether somebody may hear that something changed: asked by the pages that stay open. It shows
//! nothing of a case, so nothing is accounted for; what is shown after it is.

use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, Request, header};
use ladder::CaseId;

use super::Platform;
use super::caller::Caller;
use super::logbook::Logbook;
use super::sight;

/// The case of this name, when whoever holds the token may read it now.
pub(crate) async fn case(platform: &Platform, token: &str, name: &str) -> Option<CaseId> {
    let caller = caller(platform, token).await?;
    let sight = sight::read(platform, &caller, name).await.ok()?;
    Some(sight.id)
}

/// The OIN of the organisation that whoever holds the token works for now; nothing for a citizen,
/// who works for nobody here.
pub(crate) async fn organisation(platform: &Platform, token: &str) -> Option<String> {
    let caller = caller(platform, token).await?;
    (!caller.is_citizen()).then(|| caller.oin.to_string())
}

async fn caller(platform: &Platform, token: &str) -> Option<Caller> {
    let value = HeaderValue::try_from(format!("Bearer {token}")).ok()?;
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.headers.insert(header::AUTHORIZATION, value);
    // Apart: what is found to answer yes or no is shown to nobody.
    parts.extensions.insert(Logbook::default());
    Caller::from_request_parts(&mut parts, platform).await.ok()
}
