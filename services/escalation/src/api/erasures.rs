//! Erasing personal data of a case, the certificate of it, redacting before it, and holding it up.

mod certificate;
mod seen;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::Action;
use jiff::Timestamp;
use ladder::{
    Command, Decider, ErasureGround, ErasureId, ErasureScope, HoldId, LiftHold, OrderErasure,
    PlaceHold, RecordRedaction,
};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

pub(super) use certificate::{Certificate, certificate};
pub(super) use seen::{ErasureSeen, line, list};

use super::caller::Caller;
use super::refusal::unavailable;
use super::written::not_allowed;
use super::{Platform, body, parties, sight, written};
use crate::history;
use crate::seal::{case_owner, subjects_left};

/// Why personal data is erased.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Ground {
    /// The person concerned asks (AVG art. 17).
    Request,
    /// It should not have been kept.
    Unlawful,
}

impl From<Ground> for ErasureGround {
    fn from(ground: Ground) -> Self {
        match ground {
            Ground::Request => Self::Request,
            Ground::Unlawful => Self::Unlawful,
        }
    }
}

/// Why what is written of a signal or a meeting is erased.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct TextsOrder {
    /// Why.
    ground: Ground,
}

impl TextsOrder {
    /// Why.
    pub(super) fn ground(&self) -> ErasureGround {
        self.ground.into()
    }
}

/// What is to be erased.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Order {
    /// One person, as the report or the platform names that person; the whole case when absent.
    #[serde(default)]
    person: Option<String>,
    /// Why.
    ground: Ground,
}

/// `POST /v1/cases/{id}/erasures`: by the privacy officer of the owner's organisation. One person
/// at any time; the whole case once it has ended.
pub(super) async fn order(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::OrderErasure, None).await?;
    let order: Order = body::read(request).await?;
    let command = Command::OrderErasure(OrderErasure {
        erasure: ErasureId::parse(&fresh_id(&platform)).map_err(|_| Problem::internal())?,
        scope: match order.person {
            Some(person) => ErasureScope::Person {
                person: sight.person(&platform, person).await?,
            },
            None => ErasureScope::Case,
        },
        ground: order.ground.into(),
        by: Some(parties::organisation(&caller.oin)?),
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/erasures"))
}

/// A hold.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Hold {
    /// Why nothing may be erased: a complaint, proceedings, an inquiry.
    reason: Text,
    /// Until when.
    until: Timestamp,
}

/// `POST /v1/cases/{id}/holds`: nothing of the case is erased until then.
pub(super) async fn hold(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::PlaceHold, None).await?;
    let (hold, about) = body::told::<Hold>(request).await?;
    let sealer = sight.sealer_about(&platform, &about).await?;
    let command = Command::PlaceHold(PlaceHold {
        hold: HoldId::parse(&fresh_id(&platform)).map_err(|_| Problem::internal())?,
        by: parties::organisation(&caller.oin)?,
        reason: sealer.text(&hold.reason).map_err(unavailable)?,
        until: hold.until,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/erasures"))
}

/// `DELETE /v1/cases/{id}/holds/{hold}`: it ends before its time.
pub(super) async fn lift(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, hold)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::PlaceHold, None).await?;
    let command = Command::LiftHold(LiftHold {
        hold: HoldId::parse(&hold).map_err(|_| Problem::not_found("There is no such hold."))?,
        by: parties::organisation(&caller.oin)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.answered())
}

/// How one text reads without some people.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Redaction {
    /// The event that holds the text, by the id that its writer was given.
    event: Uuid,
    /// Where in that event, as a JSON pointer: `/story`, `/summary`.
    field: String,
    /// Whom it leaves out, as the report or the platform names them.
    without: Vec<String>,
    /// How it reads then.
    text: Text,
}

/// `POST /v1/cases/{id}/redactions`: by the owner, before somebody is erased: the text is then not
/// deleted, but reads so.
pub(super) async fn redact(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::Redact, None).await?;
    let gate = &platform.ground.gate;
    gate.may(&caller.actor, Action::Redact, &sight.facts)
        .map_err(|_| not_allowed())?;
    let redaction: Redaction = body::read(request).await?;
    let mut without = Vec::new();
    for person in redaction.without {
        without.push(sight.person(&platform, person).await?);
    }
    let (stream, case) = history::of_case(&platform.ground.db, &sight.id)
        .await
        .map_err(unavailable)?;
    let sealed = stream
        .iter()
        .find(|stored| stored.id == redaction.event)
        .and_then(|stored| stored.data.pointer(&redaction.field))
        .and_then(serde_json::Value::as_str)
        .and_then(|text| journal::vault::Sealed::parse(text).ok());
    let Some(sealed) = sealed else {
        let reason = "there is no text in this place of this event";
        return Err(Problem::bad_request(vec![InvalidParam::new(
            "/field", reason,
        )]));
    };
    let persons = case.file().map(|file| file.kept.persons.clone());
    let left = subjects_left(&sight.id, &persons.unwrap_or_default(), &without);
    let command = Command::RecordRedaction(RecordRedaction {
        event: redaction.event.to_string(),
        field: redaction.field,
        without,
        by: parties::organisation(&caller.oin)?,
    });
    let ground = &platform.ground;
    // What the rules would refuse leaves nothing in the vault.
    if let Err(refusal) = ground
        .rules
        .decide(&case, command.clone(), ground.clock.now())
    {
        return Err(super::refusal::refused(
            refusal.code(),
            &refusal.to_string(),
        ));
    }
    let scope = case_owner(&sight.id);
    let fresh = (ground.entropy.bytes(), ground.entropy.bytes());
    let redacted = platform
        .vault
        .redact(
            (&scope, &sealed),
            &redaction.text,
            &left,
            ground.clock.now(),
            fresh,
        )
        .await
        .map_err(unavailable)?;
    if !redacted {
        let sentence = "this text was erased";
        return Err(super::refusal::refused("nothing_to_erase", sentence));
    }
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/erasures"))
}

fn fresh_id(platform: &Platform) -> String {
    let ground = &platform.ground;
    ground.entropy.uuid_v7(ground.clock.now()).to_string()
}
