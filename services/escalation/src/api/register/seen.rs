//! An entry of a register as a caller may see it.

use chassis::problem::Problem;
use gate::{Action, RegisterFacts};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::reveal::Opener;
use crate::views::{self, ContactRow};

/// What somebody may decide.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct MandateSeen {
    /// The organisation's own key.
    id: String,
    /// Laws or themes; all of the organisation's when empty.
    scope: Vec<String>,
    /// The most that one decision may cost, in euro cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount_cents: Option<i64>,
    /// The last day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// Somebody of an organisation.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct ContactSeen {
    /// The organisation.
    organisation: String,
    /// The organisation's own key of the entry.
    contact: String,
    /// The organisation's own reference to the person; shown to the organisation itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// Whether it is the caller's own entry.
    mine: bool,
    /// The function, in the organisation's own words.
    function: String,
    /// `local`, `regional` or `national`.
    tier: String,
    /// The rung; any rung when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    rung: Option<String>,
    /// Laws this person carries out.
    laws: Vec<String>,
    /// Themes this person knows.
    themes: Vec<String>,
    /// Regions; every region when empty.
    regions: Vec<String>,
    /// The parts this person can have.
    roles: Vec<String>,
    /// What this person is trained or experienced in.
    competences: Vec<String>,
    /// What this person may decide.
    mandates: Vec<MandateSeen>,
    /// Who takes over on absence.
    #[serde(skip_serializing_if = "Option::is_none")]
    deputy: Option<String>,
    /// The first day of a known absence.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_from: Option<String>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_until: Option<String>,
    /// Who takes over on those days, when that is not the usual deputy.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent_cover: Option<String>,
    /// When the organisation last said that the entry is right.
    confirmed_at: String,
    /// Whether that is too long ago to rely on.
    stale: bool,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

impl ContactSeen {
    pub(super) async fn of(
        platform: &Platform,
        caller: &Caller,
        opener: &Opener<'_>,
        row: &ContactRow,
    ) -> Result<Self, Problem> {
        let entry = row.entry().map_err(unavailable)?;
        let own = row.organisation == caller.oin.as_str();
        let mandates = entry.mandates.into_iter().map(|mandate| MandateSeen {
            id: mandate.id,
            scope: mandate.scope.into_iter().collect(),
            amount_cents: mandate.amount_cents,
            until: mandate.until.map(|day| day.to_string()),
        });
        Ok(Self {
            organisation: row.organisation.clone(),
            contact: row.contact.clone(),
            mine: own && entry.person.as_str() == caller.person_ref(),
            person: own.then(|| entry.person.to_string()),
            function: entry.function,
            tier: row.tier.clone(),
            rung: row.rung.clone(),
            laws: entry.laws.into_iter().collect(),
            themes: entry.themes.into_iter().collect(),
            regions: entry.regions.into_iter().collect(),
            roles: entry.roles.into_iter().collect(),
            competences: entry.competences.into_iter().collect(),
            mandates: mandates.collect(),
            deputy: row.deputy.clone(),
            absent_from: row.absent_from.clone(),
            absent_until: row.absent_until.clone(),
            absent_cover: row.absent_cover.clone(),
            confirmed_at: row.confirmed_at.clone(),
            stale: is_stale(platform, row),
            name: opener.open_some(entry.name.as_ref()).await?,
            mail: opener.open_some(entry.mail.as_ref()).await?,
            phone: opener.open_some(entry.phone.as_ref()).await?,
        })
    }
}

/// Whether nobody confirmed an entry within the ladder's term `contact_stale` (domain, row K4).
pub(super) fn is_stale(platform: &Platform, row: &ContactRow) -> bool {
    let rules = &platform.ground.rules;
    let Ok(confirmed_at) = row.confirmed_at.parse() else {
        return true;
    };
    let until = rules
        .calendar
        .after(confirmed_at, rules.ladder.terms.contact_stale);
    until < platform.ground.clock.now()
}

/// The person to whom something is addressed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Addressed {
    /// The organisation's own key of the entry.
    contact: String,
    /// The function.
    function: String,
    /// The name, for who may look people up.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// The person to whom something is addressed; none when that entry is gone.
///
/// # Errors
/// 503 when database or key vault do not answer.
pub(in crate::api) async fn addressed(
    platform: &Platform,
    caller: &Caller,
    (organisation, contact): (&str, &str),
    operation: &'static str,
) -> Result<Option<Addressed>, Problem> {
    let row = views::find_contact(&platform.ground.db, organisation, contact)
        .await
        .map_err(unavailable)?;
    let Some(row) = row else { return Ok(None) };
    let entry = row.entry().map_err(unavailable)?;
    let facts = RegisterFacts {
        organisation: organisation.to_owned(),
    };
    let about = (&facts as &dyn gate::Facts, "register");
    let opener = Opener::new(platform, caller, Action::ReadRegister, about, operation);
    let name = match opener {
        Some(opener) => opener.open_some(entry.name.as_ref()).await?,
        None => None,
    };
    Ok(Some(Addressed {
        contact: row.contact,
        function: entry.function,
        name,
    }))
}
