//! What a table asks of organisations, and what they answer and do.

mod own;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Classified, Decision, Strength};
use ladder::{Command, CommitmentAnswer, InMandate, RequestCommitment, RequestId, event};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::caller::Caller;
use super::mandates::{self, BasisSeen, Given, StatedGiven};
use super::page::{List, Page};
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, body, parties, sight, wire, written};
use crate::views::{self, CommitmentRow};

pub(super) use own::{OwnCommitment, list_own};

/// What is asked of which organisation.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Asked {
    /// The organisation.
    of: Oin,
    /// What is asked.
    text: Text,
}

/// `POST /v1/cases/{id}/commitments`.
pub(super) async fn request(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let sight = sight::act(&platform, &caller, &name, Action::RequestCommitment, None).await?;
    let (asked, about) = body::told::<Asked>(request).await?;
    let mut wrong = Vec::new();
    parties::check_known(&platform, "/of", &asked.of, &mut wrong);
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let sealer = sight.sealer_about(&platform, &about).await?;
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::RequestCommitment(RequestCommitment {
        request: RequestId::parse(&id).map_err(|_| Problem::internal())?,
        of: parties::organisation(&asked.of)?,
        by: parties::organisation(&caller.oin)?,
        text: sealer.text(&asked.text).map_err(unavailable)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/commitments"))
}

/// `POST /v1/cases/{id}/commitments/{request}/answer`: the data of `commitment.made`, `.refused`
/// or `.fulfilled`, as `answer` says.
pub(super) async fn answer(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, asked)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    // Whose commitment it is decides who may answer; so it is looked up before anything is said.
    let found = sight::find(&platform, &caller, &name).await?;
    let rows = views::commitments(&platform.ground.db, found.id.as_str())
        .await
        .map_err(unavailable)?;
    let row = rows.into_iter().find(|row| row.request == asked);
    let of = row.as_ref().map(|row| row.organisation.as_str());
    // To make and to report are permitted to different roles; either is a part in the case.
    let answering = sight::act(&platform, &caller, &name, Action::AnswerCommitment, of).await;
    let sight = match answering {
        Ok(sight) => sight,
        Err(_) => sight::act(&platform, &caller, &name, Action::FulfilCommitment, of).await?,
    };
    if row.is_none() {
        return Err(Problem::not_found(
            "There is no such commitment in this case.",
        ));
    }
    let mut data = wire::object(request).await?;
    let event = match data.remove("answer").as_ref().map(Value::as_str) {
        Some(Some("made")) => ("commitment.made", Action::AnswerCommitment),
        Some(Some("refused")) => ("commitment.refused", Action::AnswerCommitment),
        Some(Some("fulfilled")) => ("commitment.fulfilled", Action::FulfilCommitment),
        Some(_) => {
            let reason = r#"is none of ["made","refused","fulfilled"]"#;
            return Err(Problem::bad_request(vec![InvalidParam::new(
                "/answer", reason,
            )]));
        }
        None => {
            let params = vec![InvalidParam::new("/answer", "is required")];
            return Err(Problem::bad_request(params));
        }
    };
    data.insert("request".to_owned(), asked.into());
    let named = match event.0 {
        "commitment.made" => named(&mut data)?,
        _ => Named::default(),
    };
    let about = (&sight.id, &sight.facts);
    let mut command = wire::command(&platform, &caller, about, event, data).await?;
    under(&platform, &caller, &sight, &named, &mut command).await?;
    Ok(written::carry_out(&platform, &caller, &sight.id, command)
        .await?
        .answered())
}

/// What the API asks of a commitment beside the event of the wire.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    /// Your mandate, by its id in your organisation's register. Absent: the one of yours there
    /// that is about the subject, if there is one.
    #[serde(default)]
    mandate_id: Option<String>,
    /// Your mandate, when your organisation's register holds none for you on the subject.
    #[serde(default)]
    stated_mandate: Option<StatedGiven>,
    /// The law or theme for which it is used; the theme of the case when absent.
    #[serde(default)]
    subject: Option<String>,
}

/// Takes out of the body what the wire does not have, and notes what both do.
fn named(data: &mut Map<String, Value>) -> Result<Named, Problem> {
    let mut own = Map::new();
    for name in ["mandateId", "statedMandate"] {
        own.extend(data.remove_entry(name));
    }
    own.extend(
        data.get_key_value("subject")
            .map(|(name, subject)| (name.clone(), subject.clone())),
    );
    proto::check(&Value::Object(own)).map_err(Problem::bad_request)
}

/// Puts the caller's mandate under a commitment, unless its words named one of the register.
async fn under(
    platform: &Platform,
    caller: &Caller,
    sight: &sight::Sight,
    named: &Named,
    command: &mut Command,
) -> Result<(), Problem> {
    let Command::AnswerCommitment(answer) = command else {
        return Ok(());
    };
    let CommitmentAnswer::Made {
        inside,
        amount_cents,
        ..
    } = &mut answer.answer
    else {
        return Ok(());
    };
    let role = match inside {
        InMandate::Registered(_) if named.mandate_id.is_none() => return Ok(()),
        InMandate::Registered(_) => String::new(),
        InMandate::Stated { mandate, .. } => mandate.role.clone(),
    };
    let sealer = sight.sealer(platform).await?;
    let given = Given {
        id: ("/mandateId", named.mandate_id.as_deref()),
        stated: named.stated_mandate.as_ref(),
        role: &role,
        subject: named.subject.as_deref().unwrap_or(&sight.row.theme),
        amount_cents: *amount_cents,
    };
    *inside = mandates::inside(platform, caller, &sealer, given).await?;
    Ok(())
}

/// A commitment that was asked for.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct CommitmentSeen {
    /// Its id.
    request: String,
    /// The organisation that was asked.
    of: String,
    /// `requested`, `made`, `refused` or `fulfilled`.
    status: String,
    /// How much of its texts is shown.
    shown: &'static str,
    /// What was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
    /// What the organisation will do.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The mandate under which it promises this.
    #[serde(skip_serializing_if = "Option::is_none")]
    mandate: Option<String>,
    /// That mandate's id in the organisation's register, when it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    mandate_id: Option<String>,
    /// Whether that mandate is registered or stated, and what was stated.
    #[serde(flatten)]
    basis: BasisSeen,
    /// How much it costs at most, in euro cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_cents: Option<i64>,
    /// The last day it will be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// Why it does not commit itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
}

/// `GET /v1/cases/{id}/commitments`.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<CommitmentSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listCommitments");
    let rows = views::commitments(&platform.ground.db, sight.id.as_str())
        .await
        .map_err(unavailable)?;
    let (rows, next_cursor) = page.cut(rows, |row| row.position)?;
    let course = reader.strength(Category::Process);
    let mut items = Vec::new();
    for row in rows {
        // Who was asked is the course of the case; of the own part everybody may know.
        if course == Strength::Full || row.organisation == caller.oin.as_str() {
            items.push(seen(&mut reader, &caller, row).await?);
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}

/// Part of the decision; an organisation's own commitment is its own part.
async fn seen(
    reader: &mut Reader<'_>,
    caller: &Caller,
    row: CommitmentRow,
) -> Result<CommitmentSeen, Problem> {
    let CommitmentRow {
        request,
        organisation,
        status,
        mut content,
        ..
    } = row;
    reader.about(Some(&organisation), []);
    let strength = reader.strength(Category::Decision);
    let shown = super::reveal::word(strength);
    let masked = strength >= Strength::Masked;
    let decision = Classified::<Decision, _>::new;
    let asked: event::CommitmentRequested =
        part(&mut content, "requested")?.ok_or_else(Problem::internal)?;
    let made: Option<event::CommitmentMade> = part(&mut content, "made")?;
    let refused: Option<event::CommitmentRefused> = part(&mut content, "refused")?;
    let fulfilled: Option<event::CommitmentFulfilled> = part(&mut content, "fulfilled")?;
    let (mandate_id, amount_cents) = made
        .as_ref()
        .filter(|_| masked)
        .map_or((None, None), |made| {
            (made.mandate_id.clone(), made.amount_cents)
        });
    let registered = mandate_id.is_some();
    let stated = made.as_ref().and_then(|made| made.stated.clone());
    let basis = BasisSeen::of(reader, caller, strength, registered, stated).await?;
    let (text, mandate, due) = made
        .map(|made| (made.text, made.mandate, made.due))
        .map_or((None, None, None), |(text, mandate, due)| {
            (Some(text), Some(mandate), Some(due.to_string()))
        });
    Ok(CommitmentSeen {
        request,
        of: organisation,
        status,
        shown,
        asked: reader.open(&decision(asked.text)).await?,
        text: reader.open_some(text.map(decision).as_ref()).await?,
        mandate: reader.open_some(mandate.map(decision).as_ref()).await?,
        mandate_id,
        basis,
        amount_cents,
        due,
        reason: reader
            .open_some(refused.map(|r| decision(r.reason)).as_ref())
            .await?,
        result: reader
            .open_some(fulfilled.map(|f| decision(f.result)).as_ref())
            .await?,
    })
}

/// One part of a view's content; absent when it did not happen.
fn part<T: serde::de::DeserializeOwned>(
    content: &mut Value,
    name: &str,
) -> Result<Option<T>, Problem> {
    match content.get_mut(name) {
        Some(part) => serde_json::from_value(part.take())
            .map(Some)
            .map_err(unavailable),
        None => Ok(None),
    }
}
