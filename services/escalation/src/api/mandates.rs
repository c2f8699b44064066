//! The mandate in whose name somebody acts: looked up in the register of the own organisation.

use axum::http::StatusCode;
use chassis::problem::Problem;
use ladder::register::ContactEntry;
use ladder::{Mandate, PersonRef, UsedMandate};

use super::caller::Caller;
use super::refusal::unavailable;
use super::{Platform, parties};
use crate::views;

/// How many entries of a register are read at a time.
const AT_A_TIME: u32 = 200;

/// The caller's mandate of that id, used for this law or theme. Whether it goes so far is for the
/// rules to say.
///
/// # Errors
/// 400 `unknown-mandate` when the register of the caller's organisation has no such mandate for
/// this person; 503 when the database does not answer.
pub(super) async fn used(
    platform: &Platform,
    caller: &Caller,
    id: &str,
    subject: &str,
) -> Result<UsedMandate, Problem> {
    let person = PersonRef::parse(caller.person_ref()).map_err(|_| unknown(id))?;
    let mut after = String::new();
    loop {
        let db = &platform.ground.db;
        let rows = views::contacts(db, caller.oin.as_str(), &after, AT_A_TIME)
            .await
            .map_err(unavailable)?;
        let Some(last) = rows.last() else {
            return Err(unknown(id));
        };
        after.clone_from(&last.contact);
        for row in rows {
            let entry: ContactEntry = serde_json::from_value(row.content).map_err(unavailable)?;
            let found = entry.mandates.iter().find(|mandate| mandate.id == id);
            if let Some(found) = found.filter(|_| entry.person == person) {
                let mandate = Mandate {
                    id: found.id.clone(),
                    holder: person,
                    organisation: parties::organisation(&caller.oin)?,
                    scope: found.scope.clone(),
                    amount_cents: found.amount_cents,
                    until: found.until,
                };
                return Ok(UsedMandate {
                    person: mandate.holder.clone(),
                    mandate,
                    subject: subject.to_owned(),
                });
            }
        }
    }
}

fn unknown(id: &str) -> Problem {
    let title = "This mandate is not in your organisation's register";
    Problem::new(StatusCode::BAD_REQUEST, "unknown-mandate", title).with_detail(format!(
        "The register of your organisation has no mandate '{id}' for you."
    ))
}
