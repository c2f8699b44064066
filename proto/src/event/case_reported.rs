//! `case.reported`: an organisation raises a stuck case.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acted_by::ActedBy;
use crate::codes::{CODE_PATTERN, ProvisionResult};
use crate::person::Person;
use crate::text::Text;

/// A stuck case, the story first. The only event from an organisation without a `subject`: the
/// platform answers with `case.registered` and the pseudonym.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseReported {
    /// Who acted.
    pub acted_by: ActedBy,
    /// What the organisation calls the case; comes back in `case.registered`.
    #[schemars(length(min = 1, max = 128))]
    pub own_reference: String,
    /// What happened, in the raiser's words.
    pub story: Text,
    /// What should come of it.
    pub desired_outcome: Text,
    /// Domains of life it touches, such as `income` or `care`.
    #[serde(default)]
    pub life_domains: Vec<String>,
    /// Whom it is about, as far as the raiser may tell.
    #[serde(default)]
    pub persons: Vec<Person>,
    /// What the citizen says, in the citizen's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizens_words: Option<Text>,
    /// Why the citizen was not asked, when there are no such words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_words_reason: Option<Text>,
    /// How the citizen sees the situation now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub perspective: Option<Text>,
    /// Organisations that are involved already: OIN or name.
    #[serde(default)]
    pub parties_involved: Vec<String>,
    /// Regular provisions that were tried.
    #[serde(default)]
    pub tried_provisions: Vec<Text>,
    /// Provisions of the catalogue that were tried, each with its result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<TriedProvision>,
    /// Why none was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_provision_reason: Option<Text>,
    /// The theme, for routing.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub theme: String,
    /// The region, for routing.
    #[schemars(length(min = 1, max = 128))]
    pub region: String,
}

/// A standard provision that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TriedProvision {
    /// Its id in `provisions.toml`.
    #[schemars(regex(pattern = CODE_PATTERN))]
    pub provision: String,
    /// What came of it.
    pub result: ProvisionResult,
}
