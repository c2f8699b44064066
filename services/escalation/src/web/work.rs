//! *Mijn werk*.

use axum::response::Response;
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::answer::{self, Failure};
use super::api::List;
use super::visitor::Visitor;

/// How much of the queue is shown.
const MOST: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Waiting {
    id: Option<String>,
    pseudonym: String,
    own_reference: Option<String>,
    theme: Option<String>,
    rung: Option<String>,
    state: Option<String>,
    urgency: String,
    due: String,
    at: Timestamp,
    waits_for: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Offered {
    pseudonym: String,
    theme: String,
    urgent: bool,
    answer_by: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
    case: String,
    saved_at: Timestamp,
}

/// What a deadline is called, without the id that it is about.
pub(super) fn expected(due: &str) -> &str {
    due.split('/').next().unwrap_or(due)
}

/// `GET /werk`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, Failure> {
    let own = visitor.session()?.organisation.to_string();
    let path = format!("/v1/work?pageSize={MOST}");
    let (waiting, offered, drafts): (List<Waiting>, List<Offered>, List<Kept>) = try_join!(
        visitor.list(&path),
        visitor.list("/v1/handoffs?state=offered&pageSize=100"),
        visitor.list("/v1/drafts?pageSize=20"),
    )?;
    let more = waiting.next_cursor.is_some() || offered.next_cursor.is_some();
    let (web, now) = (visitor.web(), visitor.now());
    let frame = visitor.frame(Here::Work);
    let answers = frame.user.as_ref().is_some_and(|user| user.answers);
    let mut mine = Vec::new();
    let mut others = Vec::new();
    for case in waiting.items {
        let ours = case.waits_for == own;
        // An offer to us has a place of its own below.
        if ours && answers && expected(&case.due) == "handoff-answer" {
            continue;
        }
        let item = page::Item {
            href: format!("/casussen/{}", case.id.as_ref().unwrap_or(&case.pseudonym)),
            expected: expected(&case.due).to_owned(),
            theme: case.theme.unwrap_or_default(),
            number: case.own_reference.unwrap_or(case.pseudonym),
            rung: case.rung.map_or_else(String::new, |rung| web.rung(&rung)),
            state: case.state.unwrap_or_default(),
            who: (!ours).then(|| web.name_of(&case.waits_for)),
            urgent: case.urgency != "ordinary",
            left: web.left(now, case.at),
            by: case.at,
        };
        let queue = if ours { &mut mine } else { &mut others };
        queue.push(item);
    }
    for offer in offered.items {
        mine.push(page::Item {
            href: "/vragen".to_owned(),
            expected: "handoff-answer".to_owned(),
            theme: offer.theme,
            number: offer.pseudonym,
            rung: String::new(),
            state: String::new(),
            who: None,
            urgent: offer.urgent,
            left: web.left(now, offer.answer_by),
            by: offer.answer_by,
        });
    }
    mine.sort_by_key(|item| item.by);
    let drafts = drafts.items.into_iter().map(|draft| page::Draft {
        id: draft.case,
        saved_at: draft.saved_at,
    });
    answer::page(&page::Work {
        raises: frame.user.as_ref().is_some_and(|user| user.raises),
        drafts: drafts.collect(),
        frame,
        mine,
        others,
        more,
    })
}
