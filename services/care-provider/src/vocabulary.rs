//! What the care provider's own systems tell its service.

use std::fmt;

use gateway::ClientKey;
use jiff::civil::Date;
use proto::{Bsn, InvalidParam};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The type of [`CareProvided`].
pub const CARE_PROVIDED: &str = "care.provided";
/// The type of [`GroundRecorded`].
pub const GROUND_RECORDED: &str = "ground.recorded";

/// Care is being given. Under professional secrecy from the first word on.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CareProvided {
    /// Who receives the care.
    pub bsn: Bsn,
    /// The receiver's name, where the provider is asked for somebody without a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The receiver's birth date, for the same use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    /// What is needed, in the provider's own words or codes.
    #[schemars(length(min = 1))]
    pub need: String,
    /// The first day of the care.
    pub since: Date,
    /// What treatment and daily practice show.
    pub details: String,
}

impl CareProvided {
    /// Whom it is about.
    pub fn client(&self) -> ClientKey {
        ClientKey {
            bsn: Some(self.bsn.clone()),
            name: self.name.clone(),
            birth_date: self.birth_date,
        }
    }
}

impl fmt::Debug for CareProvided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CareProvided(hidden)")
    }
}

/// Why a professional may speak although secrecy is the rule (domain rule r5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The client agreed.
    Consent,
    /// A law demands it.
    StatutoryDuty,
    /// Silence would do greater harm, and nothing else helps.
    ConflictOfDuties,
    /// A law allows a report without consent (*meldrecht*).
    ReportingRight,
}

impl Ground {
    /// The ground as an id in `deploy/legal-bases.toml`.
    pub fn legal_basis(self) -> &'static str {
        match self {
            Self::Consent => "care_consent",
            Self::StatutoryDuty => "care_statutory_duty",
            Self::ConflictOfDuties => "care_conflict_of_duties",
            Self::ReportingRight => "care_reporting_right",
        }
    }

    /// Whether the ground exists only where a law says so.
    pub fn needs_law(self) -> bool {
        matches!(self, Self::StatutoryDuty | Self::ReportingRight)
    }
}

/// A ground to say more than "need present" about one client.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroundRecorded {
    /// The client it holds for.
    pub bsn: Bsn,
    /// Which ground.
    pub ground: Ground,
    /// The law and article; demanded where the ground is a law's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
}

impl GroundRecorded {
    /// Reads the event.
    ///
    /// # Errors
    /// Everything wrong with it; among it a ground that needs a law and names none.
    pub fn read(data: &Value) -> Result<Self, Vec<InvalidParam>> {
        let event: Self = proto::check(data)?;
        let named = event.law.as_ref().is_some_and(|law| !law.trim().is_empty());
        if event.ground.needs_law() && !named {
            return Err(vec![InvalidParam::new(
                "/law",
                "this ground exists only where a law gives it: name the article",
            )]);
        }
        Ok(event)
    }
}

impl fmt::Debug for GroundRecorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GroundRecorded(hidden)")
    }
}
