//! What the relay tells about a case is processing like any other: it is accounted for before it
//! leaves, by the owner of the case as the controller and with the receiver as the other party.

use std::collections::BTreeSet;

use account::{Lines, Span, Status, Trace};
use journal::JournalError;
use ladder::CaseId;
use proto::ToParty;
use serde_json::Value;
use uuid::Uuid;

use super::letters::{Letter, letter_id};
use super::{Relay, RelayError};
use crate::accounting::{Processed, RELAY_LETTER, person_of};
use crate::called::Persons;
use crate::views::{self, CaseRow};

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
        let keys = self.persons_in(case, letter, row).await?;
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

    /// The keys of the persons of the case whom a letter names.
    async fn persons_in(
        &self,
        case: &str,
        letter: &Letter,
        row: Option<CaseRow>,
    ) -> Result<BTreeSet<String>, RelayError> {
        let case = CaseId::parse(case).map_err(|_| JournalError::Unreadable { what: "case" })?;
        let told = row.map(|row| row.content).unwrap_or_default();
        let persons = Persons::told(&case, &told)?;
        let everybody = || persons.keys().map(str::to_owned).collect();
        let mut words = BTreeSet::new();
        match &letter.event {
            // It names nobody: who it is about is sealed. It is about the whole household.
            ToParty::IdentityShared(_) => return Ok(everybody()),
            told => words_in(&told.data(), &mut words),
        }
        let mut keys = BTreeSet::new();
        for word in words {
            match persons.key(&self.vault, &word).await? {
                Some(key) => keys.insert(key),
                // Erased since the letter was written: nobody can tell any more who that was.
                None => return Ok(everybody()),
            };
        }
        Ok(keys)
    }
}

/// The same for the same id.
fn span(id: &Uuid) -> Span {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&id.as_bytes()[..8]);
    Span::new(bytes)
}

/// What a letter calls the persons that it names.
fn words_in(data: &Value, words: &mut BTreeSet<String>) {
    match data {
        Value::Object(fields) => {
            words.extend(
                fields
                    .get("personKey")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
            fields.values().for_each(|value| words_in(value, words));
        }
        Value::Array(items) => items.iter().for_each(|item| words_in(item, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
