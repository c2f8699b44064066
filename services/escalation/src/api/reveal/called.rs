//! What the raiser calls a person of the case: it may name somebody, so it stands in the column of
//! whoever it is about.

use chassis::problem::Problem;
use gate::{Classified, Identity, Marker, Shown, Strength, ThirdParty};
use journal::vault::Opened;
use ladder::{Person, Sealed};

use super::Reader;
use crate::api::cases::THIRD_PARTY;
use crate::api::refusal::unavailable;
use crate::called::Persons;

impl Reader<'_> {
    /// What the raiser calls the person with this key, for whom the gate shows who that is; for
    /// everybody else, and once the person was erased, the platform's own key.
    ///
    /// # Errors
    /// 503 when the key vault does not answer.
    pub(in crate::api) async fn called(
        &mut self,
        persons: &Persons,
        key: &str,
    ) -> Result<String, Problem> {
        let word = match persons.get(key) {
            Some(person) if person.role == THIRD_PARTY => self.word::<ThirdParty>(person).await?,
            Some(person) => self.word::<Identity>(person).await?,
            None => None,
        };
        Ok(word.unwrap_or_else(|| key.to_owned()))
    }

    async fn word<C: Marker>(&mut self, person: &Person) -> Result<Option<String>, Problem> {
        let Some(called) = &person.called else {
            return Ok(None);
        };
        if self.strength_of(C::CATEGORY, &person.person_key) < Strength::Full {
            return Ok(None);
        }
        let grant = self.gate.read::<C>(self.actor, self.purpose, &self.facts);
        let called = Classified::<C, Sealed>::new(called.clone());
        let Shown::Full(sealed) = called.read(&grant) else {
            return Ok(None);
        };
        Ok(
            match self.unseal(&grant, sealed).await.map_err(unavailable)? {
                Opened::Text(word) => Some(word),
                Opened::Erased | Opened::Withheld => None,
            },
        )
    }
}
