//! A signal as a caller may see it: counts of cases, never which, but for the caller's own.

use chassis::problem::Problem;
use gate::Action;
use ladder::Sealed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::caller::Caller;
use super::super::refusal::unavailable;
use super::super::register::{Addressed, addressed};
use super::super::reveal::Opener;
use super::super::{Platform, sight};
use super::{Sight, no_such_signal};
use crate::views;

/// One thing that happened to a signal.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct SignalStep {
    /// What, `<noun>.<past-verb>`.
    kind: String,
    /// When.
    at: String,
    /// The owner's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// The step of the policy cycle.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// A structural signal.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct SignalSeen {
    /// Its id.
    signal: String,
    /// How often it changed.
    version: i64,
    /// `scarcity`, `pattern`, `obstacle` or `unease`.
    kind: String,
    /// Its theme.
    theme: String,
    /// Its region; everywhere when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// The rule that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// What would have to change.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    /// How often whoever raised it sees it: `once`, `yearly`, `monthly` or `weekly`.
    #[serde(skip_serializing_if = "Option::is_none")]
    often: Option<String>,
    /// Who could change it, as whoever raised it thinks.
    #[serde(skip_serializing_if = "Option::is_none")]
    suggested: Option<String>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// `unassigned`, `assigned`, `answered` or `closed`.
    state: String,
    /// Who raised it.
    raised_by: String,
    /// Who owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned_to: Option<String>,
    /// The person there.
    #[serde(skip_serializing_if = "Option::is_none")]
    addressee: Option<Addressed>,
    /// Until when the next thing is expected: an owner, an answer, a step or the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_by: Option<String>,
    /// How many terms ended in silence.
    overdue: i64,
    /// How many cases show it; absent when that is so few that it could point at a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    cases: Option<i64>,
    /// In place of that number: there are fewer than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    fewer_than: Option<u32>,
    /// Those of them that the caller's organisation owns and the caller may open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    own_cases: Vec<String>,
    /// What happened since it was raised, in order.
    history: Vec<SignalStep>,
    /// What the policies let the caller do with it; whether it has come so far, the rules say when
    /// it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    may_do: Vec<&'static str>,
}

/// What people do with a signal.
const DEEDS: [Action; 3] = [
    Action::AssignSignal,
    Action::AnswerSignal,
    Action::RaiseSignal,
];

/// What was said when it was raised.
#[derive(Default, Deserialize)]
struct Said {
    rule: Option<String>,
    target: Option<String>,
    often: Option<String>,
    suggested: Option<String>,
    text: Option<Sealed>,
}

/// What happened later: the count of a grown signal is not among it.
#[derive(Default, Deserialize)]
struct Later {
    answer: Option<String>,
    step: Option<String>,
    text: Option<Sealed>,
    result: Option<Sealed>,
}

impl SignalSeen {
    pub(super) async fn of(
        platform: &Platform,
        caller: &Caller,
        sight: Sight,
        operation: &'static str,
    ) -> Result<Self, Problem> {
        let may = |action: &&Action| sight.may(platform, caller, **action);
        let may_do = DEEDS.iter().filter(may).map(|it| it.as_str()).collect();
        let Sight { mut row, facts, id } = sight;
        let about = (&facts as &dyn gate::Facts, id.as_str());
        let opener = Opener::new(platform, caller, Action::ReadSignal, about, operation)
            .ok_or_else(no_such_signal)?;
        let said: Said =
            serde_json::from_value(row.content["raised"].take()).map_err(unavailable)?;
        let addressee = match (&row.assigned, &row.contact) {
            (Some(owner), Some(contact)) => {
                addressed(platform, caller, (owner, contact), operation).await?
            }
            _ => None,
        };
        let smallest = platform.ground.rules.ladder.thresholds.small_cell;
        let shown = row.cases >= i64::from(smallest);
        Ok(Self {
            version: row.version,
            rule: said.rule,
            target: said.target,
            often: said.often,
            suggested: said.suggested,
            may_do,
            text: opener.open_some(said.text.as_ref()).await?,
            addressee,
            cases: shown.then_some(row.cases),
            fewer_than: (!shown).then_some(smallest),
            own_cases: own_cases(platform, caller, id.as_str()).await?,
            history: history(&opener, row.content["later"].take()).await?,
            signal: row.signal_id,
            kind: row.kind,
            theme: row.theme,
            region: row.region,
            state: row.state,
            raised_by: row.raiser,
            assigned_to: row.assigned,
            answer_by: row.answer_by,
            overdue: row.overdue,
        })
    }
}

async fn history(opener: &Opener<'_>, later: Value) -> Result<Vec<SignalStep>, Problem> {
    let mut history = Vec::new();
    for mut step in later.as_array().cloned().unwrap_or_default() {
        let said: Later = serde_json::from_value(step["data"].take()).map_err(unavailable)?;
        let word = |name: &str| step[name].as_str().unwrap_or_default().to_owned();
        let text = said.text.or(said.result);
        history.push(SignalStep {
            kind: word("kind"),
            at: word("at"),
            answer: said.answer,
            step: said.step,
            text: opener.open_some(text.as_ref()).await?,
        });
    }
    Ok(history)
}

async fn own_cases(
    platform: &Platform,
    caller: &Caller,
    signal: &str,
) -> Result<Vec<String>, Problem> {
    let db = &platform.ground.db;
    let mut own = Vec::new();
    for case in views::cases_of_signal(db, signal)
        .await
        .map_err(unavailable)?
    {
        let row = views::find_case(db, &case).await.map_err(unavailable)?;
        let Some(row) = row.filter(|row| row.owner == caller.oin.as_str()) else {
            continue;
        };
        let facts = views::facts(db, &row).await.map_err(unavailable)?;
        if sight::can_read(platform, caller, &facts) {
            own.push(case);
        }
    }
    Ok(own)
}
