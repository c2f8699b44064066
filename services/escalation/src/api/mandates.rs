//! The mandate in whose name somebody acts: one of the own organisation's register, or one that it
//! states when the register holds none.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use chassis::problem::Problem;
use gate::{Classified, Decision, Strength};
use jiff::civil::Date;
use ladder::register::Register;
use ladder::{InMandate, PersonRef, StatedMandate, UsedMandate};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::caller::Caller;
use super::refusal::unavailable;
use super::reveal::Reader;
use super::{Platform, parties};
use crate::seal::CaseSealer;
use crate::views;

/// A mandate that does not stand in the register of your organisation.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatedGiven {
    /// The laws or themes that it covers.
    #[schemars(length(min = 1))]
    scope: BTreeSet<String>,
    /// The most that it allows, in euro cents; without a limit when absent.
    #[serde(default)]
    amount_cents: Option<i64>,
    /// The last day on which it holds.
    until: Date,
    /// What it rests on.
    #[serde(default)]
    text: Option<Text>,
}

/// What a caller says of the mandate in which they promise or decide.
pub(super) struct Given<'a> {
    /// One of the register, by its id, and the field that says so.
    pub(super) id: (&'static str, Option<&'a str>),
    /// One that is stated.
    pub(super) stated: Option<&'a StatedGiven>,
    /// The role in which the caller acts.
    pub(super) role: &'a str,
    /// The law or theme that it is used for.
    pub(super) subject: &'a str,
    /// What is promised, in euro cents, when it costs money.
    pub(super) amount_cents: Option<i64>,
}

/// The mandate in which the caller acts: the one they name; else, of their own in the register,
/// the one that is about the subject; else what they state; and at the least that their
/// organisation lets them act in this role.
///
/// # Errors
/// 400 `unknown-mandate` as [`used`], or when two are given; 409 `mandate-registered` when one is
/// stated although the register holds one; 503 when the database does not answer.
pub(super) async fn inside(
    platform: &Platform,
    caller: &Caller,
    sealer: &CaseSealer,
    given: Given<'_>,
) -> Result<InMandate, Problem> {
    match given.id {
        (field, Some(_)) if given.stated.is_some() => {
            let both = InvalidParam::new(field, "is given beside a stated mandate");
            return Err(Problem::bad_request(vec![both]));
        }
        (_, Some(id)) => {
            let used = used(platform, caller, id, given.subject).await?;
            return Ok(InMandate::Registered(Box::new(used)));
        }
        (_, None) => {}
    }
    let organisation = parties::organisation(&caller.oin)?;
    let person = PersonRef::parse(caller.person_ref()).ok();
    let today = today(platform);
    if let Some(person) = &person {
        let register = register(platform, caller).await?;
        let amount = given.amount_cents;
        let own = register.standing(&organisation, person, given.subject, amount, today);
        match (own, given.stated) {
            (Some(own), Some(_)) => return Err(registered(&own.id)),
            (Some(mandate), None) => {
                return Ok(InMandate::Registered(Box::new(UsedMandate {
                    person: person.clone(),
                    mandate,
                    subject: given.subject.to_owned(),
                })));
            }
            (None, _) => {}
        }
    }
    let mut mandate = StatedMandate::of(organisation, given.role, person);
    if let Some(stated) = given.stated {
        let text = stated.text.as_ref().map(|text| sealer.text(text));
        mandate.text = text.transpose().map_err(unavailable)?;
        mandate.scope = stated.scope.clone();
        mandate.amount_cents = stated.amount_cents;
        mandate.until = Some(stated.until);
    }
    Ok(InMandate::Stated {
        mandate: Box::new(mandate),
        subject: given.subject.to_owned(),
    })
}

/// The caller's mandate of that id, used for this law or theme: their own, or that of somebody
/// away whose deputy they are. Whether it goes so far is for the rules to say.
///
/// # Errors
/// 400 `unknown-mandate` when the register of the caller's organisation has no such mandate for
/// this person; 503 when the database does not answer.
pub(super) async fn used(
    platform: &Platform,
    caller: &Caller,
    id: &str,
    subject: &str,
) -> Result<UsedMandate, Problem> {
    let person = PersonRef::parse(caller.person_ref()).map_err(|_| unknown(id))?;
    let organisation = parties::organisation(&caller.oin)?;
    let register = register(platform, caller).await?;
    let mandate = register
        .mandate(&organisation, id, Some(&person), today(platform))
        .filter(|mandate| mandate.holder == person)
        .ok_or_else(|| unknown(id))?;
    Ok(UsedMandate {
        person,
        mandate,
        subject: subject.to_owned(),
    })
}

/// The day on which a mandate is used.
pub(super) fn today(platform: &Platform) -> Date {
    let ground = &platform.ground;
    ground.rules.calendar.date_of(ground.clock.now())
}

async fn register(platform: &Platform, caller: &Caller) -> Result<Register, Problem> {
    views::whole_register(&platform.ground.db, caller.oin.as_str())
        .await
        .map_err(unavailable)
}

fn unknown(id: &str) -> Problem {
    let title = "This mandate is not in your organisation's register";
    Problem::new(StatusCode::BAD_REQUEST, "unknown-mandate", title).with_detail(format!(
        "The register of your organisation has no mandate '{id}' for you."
    ))
}

fn registered(id: &str) -> Problem {
    let title = "Your mandate is in your organisation's register";
    Problem::new(StatusCode::CONFLICT, "mandate-registered", title).with_detail(format!(
        "The register holds mandate '{id}' for you on this law or theme; name it instead of stating one."
    ))
}

/// In which mandate a commitment was made or a decision taken.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BasisSeen {
    /// `registered`: it stands in the organisation's register, which it was checked against;
    /// `stated`: the organisation said so, and its register did not hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    mandate_basis: Option<&'static str>,
    /// What the organisation stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    stated_mandate: Option<StatedSeen>,
}

/// A mandate as an organisation stated it. Masked it stands without its words.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatedSeen {
    /// On whose word: the OIN.
    organisation: String,
    /// The role in which it was used.
    role: String,
    /// Who used it; only for their own organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// The laws or themes that it covers, as far as that was stated.
    scope: BTreeSet<String>,
    /// The most that it allows, in euro cents, when that was stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_cents: Option<i64>,
    /// The last day on which it holds, when that was stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl BasisSeen {
    /// What is on record of a mandate: its id in the register, or what was stated; nothing of
    /// what was recorded before mandates were, and nothing below masked.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn of(
        reader: &mut Reader<'_>,
        caller: &Caller,
        strength: Strength,
        registered: bool,
        stated: Option<StatedMandate>,
    ) -> Result<Self, Problem> {
        let stated = stated.filter(|_| strength >= Strength::Masked);
        let mandate_basis = match (registered, &stated) {
            _ if strength < Strength::Masked => None,
            (true, _) => Some("registered"),
            (false, Some(_)) => Some("stated"),
            (false, None) => None,
        };
        let stated_mandate = match stated {
            None => None,
            Some(stated) => {
                let own = caller.works_for(stated.organisation.as_str());
                let text = stated.text.map(Classified::<Decision, _>::new);
                Some(StatedSeen {
                    organisation: stated.organisation.to_string(),
                    role: stated.role,
                    person: stated
                        .person
                        .filter(|_| own)
                        .map(|person| person.to_string()),
                    scope: stated.scope,
                    amount_cents: stated.amount_cents,
                    until: stated.until.map(|until| until.to_string()),
                    text: reader.open_some(text.as_ref()).await?,
                })
            }
        };
        Ok(Self {
            mandate_basis,
            stated_mandate,
        })
    }
}
