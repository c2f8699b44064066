//! Two doors, one decision: what an organisation's service could have sent over the wire, told by
//! a person through the API. The same data, the same decoder, the same translation.

use axum::extract::Request;
use chassis::body;
use chassis::problem::Problem;
use gate::{Action, CaseFacts};
use ladder::{CaseId, Command, EscalationId};
use proto::{DecodeError, FromParty, InvalidParam};
use serde_json::{Map, Value, json};

use super::body::About;
use super::caller::Caller;
use super::refusal::unavailable;
use super::written::{Written, carry_out, not_allowed};
use super::{Platform, sight};
use crate::translate::{Context, TranslateError, persons_told, translate};
use crate::{addressee, mandate};

/// A JSON object from the body; its schema is checked where it is decoded.
///
/// # Errors
/// 415, 413 or 400.
pub(super) async fn object(request: Request) -> Result<Map<String, Value>, Problem> {
    match body::json(request).await? {
        Value::Object(object) => Ok(object),
        _ => Err(Problem::bad_request(vec![InvalidParam::new(
            "",
            "is not of type object",
        )])),
    }
}

/// Decodes the data of an event and carries it out in the caller's name. `facts` are those of the
/// case, to find the role in which the caller acts.
///
/// # Errors
/// 400 with everything that does not fit the event's schema, or as
/// [`carry_out`](super::written::carry_out).
pub(super) async fn tell(
    platform: &Platform,
    caller: &Caller,
    about: (&CaseId, &CaseFacts),
    event: (&str, Action),
    data: Map<String, Value>,
) -> Result<Written, Problem> {
    let command = command(platform, caller, about, event, data).await?;
    carry_out(platform, caller, about.0, command).await
}

/// The command that the data of an event asks for in the caller's name.
///
/// # Errors
/// As [`tell`], but for what only carrying it out can refuse.
pub(super) async fn command(
    platform: &Platform,
    caller: &Caller,
    (case, facts): (&CaseId, &CaseFacts),
    (event, action): (&str, Action),
    mut data: Map<String, Value>,
) -> Result<Command, Problem> {
    let role = caller
        .acting_role(platform, action, facts)
        .ok_or_else(not_allowed)?;
    let persons = About::take(&mut data)?;
    let acted_by = json!({ "role": role, "personRef": caller.person_ref() });
    data.insert("actedBy".to_owned(), acted_by);
    let version = FromParty::EVENTS.iter().find(|(name, _)| *name == event);
    let version = version.map_or(1, |(_, version)| *version);
    let told = FromParty::decode(event, version, &Value::Object(data)).map_err(unfit)?;

    let ground = &platform.ground;
    let now = ground.clock.now();
    let words = persons_told(&told);
    let sealer = sight::sealer(platform, case, &words, &persons).await?;
    let escalation = EscalationId::parse(&ground.entropy.uuid_v7(now).to_string())
        .map_err(|_| Problem::internal())?;
    let context = Context {
        case: case.clone(),
        sender: &caller.oin,
        parties: &platform.parties,
        sealer: &sealer,
        escalation,
        addressee: addressee::of(ground, &platform.parties, case, &told)
            .await
            .map_err(unavailable)?,
        mandate: mandate::named(ground, case, &caller.oin, &told)
            .await
            .map_err(unavailable)?,
    };
    translate(&told, &context).map_err(untranslatable)
}

fn unfit(error: DecodeError) -> Problem {
    match error {
        DecodeError::Invalid(params) => Problem::bad_request(params),
        DecodeError::UnknownType | DecodeError::UnsupportedVersion { .. } => Problem::internal(),
    }
}

fn untranslatable(error: TranslateError) -> Problem {
    let field = match &error {
        TranslateError::UnknownReceiver(_) => "/to",
        TranslateError::NoSingleReceiver(_) => "/law",
        TranslateError::Identifier(_) => "/toRung",
        TranslateError::PersonalData => "/answer",
        TranslateError::MandateRequired | TranslateError::OutsideMandate(_) => "/mandate",
        TranslateError::Vault(_) => return unavailable(error),
        TranslateError::NoCase => return Problem::internal(),
    };
    Problem::bad_request(vec![InvalidParam::new(field, error.to_string())])
}
