//! What the raiser calls a person of the case: it may name somebody, so it stands in the column of
//! whoever it is about.

use chassis::problem::Problem;
use gate::{Classified, Identity, Marker, Strength, ThirdParty};
use journal::vault::Opened;
use ladder::{Person, Sealed};

use super::Reader;
use crate::api::cases::THIRD_PARTY;
use crate::called::Persons;

impl Reader<'_> {
    /// What the raiser calls the person with this key, for whom the gate shows who that is; for
    /// everybody else, and once the person was erased, the platform's own key.
    ///
    /// # Errors
    /// As for [`Reader::open`].
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
        let called = Classified::<C, Sealed>::new(called.clone());
        Ok(match self.opened(&called).await? {
            Some(Opened::Text(word)) => Some(word),
            Some(Opened::Erased | Opened::Withheld) | None => None,
        })
    }
}
