//! What the raiser's organisation calls the persons of a case. The platform knows them by keys of
//! its own; the raiser's word for a person may name somebody, so it is sealed under that person's
//! key and only ever opened from the vault. After an erasure the platform's key is all there is
//! (AVG art. 17).

use journal::vault::{Vault, VaultError};
use journal::{Db, JournalError};
use ladder::{CaseId, Person};

use crate::seal;
use crate::views;

/// The persons of one case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Persons {
    scope: String,
    persons: Vec<Person>,
}

impl Persons {
    /// Those whom the report of a case names.
    pub(crate) fn new(case: &CaseId, persons: Vec<Person>) -> Self {
        Self {
            scope: seal::case_owner(case),
            persons,
        }
    }

    /// Those of a case; nobody when there is no such case.
    ///
    /// # Errors
    /// [`JournalError`] when the database cannot be read.
    pub(crate) async fn of(db: &Db, case: &CaseId) -> Result<Self, JournalError> {
        let row = views::find_case(db, case.as_str()).await?;
        let told = row.map(|row| row.content).unwrap_or_default();
        Self::told(case, &told)
    }

    /// Those whom a report names, as its event holds them.
    ///
    /// # Errors
    /// [`JournalError::Unreadable`] when it holds no persons.
    pub(crate) fn told(case: &CaseId, report: &serde_json::Value) -> Result<Self, JournalError> {
        let persons = match report.get("persons") {
            Some(persons) => serde_json::from_value(persons.clone())
                .map_err(|_| JournalError::Unreadable { what: "person" })?,
            None => Vec::new(),
        };
        Ok(Self::new(case, persons))
    }

    /// The person with this key of the platform's.
    pub(crate) fn get(&self, key: &str) -> Option<&Person> {
        self.persons.iter().find(|person| person.person_key == key)
    }

    /// The keys of all of them.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.persons.iter().map(|person| person.person_key.as_str())
    }

    /// The platform's key for whom this names: the key itself, else what the raiser calls the
    /// person. Nobody goes by the raiser's word any more after an erasure.
    ///
    /// # Errors
    /// [`VaultError`] when the vault cannot be reached.
    pub(crate) async fn key(
        &self,
        vault: &Vault,
        given: &str,
    ) -> Result<Option<String>, VaultError> {
        if self.get(given).is_some() {
            return Ok(Some(given.to_owned()));
        }
        for person in &self.persons {
            if self.word(vault, person).await?.as_deref() == Some(given) {
                return Ok(Some(person.person_key.clone()));
            }
        }
        Ok(None)
    }

    /// What the raiser calls a person; nothing when the key is all there is.
    ///
    /// # Errors
    /// As for [`Persons::key`].
    pub(crate) async fn word(
        &self,
        vault: &Vault,
        person: &Person,
    ) -> Result<Option<String>, VaultError> {
        match &person.called {
            Some(called) => seal::open(vault, &self.scope, called).await,
            None => Ok(None),
        }
    }
}
