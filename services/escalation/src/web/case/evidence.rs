//! Giving or explaining what a rung asks, once silence brought the case to it (domain, section d3).

use axum::http::Method;
use axum::response::Response;
use screens::Frame;
use screens::page::Deed;
use serde_json::json;

use super::super::answer::{self, Failure};
use super::super::api::id;
use super::super::climb::pieces;
use super::super::deeds::onwards;
use super::super::fields::Filled;
use super::super::visitor::Visitor;
use super::{ALL, Escalation, read};

/// Its name in the address that its form is sent to.
pub(super) const NAME: &str = "uitleggen";

/// The form about a request, when something is asked that nobody gave or explained yet.
pub(super) fn deed(frame: &Frame, address: &str, request: &Escalation) -> Option<Deed> {
    (!request.unexplained.is_empty()).then(|| Deed {
        id: format!("{NAME}-{}", request.escalation),
        action: format!("{address}/doen/{NAME}"),
        about: Some(request.escalation.clone()),
        title: frame.t("deed.uitleggen").to_owned(),
        lead: Some(frame.t("deed.uitleggen-lead").to_owned()),
        fields: pieces::some_of(frame, asked(request)),
        send: frame.t("deed.send").to_owned(),
        second: false,
        open: false,
    })
}

/// As many of them as a form has room for; the others are asked once these are there.
fn asked(request: &Escalation) -> &[String] {
    let most = request.unexplained.len().min(pieces::MOST);
    &request.unexplained[..most]
}

/// `POST /casussen/{case}/doen/uitleggen`: what was filled in; what was not stays asked for.
///
/// # Errors
/// As [`Visitor::act`]; what is wrong with the form is an answer.
pub(super) async fn give(
    visitor: &Visitor,
    name: &str,
    filled: &Filled,
) -> Result<Response, Failure> {
    let over = id(filled.get("over"))?;
    let path = format!("/v1/cases/{name}/escalations?{ALL}");
    let all = visitor.list::<Escalation>(&path).await?.items;
    let request = all.iter().find(|one| one.escalation == over);
    let evidence = pieces::given(asked(request.ok_or(Failure::MISSING)?).iter(), filled);
    let mut refusal = None;
    if evidence.as_array().is_some_and(|given| !given.is_empty()) {
        let path = format!("/v1/cases/{name}/escalations/{over}/evidence");
        let body = json!({ "evidence": evidence });
        match visitor
            .act(Method::POST, &path, &filled.token, &body)
            .await?
        {
            Ok(_) => return Ok(onwards(&format!("/casussen/{name}"), NAME)),
            Err(refused) if matches!(refused.status.as_u16(), 403 | 404) => {
                return Err(Failure::Status(refused.status));
            }
            Err(refused) => refusal = Some(refused.code),
        }
    }
    let mut page = read(visitor, name).await?;
    let frame = &page.frame;
    let ours = |deed: &&mut Deed| deed.id == format!("{NAME}-{over}");
    if let Some(deed) = page.deeds.iter_mut().find(ours) {
        deed.open = true;
        for field in &mut deed.fields {
            field.value = filled.get(field.name).to_owned();
        }
        let first = deed.fields.first_mut().filter(|_| refusal.is_none());
        if let Some(first) = first {
            first.error = Some(frame.t("deed.missing").to_owned());
        }
    }
    page.refusal = refusal.map(|code| frame.refusal(&code).to_owned());
    answer::wrong(&page)
}
