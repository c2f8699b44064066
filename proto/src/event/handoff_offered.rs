//! `handoff.offered`: what an organisation offers, and the card that the receiver sees.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::check::one_of_fields;
use crate::codes::{AgeBand, CODE_PATTERN, HandoffKind, ID_PATTERN};
use crate::identifier::HandoffId;
use crate::oin::Oin;
use crate::text::Text;

/// An offer of work or ownership. The receiver is named, or found by law or theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("anyOf" = one_of_fields(&["to", "law", "theme"])))]
pub struct HandoffOffered {
    /// Who acted.
    pub acted_by: ActedBy,
    /// The id that the sender chooses for this handoff: a UUIDv7.
    pub handoff: HandoffId,
    /// The receiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Oin>,
    /// The law whose organisation is meant, when the receiver is not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 128))]
    pub law: Option<String>,
    /// The theme whose organisation is meant, when the receiver is not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub theme: Option<String>,
    /// What is asked.
    pub kind: HandoffKind,
    /// What should come of it, coded: it stands on the card.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub requested_outcome: String,
    /// The rules in `rules.toml` that are in collision.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub rules: Vec<String>,
    /// Answer within the urgent term.
    #[serde(default)]
    pub urgent: bool,
    /// What the receiver must know, opened only after acceptance.
    pub summary: Text,
    /// The basis on which the case may be shared: an id in `legal-bases.toml`.
    #[schemars(length(min = 1, max = 128))]
    pub legal_basis: String,
    /// The person there who is meant: that organisation's own key in the register of contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = ID_PATTERN))]
    pub addressee: Option<String>,
    /// The earlier handoff that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<HandoffId>,
}

/// What the receiver sees before acceptance: codes only. There is no field for free text, so none
/// can slip through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct HandoffCard {
    /// The handoff.
    pub handoff: HandoffId,
    /// Who offers.
    pub from: Oin,
    /// Whom to ask at the sender: a function or desk from the register of contacts, no case data.
    #[schemars(length(max = 200))]
    pub contact: String,
    /// What is asked.
    pub kind: HandoffKind,
    /// The theme.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub theme: String,
    /// The rules in `rules.toml` that are in collision.
    #[serde(default)]
    #[schemars(inner(regex(pattern = CODE_PATTERN)))]
    pub rules: Vec<String>,
    /// What should come of it, coded.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub requested_outcome: String,
    /// How old the person is whom it is about; absent when the case names no person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_band: Option<AgeBand>,
    /// Answer within the urgent term.
    #[serde(default)]
    pub urgent: bool,
    /// When the offer expires.
    pub answer_by: Timestamp,
    /// Who in the receiving organisation is meant: its own key in the register of contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = ID_PATTERN))]
    pub addressee: Option<String>,
    /// The accepted handoff that comes back with this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<HandoffId>,
}
