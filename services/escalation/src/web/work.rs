//! *Mijn werk*.

use axum::extract::Query;
use axum::response::Response;
use jiff::Timestamp;
use screens::{Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::Web;
use super::advice::Question;
use super::answer::{self, Failure};
use super::api::List;
use super::case::lines;
use super::deeds::Coming;
use super::live;
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
    before: Option<lines::Deadline>,
}

/// What the reader's organisation was asked to promise, or promised.
#[derive(Deserialize)]
struct Asked {
    case: Option<String>,
    pseudonym: String,
    theme: Option<String>,
    status: String,
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
pub(super) async fn show(
    visitor: Visitor,
    Query(coming): Query<Coming>,
) -> Result<Response, Failure> {
    let own = visitor.session()?.organisation.to_string();
    let head = visitor.head().await;
    let path = format!("/v1/work?pageSize={MOST}");
    let all = format!("/v1/cases?order=newest&pageSize={MOST}");
    let (waiting, offered, drafts) = try_join!(
        visitor.list::<Waiting>(&path),
        visitor.list::<Offered>("/v1/handoffs?state=offered&pageSize=100"),
        visitor.list::<Kept>("/v1/drafts?pageSize=20"),
    )?;
    let all = visitor.list::<Listed>(&all).await?;
    let asked = visitor
        .list::<Asked>("/v1/commitments?pageSize=100")
        .await?;
    let advice = visitor.whole::<Question>("/v1/advice").await?;
    let more = [
        &waiting.next_cursor,
        &offered.next_cursor,
        &all.next_cursor,
        &asked.next_cursor,
    ];
    let more = more.into_iter().any(Option::is_some);
    let (web, now) = (visitor.web(), visitor.now());
    let mut frame = visitor.frame(Here::Work);
    frame.live = live::address(head, None);
    let answers = frame.user.as_ref().is_some_and(|user| user.answers);
    let mut mine = Vec::new();
    let mut others = Vec::new();
    for mut case in waiting.items {
        let ours = case.waits_for == own;
        // What another has to do before that stands with the others.
        if let Some(before) = case.before.take() {
            others.push(item(web, now, &case, (&own, before)));
        }
        // An offer to us has a place of its own below.
        if ours && answers && expected(&case.due) == "handoff-answer" {
            continue;
        }
        let next = lines::Deadline {
            due: case.due.clone(),
            at: case.at,
            waits_for: case.waits_for.clone(),
        };
        let item = item(web, now, &case, (&own, next));
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
    // Whoever is asked for advice has no part in the case: the question is all there is.
    for asked in advice.into_iter().filter(Question::is_open) {
        mine.push(page::Item {
            href: format!("/vragen#advies-{}", asked.consultation),
            expected: "advice-answer".to_owned(),
            theme: asked.theme,
            number: String::new(),
            rung: String::new(),
            state: String::new(),
            who: None,
            urgent: false,
            left: web.left(now, asked.answer_by),
            by: asked.answer_by,
        });
    }
    mine.sort_by_key(|item| item.by);
    others.sort_by_key(|item| item.by);
    let asked = asked.items.into_iter();
    let asked = asked.filter(|one| one.status == "requested");
    let wanted: Vec<_> = asked
        .map(|one| page::Wanted {
            href: format!("/casussen/{}", one.case.as_ref().unwrap_or(&one.pseudonym)),
            theme: one.theme,
            number: one.pseudonym,
        })
        .collect();
    let known = known(web, all, |href| {
        let queued = mine.iter().chain(&others).any(|item| item.href == href);
        queued || wanted.iter().any(|one| one.href == href)
    });
    let drafts = drafts.items.into_iter().map(|draft| page::Draft {
        id: draft.case,
        saved_at: draft.saved_at,
    });
    answer::page(&page::Work {
        raises: frame.user.as_ref().is_some_and(|user| user.raises),
        drafts: drafts.collect(),
        done: coming.says(&frame),
        frame,
        mine,
        wanted,
        others,
        known,
        more,
    })
}

/// A case in the queue, for what falls due in it.
fn item(
    web: &Web,
    now: Timestamp,
    case: &Waiting,
    (own, next): (&str, lines::Deadline),
) -> page::Item {
    let theirs = next.waits_for != own;
    page::Item {
        href: format!("/casussen/{}", case.id.as_ref().unwrap_or(&case.pseudonym)),
        expected: expected(&next.due).to_owned(),
        theme: case.theme.clone().unwrap_or_default(),
        number: case
            .own_reference
            .as_ref()
            .unwrap_or(&case.pseudonym)
            .clone(),
        rung: case
            .rung
            .as_ref()
            .map_or_else(String::new, |rung| web.rung(rung)),
        state: case.state.clone().unwrap_or_default(),
        who: theirs.then(|| web.name_of(&next.waits_for)),
        urgent: case.urgency != "ordinary",
        left: web.left(now, next.at),
        by: next.at,
    }
}

/// The cases that do not stand elsewhere on the page, the newest first, as the API gives them. Of one
/// in which the organisation took part, and that is closed to it now, only the name is left: there is
/// nothing to open.
fn known(web: &Web, all: List<Listed>, shown: impl Fn(&str) -> bool) -> Vec<page::Known> {
    let cases = all.items.into_iter().filter_map(|case| {
        Some(page::Known {
            href: format!("/casussen/{}", case.id.as_ref().unwrap_or(&case.pseudonym)),
            theme: case.theme?,
            number: case.pseudonym,
            rung: case.rung.map_or_else(String::new, |rung| web.rung(&rung)),
            state: case.state.unwrap_or_default(),
        })
    });
    cases.filter(|case| !shown(&case.href)).collect()
}
