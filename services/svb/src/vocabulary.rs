//! What the SVB's own systems tell its service.

use std::fmt;

use gateway::ClientKey;
use jiff::civil::Date;
use proto::{Bsn, InvalidParam};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::benefit::{Benefit, Cause, StopRule, legal_causes, stop_rule};

/// The type of [`BenefitStopped`].
pub const BENEFIT_STOPPED: &str = "benefit.stopped";

/// A benefit was stopped. It stays inside as a held fact until the secrecy rule lets it out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BenefitStopped {
    /// Who received the benefit.
    pub bsn: Bsn,
    /// The child that the benefit was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_bsn: Option<Bsn>,
    /// Which benefit.
    pub benefit: Benefit,
    /// The first day without it.
    pub since: Date,
    /// Why.
    pub cause: Cause,
}

impl BenefitStopped {
    /// Reads the event and holds it against the law.
    ///
    /// # Errors
    /// Everything wrong with it: fields that do not parse, or a cause that the benefit's law does
    /// not know.
    pub fn read(data: &Value) -> Result<Self, Vec<InvalidParam>> {
        let event: Self = proto::check(data)?;
        if event.rule().is_none() {
            let causes = legal_causes(event.benefit).join(", ");
            return Err(vec![InvalidParam::new(
                "/cause",
                format!(
                    "{} knows no such cause for this benefit; it stops for: {causes}",
                    event.benefit.law()
                ),
            )]);
        }
        Ok(event)
    }

    /// The rule that was applied; `None` when the law knows no such cause.
    pub fn rule(&self) -> Option<StopRule> {
        stop_rule(self.benefit, self.cause)
    }

    /// Whom it is about: the receiver and, where there is one, the child.
    pub fn clients(&self) -> Vec<ClientKey> {
        std::iter::once(&self.bsn)
            .chain(&self.child_bsn)
            .map(ClientKey::bsn)
            .collect()
    }
}

impl fmt::Debug for BenefitStopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BenefitStopped(hidden)")
    }
}
