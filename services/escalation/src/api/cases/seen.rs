//! A case as a caller may see it: what may not be seen is absent.

use chassis::problem::Problem;
use gate::{Category, Classified, Family, Identity, Marker, Strength, ThirdParty};
use jiff::Timestamp;
use ladder::{Person, Sealed, event};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Platform;
use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::reveal::{Reader, Why};
use super::super::sight::{self, Sight};
use super::super::work;
use super::deeds::may_do;
use crate::called::Persons;
use crate::views::{self, CaseRow, OpenTask};

/// The role of people outside the household; what is shown of them is shown apart from the rest.
pub(in crate::api) const THIRD_PARTY: &str = "third_party";

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
        let closed = matches!(row.state.as_str(), "closed" | "withdrawn");
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
    /// What falls due, such as `review` or `handoff-answer`, with the id it is about where there
    /// is one. More time is asked for under this name.
    due: String,
    /// When.
    at: String,
    /// The OIN of whoever has to do it.
    waits_for: String,
}

/// A person in a case.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct PersonSeen {
    /// What the raiser calls this person; the platform's own key where it is not shown who that is,
    /// and once the person was erased. Both name the person in what is asked of this case.
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

/// One thing that the owner is asked to do.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct TaskSeen {
    /// What: `explain_evidence`, `complete_request`, `answer_counter`, `settle_objection`,
    /// `pursue_commitment`,
    /// `end_measure`, `check_aftercare` or `close_case`.
    kind: String,
    /// Until when; absent when it should have been done already, or deadlines are on hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// What it is about: an item of evidence, or an id.
    what: String,
}

impl From<OpenTask> for TaskSeen {
    fn from(task: OpenTask) -> Self {
        Self {
            kind: task.kind,
            by: task.by.map(|by| by.to_string()),
            what: task.what,
        }
    }
}

/// A standard provision that was tried.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct ProvisionSeen {
    /// Its id in the catalogue.
    provision: String,
    /// What came of it.
    result: &'static str,
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
    /// Who owns it when an ownership handoff is accepted: `professional_keeps` or
    /// `team_takes_over`.
    #[serde(skip_serializing_if = "Option::is_none")]
    ownership_mode: Option<String>,
    /// `ordinary`, `claimed` or `confirmed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<String>,
    /// Until when a second person can confirm the urgency that is claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm_urgency_by: Option<String>,
    /// Until when its deadlines are on hold at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    suspended_until: Option<String>,
    /// What its owner is asked to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_tasks: Option<Vec<TaskSeen>>,
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
    /// Why the citizen was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_words_reason: Option<String>,
    /// How the citizen saw the situation when it was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    perspective: Option<String>,
    /// Regular provisions that were tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    tried_provisions: Option<Vec<String>>,
    /// Standard provisions of the catalogue that were tried, with their result.
    #[serde(skip_serializing_if = "Option::is_none")]
    provisions: Option<Vec<ProvisionSeen>>,
    /// Why none was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_provision_reason: Option<String>,
    /// Whom it is about.
    persons: Vec<PersonSeen>,
    /// What the policies let the caller do in it, as far as people do it on the page of a case.
    /// Whether the case has come so far, the ladder says when it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    may_do: Vec<&'static str>,
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
        let may_do = may_do(platform, caller, &facts);
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
        let next = match next {
            Some(next) => Some(Deadline {
                waits_for: work::waits_for(platform, &row, &next.due).await?,
                due: next.due.to_string(),
                at: next.at.to_string(),
            }),
            None => None,
        };
        let own = caller.works_for(&row.raiser);
        let everybody = Persons::new(&id, report.persons.clone());
        let mut persons = Vec::new();
        for person in report.persons {
            persons.extend(person_seen(&mut reader, &everybody, person).await?);
        }
        let own_reference = match own {
            true => {
                let reference = Classified::new(report.own_reference);
                reader.open_name(&reference).await?
            }
            false => None,
        };
        let mut involved = Vec::new();
        for name in report.parties_involved {
            involved.extend(reader.open_name(&Classified::new(name)).await?);
        }
        let family = Classified::<Family, _>::new;
        let mut tried = Vec::new();
        for text in report.tried_provisions {
            tried.extend(reader.open(&family(text)).await?);
        }
        let course_of = row.course.clone();
        let moment = |at: Option<Timestamp>| at.filter(|_| full).map(|at| at.to_string());
        let provisions = report.provisions.into_iter().map(|tried| ProvisionSeen {
            provision: tried.provision,
            result: tried.result.as_str(),
        });
        let provisions: Vec<_> = provisions.collect();
        Ok(Self {
            own_reference,
            next_deadline: next,
            ownership_mode: full.then_some(course_of.ownership_mode),
            urgency: full.then_some(course_of.urgency),
            confirm_urgency_by: moment(course_of.confirm_urgency_by),
            suspended_until: moment(course_of.suspended_until),
            open_tasks: full.then(|| course_of.open_tasks.into_iter().map(Into::into).collect()),
            life_domains: full.then_some(report.life_domains),
            parties_involved: full.then_some(involved),
            story: reader.open(&family(report.story)).await?,
            desired_outcome: reader.open(&family(report.desired_outcome)).await?,
            citizens_words: reader
                .open_some(report.citizens_words.map(family).as_ref())
                .await?,
            no_words_reason: reader
                .open_some(report.no_words_reason.map(family).as_ref())
                .await?,
            perspective: reader
                .open_some(report.perspective.map(family).as_ref())
                .await?,
            provisions: (full && !provisions.is_empty()).then_some(provisions),
            no_provision_reason: reader
                .open_some(report.no_provision_reason.map(family).as_ref())
                .await?,
            tried_provisions: (!tried.is_empty()).then_some(tried),
            persons,
            may_do,
            item: CaseItem::of(row, sight::pseudonym(platform, &caller.oin, &id)?, course),
            why: reader.why(),
        })
    }
}

/// Everybody outside the household is another column of the matrix.
async fn person_seen(
    reader: &mut Reader<'_>,
    persons: &Persons,
    person: Person,
) -> Result<Option<PersonSeen>, Problem> {
    if person.role == THIRD_PARTY {
        as_category::<ThirdParty>(reader, persons, person).await
    } else {
        as_category::<Identity>(reader, persons, person).await
    }
}

async fn as_category<C: Marker>(
    reader: &mut Reader<'_>,
    persons: &Persons,
    person: Person,
) -> Result<Option<PersonSeen>, Problem> {
    if reader.strength_of(C::CATEGORY, &person.person_key) == Strength::None {
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
        person_key: reader.called(persons, &person.person_key).await?,
        role: person.role,
        age_band: person.age_band,
    }))
}
