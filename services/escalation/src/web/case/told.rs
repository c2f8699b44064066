//! Everything that the API tells this reader of a case, read at once.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use tokio::try_join;

use super::super::answer::Failure;
use super::super::api::List;
use super::super::visitor::Visitor;
use super::ALL;
use super::lines::{Commitment, Deadline, Ground, Objection, Told};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Case {
    pub(super) pseudonym: String,
    pub(super) own_reference: Option<String>,
    pub(super) theme: Option<String>,
    pub(super) state: Option<String>,
    pub(super) rung: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) raiser: Option<String>,
    pub(super) handler: Option<String>,
    pub(super) urgency: Option<String>,
    pub(super) reported_at: Option<Timestamp>,
    pub(super) next_deadline: Option<Deadline>,
    #[serde(default)]
    pub(super) open_tasks: Vec<Task>,
    #[serde(default)]
    pub(super) parties_involved: Vec<String>,
    pub(super) story: Option<String>,
    pub(super) desired_outcome: Option<String>,
    pub(super) citizens_words: Option<String>,
    pub(super) perspective: Option<String>,
    #[serde(default)]
    pub(super) tried_provisions: Vec<String>,
    pub(super) persons: Vec<Person>,
    #[serde(default)]
    pub(super) may_do: BTreeSet<String>,
    pub(super) why: BTreeMap<String, Because>,
}

#[derive(Deserialize)]
pub(super) struct Task {
    pub(super) kind: String,
    pub(super) by: Option<Timestamp>,
    pub(super) what: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person {
    pub(super) person_key: String,
    pub(super) role: String,
    pub(super) age_band: String,
    pub(super) name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Because {
    pub(super) shown: String,
}

#[derive(Deserialize)]
pub(super) struct Happened {
    pub(super) kind: String,
    pub(super) rung: String,
    pub(super) at: Option<Timestamp>,
    pub(super) date: Option<Date>,
    pub(super) organisation: Option<String>,
    pub(super) role: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Handoff {
    pub(super) handoff: String,
    pub(super) from: String,
    pub(super) status: String,
    pub(super) to: String,
    pub(super) kind: String,
    pub(super) requested_outcome: String,
    pub(super) answer_by: Timestamp,
    pub(super) reason: Option<String>,
    pub(super) text: Option<String>,
    pub(super) alternative: Option<String>,
    pub(super) follow_up_by: Option<Timestamp>,
    pub(super) counter_answer: Option<String>,
    pub(super) counter_reason: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Block {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) rules: Vec<String>,
    pub(super) explanation: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Escalation {
    pub(super) escalation: String,
    pub(super) status: String,
    pub(super) to_rung: String,
    pub(super) admitting: Option<String>,
    #[serde(default)]
    pub(super) acknowledged: bool,
    pub(super) missing: Option<Vec<String>>,
    pub(super) reason: Option<String>,
    pub(super) text: Option<String>,
    pub(super) complete_by: Option<Timestamp>,
    #[serde(default)]
    pub(super) unexplained: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descent {
    pub(super) kind: String,
    pub(super) proposal: Option<String>,
    pub(super) receiver: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding {
    pub(super) explanation: String,
    pub(super) explanation_en: String,
    pub(super) next: Vec<NextStep>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NextStep {
    pub(super) text: String,
    pub(super) text_en: String,
}

/// How the citizen saw the situation.
#[derive(Deserialize)]
pub(super) struct Perspective {
    pub(super) at: Option<Timestamp>,
    pub(super) text: Option<String>,
}

/// A bridging measure.
#[derive(Deserialize)]
pub(super) struct Measure {
    pub(super) measure: String,
    pub(super) status: String,
    pub(super) by: Option<String>,
    pub(super) until: Option<Date>,
    pub(super) watcher: Option<String>,
    pub(super) text: Option<String>,
    pub(super) result: Option<String>,
}

/// A part of the end of a case.
#[derive(Deserialize)]
pub(super) struct Closure {
    pub(super) kind: String,
    pub(super) shown: String,
    pub(super) outcome: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) evaluation: Option<String>,
    pub(super) lesson: Option<String>,
    pub(super) text: Option<String>,
}

/// That there is a weighing; what it says stands on a page of its own.
#[derive(Deserialize)]
pub(super) struct Weighing {}

/// All of it; what the reader may not see is empty.
pub(super) struct Everything {
    pub(super) case: Case,
    pub(super) happened: Vec<Happened>,
    pub(super) handoffs: Vec<Handoff>,
    pub(super) blocks: Vec<Block>,
    pub(super) commitments: Vec<Commitment>,
    pub(super) escalations: Vec<Escalation>,
    pub(super) grounds: Vec<Ground>,
    pub(super) findings: Vec<Finding>,
    pub(super) descents: Vec<Descent>,
    pub(super) decisions: Vec<Told>,
    pub(super) feedback: Vec<Told>,
    pub(super) objections: Vec<Objection>,
    pub(super) perspectives: Vec<Perspective>,
    pub(super) measures: Vec<Measure>,
    pub(super) closure: Vec<Closure>,
    pub(super) is_weighed: bool,
}

impl Everything {
    /// Reads it; a case that is not there for the reader is no case.
    ///
    /// # Errors
    /// As [`Visitor::read`].
    pub(super) async fn read(visitor: &Visitor, name: &str) -> Result<Self, Failure> {
        let case: Case = visitor.read(&format!("/v1/cases/{name}")).await?;
        let of = |list: &str| format!("/v1/cases/{name}/{list}?{ALL}");
        let (happened, handoffs, blocks, commitments, escalations, grounds, findings) = (
            of("timeline"),
            of("handoffs"),
            of("blocks"),
            of("commitments"),
            of("escalations"),
            of("legal-bases"),
            format!("/v1/cases/{name}/findings"),
        );
        let (descents, decisions, feedback) =
            (of("deescalations"), of("decisions"), of("feedback"));
        let (objections, perspectives, measures, closure, weighings) = (
            of("objections"),
            of("perspectives"),
            of("measures"),
            of("closure"),
            format!("/v1/cases/{name}/assessments?pageSize=1"),
        );
        let (happened, handoffs, blocks, commitments, escalations, grounds, findings) = try_join!(
            visitor.list::<Happened>(&happened),
            visitor.list::<Handoff>(&handoffs),
            visitor.list::<Block>(&blocks),
            visitor.list::<Commitment>(&commitments),
            visitor.list::<Escalation>(&escalations),
            visitor.list::<Ground>(&grounds),
            visitor.list::<Finding>(&findings),
        )?;
        let (descents, decisions, feedback) = try_join!(
            visitor.list::<Descent>(&descents),
            visitor.list::<Told>(&decisions),
            visitor.list::<Told>(&feedback),
        )?;
        let (objections, perspectives, measures, closure): (
            List<Objection>,
            List<Perspective>,
            List<Measure>,
            List<Closure>,
        ) = try_join!(
            visitor.list(&objections),
            visitor.list(&perspectives),
            visitor.list(&measures),
            visitor.list(&closure),
        )?;
        let weighings = visitor.list::<Weighing>(&weighings).await?;
        Ok(Self {
            case,
            happened: happened.items,
            handoffs: handoffs.items,
            blocks: blocks.items,
            commitments: commitments.items,
            escalations: escalations.items,
            grounds: grounds.items,
            findings: findings.items,
            descents: descents.items,
            decisions: decisions.items,
            feedback: feedback.items,
            objections: objections.items,
            perspectives: perspectives.items,
            measures: measures.items,
            closure: closure.items,
            is_weighed: !weighings.items.is_empty(),
        })
    }
}
