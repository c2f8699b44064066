//! Documents: the certificate of an erasure, and the report for a citizen who asked.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use screens::{Frame, Here, page};
use serde::Deserialize;

use super::super::Web;
use super::super::answer::{self, Failure};
use super::super::api::id;
use super::super::visitor::Visitor;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Certificate {
    erasure: String,
    scope: String,
    category: Option<String>,
    ground: String,
    ordered_by: Option<String>,
    ordered_at: Timestamp,
    completed_at: Timestamp,
    keys: u64,
    key_ids: Vec<String>,
    own_files: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    organisation: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    requests: Vec<Asked>,
    facts: Vec<Fact>,
    sources: Vec<Named>,
    recipients: Vec<Recipient>,
    legal_bases: Vec<Basis>,
    looks: Vec<Look>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    requested_at: Timestamp,
    due: Timestamp,
}

#[derive(Deserialize)]
struct Fact {
    category: String,
    source: String,
    summary: Option<String>,
}

#[derive(Deserialize)]
struct Recipient {
    organisation: String,
    told: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Basis {
    at: Timestamp,
    source: String,
    receiver: String,
    legal_basis: String,
}

#[derive(Deserialize)]
struct Look {
    at: Timestamp,
    organisation: String,
    role: String,
    result: String,
    shown: BTreeMap<String, String>,
}

fn part(title: &str, lines: Vec<(String, String)>) -> page::SheetPart {
    page::SheetPart {
        title: title.to_owned(),
        lines,
    }
}

/// `GET /privacy/bewaren/{case}/{erasure}`.
pub(in crate::web) async fn certificate(
    visitor: Visitor,
    Path((case, erasure)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let path = format!(
        "/v1/cases/{}/erasures/{}/certificate",
        id(&case)?,
        id(&erasure)?
    );
    let found: Certificate = visitor.read(&path).await?;
    let frame = visitor.frame(Here::Privacy);
    let web = visitor.web();
    let mut scope = frame.code("scope", &found.scope);
    if let Some(category) = &found.category {
        scope = format!("{scope}: {}", frame.code("category", category));
    }
    let by = match &found.ordered_by {
        Some(by) => web.name_of(by),
        None => frame.t("privacy.by-term").to_owned(),
    };
    let line = |word: &str, text: String| (frame.t(word).to_owned(), text);
    let lines = vec![
        line("deed.case-number", case.clone()),
        line("privacy.certificate", found.erasure),
        line("privacy.what", scope),
        line("privacy.why", frame.code("erasing", &found.ground)),
        line("privacy.ordered-by", by),
        line("privacy.ordered-at", frame.moment(&found.ordered_at)),
        line("privacy.completed-at", frame.moment(&found.completed_at)),
    ];
    let keys = found.key_ids.into_iter().zip(1..);
    let keys = keys.map(|(key, nth)| (format!("{nth} / {}", found.keys), key));
    let own_files = found.own_files.iter();
    let own_files = own_files.map(|one| (web.name_of(&one.organisation), one.organisation.clone()));
    let parts = vec![
        part(&case, lines),
        part(frame.t("privacy.keys"), keys.collect()),
        part(frame.t("privacy.own-files"), own_files.collect()),
    ];
    answer::page(&page::Sheet {
        title: frame.t("privacy.certificate").to_owned(),
        lead: frame.t("privacy.certificate-lead").to_owned(),
        back: "/privacy/bewaren",
        parts,
        frame,
    })
}

/// `GET /privacy/inzage/{case}`: once a citizen asked.
pub(in crate::web) async fn report(
    visitor: Visitor,
    Path(case): Path<String>,
) -> Result<Response, Failure> {
    let path = format!("/v1/cases/{}/access-report", id(&case)?);
    let frame = visitor.frame(Here::Privacy);
    let (lead, parts) = match visitor.read::<Report>(&path).await {
        Ok(report) => (
            frame.t("privacy.report-lead"),
            parts(visitor.web(), &frame, report),
        ),
        // Nobody asked for it yet.
        Err(Failure::Status(StatusCode::CONFLICT)) => (frame.t("privacy.no-request"), Vec::new()),
        Err(failure) => return Err(failure),
    };
    answer::page(&page::Sheet {
        title: frame.t1("privacy.report-of", "number", case),
        lead: lead.to_owned(),
        back: "/privacy",
        parts,
        frame,
    })
}

fn parts(web: &Web, frame: &Frame, report: Report) -> Vec<page::SheetPart> {
    let requests = report.requests.iter().map(|one| {
        let due = format!("{} {}", frame.t("privacy.due"), frame.day(&one.due));
        (frame.day(&one.requested_at), due)
    });
    let facts = report.facts.into_iter().map(|fact| {
        let about = format!(
            "{} ({})",
            frame.code("category", &fact.category),
            web.name_of(&fact.source)
        );
        let hidden = || frame.t("privacy.hidden").to_owned();
        (about, fact.summary.unwrap_or_else(hidden))
    });
    let sources = report.sources.iter();
    let sources = sources.map(|one| (web.name_of(&one.organisation), one.organisation.clone()));
    let recipients = report.recipients.into_iter().map(|one| {
        let told = one.told.iter().map(|kind| frame.happening(kind));
        let told: BTreeSet<&str> = told.collect();
        let told: Vec<&str> = told.into_iter().collect();
        (web.name_of(&one.organisation), told.join("; "))
    });
    let grounds = report.legal_bases.into_iter().map(|basis| {
        let way = format!(
            "{} → {}",
            web.name_of(&basis.source),
            web.name_of(&basis.receiver)
        );
        let ground = web.ground(&basis.legal_basis, frame.language);
        (way, format!("{ground}, {}", frame.day(&basis.at)))
    });
    let looks = report.looks.into_iter().map(|look| {
        let shown = look.shown.iter().filter(|(_, how)| *how != "none");
        let shown = shown.map(|(category, _)| frame.code("category", category));
        let shown: Vec<String> = shown.collect();
        let what = match (look.result.as_str(), shown.is_empty()) {
            ("answered", false) => shown.join(", "),
            _ => frame.t("privacy.nothing-shown").to_owned(),
        };
        let roles = look.role.split('+').map(|role| frame.code("role", role));
        let roles: Vec<String> = roles.collect();
        let who = format!(
            "{}, {}, {}",
            frame.moment(&look.at),
            web.name_of(&look.organisation),
            roles.join(", ")
        );
        (who, what)
    });
    vec![
        part(frame.t("privacy.requests"), requests.collect()),
        part(frame.t("privacy.facts"), facts.collect()),
        part(frame.t("privacy.sources"), sources.collect()),
        part(frame.t("privacy.recipients"), recipients.collect()),
        part(frame.t("privacy.grounds"), grounds.collect()),
        part(frame.t("privacy.report-looks"), looks.collect()),
    ]
}
