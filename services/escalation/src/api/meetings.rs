//! The table meets (domain, rows K1, K2 and K8): who prepares a meeting, who is invited, what is
//! said per case, and the minutes, after which the cases hear of it by themselves.

mod agenda;
mod found;
mod seen;
mod table;

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use jiff::Timestamp;
use ladder::meeting::{
    AdoptMinutes, Cancel, Command, DeclareRecusal, EraseTexts, Invite, OpenMeeting, Plan,
    Reschedule,
};
use ladder::{ContactId, MeetingId, PersonRef};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::caller::Caller;
use super::erasures::TextsOrder;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::written::{keep, not_allowed};
use super::{Platform, body, parties};
use crate::aggregate::facts_of_meeting;
use crate::execute::Work;
use crate::seal::{TextSealer, meeting_owner};
use crate::views;

pub(super) use agenda::{PutOn, Waiting, propose, put_on, take_off};
use found::{Sight, body_of, find};
pub(super) use seen::{MeetingItem, MeetingSeen};
pub(super) use table::{
    Adjourned, AnswerGiven, Collision, Decided, Found, RequestMade, adjourn, answer, collision,
    decide, obstacle, request,
};

/// Why a case is taken off an agenda.
pub(super) const OFF: [&str; 4] = ["resolved", "not_ready", "other_table", "withdrawn"];

/// A meeting to be planned.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Planned {
    /// The rung whose table meets.
    rung: String,
    /// Whose table; the rung's own body, or the caller's organisation, when absent.
    #[serde(default)]
    body: Option<Oin>,
    /// When.
    at: Timestamp,
}

/// Another moment.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Moved {
    /// When instead.
    at: Timestamp,
}

/// Who is invited.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Invited {
    /// The organisation.
    organisation: Oin,
    /// Its person, by the key in its register; found there when absent.
    #[serde(default)]
    contact: Option<String>,
}

/// Who takes no part in a case: the caller's organisation.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Recused {
    /// The case, by id or own pseudonym.
    case: String,
}

/// The opening of a meeting.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Opened {
    /// The organisations at the table.
    present: BTreeSet<Oin>,
}

/// Why a meeting is called off.
#[derive(Deserialize, JsonSchema)]
pub(super) struct CalledOff {
    /// In words.
    reason: Text,
}

/// `POST /v1/meetings`.
pub(super) async fn plan(
    State(platform): State<Platform>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let planned: Planned = body::read(request).await?;
    let (rung, body) = body_of(&platform, &caller, &planned.rung, planned.body.as_ref())?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let meeting = MeetingId::parse(&id).map_err(unavailable)?;
    let command = Command::Plan(Plan {
        meeting: meeting.clone(),
        body,
        rung,
        at: planned.at,
    });
    let kept = keep(&platform, &caller, Work::meeting(&meeting, command), true).await?;
    Ok(kept.created("meetings"))
}

/// `GET /v1/meetings`: of the caller's own tables, of those to which it admits cases, and those to
/// which it is invited; by id, which is the order in which they were planned.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<MeetingItem>>, Problem> {
    let db = &platform.ground.db;
    let (own, after) = (caller.oin.as_str(), page.after_name());
    let mut rows = views::meetings(db, own, after, page.size)
        .await
        .map_err(unavailable)?;
    for rung in platform.ground.rules.ladder.rungs() {
        let admission = rung.admission.as_ref();
        let admitting = admission.and_then(|admission| admission.organisation.as_ref());
        if admitting.is_some_and(|by| by.as_str() == own) {
            let more = views::meetings_of_rung(db, rung.id.as_str(), after, page.size)
                .await
                .map_err(unavailable)?;
            rows.extend(more);
        }
    }
    rows.sort_by(|one, other| one.meeting_id.cmp(&other.meeting_id));
    rows.dedup_by(|one, other| one.meeting_id == other.meeting_id);
    rows.truncate(usize::try_from(page.size).unwrap_or(usize::MAX));
    let last = rows.last().map(|row| row.meeting_id.clone());
    let next_cursor = page.next(rows.len(), last);
    let mut items = Vec::new();
    for row in rows {
        let sight = Sight::of(&platform, row)?;
        if sight.may(&platform, &caller, Action::ReadMeeting) {
            items.push(MeetingItem::of(&sight));
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// `GET /v1/meetings/{id}`: the agenda in its order, each case as far as the caller may see it.
pub(super) async fn read(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::ReadMeeting).await?;
    seen::answer(&platform, &caller, sight).await
}

/// `POST /v1/meetings/{id}/reschedule`.
pub(super) async fn reschedule(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::PlanMeeting).await?;
    let Moved { at } = body::read(request).await?;
    let command = Command::Reschedule(Reschedule { at });
    carry_out(&platform, &caller, &sight, command).await
}

/// `POST /v1/meetings/{id}/invitations`.
pub(super) async fn invite(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::PlanMeeting).await?;
    let invited: Invited = body::read(request).await?;
    let mut wrong = Vec::new();
    parties::check_known(
        &platform,
        "/organisation",
        &invited.organisation,
        &mut wrong,
    );
    let ground = &platform.ground;
    let register = views::whole_register(&ground.db, invited.organisation.as_str())
        .await
        .map_err(unavailable)?;
    let contact = match &invited.contact {
        Some(named) => {
            let contact = ContactId::parse(named).ok();
            let contact = contact.filter(|id| register.contacts.contains_key(id));
            if contact.is_none() {
                let reason = "is not in the register of that organisation";
                wrong.push(InvalidParam::new("/contact", reason));
            }
            contact
        }
        None => {
            let planned: Timestamp = sight.row.planned_at.parse().map_err(unavailable)?;
            let on = ground.rules.calendar.date_of(planned);
            let found = register.find(None, None, None, Some(&sight.rung), on);
            found.map(|found| found.contact)
        }
    };
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let command = Command::Invite(Invite {
        organisation: parties::organisation(&invited.organisation)?,
        contact,
    });
    carry_out(&platform, &caller, &sight, command).await
}

/// `POST /v1/meetings/{id}/recusals`: the caller's organisation takes no part in a case.
pub(super) async fn recuse(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::DeclareRecusal).await?;
    let recused: Recused = body::read(request).await?;
    let case = sight.case(&platform, &caller, &recused.case).await?;
    let command = Command::DeclareRecusal(DeclareRecusal {
        case,
        organisation: parties::organisation(&caller.oin)?,
        by: person(&caller)?,
    });
    carry_out(&platform, &caller, &sight, command).await
}

/// `POST /v1/meetings/{id}/opening`.
pub(super) async fn open(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::HoldMeeting).await?;
    let Opened { present } = body::read(request).await?;
    let present = present.iter().map(parties::organisation);
    let command = Command::Open(OpenMeeting {
        present: present.collect::<Result<_, _>>()?,
    });
    carry_out(&platform, &caller, &sight, command).await
}

/// `POST /v1/meetings/{id}/minutes`: adopts them; the cases hear of it by themselves.
pub(super) async fn adopt(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::HoldMeeting).await?;
    let by = person(&caller)?;
    let command = Command::AdoptMinutes(AdoptMinutes { by });
    carry_out(&platform, &caller, &sight, command).await
}

/// `POST /v1/meetings/{id}/cancellation`.
pub(super) async fn cancel(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::PlanMeeting).await?;
    let CalledOff { reason } = body::read(request).await?;
    let reason = sealer(&platform, &sight.id).await?.text(&reason);
    let command = Command::Cancel(Cancel {
        reason: reason.map_err(unavailable)?,
    });
    carry_out(&platform, &caller, &sight, command).await
}

/// `POST /v1/meetings/{id}/erasures`: what was written of the meeting itself, by the privacy officer
/// of its body. What was said of a case goes with that case.
pub(super) async fn erase(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::EraseTexts).await?;
    let order: TextsOrder = body::read(request).await?;
    let command = Command::EraseTexts(EraseTexts {
        by: Some(parties::organisation(&caller.oin)?),
        ground: order.ground(),
    });
    carry_out(&platform, &caller, &sight, command).await
}

/// Seals what is written about a meeting as a whole.
async fn sealer(platform: &Platform, meeting: &MeetingId) -> Result<TextSealer, Problem> {
    let ground = &platform.ground;
    let (owner, now) = (meeting_owner(meeting), ground.clock.now());
    TextSealer::load(&platform.vault, &ground.entropy, &owner, now)
        .await
        .map_err(unavailable)
}

/// The caller, by the own organisation's reference.
fn person(caller: &Caller) -> Result<PersonRef, Problem> {
    PersonRef::parse(caller.person_ref()).map_err(|_| not_allowed())
}

async fn carry_out(
    platform: &Platform,
    caller: &Caller,
    sight: &Sight,
    command: Command,
) -> Result<Response, Problem> {
    let work = Work::meeting(&sight.id, command);
    Ok(keep(platform, caller, work, false).await?.answered())
}
