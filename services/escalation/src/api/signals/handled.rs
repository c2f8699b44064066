//! What is done with a signal: placed, answered, followed step by step, ended.

use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use ladder::ContactId;
use ladder::signal::{
    Answer, AnswerKind, Assign, BecomeCase, Close, Command, EraseTexts, RecordStep, Step,
};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::caller::Caller;
use super::super::erasures::TextsOrder;
use super::super::refusal::unavailable;
use super::super::written::keep;
use super::super::{Platform, body, parties, sight};
use super::{Sight, check_text, find, sealer};
use crate::execute::Work;
use crate::views;

/// Who gets a signal.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Assigned {
    /// The organisation that can act.
    to: Oin,
    /// The person there, by the key in its register; found there when absent.
    #[serde(default)]
    contact: Option<String>,
}

/// How a signal is answered.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum AnswerNamed {
    WillChange,
    WillNotChange,
    AlreadyPossible,
    NeedsOtherOwner,
}

/// The owner's answer.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct AnswerGiven {
    /// What it is.
    answer: AnswerNamed,
    /// Why, and what the raiser may expect.
    text: Text,
}

/// A step of the reversed policy cycle.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum StepNamed {
    EffectNamed,
    TriedInPractice,
    LaidDown,
    Checked,
}

/// A step towards the change that was promised.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct StepTaken {
    /// Which.
    step: StepNamed,
    /// What was done.
    #[serde(default)]
    text: Option<Text>,
}

/// The case that takes over.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Became {
    /// Its id, or the own pseudonym.
    case: String,
}

/// The end of a signal.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Ended {
    /// What came of it, for the raiser and for all whose cases it counts.
    result: Text,
}

/// `POST /v1/signals/{id}/assignment`.
pub(in crate::api) async fn assign(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let signal = find(&platform, &caller, &id, Action::AssignSignal).await?;
    let Assigned { to, contact } = body::read(request).await?;
    let mut wrong = Vec::new();
    parties::check_known(&platform, "/to", &to, &mut wrong);
    let contact = match contact {
        Some(named) => {
            let row = views::find_contact(&platform.ground.db, to.as_str(), &named)
                .await
                .map_err(unavailable)?;
            if row.is_none() {
                let reason = "is not in the register of that organisation";
                wrong.push(InvalidParam::new("/contact", reason));
            }
            ContactId::parse(&named).ok()
        }
        None => somebody(&platform, &to, &signal).await?,
    };
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let to = parties::organisation(&to)?;
    let command = Command::Assign(Assign { to, contact });
    carry_out(&platform, &caller, &signal, command).await
}

/// The person in the register for the signal's theme and region today.
async fn somebody(
    platform: &Platform,
    to: &Oin,
    signal: &Sight,
) -> Result<Option<ContactId>, Problem> {
    let ground = &platform.ground;
    let register = views::whole_register(&ground.db, to.as_str())
        .await
        .map_err(unavailable)?;
    let today = ground.rules.calendar.date_of(ground.clock.now());
    let region = signal.row.region.as_deref();
    let found = register.find(None, Some(&signal.row.theme), region, None, today);
    Ok(found.map(|found| found.contact))
}

/// `POST /v1/signals/{id}/answer`.
pub(in crate::api) async fn answer(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let signal = find(&platform, &caller, &id, Action::AnswerSignal).await?;
    let AnswerGiven { answer, text } = body::read(request).await?;
    check_text("/text", Some(&text))?;
    let sealer = sealer(&platform, &signal.id).await?;
    let command = Command::Answer(Answer {
        by: parties::organisation(&caller.oin)?,
        answer: match answer {
            AnswerNamed::WillChange => AnswerKind::WillChange,
            AnswerNamed::WillNotChange => AnswerKind::WillNotChange,
            AnswerNamed::AlreadyPossible => AnswerKind::AlreadyPossible,
            AnswerNamed::NeedsOtherOwner => AnswerKind::NeedsOtherOwner,
        },
        text: sealer.text(&text).map_err(unavailable)?,
    });
    carry_out(&platform, &caller, &signal, command).await
}

/// `POST /v1/signals/{id}/steps`.
pub(in crate::api) async fn step(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let signal = find(&platform, &caller, &id, Action::AnswerSignal).await?;
    let StepTaken { step, text } = body::read(request).await?;
    check_text("/text", text.as_ref())?;
    let sealer = sealer(&platform, &signal.id).await?;
    let text = text.as_ref().map(|text| sealer.text(text)).transpose();
    let command = Command::RecordStep(RecordStep {
        by: parties::organisation(&caller.oin)?,
        step: match step {
            StepNamed::EffectNamed => Step::EffectNamed,
            StepNamed::TriedInPractice => Step::TriedInPractice,
            StepNamed::LaidDown => Step::LaidDown,
            StepNamed::Checked => Step::Checked,
        },
        text: text.map_err(unavailable)?,
    });
    carry_out(&platform, &caller, &signal, command).await
}

/// `POST /v1/signals/{id}/case`: it turns out to be about one household.
pub(in crate::api) async fn become_case(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let signal = find(&platform, &caller, &id, Action::RaiseSignal).await?;
    let Became { case } = body::read(request).await?;
    let case = sight::read(&platform, &caller, &case).await?.id;
    let command = Command::BecomeCase(BecomeCase { case });
    carry_out(&platform, &caller, &signal, command).await
}

/// `POST /v1/signals/{id}/closure`.
pub(in crate::api) async fn close(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let signal = find(&platform, &caller, &id, Action::AnswerSignal).await?;
    let Ended { result } = body::read(request).await?;
    check_text("/result", Some(&result))?;
    let sealer = sealer(&platform, &signal.id).await?;
    let result = sealer.text(&result).map_err(unavailable)?;
    let command = Command::Close(Close { result });
    carry_out(&platform, &caller, &signal, command).await
}

/// `POST /v1/signals/{id}/erasures`: what was written of it, by the privacy officer of its raiser or
/// its owner. That it was there, and how it ran, stays.
pub(in crate::api) async fn erase(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let signal = find(&platform, &caller, &id, Action::EraseTexts).await?;
    let order: TextsOrder = body::read(request).await?;
    let command = Command::EraseTexts(EraseTexts {
        by: Some(parties::organisation(&caller.oin)?),
        ground: order.ground(),
    });
    carry_out(&platform, &caller, &signal, command).await
}

async fn carry_out(
    platform: &Platform,
    caller: &Caller,
    signal: &Sight,
    command: Command,
) -> Result<Response, Problem> {
    let work = Work::signal(&signal.id, command);
    Ok(keep(platform, caller, work, false).await?.answered())
}
