//! A decision as a caller may see it.

use chassis::problem::Problem;
use gate::{Category, Classified, Decision, Strength};
use ladder::Sealed;
use ladder::event::Weighed;
use schemars::JsonSchema;
use serde::Serialize;

use crate::api::caller::Caller;
use crate::api::reveal::{Reader, word};
use crate::views::RecordRow;

/// What a decision says, proposed or taken.
pub(super) struct DecisionText {
    pub(super) text: Sealed,
    pub(super) weighing: Weighed,
    pub(super) system_obstacle: Option<Sealed>,
}

/// A decision. Masked it stands without its texts and without the cases it was compared with.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::api) struct DecisionSeen {
    /// Its place in the log.
    position: i64,
    /// How much is shown: `full`, `masked` or `none`.
    shown: &'static str,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The OIN of who said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// The room used: `within_law`, `deviation_from_policy_rule` or `beyond_law`.
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<&'static str>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    grounds: Option<Vec<&'static str>>,
    /// The weighings that it follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    assessments: Option<Vec<String>>,
    /// How many comparable cases were shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_count: Option<usize>,
    /// Their ids; only for the organisation to which they were shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<Vec<String>>,
    /// What is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// What makes this case differ from the comparable ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<String>,
    /// The obstacle in the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    system_obstacle: Option<String>,
}

impl DecisionSeen {
    /// What the row's decision says to this caller.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(super) async fn of(
        reader: &mut Reader<'_>,
        caller: &Caller,
        row: RecordRow,
        decision: DecisionText,
    ) -> Result<Self, Problem> {
        let RecordRow {
            position,
            organisation,
            at,
            ..
        } = row;
        reader.about(organisation.as_deref(), []);
        let strength = reader
            .strength_by(Category::Decision, &decision.text)
            .await?;
        let masked = strength >= Strength::Masked;
        let own = organisation
            .as_deref()
            .is_some_and(|by| caller.works_for(by));
        let shown_to_them = own && strength == Strength::Full;
        let Weighed {
            room,
            grounds,
            assessments,
            compared,
            difference,
        } = decision.weighing;
        Ok(Self {
            position,
            shown: word(strength),
            at: masked.then_some(at),
            organisation: organisation.filter(|_| masked),
            room: masked.then(|| room.as_str()),
            grounds: masked.then(|| grounds.iter().map(|ground| ground.as_str()).collect()),
            assessments: masked.then(|| assessments.iter().map(ToString::to_string).collect()),
            compared_count: masked.then_some(compared.len()),
            compared: shown_to_them.then(|| compared.iter().map(ToString::to_string).collect()),
            text: open(reader, Some(decision.text)).await?,
            difference: open(reader, difference).await?,
            system_obstacle: open(reader, decision.system_obstacle).await?,
        })
    }
}

/// A text that is part of the decision.
///
/// # Errors
/// 503 when the key vault does not answer.
pub(super) async fn open(
    reader: &mut Reader<'_>,
    text: Option<Sealed>,
) -> Result<Option<String>, Problem> {
    let text = text.map(Classified::<Decision, _>::new);
    reader.open_some(text.as_ref()).await
}
