//! `GET /v1/access-log`: who of an organisation looked at what; for a breach report too (AVG
//! articles 33 and 34).

use account::{AccessLine, After, Asked, Outcome};
use axum::Json;
use axum::extract::{Query, State};
use chassis::problem::Problem;
use gate::{Action, RegisterFacts};
use jiff::Timestamp;
use proto::InvalidParam;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::Platform;
use super::super::caller::Caller;
use super::super::page::{List, Page};
use super::super::refusal::unavailable;
use super::super::written::not_allowed;
use super::LookSeen;
use crate::views;

/// Which lines are asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Wanted {
    case: Option<String>,
    organisation: Option<String>,
    person_ref: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// A line of the access log.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct AccessSeen {
    /// Its id.
    id: String,
    /// The trace that it shares with lines of the processing log.
    trace_id: String,
    /// Who looked and how.
    #[serde(flatten)]
    look: LookSeen,
    /// The organisation's own name for the user.
    person_ref: String,
    /// The application that was used.
    client: String,
    /// The recorded ground, where one has to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<String>,
    /// The policies that permitted it.
    policies: Vec<String>,
    /// Whether it was taken in an emergency, outside what the policies give.
    emergency: bool,
    /// What was looked at; left out where it was denied.
    objects: Vec<String>,
}

impl From<AccessLine> for AccessSeen {
    fn from(line: AccessLine) -> Self {
        let look = LookSeen::from(&line);
        let mut policies: Vec<String> = line
            .shown
            .into_values()
            .flat_map(|shown| shown.policies)
            .collect();
        policies.sort_unstable();
        policies.dedup();
        Self {
            id: line.id,
            trace_id: line.trace_id,
            look,
            person_ref: line.person_ref,
            client: line.client,
            ground: line.ground,
            policies,
            emergency: line.emergency,
            objects: line.objects.into_iter().collect(),
        }
    }
}

/// `GET /v1/access-log?case=&organisation=&personRef=&from=&to=`: the own organisation's; all of
/// it for the privacy officer of the organisation that runs the platform.
pub(in crate::api) async fn read(
    State(platform): State<Platform>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Result<Json<List<AccessSeen>>, Problem> {
    let own = caller.oin.as_str();
    let facts = RegisterFacts {
        organisation: own.to_owned(),
    };
    let gate = &platform.ground.gate;
    gate.may(&caller.actor, Action::ReadAccessLog, &facts)
        .map_err(|_| not_allowed())?;
    let whole = own == platform.accounting.platform();
    let organisation = match wanted.organisation {
        asked if whole => asked,
        Some(other) if other != own => return Err(not_allowed()),
        _ => Some(own.to_owned()),
    };
    let (from, until) = (
        bound("from", wanted.from.as_deref(), Timestamp::UNIX_EPOCH)?,
        bound("to", wanted.to.as_deref(), Timestamp::MAX)?,
    );
    let object = match wanted.case {
        None => None,
        Some(name) => {
            let id = views::resolve(&platform.ground.db, own, &name).await;
            // What nobody here knows by that name has no lines.
            Some(id.map_err(unavailable)?.unwrap_or(name))
        }
    };
    let asked = Asked {
        object,
        organisation,
        person_ref: wanted.person_ref,
        from,
        until,
    };
    let after = after(&page)?;
    let lines = platform
        .accounting
        .logs()
        .accesses(&asked, &after, page.size);
    let lines = lines.await.map_err(unavailable)?;
    let last = lines.last().map(|line| format!("{}/{}", line.at, line.id));
    Ok(Json(List {
        next_cursor: page.next(lines.len(), last),
        items: lines
            .into_iter()
            .filter_map(|line| as_told(line, whole, asked.object.is_some()))
            .map(Into::into)
            .collect(),
        why: Default::default(),
    }))
}

/// Whoever was denied something must not learn from the log that it is there: such a line says what
/// was tried, and only the platform's own officer sees on which case.
fn as_told(mut line: AccessLine, whole: bool, of_one_case: bool) -> Option<AccessLine> {
    if line.result == Outcome::Denied && !whole {
        if of_one_case {
            return None;
        }
        line.objects.clear();
    }
    Some(line)
}

fn bound(name: &str, text: Option<&str>, without: Timestamp) -> Result<Timestamp, Problem> {
    let Some(text) = text else { return Ok(without) };
    text.parse().map_err(|_| {
        let reason = "is no moment, such as 2026-03-02T09:00:00Z";
        Problem::bad_request(vec![InvalidParam::new(name, reason)])
    })
}

pub(super) fn after(page: &Page) -> Result<After, Problem> {
    if page.after_name().is_empty() {
        return Ok(After::nothing());
    }
    let parts = page.after_name().split_once('/');
    let after = parts.and_then(|(at, id)| {
        Some(After {
            at: at.parse().ok()?,
            id: id.to_owned(),
        })
    });
    after.ok_or_else(|| {
        Problem::bad_request(vec![InvalidParam::new(
            "cursor",
            "is no cursor of this list",
        )])
    })
}
