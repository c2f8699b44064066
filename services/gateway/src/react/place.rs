//! Where a case stands on the ladder, as far as this party was told.

use proto::{Envelope, Pseudonym, Tier, event::CaseClosed};

use crate::{error::GatewayError, sql, work::Work};

/// Where a case stands on the ladder.
pub(super) struct Place<'p> {
    rung: &'p str,
    tier: Tier,
    state: &'static str,
    outcome: Option<&'static str>,
}

impl Work<'_> {
    /// Notes where a case stands; an overtaken event changes nothing.
    pub(super) async fn place(
        &mut self,
        envelope: &Envelope,
        case: &Pseudonym,
        place: Place<'_>,
    ) -> Result<(), GatewayError> {
        sqlx::query(sql::CASE_PLACE)
            .bind(case.as_str())
            .bind(place.rung)
            .bind(place.tier.as_str())
            .bind(place.state)
            .bind(place.outcome)
            .bind(envelope.time.as_microsecond())
            .execute(self.conn())
            .await?;
        Ok(())
    }
}

/// Open there.
pub(super) fn open(rung: &str, tier: Tier) -> Place<'_> {
    Place {
        rung,
        tier,
        state: "open",
        outcome: None,
    }
}

/// Closed there.
pub(super) fn ended(closed: &CaseClosed) -> Place<'_> {
    Place {
        rung: &closed.rung,
        tier: closed.tier,
        state: "closed",
        outcome: Some(closed.outcome.as_str()),
    }
}
