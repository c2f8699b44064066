//! Whether something is inside the mandate of whoever does it. Inside it nobody has to approve.

use jiff::Timestamp;

use crate::{File, Organisation, Refusal, Rules, UsedMandate};

pub(super) fn check(
    rules: &Rules,
    file: &File,
    by: &Organisation,
    used: &UsedMandate,
    amount_cents: Option<i64>,
    at: Timestamp,
) -> Result<(), Refusal> {
    let subjects = [file.theme.as_str()];
    used.mandate
        .check(
            by,
            &used.person,
            &subjects,
            amount_cents,
            rules.calendar.date_of(at),
        )
        .map_err(Refusal::OutsideMandate)
}
