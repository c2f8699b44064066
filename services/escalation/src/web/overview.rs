//! Where every case stands, and what happened to one of them.

use askama::Template;
use chassis::parties::Parties;
use jiff::Timestamp;
use journal::{Db, JournalError};
use ladder::Ladder;
use proto::Oin;

use super::words;
use crate::api::Platform;
use crate::views::{self, CaseRow};

/// How many cases the overview shows.
const MOST_CASES: u32 = 200;
/// How much of a timeline a page shows.
const MOST_EVENTS: u32 = 10_000;

/// The front page where there is no overview.
#[derive(Template)]
#[template(path = "welcome.html")]
pub(super) struct Welcome;

/// There is no such page.
#[derive(Template)]
#[template(path = "missing.html")]
pub(super) struct Missing;

/// All cases with their place on the ladder.
#[derive(Template)]
#[template(path = "overview.html")]
pub(super) struct Overview {
    cases: Vec<Place>,
}

/// One case and what happened to it.
#[derive(Template)]
#[template(path = "case.html")]
pub(super) struct CasePage {
    place: Place,
    timeline: Vec<Happening>,
}

/// A rung, and whether the case stands on it.
struct Step {
    name: String,
    here: bool,
}

/// Where a case stands.
struct Place {
    id: String,
    theme: String,
    state: String,
    owner: String,
    handler: Option<String>,
    changed: String,
    deadline: Option<(String, String)>,
    steps: Vec<Step>,
}

/// One thing that happened, in plain Dutch.
struct Happening {
    at: String,
    what: &'static str,
    who: String,
    rung: String,
}

impl Overview {
    pub(super) async fn load(platform: &Platform) -> Result<Self, JournalError> {
        let mut cases = Vec::new();
        for row in views::cases(&platform.ground.db, None, "", MOST_CASES).await? {
            cases.push(Place::of(platform, row).await?);
        }
        Ok(Self { cases })
    }
}

impl CasePage {
    pub(super) async fn load(platform: &Platform, id: &str) -> Result<Option<Self>, JournalError> {
        let db: &Db = &platform.ground.db;
        let Some(row) = views::find_case(db, id).await? else {
            return Ok(None);
        };
        let ladder = &platform.ground.rules.ladder;
        let timeline = views::timeline(db, id, 0, MOST_EVENTS)
            .await?
            .into_iter()
            .map(|row| Happening {
                at: moment(&row.at),
                what: words::happening(&row.kind),
                who: match row.organisation {
                    Some(oin) => {
                        format!(
                            "{} ({})",
                            name_of(&platform.parties, &oin),
                            words::role(&row.role)
                        )
                    }
                    None => "de klok".to_owned(),
                },
                rung: rung_name(ladder, &row.rung),
            })
            .collect();
        Ok(Some(Self {
            place: Place::of(platform, row).await?,
            timeline,
        }))
    }
}

impl Place {
    async fn of(platform: &Platform, row: CaseRow) -> Result<Self, JournalError> {
        let next = views::next_deadline_of(&platform.ground.db, &row.case_id).await?;
        let deadline = next.and_then(|next| {
            let due = next.due.parse().ok()?;
            Some((words::deadline(&due), day(next.at)))
        });
        let rungs = platform.ground.rules.ladder.rungs().iter();
        let steps = rungs.map(|rung| Step {
            name: rung.name.clone(),
            here: rung.id.as_str() == row.rung,
        });
        let closed = row.state == "closed";
        let state = match &row.outcome {
            Some(outcome) => words::outcome(outcome).to_owned(),
            None => words::state(&row.state).to_owned(),
        };
        Ok(Self {
            steps: steps.collect(),
            theme: row.theme.replace('_', " "),
            owner: name_of(&platform.parties, &row.owner),
            handler: (!closed).then(|| name_of(&platform.parties, &row.handler)),
            changed: moment(&row.changed_at),
            id: row.case_id,
            state,
            deadline,
        })
    }
}

/// An organisation's name as people say it.
fn name_of(parties: &Parties, oin: &str) -> String {
    let party = Oin::parse(oin).ok().and_then(|oin| parties.get(&oin));
    party.map_or_else(|| oin.to_owned(), |party| party.display_name.clone())
}

fn rung_name(ladder: &Ladder, rung: &str) -> String {
    let found = ladder.rungs().iter().find(|one| one.id.as_str() == rung);
    found.map_or_else(|| rung.to_owned(), |found| found.name.clone())
}

/// A moment as Dutch people write it, in Dutch time.
fn moment(at: &str) -> String {
    match at.parse::<Timestamp>() {
        Ok(at) => match at.in_tz("Europe/Amsterdam") {
            Ok(local) => format!("{}, {}", words::date(local.date()), local.strftime("%H:%M")),
            Err(_) => at.to_string(),
        },
        Err(_) => at.to_owned(),
    }
}

fn day(at: Timestamp) -> String {
    at.in_tz("Europe/Amsterdam")
        .map_or_else(|_| at.to_string(), |local| words::date(local.date()))
}
