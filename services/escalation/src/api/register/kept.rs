//! Keeping the own organisation's register.

use std::collections::BTreeSet;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, RegisterFacts};
use jiff::civil::Date;
use ladder::register::{Command, ContactEntry, MandateEntry};
use ladder::{ContactId, PersonRef, RungId, Sealed, Tier};
use proto::{InvalidParam, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::written::{Kept, keep, not_allowed};
use super::super::{Platform, body, parties};
use crate::execute::Work;
use crate::seal::{TextSealer, contact_owner};

/// A tier of government.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum TierNamed {
    Local,
    Regional,
    National,
}

/// What somebody may decide.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct MandateKept {
    /// The organisation's own key, unique in its register.
    #[schemars(length(min = 1, max = 80))]
    id: String,
    /// Laws or themes; all of the organisation's when empty.
    #[serde(default)]
    scope: BTreeSet<String>,
    /// The most that one decision may cost, in euro cents; without a limit when absent.
    #[serde(default)]
    amount_cents: Option<i64>,
    /// The last day on which it holds; without an end when absent.
    #[serde(default)]
    until: Option<Date>,
}

/// All that an entry says.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct ContactKept {
    /// The person, by the organisation's own opaque reference (the token's subject).
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{1,80}$"))]
    person: String,
    /// The function, in the organisation's own words.
    function: Text,
    /// The tier at which this person works.
    tier: TierNamed,
    /// The rung; any rung when absent.
    #[serde(default)]
    rung: Option<String>,
    /// Laws this person carries out; without laws and themes it is the general contact.
    #[serde(default)]
    laws: BTreeSet<String>,
    /// Themes this person knows.
    #[serde(default)]
    themes: BTreeSet<String>,
    /// Regions; every region when empty.
    #[serde(default)]
    regions: BTreeSet<String>,
    /// The parts this person can have, such as `process_director` or `quality_owner`.
    #[serde(default)]
    roles: BTreeSet<String>,
    /// What this person is trained or experienced in.
    #[serde(default)]
    competences: BTreeSet<String>,
    /// What this person may decide.
    #[serde(default)]
    mandates: Vec<MandateKept>,
    /// The entry that takes over on absence.
    #[serde(default)]
    deputy: Option<String>,
    /// Name.
    #[serde(default)]
    name: Option<Text>,
    /// Mail address.
    #[serde(default)]
    mail: Option<Text>,
    /// Telephone number.
    #[serde(default)]
    phone: Option<Text>,
}

/// Days on which somebody is away, both included.
#[derive(Deserialize, JsonSchema)]
pub(in crate::api) struct Absent {
    /// The first.
    from: Date,
    /// The last.
    until: Date,
    /// The entry that takes over on those days; the usual deputy when absent.
    #[serde(default)]
    cover: Option<String>,
}

/// `PUT /v1/register/{contact}`.
pub(in crate::api) async fn put(
    State(platform): State<Platform>,
    caller: Caller,
    Path(contact): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let contact = keeping(&platform, &caller, &contact)?;
    let kept: ContactKept = body::read(request).await?;
    let entry = entry(&platform, &caller, &contact, kept).await?;
    let entry = Box::new(entry);
    let command = Command::Record { contact, entry };
    Ok(record(&platform, &caller, command).await?.answered())
}

/// `DELETE /v1/register/{contact}`.
pub(in crate::api) async fn remove(
    State(platform): State<Platform>,
    caller: Caller,
    Path(contact): Path<String>,
) -> Result<Response, Problem> {
    let contact = keeping(&platform, &caller, &contact)?;
    let command = Command::Remove { contact };
    Ok(record(&platform, &caller, command).await?.answered())
}

/// `POST /v1/register/{contact}/confirmation`: the entry is right as it stands.
pub(in crate::api) async fn confirm(
    State(platform): State<Platform>,
    caller: Caller,
    Path(contact): Path<String>,
) -> Result<Response, Problem> {
    let contact = keeping(&platform, &caller, &contact)?;
    let by = PersonRef::parse(caller.person_ref()).map_err(unavailable)?;
    let command = Command::Confirm { contact, by };
    Ok(record(&platform, &caller, command).await?.answered())
}

/// `PUT /v1/register/{contact}/absence`.
pub(in crate::api) async fn set_absence(
    State(platform): State<Platform>,
    caller: Caller,
    Path(contact): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let contact = keeping(&platform, &caller, &contact)?;
    let Absent { from, until, cover } = body::read(request).await?;
    let cover = cover.as_deref().map(ContactId::parse).transpose();
    let cover = cover.map_err(|_| {
        let reason = "is no key of an entry";
        Problem::bad_request(vec![InvalidParam::new("/cover", reason)])
    })?;
    let command = Command::SetAbsence {
        contact,
        from,
        until,
        cover,
    };
    Ok(record(&platform, &caller, command).await?.answered())
}

/// `DELETE /v1/register/{contact}/absence`.
pub(in crate::api) async fn clear_absence(
    State(platform): State<Platform>,
    caller: Caller,
    Path(contact): Path<String>,
) -> Result<Response, Problem> {
    let contact = keeping(&platform, &caller, &contact)?;
    let command = Command::ClearAbsence { contact };
    Ok(record(&platform, &caller, command).await?.answered())
}

/// Whether the caller keeps the register of their own organisation.
pub(super) fn may_keep(platform: &Platform, caller: &Caller) -> bool {
    let facts = RegisterFacts {
        organisation: caller.oin.to_string(),
    };
    let gate = &platform.ground.gate;
    gate.may(&caller.actor, Action::KeepRegister, &facts)
        .is_ok()
}

/// The entry that is named, for who keeps the register.
fn keeping(platform: &Platform, caller: &Caller, contact: &str) -> Result<ContactId, Problem> {
    if !may_keep(platform, caller) {
        return Err(not_allowed());
    }
    ContactId::parse(contact).map_err(|_| {
        let reason = "has 1 to 80 letters, digits, _ or -";
        Problem::bad_request(vec![InvalidParam::new("contact", reason)])
    })
}

async fn record(platform: &Platform, caller: &Caller, command: Command) -> Result<Kept, Problem> {
    let of = parties::organisation(&caller.oin)?;
    keep(platform, caller, Work::register(&of, command), false).await
}

async fn entry(
    platform: &Platform,
    caller: &Caller,
    contact: &ContactId,
    kept: ContactKept,
) -> Result<ContactEntry, Problem> {
    let ground = &platform.ground;
    let mut wrong = Vec::new();
    let rung = kept.rung.as_deref().map(RungId::parse).transpose();
    let rung = rung.unwrap_or_default();
    let known = |id: &RungId| ground.rules.ladder.rung(id).is_some();
    if kept.rung.is_some() && !rung.as_ref().is_some_and(known) {
        wrong.push(InvalidParam::new("/rung", "is no rung of the ladder"));
    }
    let deputy = kept.deputy.as_deref().map(ContactId::parse).transpose();
    if deputy.is_err() {
        wrong.push(InvalidParam::new("/deputy", "is no key of an entry"));
    }
    let person = PersonRef::parse(&kept.person);
    if person.is_err() {
        wrong.push(InvalidParam::new("/person", "is no reference"));
    }
    let (true, Ok(deputy), Ok(person)) = (wrong.is_empty(), deputy, person) else {
        return Err(Problem::bad_request(wrong));
    };
    let of = parties::organisation(&caller.oin)?;
    let owner = contact_owner(&of, contact);
    let now = ground.clock.now();
    let sealer = TextSealer::load(&platform.vault, &ground.entropy, &owner, now)
        .await
        .map_err(unavailable)?;
    let seal = |text: Option<Text>| -> Result<Option<Sealed>, Problem> {
        let sealed = text.map(|text| sealer.text(&text)).transpose();
        sealed.map_err(unavailable)
    };
    let mandates = kept.mandates.into_iter().map(|mandate| MandateEntry {
        id: mandate.id,
        scope: mandate.scope,
        amount_cents: mandate.amount_cents,
        until: mandate.until,
    });
    Ok(ContactEntry {
        person,
        function: kept.function.into(),
        tier: match kept.tier {
            TierNamed::Local => Tier::Local,
            TierNamed::Regional => Tier::Regional,
            TierNamed::National => Tier::National,
        },
        rung,
        laws: kept.laws,
        themes: kept.themes,
        regions: kept.regions,
        roles: kept.roles,
        competences: kept.competences,
        mandates: mandates.collect(),
        deputy,
        name: seal(kept.name)?,
        mail: seal(kept.mail)?,
        phone: seal(kept.phone)?,
    })
}
