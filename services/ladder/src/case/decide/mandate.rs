//! Whether something is inside the mandate of whoever does it. Inside it nobody has to approve.

use jiff::Timestamp;

use crate::{Organisation, Refusal, Rules, UsedMandate};

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
