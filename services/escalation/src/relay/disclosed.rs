//! What the relay tells about a case is processing like any other: it is accounted for before it
//! leaves, by the owner of the case as the controller and with the receiver as the other party.

use std::collections::BTreeSet;

use account::{Lines, Span, Status, Trace};
use proto::ToParty;
use serde_json::Value;
use uuid::Uuid;

use super::letters::{Letter, letter_id};
use super::{Relay, RelayError};
use crate::accounting::{Processed, RELAY_LETTER, person_of};
use crate::views;

impl Relay {
    /// Writes the lines of a letter about a case. They have the letter's id, so that a letter that
    /// is sent again is accounted for once.
    pub(super) async fn account_for(&self, letter: &Letter, id: Uuid) -> Result<(), RelayError> {
        let Some(case) = &letter.case else {
            return Ok(());
        };
        let Some(activity) = self.accounting.register().of(RELAY_LETTER) else {
            return Ok(());
        };
        let row = views::find_case(&self.ground.db, case).await?;
        let owner = row.as_ref().map(|row| row.owner.clone());
        let owner = owner.unwrap_or_else(|| self.accounting.platform().to_owned());
        let now = self.ground.clock.now();
        let done = Processed {
            trace: &Trace::new(*id.as_bytes()),
            span: span(&id),
            name: letter.event.event(),
            activity,
            organisation: &owner,
            receiver: Some(letter.to.as_str()),
            status: Status::Ok,
            from: now,
            until: now,
        };
        let mut keys = BTreeSet::new();
        match &letter.event {
            // It names nobody: who it is about is sealed. It is about the whole household.
            ToParty::IdentityShared(_) => {
                let told = row.map(|row| row.content).unwrap_or_default();
                persons(&told["persons"], &mut keys);
            }
            told => persons(&told.data(), &mut keys),
        }
        let subjects = keys.into_iter().map(|key| {
            let line = letter_id(&[id.as_bytes(), key.as_bytes()]);
            (person_of(case, &key), span(&line))
        });
        let processing = self.accounting.processing(&done, subjects);
        let lines = Lines {
            access: Vec::new(),
            processing,
        };
        Ok(self.accounting.write(lines).await?)
    }
}

/// The same for the same id.
fn span(id: &Uuid) -> Span {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&id.as_bytes()[..8]);
    Span::new(bytes)
}

/// The keys of all persons that a letter names.
fn persons(data: &Value, keys: &mut BTreeSet<String>) {
    match data {
        Value::Object(fields) => {
            keys.extend(
                fields
                    .get("personKey")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            fields.values().for_each(|value| persons(value, keys));
        }
        Value::Array(items) => items.iter().for_each(|item| persons(item, keys)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
