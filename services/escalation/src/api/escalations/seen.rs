//! A request for admission as a caller may see it.

use chassis::problem::Problem;
use gate::{Classified, Decision};
use ladder::event;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::refusal::unavailable;
use super::super::reveal::Reader;
use crate::views::EscalationRow;

/// An item of evidence.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::api) struct EvidenceSeen {
    /// The item, as the ladder names it.
    item: String,
    /// Whether it is explained why it is not there.
    explained: bool,
    /// What was done or found, or why it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// A request for admission.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct EscalationSeen {
    /// Its id.
    escalation: String,
    /// `requested`, `acknowledged`, `admitted`, `returned`, `not_completed`, `refused` or
    /// `expired`.
    status: String,
    /// The rung asked for.
    to_rung: String,
    /// That rung's tier.
    tier: &'static str,
    /// Whether the short term holds.
    urgent: bool,
    /// The organisation that asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// The body that would take the case up.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// The organisation that answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    admitting: Option<String>,
    /// The role in which it is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    admitting_role: Option<String>,
    /// Until when a first word on it is due, while nobody said one and where that comes before
    /// the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledge_by: Option<String>,
    /// Until when it is to be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_by: Option<String>,
    /// The evidence that was given.
    evidence: Vec<EvidenceSeen>,
    /// What led to it: `asked`, `insisted`, `handoff_silence`, `triage_silence` or `no_progress`.
    origin: &'static str,
    /// Items that are neither given nor explained yet.
    unexplained: Vec<String>,
    /// Until when the owner gives or explains them.
    #[serde(skip_serializing_if = "Option::is_none")]
    explain_by: Option<String>,
    /// Why the answer of the body below cannot stand, when somebody insisted.
    #[serde(skip_serializing_if = "Option::is_none")]
    insistence: Option<String>,
    /// Whether the request was seen.
    acknowledged: bool,
    /// When a request that was seen is looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    review_at: Option<String>,
    /// Until when a returned request can be completed.
    #[serde(skip_serializing_if = "Option::is_none")]
    complete_by: Option<String>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What was missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<String>>,
    /// The advice or remark with the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// The course by its category, what was written as part of the weighing.
impl EscalationSeen {
    pub(super) async fn of(
        reader: &mut Reader<'_>,
        row: EscalationRow,
        full: bool,
    ) -> Result<Self, Problem> {
        let EscalationRow {
            escalation,
            status,
            mut content,
            ..
        } = row;
        let answer = content
            .get_mut("answer")
            .map(Value::take)
            .unwrap_or_default();
        let acknowledged: Option<event::EscalationAcknowledged> = content
            .get_mut("acknowledged")
            .map(Value::take)
            .map(serde_json::from_value)
            .transpose()
            .map_err(unavailable)?;
        let asked: event::EscalationRequested =
            serde_json::from_value(content).map_err(unavailable)?;
        reader.about(Some(asked.by.as_str()), []);
        let mut evidence = Vec::new();
        for given in asked.evidence {
            let text = reader
                .open(&Classified::<Decision, _>::new(given.text))
                .await?;
            evidence.push(EvidenceSeen {
                item: given.item,
                explained: given.explained,
                text,
            });
        }
        let insistence = asked.insistence.map(Classified::<Decision, _>::new);
        let insistence = reader.open_some(insistence.as_ref()).await?;
        let answer: TriageSeen = serde_json::from_value(answer).unwrap_or_default();
        reader.about(Some(asked.admitting.as_str()), []);
        let text = answer.text.map(Classified::<Decision, _>::new);
        let text = reader.open_some(text.as_ref()).await?;
        let shown = |text: String| full.then_some(text);
        let at = |moment: jiff::Timestamp| full.then(|| moment.to_string());
        Ok(Self {
            origin: asked.origin.as_str(),
            unexplained: asked.unexplained,
            explain_by: asked.explain_by.and_then(at),
            insistence,
            acknowledged: acknowledged.is_some(),
            acknowledge_by: asked
                .acknowledge_by
                .filter(|_| status == "requested")
                .and_then(at),
            review_at: acknowledged.and_then(|seen| at(seen.review_at)),
            complete_by: answer.complete_by.filter(|_| full && status == "returned"),
            escalation,
            status,
            to_rung: asked.to.to_string(),
            tier: asked.tier.as_str(),
            urgent: asked.urgent,
            by: shown(asked.by.to_string()),
            body: shown(asked.body.to_string()),
            admitting: shown(asked.admitting.to_string()),
            admitting_role: shown(asked.admitting_role),
            answer_by: shown(asked.answer_by.to_string()),
            evidence,
            reason: answer.reason,
            missing: answer.missing,
            text,
        })
    }
}

/// What the three answers to a request have in common.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TriageSeen {
    reason: Option<String>,
    missing: Option<Vec<String>>,
    text: Option<ladder::Sealed>,
    complete_by: Option<String>,
}
