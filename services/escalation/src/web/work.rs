//! *Mijn werk*.

use axum::response::Response;
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::Web;
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
struct Listed {
    id: Option<String>,
    pseudonym: String,
    theme: Option<String>,
    rung: Option<String>,
    state: Option<String>,
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
    let all = format!("/v1/cases?pageSize={MOST}");
    let (waiting, offered, drafts) = try_join!(
        visitor.list::<Waiting>(&path),
        visitor.list::<Offered>("/v1/handoffs?state=offered&pageSize=100"),
        visitor.list::<Kept>("/v1/drafts?pageSize=20"),
    )?;
    let all = visitor.list::<Listed>(&all).await?;
    let more = [&waiting.next_cursor, &offered.next_cursor, &all.next_cursor];
    let more = more.into_iter().any(Option::is_some);
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
    let known = known(web, all, |href| {
        mine.iter().chain(&others).any(|item| item.href == href)
    });
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
        known,
        more,
    })
}

/// The cases that do not stand elsewhere on the page, the newest first: ids ascend with time.
fn known(web: &Web, all: List<Listed>, shown: impl Fn(&str) -> bool) -> Vec<page::Known> {
    let cases = all.items.into_iter().rev().map(|case| page::Known {
        href: format!("/casussen/{}", case.id.as_ref().unwrap_or(&case.pseudonym)),
        theme: case.theme.unwrap_or_default(),
        number: case.pseudonym,
        rung: case.rung.map_or_else(String::new, |rung| web.rung(&rung)),
        state: case.state.unwrap_or_default(),
    });
    cases.filter(|case| !shown(&case.href)).collect()
}
