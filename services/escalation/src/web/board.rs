//! What an administrator answers for: signals that wait for an answer, and what the own organisation
//! was asked to promise, or promised and has not done.

use axum::response::Response;
use jiff::civil::Date;
use screens::{Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::List;
use super::live;
use super::signal::{self, MOST};
use super::visitor::Visitor;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Commitment {
    case: Option<String>,
    pseudonym: String,
    theme: Option<String>,
    status: String,
    asked: Option<String>,
    text: Option<String>,
    due: Option<Date>,
    overdue: bool,
}

/// `GET /bestuur`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let own = visitor.session()?.organisation.to_string();
    let head = visitor.head().await;
    let signals = format!("/v1/signals?pageSize={MOST}");
    let commitments = format!("/v1/commitments?pageSize={MOST}");
    let (signals, commitments): (List<signal::Seen>, List<Commitment>) =
        try_join!(visitor.list(&signals), visitor.list(&commitments))?;
    let (web, now) = (visitor.web(), visitor.now());
    let more = [&signals.next_cursor, &commitments.next_cursor];
    let mut page = page::Board {
        frame: live::listening(visitor.frame(Here::Board), head),
        more: more.into_iter().any(Option::is_some),
        signals: Vec::new(),
        late: Vec::new(),
        asked: Vec::new(),
        running: Vec::new(),
    };
    let ours = signals
        .items
        .iter()
        .filter(|signal| signal.assigned_to.as_deref() == Some(&own) && signal.state != "closed");
    page.signals = ours.map(|signal| signal.item(web, now)).collect();
    let term = |item: &page::SignalItem| item.until.map(|(at, _)| at);
    page.signals
        .sort_by_key(|item| (item.overdue == 0, term(item)));
    for one in commitments.items {
        let list = match (one.overdue, one.status.as_str()) {
            (true, _) => &mut page.late,
            (false, "requested") => &mut page.asked,
            (false, _) => &mut page.running,
        };
        list.push(page::Promise {
            href: format!("/casussen/{}", one.case.as_ref().unwrap_or(&one.pseudonym)),
            number: one.pseudonym,
            theme: one.theme,
            text: one.text.or(one.asked),
            due: one.due,
        });
    }
    answer::page(&page)
}
