//! What is said at the table about one case. Texts about a case are sealed under the case, so that
//! forgetting the case forgets them. An obstacle goes on as a signal, so it stands under the meeting;
//! it names nobody by rule, and goes with the case and its people all the same.

use std::collections::BTreeSet;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use jiff::civil::Date;
use ladder::meeting::{
    Adjourn, Answer, AnswerRequest, Command, NoObstacle, RecordCollision, RecordDecision,
    RecordObstacle, RequestCommitment,
};
use ladder::{CaseId, Mandate, RequestId};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::advice::check_free;
use super::super::body::About;
use super::super::caller::Caller;
use super::super::decisions::{GroundNamed, RoomUsed};
use super::super::mandates::today;
use super::super::refusal::unavailable;
use super::super::sight::sealer as sealer_of_case;
use super::super::signals::ArtefactNamed;
use super::super::written::keep;
use super::super::{Platform, body, parties};
use super::found::{Sight, find};
use super::{carry_out, person};
use crate::execute::Work;
use crate::seal::{CaseSealer, TextSealer, meeting_owner};
use crate::views;

/// What collides in a case.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Collision {
    /// In words.
    text: Text,
}

/// What is asked of an organisation at the table.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct RequestMade {
    /// The organisation.
    of: Oin,
    /// The law or theme; the mandate of whoever answers must cover it.
    law_or_theme: String,
    /// What is asked.
    text: Text,
}

/// Whether it is promised.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Promise {
    Made,
    Refused,
}

/// The answer to such a request, for the caller's own organisation.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct AnswerGiven {
    /// What it is.
    answer: Promise,
    /// What the organisation will do, or why it will not.
    text: Text,
    /// The caller's mandate, by its id in the own register; when it is promised.
    #[serde(default)]
    mandate: Option<String>,
    /// The last day it will be done; when it is promised.
    #[serde(default)]
    due: Option<Date>,
    /// What it will cost at most, in euro cents; when it costs money.
    #[serde(default)]
    amount_cents: Option<i64>,
}

/// The decision on a case.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Decided {
    /// The organisation in whose name; the table's own when absent.
    #[serde(default)]
    by: Option<Oin>,
    /// What is decided.
    text: Text,
    /// The room that it uses.
    room: RoomUsed,
    /// What it is for; cost alone is no ground.
    grounds: BTreeSet<GroundNamed>,
}

/// Why a case is left undecided.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Adjourned {
    /// In words.
    reason: Text,
}

/// What in the system would make the next case stick: all three fields, or `none`.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Found {
    /// There is nothing.
    #[serde(default)]
    none: bool,
    /// What it is, without personal data.
    #[serde(default)]
    text: Option<Text>,
    /// What would have to change.
    #[serde(default)]
    target: Option<ArtefactNamed>,
    /// The organisation that can take it away; it gets a signal.
    #[serde(default)]
    owner: Option<Oin>,
}

/// A case of an agenda.
struct AtTable {
    sight: Sight,
    case: CaseId,
}

impl AtTable {
    /// Seals what is said there of these persons of the case.
    async fn sealer(&self, platform: &Platform, about: &About) -> Result<CaseSealer, Problem> {
        sealer_of_case(platform, &self.case, &[], about).await
    }
}

async fn at_table(
    platform: &Platform,
    caller: &Caller,
    (meeting, case): (&str, &str),
    action: Action,
) -> Result<AtTable, Problem> {
    let sight = find(platform, caller, meeting, action).await?;
    let case = sight.case(platform, caller, case).await?;
    Ok(AtTable { sight, case })
}

/// `POST /v1/meetings/{id}/cases/{case}/collision`.
pub(in crate::api) async fn collision(
    State(platform): State<Platform>,
    caller: Caller,
    Path((id, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let at = at_table(&platform, &caller, (&id, &case), Action::HoldMeeting).await?;
    let (Collision { text }, about) = body::told(request).await?;
    let sealer = at.sealer(&platform, &about).await?;
    let command = Command::RecordCollision(RecordCollision {
        case: at.case,
        collision: sealer.text(&text).map_err(unavailable)?,
    });
    carry_out(&platform, &caller, &at.sight, command).await
}

/// `POST /v1/meetings/{id}/cases/{case}/requests`.
pub(in crate::api) async fn request(
    State(platform): State<Platform>,
    caller: Caller,
    Path((id, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let at = at_table(&platform, &caller, (&id, &case), Action::HoldMeeting).await?;
    let (made, about) = body::told::<RequestMade>(request).await?;
    let sealer = at.sealer(&platform, &about).await?;
    let of = parties::known(&platform, "/of", &made.of)?;
    let ground = &platform.ground;
    let request = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::RequestCommitment(RequestCommitment {
        case: at.case,
        request: RequestId::parse(&request).map_err(unavailable)?,
        of,
        law_or_theme: made.law_or_theme,
        text: sealer.text(&made.text).map_err(unavailable)?,
    });
    let work = Work::meeting(&at.sight.id, command);
    let kept = keep(&platform, &caller, work, false).await?;
    Ok(kept.created("meetings"))
}

/// `POST /v1/meetings/{id}/requests/{request}/answer`.
pub(in crate::api) async fn answer(
    State(platform): State<Platform>,
    caller: Caller,
    Path((id, request)): Path<(String, String)>,
    body: Request,
) -> Result<Response, Problem> {
    let sight = find(&platform, &caller, &id, Action::AnswerAtTable).await?;
    let no_such = || Problem::not_found("There is no such request at this meeting.");
    let case = case_of(&sight, &request).ok_or_else(no_such)?;
    let request = RequestId::parse(&request).map_err(|_| no_such())?;
    let (given, about) = body::told::<AnswerGiven>(body).await?;
    let sealer = sealer_of_case(&platform, &case, &[], &about).await?;
    let text = sealer.text(&given.text).map_err(unavailable)?;
    let answer = match given.answer {
        Promise::Refused => Answer::Refused { reason: text },
        Promise::Made => {
            let mandate = mandate(&platform, &caller, given.mandate.as_deref()).await;
            let due = given.due.ok_or(InvalidParam::new("/due", "is required"));
            match (mandate?, due) {
                (Ok(mandate), Ok(due)) => Answer::Made {
                    text,
                    mandate: Box::new(mandate),
                    due,
                    amount_cents: given.amount_cents,
                },
                (mandate, due) => {
                    let wrong = [mandate.err(), due.err()].into_iter().flatten();
                    return Err(Problem::bad_request(wrong.collect()));
                }
            }
        }
    };
    let command = Command::AnswerRequest(AnswerRequest {
        case,
        request,
        by: parties::organisation(&caller.oin)?,
        person: person(&caller)?,
        answer,
    });
    carry_out(&platform, &caller, &sight, command).await
}

/// The case in which a request was made at an open meeting.
fn case_of(sight: &Sight, request: &str) -> Option<CaseId> {
    let cases = sight.row.content["cases"].as_object()?;
    let (case, _) = cases
        .iter()
        .find(|(_, said)| said["requests"].get(request).is_some())?;
    CaseId::parse(case).ok()
}

/// The mandate of that id in the register of the caller's organisation. Whose it is and how far it
/// goes, the rules check.
async fn mandate(
    platform: &Platform,
    caller: &Caller,
    id: Option<&str>,
) -> Result<Result<Mandate, InvalidParam>, Problem> {
    let Some(id) = id else {
        return Ok(Err(InvalidParam::new("/mandate", "is required")));
    };
    let organisation = parties::organisation(&caller.oin)?;
    let register = views::whole_register(&platform.ground.db, organisation.as_str())
        .await
        .map_err(unavailable)?;
    let (person, today) = (person(caller)?, today(platform));
    let held = register.mandate(&organisation, id, Some(&person), today);
    Ok(held.ok_or_else(|| {
        let reason = "is not in the register of your organisation";
        InvalidParam::new("/mandate", reason)
    }))
}

/// `POST /v1/meetings/{id}/cases/{case}/decision`.
pub(in crate::api) async fn decide(
    State(platform): State<Platform>,
    caller: Caller,
    Path((id, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let at = at_table(&platform, &caller, (&id, &case), Action::HoldMeeting).await?;
    let (decided, about) = body::told::<Decided>(request).await?;
    let sealer = at.sealer(&platform, &about).await?;
    let by = match &decided.by {
        Some(oin) => parties::known(&platform, "/by", oin)?,
        None => at.sight.body.clone(),
    };
    let command = Command::RecordDecision(RecordDecision {
        case: at.case,
        by,
        text: sealer.text(&decided.text).map_err(unavailable)?,
        room: decided.room.into(),
        grounds: decided.grounds.into_iter().map(Into::into).collect(),
    });
    carry_out(&platform, &caller, &at.sight, command).await
}

/// `POST /v1/meetings/{id}/cases/{case}/adjournment`.
pub(in crate::api) async fn adjourn(
    State(platform): State<Platform>,
    caller: Caller,
    Path((id, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let at = at_table(&platform, &caller, (&id, &case), Action::HoldMeeting).await?;
    let (Adjourned { reason }, about) = body::told(request).await?;
    let sealer = at.sealer(&platform, &about).await?;
    let command = Command::Adjourn(Adjourn {
        case: at.case,
        reason: sealer.text(&reason).map_err(unavailable)?,
    });
    carry_out(&platform, &caller, &at.sight, command).await
}

/// `POST /v1/meetings/{id}/cases/{case}/obstacle`.
pub(in crate::api) async fn obstacle(
    State(platform): State<Platform>,
    caller: Caller,
    Path((id, case)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let at = at_table(&platform, &caller, (&id, &case), Action::HoldMeeting).await?;
    let found: Found = body::read(request).await?;
    let case = at.case;
    let command = if found.none {
        Command::NoObstacle(NoObstacle { case })
    } else {
        let (text, target, owner) = complete(&platform, found)?;
        let ground = &platform.ground;
        let (under, now) = (meeting_owner(&at.sight.id), ground.clock.now());
        let sealer = TextSealer::of_cases(&platform.vault, &ground.entropy, &under, [&case], now);
        let sealer = sealer.map_err(unavailable)?;
        Command::RecordObstacle(RecordObstacle {
            case,
            text: sealer.text(&text).map_err(unavailable)?,
            target: target.into(),
            owner: parties::organisation(&owner)?,
        })
    };
    carry_out(&platform, &caller, &at.sight, command).await
}

/// An obstacle with all that belongs to it, naming nobody: it goes to an organisation that has no
/// part in the case.
fn complete(platform: &Platform, found: Found) -> Result<(Text, ArtefactNamed, Oin), Problem> {
    let mut wrong = Vec::new();
    for (field, there) in [
        ("/text", found.text.is_some()),
        ("/target", found.target.is_some()),
        ("/owner", found.owner.is_some()),
    ] {
        if !there {
            wrong.push(InvalidParam::new(field, "is required"));
        }
    }
    if let Some(text) = &found.text {
        check_free("/text", text, &mut wrong);
    }
    if let Some(owner) = &found.owner {
        parties::check_known(platform, "/owner", owner, &mut wrong);
    }
    match (found.text, found.target, found.owner) {
        (Some(text), Some(target), Some(owner)) if wrong.is_empty() => Ok((text, target, owner)),
        _ => Err(Problem::bad_request(wrong)),
    }
}
