//! Whether something is inside the mandate of whoever does it. Inside it nobody has to approve.

use jiff::Timestamp;

use crate::{InMandate, Organisation, Refusal, Rules, StatedMandate, UsedMandate};

pub(super) fn check(
    rules: &Rules,
    by: &Organisation,
    used: &UsedMandate,
    amount_cents: Option<i64>,
    at: Timestamp,
) -> Result<(), Refusal> {
    used.mandate
        .check(
            &used.person,
            by,
            &used.subject,
            amount_cents,
            rules.calendar.date_of(at),
        )
        .map_err(Refusal::OutsideMandate)
}

/// What an event records of a mandate: its id in the register, or what is stated.
pub(super) struct Recorded {
    pub(super) id: Option<String>,
    pub(super) stated: Option<StatedMandate>,
}

/// Whoever promises or decides does so in a mandate that is on record, and inside it.
pub(super) fn recorded(
    rules: &Rules,
    by: &Organisation,
    inside: InMandate,
    amount_cents: Option<i64>,
    at: Timestamp,
) -> Result<Recorded, Refusal> {
    match inside {
        InMandate::Registered(used) => {
            if used.mandate.id.trim().is_empty() {
                return Err(Refusal::MandateRequired);
            }
            check(rules, by, &used, amount_cents, at)?;
            Ok(Recorded {
                id: Some(used.mandate.id),
                stated: None,
            })
        }
        InMandate::Stated { mandate, subject } => {
            if mandate.role.trim().is_empty() {
                return Err(Refusal::MandateRequired);
            }
            let today = rules.calendar.date_of(at);
            mandate
                .check(by, &subject, amount_cents, today)
                .map_err(Refusal::OutsideMandate)?;
            Ok(Recorded {
                id: None,
                stated: Some(*mandate),
            })
        }
    }
}
