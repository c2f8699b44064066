//! A case as a caller may see it: what may not be seen is absent.

use chassis::problem::Problem;
use gate::{Category, Classified, Family, Identity, Marker, Strength, ThirdParty};
use ladder::{Person, Sealed, event};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::reveal::{Reader, Why};
use super::super::sight::{self, Sight};
use crate::views::{self, CaseRow};

/// The role of people outside the household.
const THIRD_PARTY: &str = "third_party";

/// A case in a list: where it stands, and nothing about persons.
#[derive(Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct CaseItem {
    /// The platform's id; shown to those who see the whole course.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The caller's own organisation's name for the case.
    pseudonym: String,
    /// How many events it has: its `ETag`.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// The rung it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    rung: Option<String>,
    /// That rung's tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<String>,
    /// Its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// How it ended, when it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    /// Its theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    /// Its region.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// The OIN of its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    /// The OIN of its raiser.
    #[serde(skip_serializing_if = "Option::is_none")]
    raiser: Option<String>,
    /// The OIN of who has it at its rung; absent once it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    handler: Option<String>,
    /// When it was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    reported_at: Option<String>,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<String>,
}

impl CaseItem {
    /// The row as far as the course of the case may be seen: masked without organisations, region
    /// and times.
    pub(in crate::api) fn of(row: CaseRow, pseudonym: String, course: Strength) -> Self {
        if course < Strength::Masked {
            return Self {
                pseudonym,
                ..Self::default()
            };
        }
        let masked = Self {
            pseudonym,
            rung: Some(row.rung),
            tier: Some(row.tier),
            outcome: row.outcome,
            theme: Some(row.theme),
            ..Self::default()
        };
        let closed = row.state == "closed";
        let state = Some(row.state);
        if course < Strength::Full {
            return Self { state, ..masked };
        }
        Self {
            id: Some(row.case_id),
            version: Some(row.version),
            state,
            region: Some(row.region),
            owner: Some(row.owner),
            raiser: Some(row.raiser),
            handler: (!closed).then_some(row.handler),
            reported_at: Some(row.reported_at),
            changed_at: Some(row.changed_at),
            ..masked
        }
    }
}

/// A deadline.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct Deadline {
    /// What falls due: `handoff-reminder`, `handoff-answer`, `escalation-answer` or
    /// `aftercare-check`, with the id it is about.
    due: String,
    /// When.
    at: String,
}

/// A person in a case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct PersonSeen {
    /// The raiser's own key for this person.
    person_key: String,
    /// What the person is in the case.
    role: String,
    /// How old, in bands.
    age_band: String,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Birth date.
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

/// A case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct CaseSeen {
    #[serde(flatten)]
    item: CaseItem,
    /// What the raiser's organisation calls it; shown to that organisation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_reference: Option<String>,
    /// The deadline that falls due first.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_deadline: Option<Deadline>,
    /// Domains of life it touches.
    #[serde(skip_serializing_if = "Option::is_none")]
    life_domains: Option<Vec<String>>,
    /// Organisations that were involved when it was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    parties_involved: Option<Vec<String>>,
    /// What happened, in the raiser's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<String>,
    /// What should come of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    desired_outcome: Option<String>,
    /// What the citizen says.
    #[serde(skip_serializing_if = "Option::is_none")]
    citizens_words: Option<String>,
    /// Regular provisions that were tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    tried_provisions: Option<Vec<String>>,
    /// Whom it is about.
    persons: Vec<PersonSeen>,
    /// How much of each category of data is shown, and by which policies.
    why: Why,
}

impl CaseSeen {
    pub(in crate::api) async fn of(
        platform: &Platform,
        caller: &Caller,
        sight: Sight,
    ) -> Result<Self, Problem> {
        let Sight { row, facts, id } = sight;
        let mut reader = Reader::new(platform, caller, &facts, "readCase");
        let report: event::Reported =
            serde_json::from_value(row.content.clone()).map_err(unavailable)?;
        // The story is the raiser's; it was disclosed to nobody by that alone.
        reader.about(Some(&row.raiser), []);
        let course = reader.strength(Category::Process);
        let full = course == Strength::Full;
        let next = match full {
            true => views::next_deadline_of(&platform.ground.db, &row.case_id).await,
            false => Ok(None),
        };
        let next = next.map_err(unavailable)?;
        let own = caller.oin.as_str() == row.raiser;
        let mut persons = Vec::new();
        for person in report.persons {
            persons.extend(person_seen(&mut reader, person).await?);
        }
        let family = Classified::<Family, _>::new;
        let mut tried = Vec::new();
        for text in report.tried_provisions {
            tried.extend(reader.open(&family(text)).await?);
        }
        Ok(Self {
            own_reference: own.then(|| row.own_reference.clone()),
            next_deadline: next.map(|next| Deadline {
                due: next.due.to_string(),
                at: next.at.to_string(),
            }),
            life_domains: full.then_some(report.life_domains),
            parties_involved: full.then_some(report.parties_involved),
            story: reader.open(&family(report.story)).await?,
            desired_outcome: reader.open(&family(report.desired_outcome)).await?,
            citizens_words: reader
                .open_some(report.citizens_words.map(family).as_ref())
                .await?,
            tried_provisions: (!tried.is_empty()).then_some(tried),
            persons,
            item: CaseItem::of(row, sight::pseudonym(platform, &caller.oin, &id)?, course),
            why: reader.why(),
        })
    }
}

/// Everybody outside the household is another column of the matrix.
async fn person_seen(
    reader: &mut Reader<'_>,
    person: Person,
) -> Result<Option<PersonSeen>, Problem> {
    if person.role == THIRD_PARTY {
        as_category::<ThirdParty>(reader, person).await
    } else {
        as_category::<Identity>(reader, person).await
    }
}

async fn as_category<C: Marker>(
    reader: &mut Reader<'_>,
    person: Person,
) -> Result<Option<PersonSeen>, Problem> {
    if reader.strength(C::CATEGORY) == Strength::None {
        return Ok(None);
    }
    let classified = |field: Option<Sealed>| field.map(Classified::<C, _>::new);
    Ok(Some(PersonSeen {
        name: reader.open_some(classified(person.name).as_ref()).await?,
        birth_date: reader
            .open_some(classified(person.birth_date).as_ref())
            .await?,
        address: reader
            .open_some(classified(person.address).as_ref())
            .await?,
        person_key: person.person_key,
        role: person.role,
        age_band: person.age_band,
    }))
}
