//! Objections to sharing (AVG 21): they pause it until they are settled.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Family, Strength};
use ladder::{Command, ObjectionId, RaiseObjection, SettleObjection, event};
use proto::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, body, sight, written};

/// What a person objects to.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Objection {
    /// Whose objection it is, by the key of the person within the case.
    #[schemars(length(min = 1, max = 80))]
    person: String,
    /// What the person says.
    text: Text,
}

/// `POST /v1/cases/{id}/objections`: from now on nothing new is shared.
pub(super) async fn raise(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::RaiseObjection;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let told: Objection = body::read(request).await?;
    let sealer = sight.sealer(&platform).await?;
    let ground = &platform.ground;
    let objection = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::RaiseObjection(RaiseObjection {
        objection: ObjectionId::parse(&objection).map_err(|_| Problem::internal())?,
        person: told.person,
        text: sealer.text(&told.text).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/objections"))
}

/// What was decided about an objection.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Settlement {
    /// Whether the person is right: then nothing more is shared.
    upheld: bool,
    /// Why.
    reason: Text,
}

/// `POST /v1/cases/{id}/objections/{objection}/settlement`.
pub(super) async fn settle(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, objection)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::SettleObjection;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let told: Settlement = body::read(request).await?;
    let sealer = sight.sealer(&platform).await?;
    let unknown = |_| Problem::not_found("This objection is not known in this case.");
    let command = Command::SettleObjection(SettleObjection {
        objection: ObjectionId::parse(&objection).map_err(unknown)?,
        upheld: told.upheld,
        reason: sealer.text(&told.reason).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.answered())
}

/// An objection. That there is one is seen by whoever sees the course; what was said, by whoever
/// reads the story.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ObjectionSeen {
    /// Its place in the log.
    position: i64,
    /// Its id.
    objection: String,
    /// `open`, `upheld` or `overruled`.
    status: &'static str,
    /// Whose objection it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// Until when it is settled.
    settle_by: String,
    /// What the person says.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Why it was settled so.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// `GET /v1/cases/{id}/objections`.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<ObjectionSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listObjections");
    let course = reader.strength(Category::Process);
    let mut settled = BTreeMap::new();
    let mut raised = Vec::new();
    for row in records(&platform, sight.id.as_str(), "objections").await? {
        match row.kind.as_str() {
            "objection.raised" => raised.push(row),
            _ => {
                let it: event::ObjectionSettled = content(row)?;
                settled.insert(it.objection.clone(), it);
            }
        }
    }
    if course < Strength::Masked {
        raised.clear();
    }
    let (rows, next_cursor) = page.cut(raised, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        let (position, source) = (row.position, row.organisation.clone());
        let raised: event::ObjectionRaised = content(row)?;
        let settled = settled.remove(&raised.objection);
        reader.about(source.as_deref(), []);
        let status = match settled.as_ref().map(|it| it.upheld) {
            None => "open",
            Some(true) => "upheld",
            Some(false) => "overruled",
        };
        let reason = settled.map(|it| Classified::<Family, _>::new(it.reason));
        items.push(ObjectionSeen {
            position,
            objection: raised.objection.to_string(),
            status,
            person: (course == Strength::Full).then_some(raised.person),
            settle_by: raised.settle_by.to_string(),
            text: reader
                .open(&Classified::<Family, _>::new(raised.text))
                .await?,
            reason: reader.open_some(reason.as_ref()).await?,
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
