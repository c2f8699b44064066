//! Funds that several organisations share, and spending from the free budget: each inside a
//! mandate, and then without anybody's approval (manifesto, M11 to M14).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::{Command, Contribute, FundId, OpenFund, SpendBudget, event};
use proto::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::{Reader, word};
use super::{Platform, body, mandates, parties, sight, written};
use crate::views::RecordRow;

/// A fund to be opened.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FundAsked {
    /// The sum that the shares have to make, in euro cents.
    amount_cents: i64,
    /// What for.
    purpose: Text,
}

/// `POST /v1/cases/{id}/funds`.
pub(super) async fn open(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::OpenFund, None).await?;
    let (asked, about) = body::told::<FundAsked>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::OpenFund(OpenFund {
        fund: FundId::parse(&id).map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
        amount_cents: asked.amount_cents,
        purpose: sealer.text(&asked.purpose).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/funds"))
}

/// A share in a fund.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Share {
    /// How much, in euro cents; never more than the fund still misses.
    amount_cents: i64,
    /// Your mandate, by its id in your organisation's register.
    mandate: String,
    /// The law or theme for which the mandate is used.
    subject: String,
}

/// `POST /v1/cases/{id}/funds/{fund}/contributions`: the caller's organisation takes a share.
pub(super) async fn contribute(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, fund)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let own = Some(caller.oin.as_str());
    let sight = sight::act(&platform, &caller, &name, Action::Contribute, own).await?;
    let share: Share = body::read(request).await?;
    let fund = FundId::parse(&fund)
        .map_err(|_| Problem::not_found("There is no such fund in this case."))?;
    let command = Command::Contribute(Contribute {
        fund,
        by: parties::organisation(&caller.oin)?,
        amount_cents: share.amount_cents,
        mandate: mandates::used(&platform, &caller, &share.mandate, &share.subject).await?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/funds"))
}

/// Spending from the free budget.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Spent {
    /// How much, in euro cents.
    amount_cents: i64,
    /// On what.
    text: Text,
    /// Your mandate, by its id in your organisation's register.
    mandate: String,
    /// The law or theme for which the mandate is used.
    subject: String,
}

/// `POST /v1/cases/{id}/spending`: inside the mandate nobody approves.
pub(super) async fn spend(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let own = Some(caller.oin.as_str());
    let sight = sight::act(&platform, &caller, &name, Action::SpendBudget, own).await?;
    let (spent, about) = body::told::<Spent>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::SpendBudget(SpendBudget {
        by: parties::organisation(&caller.oin)?,
        amount_cents: spent.amount_cents,
        text: sealer.text(&spent.text).map_err(unavailable)?,
        mandate: mandates::used(&platform, &caller, &spent.mandate, &spent.subject).await?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/spending"))
}

/// One organisation's share in a fund.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShareSeen {
    /// The OIN of who gives it.
    organisation: String,
    /// How much, in euro cents.
    amount_cents: i64,
    /// The mandate, by its id in that organisation's register.
    mandate: String,
}

/// A shared fund. Masked it stands without its purpose.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FundSeen {
    /// Its id.
    fund: String,
    /// Its place in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// The OIN of who opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The sum that the shares have to make, in euro cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_cents: Option<i64>,
    /// What is still missing, in euro cents; 0 once it is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_cents: Option<i64>,
    /// The shares, in the order in which they were given.
    shares: Vec<ShareSeen>,
    /// What for.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
}

/// `GET /v1/cases/{id}/funds`.
pub(super) async fn funds(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<FundSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listFunds");
    let mut opened = Vec::new();
    let mut shares: BTreeMap<FundId, Vec<event::FundContributed>> = BTreeMap::new();
    for row in records(&platform, sight.id.as_str(), "funds").await? {
        match row.kind.as_str() {
            "fund.opened" => {
                let fund: event::FundOpened = content(row.clone())?;
                opened.push((row, fund));
            }
            "fund.contributed" => {
                let share: event::FundContributed = content(row)?;
                shares.entry(share.fund.clone()).or_default().push(share);
            }
            // That it is complete follows from the shares.
            _ => {}
        }
    }
    let (opened, next_cursor) = page.cut(opened, |(row, _)| row.position)?;
    let mut items = Vec::new();
    for (row, fund) in opened {
        let shares = shares.remove(&fund.fund).unwrap_or_default();
        items.push(fund_seen(&mut reader, row.position, fund, shares).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

async fn fund_seen(
    reader: &mut Reader<'_>,
    position: i64,
    fund: event::FundOpened,
    shares: Vec<event::FundContributed>,
) -> Result<FundSeen, Problem> {
    reader.about(Some(fund.by.as_str()), []);
    let strength = reader.strength(Category::Decision);
    let masked = strength >= Strength::Masked;
    let given: i64 = shares.iter().map(|share| share.amount_cents).sum();
    let shares = shares.into_iter().filter(|_| masked);
    Ok(FundSeen {
        fund: fund.fund.to_string(),
        position,
        shown: word(strength),
        by: masked.then(|| fund.by.to_string()),
        amount_cents: masked.then_some(fund.amount_cents),
        missing_cents: masked.then_some(fund.amount_cents - given),
        shares: shares
            .map(|share| ShareSeen {
                organisation: share.by.to_string(),
                amount_cents: share.amount_cents,
                mandate: share.mandate,
            })
            .collect(),
        purpose: reader
            .open(&Classified::<Decision, _>::new(fund.purpose))
            .await?,
    })
}

/// What was spent. Masked it stands without on what.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpentSeen {
    /// Its place in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The OIN of whose money it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// How much, in euro cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_cents: Option<i64>,
    /// The mandate, by its id in that organisation's register.
    #[serde(skip_serializing_if = "Option::is_none")]
    mandate: Option<String>,
    /// On what.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// `GET /v1/cases/{id}/spending`.
pub(super) async fn spending(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<SpentSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listSpending");
    let rows = records(&platform, sight.id.as_str(), "spending").await?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        items.push(spent_seen(&mut reader, row).await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

async fn spent_seen(reader: &mut Reader<'_>, row: RecordRow) -> Result<SpentSeen, Problem> {
    let (position, at) = (row.position, row.at.clone());
    let spent: event::BudgetSpent = content(row)?;
    reader.about(Some(spent.by.as_str()), []);
    let strength = reader.strength(Category::Decision);
    let masked = strength >= Strength::Masked;
    Ok(SpentSeen {
        position,
        shown: word(strength),
        at: masked.then_some(at),
        by: masked.then(|| spent.by.to_string()),
        amount_cents: masked.then_some(spent.amount_cents),
        mandate: masked.then_some(spent.mandate),
        text: reader
            .open(&Classified::<Decision, _>::new(spent.text))
            .await?,
    })
}
