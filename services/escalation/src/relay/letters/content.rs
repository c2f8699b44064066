//! What stands in a letter: conversions, and texts that are opened.

use ladder::{Event, Organisation, Sealed};
use proto::codes::is_code;
use proto::{AgeBand, HandoffId, Oin, RequestId, Text, Tier};

use super::{LetterError, Letters, Scene};
use crate::seal;

/// What stands in place of a text whose key was deleted.
pub(super) fn erased() -> Text {
    Text::from("(gewist)")
}

/// What stands in place of a text that is not shared while a person objects to it.
pub(super) fn held_back() -> Text {
    Text::from("(niet gedeeld: er is bezwaar gemaakt)")
}

/// How old the person is whom the case is about, in a band.
pub(super) fn age_band(scene: &Scene<'_>) -> Option<AgeBand> {
    let persons = scene.history.iter().find_map(|past| match past {
        Event::Reported(report) => Some(report.persons.as_slice()),
        _ => None,
    });
    let person = persons
        .unwrap_or_default()
        .iter()
        .find(|person| person.role == "data_subject");
    person.and_then(|person| AgeBand::from_code(&person.age_band))
}

/// A code as it goes out; nothing where somebody wrote a sentence.
pub(super) fn code(word: &str) -> Option<String> {
    is_code(word).then(|| word.to_owned())
}

pub(super) fn oin(organisation: &Organisation) -> Result<Oin, LetterError> {
    Ok(Oin::parse(organisation.as_str())?)
}

pub(super) fn handoff_id(id: &ladder::HandoffId) -> Result<HandoffId, LetterError> {
    Ok(id.as_str().parse()?)
}

pub(super) fn request_id(id: &ladder::RequestId) -> Result<RequestId, LetterError> {
    Ok(id.as_str().parse()?)
}

pub(super) fn tier(tier: ladder::Tier) -> Tier {
    match tier {
        ladder::Tier::Local => Tier::Local,
        ladder::Tier::Regional => Tier::Regional,
        ladder::Tier::National => Tier::National,
    }
}

impl Letters<'_> {
    /// Whom to warn in an organisation, by its own references for its employees.
    pub(super) fn managers(&self, organisation: &Organisation) -> Result<Vec<Text>, LetterError> {
        let party = self.parties.get(&oin(organisation)?);
        Ok(party
            .into_iter()
            .flat_map(|party| &party.managers)
            .map(|manager| Text::from(manager.as_str()))
            .collect())
    }

    pub(super) async fn opened(
        &self,
        scene: &Scene<'_>,
        sealed: Option<&Sealed>,
    ) -> Result<Option<Text>, LetterError> {
        match sealed {
            Some(sealed) => {
                let scope = seal::case_owner(&scene.id);
                let opened = seal::open(self.vault, &scope, sealed).await?;
                Ok(opened.map(Text::from))
            }
            None => Ok(None),
        }
    }
}
