//! Objections to sharing (AVG 21): they pause it until they are settled.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Family, Strength};
use ladder::catalogue::DataCategory;
use ladder::{
    Command, ExtendObjection, LiftObjection, ObjectionId, RaiseObjection, Sealed, SettleObjection,
    event,
};
use proto::Text;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, body, sharing, sight, written};

/// What a person objects to.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Objection {
    /// Whose objection it is, as the report or the platform names that person of the case.
    #[schemars(length(min = 1, max = 80))]
    person: String,
    /// To the sharing of what: columns of the matrix but `process` and `lesson`; without them, all of
    /// those.
    #[serde(default)]
    #[schemars(schema_with = "sharing::categories")]
    categories: BTreeSet<DataCategory>,
    /// What the person says.
    text: Text,
}

/// `POST /v1/cases/{id}/objections`: from now on nothing new is shared, and whoever got these
/// categories from another does not read them.
pub(super) async fn raise(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::RaiseObjection;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let (told, about) = body::told::<Objection>(request).await?;
    let person = sight
        .speaker(&platform, (&caller, action), &told.person)
        .await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let ground = &platform.ground;
    let objection = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::RaiseObjection(RaiseObjection {
        objection: ObjectionId::parse(&objection).map_err(|_| Problem::internal())?,
        person,
        categories: told.categories,
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

/// Why an objection takes more time than a month, for the person to read; or how the ground of one
/// that was right has fallen away.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Reason {
    /// Why.
    reason: Text,
}

/// `POST /v1/cases/{id}/objections/{objection}/extension`: once, before the term ends (AVG 12(3)).
pub(super) async fn extend(
    State(platform): State<Platform>,
    caller: Caller,
    Path(named): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    answer(&platform, &caller, named, request, |told: Reason| {
        (told.reason, |objection, reason| {
            Command::ExtendObjection(ExtendObjection { objection, reason })
        })
    })
    .await
}

/// `POST /v1/cases/{id}/objections/{objection}/settlement`.
pub(super) async fn settle(
    State(platform): State<Platform>,
    caller: Caller,
    Path(named): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    answer(&platform, &caller, named, request, |told: Settlement| {
        let upheld = told.upheld;
        (told.reason, move |objection, reason| {
            Command::SettleObjection(SettleObjection {
                objection,
                upheld,
                reason,
            })
        })
    })
    .await
}

/// `POST /v1/cases/{id}/objections/{objection}/lifting`.
pub(super) async fn lift(
    State(platform): State<Platform>,
    caller: Caller,
    Path(named): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    answer(&platform, &caller, named, request, |told: Reason| {
        (told.reason, |objection, reason| {
            Command::LiftObjection(LiftObjection { objection, reason })
        })
    })
    .await
}

/// What the owner does about an objection, with the reason for it: the command is made of its id and
/// the sealed reason.
async fn answer<T, M>(
    platform: &Platform,
    caller: &Caller,
    (name, objection): (String, String),
    request: Request,
    read: impl FnOnce(T) -> (Text, M),
) -> Result<Response, Problem>
where
    T: DeserializeOwned + JsonSchema + 'static,
    M: FnOnce(ObjectionId, Sealed) -> Command,
{
    let sight = sight::act(platform, caller, &name, Action::SettleObjection, None).await?;
    let (told, about) = body::told::<T>(request).await?;
    let (reason, command) = read(told);
    let sealer = sight.sealer_about(platform, &about).await?;
    let reason = sealer.text(&reason).map_err(unavailable)?;
    let command = command(named(&objection)?, reason);
    let written = written::carry_out(platform, caller, &sight.id, command).await?;
    Ok(written.answered())
}

fn named(objection: &str) -> Result<ObjectionId, Problem> {
    let unknown = |_| Problem::not_found("This objection is not known in this case.");
    ObjectionId::parse(objection).map_err(unknown)
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
    /// `open`, `overdue`, `upheld`, `overruled` or `lifted`.
    status: &'static str,
    /// To the sharing of what.
    categories: Vec<&'static str>,
    /// Whose objection it is, as a case names its persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// Until when it is settled; later than it was at first, when `extendedReason` is there.
    settle_by: String,
    /// What the person says.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Why it takes longer than a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    extended_reason: Option<String>,
    /// Why it was settled so.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Why it stands no more in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    lifted_reason: Option<String>,
}

/// What came of an objection so far.
#[derive(Default)]
struct Course {
    extended: Option<event::ObjectionExtended>,
    overdue: bool,
    settled: Option<event::ObjectionSettled>,
    lifted: Option<event::ObjectionLifted>,
}

impl Course {
    fn status(&self) -> &'static str {
        match (&self.lifted, &self.settled) {
            (Some(_), _) => "lifted",
            (None, Some(settled)) if settled.upheld => "upheld",
            (None, Some(_)) => "overruled",
            (None, None) if self.overdue => "overdue",
            (None, None) => "open",
        }
    }
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
    let persons = sight.persons()?;
    let mut courses: BTreeMap<ObjectionId, Course> = BTreeMap::new();
    let mut raised = Vec::new();
    for row in records(&platform, sight.id.as_str(), "objections").await? {
        match row.kind.as_str() {
            "objection.raised" => raised.push(row),
            "objection.extended" => {
                let it: event::ObjectionExtended = content(row)?;
                let id = it.objection.clone();
                courses.entry(id).or_default().extended = Some(it);
            }
            "objection.overdue" => {
                let it: event::ObjectionOverdue = content(row)?;
                courses.entry(it.objection).or_default().overdue = true;
            }
            "objection.lifted" => {
                let it: event::ObjectionLifted = content(row)?;
                let id = it.objection.clone();
                courses.entry(id).or_default().lifted = Some(it);
            }
            _ => {
                let it: event::ObjectionSettled = content(row)?;
                let id = it.objection.clone();
                courses.entry(id).or_default().settled = Some(it);
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
        let came = courses.remove(&raised.objection).unwrap_or_default();
        let person = match course {
            Strength::Full => {
                reader.about(Some(&sight.row.raiser), []);
                Some(reader.called(&persons, &raised.person).await?)
            }
            Strength::None | Strength::Pseudonym | Strength::Masked => None,
        };
        reader.about(source.as_deref(), []);
        let status = came.status();
        let settle_by = match &came.extended {
            Some(extended) => extended.settle_by,
            None => raised.settle_by,
        };
        let extended = came
            .extended
            .map(|it| Classified::<Family, _>::new(it.reason));
        let reason = came
            .settled
            .map(|it| Classified::<Family, _>::new(it.reason));
        let lifted = came
            .lifted
            .map(|it| Classified::<Family, _>::new(it.reason));
        items.push(ObjectionSeen {
            position,
            objection: raised.objection.to_string(),
            status,
            categories: raised.categories.iter().map(|it| it.as_str()).collect(),
            person,
            settle_by: settle_by.to_string(),
            text: reader
                .open(&Classified::<Family, _>::new(raised.text))
                .await?,
            extended_reason: reader.open_some(extended.as_ref()).await?,
            reason: reader.open_some(reason.as_ref()).await?,
            lifted_reason: reader.open_some(lifted.as_ref()).await?,
        });
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
