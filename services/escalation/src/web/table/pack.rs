//! What a reader prepares a meeting with: of each case on the agenda what the API tells this reader,
//! on one page to be read and printed (domain, row K1). It is a page of its own, because each case on
//! it is looked at, and each look is written down.

use axum::extract::Path;
use axum::response::Response;
use screens::{Frame, Here, page};
use serde::Deserialize;
use tokio::try_join;

use super::super::answer::{self, Failure};
use super::super::api::id;
use super::super::visitor::Visitor;
use super::super::weigh;
use super::Item;

#[derive(Deserialize)]
struct Seen {
    #[serde(flatten)]
    item: Item,
    agenda: Vec<OnAgenda>,
}

#[derive(Deserialize)]
struct OnAgenda {
    pseudonym: String,
    case: Option<String>,
    theme: Option<String>,
    urgent: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    story: Option<String>,
    desired_outcome: Option<String>,
    citizens_words: Option<String>,
    #[serde(default)]
    tried_provisions: Vec<String>,
    #[serde(default)]
    provisions: Vec<Provision>,
}

#[derive(Deserialize)]
struct Provision {
    provision: String,
    result: String,
}

#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type")]
    kind: Option<String>,
    explanation: Option<String>,
    #[serde(default)]
    rules: Vec<String>,
}

#[derive(Deserialize)]
struct Escalation {
    #[serde(default)]
    evidence: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    item: String,
    explained: bool,
    text: Option<String>,
}

/// `GET /tafel/{meeting}/stukken`.
pub(in crate::web) async fn show(
    visitor: Visitor,
    Path(meeting): Path<String>,
) -> Result<Response, Failure> {
    let name = id(&meeting)?;
    let seen: Seen = visitor.read(&format!("/v1/meetings/{name}")).await?;
    let frame = visitor.frame(Here::Table);
    let mut cases = Vec::new();
    for one in seen.agenda {
        cases.push(case(&visitor, &frame, one).await?);
    }
    answer::page(&page::Pack {
        meeting: format!("/tafel/{name}"),
        rung: visitor.web().rung(&seen.item.rung),
        at: seen.item.planned_at,
        cases,
        frame,
    })
}

/// One case, as far as the reader may see it: of another there is its number alone.
async fn case(visitor: &Visitor, frame: &Frame, one: OnAgenda) -> Result<page::PackCase, Failure> {
    let mut shown = page::PackCase {
        number: one.pseudonym,
        theme: one.theme,
        urgent: one.urgent,
        seen: None,
    };
    let Some(name) = one.case else {
        return Ok(shown);
    };
    let (whole, blocks, asked) = (
        format!("/v1/cases/{name}"),
        format!("/v1/cases/{name}/blocks?pageSize=100"),
        format!("/v1/cases/{name}/escalations?pageSize=100"),
    );
    let (whole, blocks, asked) = try_join!(
        visitor.read::<Case>(&whole),
        visitor.list::<Block>(&blocks),
        visitor.list::<Escalation>(&asked),
    )?;
    let web = visitor.web();
    let blocks = blocks.items.into_iter().filter_map(|one| {
        Some(page::PackBlock {
            kind: one.kind?,
            text: one.explanation,
            rules: one.rules.iter().map(|rule| web.rule(rule)).collect(),
        })
    });
    // Each request repeats what the rung asks: the last one says how it stands.
    let evidence = asked.items.into_iter().next_back();
    let evidence = evidence.map_or_else(Vec::new, |asked| asked.evidence);
    let provisions = whole.provisions.into_iter();
    shown.seen = Some(page::PackSeen {
        story: whole.story,
        words: whole.citizens_words,
        wish: whole.desired_outcome,
        tried: whole.tried_provisions,
        provisions: provisions
            .map(|one| (web.provision(&one.provision), one.result))
            .collect(),
        blocks: blocks.collect(),
        evidence: evidence
            .into_iter()
            .map(|given| page::Shown {
                item: given.item,
                text: given.text,
                explained: given.explained,
            })
            .collect(),
        weighings: weigh::weighed(visitor, &name, frame).await?,
    });
    Ok(shown)
}
