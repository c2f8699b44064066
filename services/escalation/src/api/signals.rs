//! Structural signals: what is wrong in the system and not in one household, told in a minute and
//! answered by who can act (domain, rows B4, H21, H27 and M17; scenario 5).

mod handled;
mod seen;
mod suggested;

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use chassis::problem::Problem;
use gate::{Action, SignalFacts};
use ladder::signal::{Artefact, Command, Often, Raise, SignalKind};
use ladder::{CaseId, Organisation, SignalId};
use proto::{InvalidParam, Oin, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use super::advice::check_free;
use super::caller::Caller;
use super::page::{List, Page};
use super::refusal::unavailable;
use super::written::keep;
use super::{Platform, body, parties, sight};
use crate::aggregate::facts_of_signal;
use crate::execute::Work;
use crate::seal::{TextSealer, signal_owner};
use crate::views::{self, SignalRow};

pub(super) use handled::{
    AnswerGiven, Assigned, Became, Ended, StepTaken, answer, assign, become_case, close, erase,
    step,
};
pub(super) use seen::SignalSeen;

/// The theme of a feeling that nobody has sorted yet.
const UNSORTED: &str = "unsorted";

/// Rows that are read from the view at a time.
const SWEEP: u32 = 500;

/// What a signal is about.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum KindNamed {
    Scarcity,
    Pattern,
    Obstacle,
    Unease,
}

/// What would have to change.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ArtefactNamed {
    PolicyRule,
    StandardReport,
    DecisionTemplate,
    Law,
    LocalBasis,
    Provision,
}

impl From<ArtefactNamed> for Artefact {
    fn from(artefact: ArtefactNamed) -> Self {
        match artefact {
            ArtefactNamed::PolicyRule => Self::PolicyRule,
            ArtefactNamed::StandardReport => Self::StandardReport,
            ArtefactNamed::DecisionTemplate => Self::DecisionTemplate,
            ArtefactNamed::Law => Self::Law,
            ArtefactNamed::LocalBasis => Self::LocalBasis,
            ArtefactNamed::Provision => Self::Provision,
        }
    }
}

/// How often something is seen.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum OftenNamed {
    Once,
    Yearly,
    Monthly,
    Weekly,
}

impl From<OftenNamed> for Often {
    fn from(often: OftenNamed) -> Self {
        match often {
            OftenNamed::Once => Self::Once,
            OftenNamed::Yearly => Self::Yearly,
            OftenNamed::Monthly => Self::Monthly,
            OftenNamed::Weekly => Self::Weekly,
        }
    }
}

/// A new signal. An unease needs a text and nothing else.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Raised {
    /// What it is about.
    kind: KindNamed,
    /// In words, without personal data.
    #[serde(default)]
    text: Option<Text>,
    /// Its theme.
    #[serde(default)]
    theme: Option<String>,
    /// Its region; everywhere when absent.
    #[serde(default)]
    region: Option<String>,
    /// The rule that it is about.
    #[serde(default)]
    rule: Option<String>,
    /// What would have to change; an obstacle needs it.
    #[serde(default)]
    target: Option<ArtefactNamed>,
    /// How often the caller sees it.
    #[serde(default)]
    often: Option<OftenNamed>,
    /// Who could change it, as the caller thinks: whoever owns the rule when absent. Who places the
    /// signal decides.
    #[serde(default)]
    suggested: Option<Oin>,
    /// Cases that show it, by id or own pseudonym. Only their number is told to others.
    #[serde(default)]
    cases: BTreeSet<String>,
}

/// `POST /v1/signals`.
pub(super) async fn raise(
    State(platform): State<Platform>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let raised: Raised = body::read(request).await?;
    let unease = raised.kind == KindNamed::Unease;
    if unease && raised.text.is_none() {
        let params = vec![InvalidParam::new("/text", "is required")];
        return Err(Problem::bad_request(params));
    }
    check_text("/text", raised.text.as_ref())?;
    let suggested = suggested::of(&platform, &caller, &raised)?;
    let mut cases = BTreeSet::new();
    for name in &raised.cases {
        cases.insert(sight::read(&platform, &caller, name).await?.id);
    }
    let ground = &platform.ground;
    let id = ground.entropy.uuid_v7(ground.clock.now()).to_string();
    let id = SignalId::parse(&id).map_err(unavailable)?;
    let usual = unease.then(|| UNSORTED.to_owned());
    let command = Command::Raise(Box::new(Raise {
        signal: id.clone(),
        kind: match raised.kind {
            KindNamed::Scarcity => SignalKind::Scarcity,
            KindNamed::Pattern => SignalKind::Pattern,
            KindNamed::Obstacle => SignalKind::Obstacle,
            KindNamed::Unease => SignalKind::Unease,
        },
        theme: raised.theme.or(usual).unwrap_or_default(),
        region: raised.region,
        rule: raised.rule,
        target: raised.target.map(Artefact::from),
        often: raised.often.map(Often::from),
        suggested,
        text: match &raised.text {
            Some(text) => {
                let sealed = sealer_of(&platform, &id, &cases).await?.text(text);
                Some(sealed.map_err(unavailable)?)
            }
            None => None,
        },
        cases,
        by: parties::organisation(&caller.oin)?,
    }));
    let kept = keep(&platform, &caller, Work::signal(&id, command), true).await?;
    Ok(kept.created("signals"))
}

/// A text in a signal names nobody.
fn check_text(field: &str, text: Option<&Text>) -> Result<(), Problem> {
    let mut wrong = Vec::new();
    if let Some(text) = text {
        check_free(field, text, &mut wrong);
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Problem::bad_request(wrong))
    }
}

/// Seals what a signal says when it is raised: whatever it says of cases goes with them.
async fn sealer_of(
    platform: &Platform,
    id: &SignalId,
    cases: &BTreeSet<CaseId>,
) -> Result<TextSealer, Problem> {
    if cases.is_empty() {
        return sealer(platform, id).await;
    }
    let ground = &platform.ground;
    let (owner, now) = (signal_owner(id), ground.clock.now());
    TextSealer::of_cases(&platform.vault, &ground.entropy, &owner, cases, now).map_err(unavailable)
}

async fn sealer(platform: &Platform, id: &SignalId) -> Result<TextSealer, Problem> {
    let ground = &platform.ground;
    let (owner, now) = (signal_owner(id), ground.clock.now());
    TextSealer::load(&platform.vault, &ground.entropy, &owner, now)
        .await
        .map_err(unavailable)
}

/// The answer for every signal that is not there.
fn no_such_signal() -> Problem {
    Problem::not_found("There is no such signal.")
}

/// A signal that is there for the caller.
struct Sight {
    row: SignalRow,
    facts: SignalFacts,
    id: SignalId,
}

impl Sight {
    /// Whether the policies let the caller do this with it, as one of the caller's own organisation.
    fn may(&self, platform: &Platform, caller: &Caller, action: Action) -> bool {
        let own = SignalFacts {
            target: Some(caller.oin.to_string()),
            ..self.facts.clone()
        };
        let gate = &platform.ground.gate;
        gate.may(&caller.actor, action, &own).is_ok()
    }
}

/// The signal of that id, for who may read it or do this with it.
async fn find(
    platform: &Platform,
    caller: &Caller,
    id: &str,
    action: Action,
) -> Result<Sight, Problem> {
    let row = views::find_signal(&platform.ground.db, id)
        .await
        .map_err(unavailable)?;
    let row = row.ok_or_else(no_such_signal)?;
    let sight = sight_of(platform, row)?;
    let may = |action| sight.may(platform, caller, action);
    if may(Action::ReadSignal) || may(action) {
        Ok(sight)
    } else {
        Err(no_such_signal())
    }
}

/// Whether there is a signal of that id that the caller may read.
///
/// # Errors
/// 503 when the database does not answer.
pub(super) async fn is_there(
    platform: &Platform,
    caller: &Caller,
    id: &str,
) -> Result<bool, Problem> {
    let row = views::find_signal(&platform.ground.db, id)
        .await
        .map_err(unavailable)?;
    let sight = row.map(|row| sight_of(platform, row)).transpose()?;
    Ok(sight.is_some_and(|sight| sight.may(platform, caller, Action::ReadSignal)))
}

fn sight_of(platform: &Platform, row: SignalRow) -> Result<Sight, Problem> {
    let id = SignalId::parse(&row.signal_id).map_err(unavailable)?;
    let by = Organisation::parse(&row.raiser).map_err(unavailable)?;
    let ladder = &platform.ground.rules.ladder;
    let facts = facts_of_signal(&id, &by, &row.theme, row.region.as_deref(), ladder);
    let facts = SignalFacts {
        assigned: row.assigned.clone(),
        ..facts
    };
    Ok(Sight { row, facts, id })
}

/// `GET /v1/signals`: what waits for the caller's organisation and is overdue, then the rest of
/// what it owns, then what it raised, then what it can place; each by id.
pub(super) async fn list(
    State(platform): State<Platform>,
    caller: Caller,
    page: Page,
) -> Result<Json<List<SignalSeen>>, Problem> {
    let own = caller.oin.as_str();
    let scope = (!places(&platform, own)).then_some(own);
    let mut there = Vec::new();
    let mut after = String::new();
    loop {
        let rows = views::signals(&platform.ground.db, scope, &after, SWEEP)
            .await
            .map_err(unavailable)?;
        let Some(last) = rows.last() else { break };
        after = last.signal_id.clone();
        for row in rows {
            let sight = sight_of(&platform, row)?;
            let gate = &platform.ground.gate;
            if gate
                .may(&caller.actor, Action::ReadSignal, &sight.facts)
                .is_ok()
            {
                there.push(sight);
            }
        }
    }
    there.sort_by_cached_key(|sight| (rank(&sight.row, own), sight.row.signal_id.clone()));
    let ranked = there.into_iter().zip(1_i64..).collect();
    let (ranked, next_cursor) = page.cut(ranked, |(_, place)| *place)?;
    let mut items = Vec::new();
    for (sight, _) in ranked {
        items.push(SignalSeen::of(&platform, &caller, sight, "listSignals").await?);
    }
    Ok(Json(List {
        items,
        next_cursor,
        why: Default::default(),
    }))
}

/// Whether the ladder lets an organisation take up or admit cases above the local rungs: it sees
/// what others raised, to place it.
fn places(platform: &Platform, own: &str) -> bool {
    let Ok(own) = Organisation::parse(own) else {
        return false;
    };
    let above = platform.ground.rules.ladder.rungs().iter();
    above
        .filter(|rung| rung.tier > ladder::Tier::Local)
        .any(|rung| {
            let admission = rung.admission.as_ref();
            let admits = admission.and_then(|admission| admission.organisation.as_ref());
            rung.has_body(&own) || admits == Some(&own)
        })
}

fn rank(row: &SignalRow, own: &str) -> u8 {
    let mine = row.assigned.as_deref() == Some(own);
    match (mine, row.overdue > 0, row.raiser == own) {
        (true, true, _) => 0,
        (true, false, _) => 1,
        (false, _, true) => 2,
        (false, _, false) => 3,
    }
}

/// `GET /v1/signals/{id}`.
pub(super) async fn read(
    State(platform): State<Platform>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<SignalSeen>, Problem> {
    let sight = find(&platform, &caller, &id, Action::ReadSignal).await?;
    let seen = SignalSeen::of(&platform, &caller, sight, "readSignal").await?;
    Ok(Json(seen))
}
