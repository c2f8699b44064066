//! A meeting as a caller may see it. A case on its agenda shows no more to anybody than the case
//! itself would: the same facts, the same reader. Who was asked something at the table has the
//! part that a request for a commitment gives; who recused itself has none.

mod case;

use std::collections::BTreeMap;

use axum::Json;
use axum::http::HeaderMap;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use chassis::problem::Problem;
use gate::Action;
use ladder::meeting::MinutedCase;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::register::{Addressed, addressed};
use super::super::reveal::Opener;
use super::super::written::etag;
use super::Sight;
use crate::{history, views};
use case::{At, Said};

/// The id of the operation, for the log.
const OPERATION: &str = "readMeeting";

/// A meeting in a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct MeetingItem {
    /// Its id.
    meeting: String,
    /// The rung whose table meets.
    rung: String,
    /// Whose table.
    body: String,
    /// `planned`, `open`, `adopted` or `cancelled`.
    state: String,
    /// When it meets.
    planned_at: String,
}

impl MeetingItem {
    pub(super) fn of(sight: &Sight) -> Self {
        let row = &sight.row;
        Self {
            meeting: row.meeting_id.clone(),
            rung: row.rung.clone(),
            body: row.body.clone(),
            state: row.state.clone(),
            planned_at: row.planned_at.clone(),
        }
    }
}

/// An organisation that is invited.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct InvitedSeen {
    /// The organisation.
    organisation: String,
    /// Whether it is at the table; absent before the meeting opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<bool>,
    /// The person who is asked to come.
    #[serde(skip_serializing_if = "Option::is_none")]
    addressee: Option<Addressed>,
}

/// What an organisation was asked at the table.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct RequestSeen {
    /// Its id; the case will know it by the same.
    request: String,
    /// The organisation.
    of: String,
    /// The law or theme.
    law_or_theme: String,
    /// `waiting`, `made`, `refused` or `struck`.
    status: &'static str,
    /// What was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
    /// What it will do, or why it will not.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The last day it will be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
}

/// Something in the system that would make the next case stick.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct ObstacleSeen {
    /// What.
    text: String,
    /// What would have to change.
    target: &'static str,
    /// Who can take it away.
    owner: String,
    /// The signal that it became once the minutes were adopted; shown to who may read that.
    #[serde(skip_serializing_if = "Option::is_none")]
    signal: Option<String>,
}

/// A case on the agenda.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct CaseSeen {
    /// The caller's own organisation's name for it.
    pseudonym: String,
    /// Its id; shown to those who see its whole course.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// Its theme; shown to those for whom the case is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    /// Whether it goes before those that are not.
    urgent: bool,
    /// Whether the caller's organisation takes no part in it.
    recused: bool,
    /// The organisations that take no part in it; shown to those who see its whole course.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recusals: Vec<String>,
    /// What collides.
    #[serde(skip_serializing_if = "Option::is_none")]
    collision: Option<String>,
    /// What was asked of whom: everything to those who see the whole course, else the own part.
    requests: Vec<RequestSeen>,
    /// `decided` or `adjourned`; shown to those for whom the case is there, and to who holds the
    /// meeting: the minutes wait for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    conclusion: Option<&'static str>,
    /// What was decided, or why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    conclusion_text: Option<String>,
    /// What would make the next case stick; absent while nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    obstacles: Option<Vec<ObstacleSeen>>,
    /// Whether somebody said what would make the next case stick; shown to who holds the meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    obstacle_spoken: Option<bool>,
}

/// A meeting.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct MeetingSeen {
    /// What stands in the list too.
    #[serde(flatten)]
    item: MeetingItem,
    /// How often it changed.
    version: i64,
    /// How many organisations must be present.
    quorum: i64,
    /// Who is invited.
    invited: Vec<InvitedSeen>,
    /// The cases, in their order.
    agenda: Vec<CaseSeen>,
    /// What the policies let the caller do at it; whether the meeting has come so far, the rules
    /// say when it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    may_do: Vec<&'static str>,
}

/// What people do on the page of a meeting.
const DEEDS: [Action; 4] = [
    Action::PlanMeeting,
    Action::HoldMeeting,
    Action::AnswerAtTable,
    Action::DeclareRecusal,
];

/// The whole meeting, as far as the caller may see it.
pub(super) async fn answer(
    platform: &Platform,
    caller: &Caller,
    mut sight: Sight,
) -> Result<Response, Problem> {
    let about = (&sight.facts as &dyn gate::Facts, sight.id.as_str());
    let opener = Opener::new(platform, caller, Action::ReadMeeting, about, OPERATION)
        .ok_or_else(|| Problem::not_found("There is no such meeting."))?;
    let mut said = said(&mut sight)?;
    let rows = views::agenda_of(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    let recused: BTreeMap<String, Vec<String>> =
        serde_json::from_value(sight.row.content["recused"].take()).unwrap_or_default();
    let may = |action: &&Action| sight.may(platform, caller, **action);
    let at = At {
        platform,
        caller,
        opener: &opener,
        holds: may(&&Action::HoldMeeting),
        adopted: match sight.row.state.as_str() {
            "adopted" => history::adopted(&platform.ground.db, &sight.id)
                .await
                .map_err(unavailable)?,
            _ => None,
        },
    };
    let mut agenda = Vec::new();
    for row in rows {
        let said = said.remove(&row.case_id).unwrap_or_default();
        let recused = recused.get(&row.case_id).map_or(&[][..], Vec::as_slice);
        agenda.push(at.case(row, said, recused).await?);
    }
    let seen = MeetingSeen {
        may_do: DEEDS.iter().filter(may).map(|it| it.as_str()).collect(),
        item: MeetingItem::of(&sight),
        version: sight.row.version,
        quorum: sight.row.content["quorum"].as_i64().unwrap_or_default(),
        invited: invited(platform, caller, &sight).await?,
        agenda,
    };
    let headers = HeaderMap::from_iter([(ETAG, etag(seen.version))]);
    Ok((headers, Json(seen)).into_response())
}

fn said(sight: &mut Sight) -> Result<BTreeMap<String, Said>, Problem> {
    let content = &mut sight.row.content;
    let minutes = content["minutes"].take();
    if minutes.is_array() {
        let minutes: Vec<MinutedCase> = serde_json::from_value(minutes).map_err(unavailable)?;
        let cases = minutes.into_iter();
        return Ok(cases
            .map(|minuted| (minuted.case.to_string(), minuted.into()))
            .collect());
    }
    match content["cases"].take() {
        serde_json::Value::Null => Ok(BTreeMap::new()),
        cases => serde_json::from_value(cases).map_err(unavailable),
    }
}

async fn invited(
    platform: &Platform,
    caller: &Caller,
    sight: &Sight,
) -> Result<Vec<InvitedSeen>, Problem> {
    let present: Option<Vec<String>> =
        serde_json::from_value(sight.row.content["present"].clone()).unwrap_or_default();
    let mut invited = Vec::new();
    for (organisation, contact) in &sight.invited {
        let addressee = match contact {
            Some(contact) => {
                addressed(platform, caller, (organisation, contact), OPERATION).await?
            }
            None => None,
        };
        invited.push(InvitedSeen {
            organisation: organisation.clone(),
            present: present.as_ref().map(|there| there.contains(organisation)),
            addressee,
        });
    }
    Ok(invited)
}
