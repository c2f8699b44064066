//! What the people of a case agreed to, and took back.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, Category, Strength};
use ladder::catalogue::DataCategory;
use ladder::{Command, ConsentHow, ConsentId, GiveConsent, WithdrawConsent, event};
use proto::Oin;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::page::{List, Page};
use super::records::{content, records};
use super::reveal::Reader;
use super::{Platform, body, parties, sharing, sight, written};

/// How a consent was given.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum How {
    Written,
    Spoken,
    Digital,
}

/// What a person agreed to.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Consent {
    /// Whose consent it is, as the report or the platform names that person of the case.
    #[schemars(length(min = 1, max = 80))]
    person: String,
    /// What may be shared: columns of the matrix.
    #[schemars(schema_with = "sharing::categories")]
    categories: BTreeSet<DataCategory>,
    /// With whom.
    receivers: Vec<Oin>,
    /// The version of the text that the person agreed to.
    #[schemars(length(min = 1, max = 80))]
    version: String,
    /// How it was given.
    how: How,
}

/// `POST /v1/cases/{id}/consents`.
pub(super) async fn give(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let action = Action::RecordConsent;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let told: Consent = body::read(request).await?;
    let mut wrong = Vec::new();
    let mut receivers = BTreeSet::new();
    for (index, receiver) in told.receivers.iter().enumerate() {
        let field = format!("/receivers/{index}");
        parties::check_known(&platform, &field, receiver, &mut wrong);
        receivers.insert(parties::organisation(receiver)?);
    }
    if !wrong.is_empty() {
        return Err(Problem::bad_request(wrong));
    }
    let asked = (&caller, action);
    let person = sight.speaker(&platform, asked, &told.person).await?;
    let ground = &platform.ground;
    let consent = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let command = Command::GiveConsent(GiveConsent {
        consent: ConsentId::parse(&consent).map_err(|_| Problem::internal())?,
        person,
        categories: told.categories,
        receivers,
        version: told.version,
        how: match told.how {
            How::Written => ConsentHow::Written,
            How::Spoken => ConsentHow::Spoken,
            How::Digital => ConsentHow::Digital,
        },
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.created("/consents"))
}

/// `DELETE /v1/cases/{id}/consents/{consent}`: no body and no reason, for it needs no more than
/// giving (AVG 7(3)).
pub(super) async fn withdraw(
    State(platform): State<Platform>,
    caller: Caller,
    Path((name, consent)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let action = Action::RecordConsent;
    let sight = sight::act(&platform, &caller, &name, action, None).await?;
    let unknown = |_| Problem::not_found("This consent is not known in this case.");
    let command = Command::WithdrawConsent(WithdrawConsent {
        consent: ConsentId::parse(&consent).map_err(unknown)?,
    });
    let written = written::carry_out(&platform, &caller, &sight.id, command).await?;
    Ok(written.answered())
}

/// A consent.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConsentSeen {
    /// Its place in the log.
    position: i64,
    /// Its id.
    consent: String,
    /// When it was given.
    given_at: String,
    /// When it was taken back; it stands when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<String>,
    /// Whose consent it is, as a case names its persons.
    person: String,
    /// What may be shared.
    categories: Vec<&'static str>,
    /// With whom.
    receivers: Vec<String>,
    /// The version of the text that the person agreed to.
    version: String,
    /// How it was given.
    how: &'static str,
}

/// `GET /v1/cases/{id}/consents`: all of them to whoever sees the whole course, else those about
/// the caller's organisation.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    Path(name): Path<String>,
    page: Page,
) -> Result<Json<List<ConsentSeen>>, Problem> {
    let sight = sight::read(&platform, &caller, &name).await?;
    let mut reader = Reader::new(&platform, &caller, &sight.facts, "listConsents");
    let course = reader.strength(Category::Process);
    let own = parties::organisation(&caller.oin)?;
    let persons = sight.persons()?;
    reader.about(Some(&sight.row.raiser), []);
    let rows = records(&platform, sight.id.as_str(), "consents").await?;
    let mut withdrawn = BTreeMap::new();
    let mut given = Vec::new();
    for row in rows {
        match row.kind.as_str() {
            "consent.given" => given.push(row),
            _ => {
                let at = row.at.clone();
                let back: event::ConsentWithdrawn = content(row)?;
                withdrawn.insert(back.consent, at);
            }
        }
    }
    let (rows, next_cursor) = page.cut(given, |row| row.position)?;
    let mut items = Vec::new();
    for row in rows {
        let (position, given_at) = (row.position, row.at.clone());
        let consent: event::ConsentGiven = content(row)?;
        if course == Strength::Full || consent.receivers.contains(&own) {
            items.push(ConsentSeen {
                position,
                given_at,
                withdrawn_at: withdrawn.get(&consent.consent).cloned(),
                consent: consent.consent.to_string(),
                person: reader.called(&persons, &consent.person).await?,
                categories: consent.categories.iter().map(|it| it.as_str()).collect(),
                receivers: consent.receivers.iter().map(|it| it.to_string()).collect(),
                version: consent.version,
                how: consent.how.as_str(),
            });
        }
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: reader.why(),
    }))
}
