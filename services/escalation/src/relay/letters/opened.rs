//! What is opened for one reader: after acceptance, and of a decision, as the matrix allows.

use gate::{ActedBy, Actor, CaseFacts, Category, Purpose, Strength};
use ladder::{Event, File, Organisation, Person, Sealed, event};
use proto::event::{DecisionTaken, HandoffOpened, KnownFact};
use proto::{AgeBand, PersonRole};

use super::content::{erased, handoff_id, held_back, oin, request_id};
use super::hearers::concerned;
use super::{LetterError, Letters, Scene, Told};
use crate::execute::reading_facts;

/// The role in which an organisation reads what it accepted.
const RECEIVING_ROLE: &str = "agency_liaison";

/// The role in which the owner reads.
const OWNING_ROLE: &str = "case_director";

impl Letters<'_> {
    /// What the matrix lets the receiver read of the case.
    pub(super) async fn opening(
        &self,
        scene: &Scene<'_>,
        offer: &event::HandoffOffered,
    ) -> Result<HandoffOpened, LetterError> {
        let reader = reader(&offer.to, RECEIVING_ROLE);
        let facts = reading_facts(&scene.id, &scene.case).unwrap_or_default();
        let sees = |category, facts: &CaseFacts| {
            self.ground
                .gate
                .reading(&reader, Purpose::OwnLaw, category, facts)
                .strength
                == Strength::Full
        };
        let mut persons = Vec::new();
        let mut known = Vec::new();
        for past in scene.history {
            match past {
                Event::Reported(report) => {
                    let identity = sees(Category::Identity, &facts);
                    for person in &report.persons {
                        persons.push(self.person(scene, person, identity).await?);
                    }
                }
                Event::FactReported(fact) => {
                    let category = Category::from_word(&fact.category).ok_or(LetterError::Code)?;
                    let of_fact = CaseFacts {
                        source: Some(fact.source.to_string()),
                        ..facts.clone()
                    };
                    if sees(category, &of_fact) {
                        known.push(self.fact(scene, fact).await?);
                    }
                }
                _ => {}
            }
        }
        // It tells of the household: while a person objects to that, it stays closed at the platform too.
        let summary = match facts.objected.contains(Category::Family.as_str()) {
            true => held_back(),
            false => self
                .opened(scene, Some(&offer.summary))
                .await?
                .unwrap_or_else(erased),
        };
        Ok(HandoffOpened {
            handoff: handoff_id(&offer.handoff)?,
            from: oin(&offer.from)?,
            summary,
            story: None,
            desired_outcome: None,
            persons,
            facts: known,
        })
    }

    async fn person(
        &self,
        scene: &Scene<'_>,
        person: &Person,
        identity: bool,
    ) -> Result<proto::Person, LetterError> {
        let role = PersonRole::from_code(&person.role).ok_or(LetterError::Code)?;
        // Relatives are another column of the matrix: their identity is not opened with the rest.
        let identity = identity && role != PersonRole::ThirdParty;
        let shown = |field: &Option<Sealed>| if identity { field.clone() } else { None };
        let birth_date = self
            .opened(scene, shown(&person.birth_date).as_ref())
            .await?;
        let called = self.opened(scene, shown(&person.called).as_ref()).await?;
        Ok(proto::Person {
            person_key: match called {
                Some(word) => word.to_string(),
                None => person.person_key.clone(),
            },
            role,
            age_band: AgeBand::from_code(&person.age_band).ok_or(LetterError::Code)?,
            name: self.opened(scene, shown(&person.name).as_ref()).await?,
            birth_date: birth_date.and_then(|date| date.parse().ok()),
            address: self.opened(scene, shown(&person.address).as_ref()).await?,
        })
    }

    /// How an organisation hears of one person of the case: by what the raiser calls the person where
    /// the matrix shows it who that is, else by the platform's own key.
    pub(super) async fn heard_as(
        &self,
        scene: &Scene<'_>,
        organisation: &Organisation,
        key: &str,
    ) -> Result<String, LetterError> {
        let persons = scene.persons();
        let Some(person) = persons.get(key) else {
            return Ok(key.to_owned());
        };
        let (role, purpose) = role_of(&scene.file, organisation);
        let facts = reading_facts(&scene.id, &scene.case).unwrap_or_default();
        let category = match PersonRole::from_code(&person.role) {
            Some(PersonRole::ThirdParty) => Category::ThirdParty,
            _ => Category::Identity,
        };
        let reader = reader(organisation, role);
        let reading = self.ground.gate.reading(&reader, purpose, category, &facts);
        let word = match reading.strength {
            Strength::Full => persons.word(self.vault, person).await?,
            Strength::None | Strength::Pseudonym | Strength::Masked => None,
        };
        Ok(word.unwrap_or_else(|| key.to_owned()))
    }

    async fn fact(
        &self,
        scene: &Scene<'_>,
        fact: &event::FactReported,
    ) -> Result<KnownFact, LetterError> {
        Ok(KnownFact {
            by: oin(&fact.source)?,
            category: proto::Category::from_code(&fact.category).ok_or(LetterError::Code)?,
            law: fact.law.clone(),
            rule: fact.rule.clone(),
            summary: self
                .opened(scene, Some(&fact.summary))
                .await?
                .unwrap_or_else(erased),
            since: fact.since.parse().map_err(|_| LetterError::Code)?,
        })
    }

    /// Everybody hears that a decision was taken and on which of its own requests it rests; its
    /// words go to whoever the matrix shows them to. The table shares them with those it asked.
    pub(super) async fn decision(
        &self,
        scene: &Scene<'_>,
        decision: &event::DecisionTaken,
    ) -> Result<Told, LetterError> {
        let text = self.opened(scene, Some(&decision.text)).await?;
        let mut letters = Vec::new();
        for organisation in concerned(&scene.file) {
            let commitments = scene
                .file
                .commitments
                .iter()
                .filter(|(_, commitment)| commitment.of == *organisation)
                .map(|(request, _)| request_id(request))
                .collect::<Result<_, _>>()?;
            let by = oin(&scene.file.handler)?;
            let shown = self.shows_decision(scene, organisation);
            let text = if shown { text.clone() } else { None };
            let told = DecisionTaken {
                by,
                text,
                commitments,
            };
            letters.push((organisation.clone(), told.into()));
        }
        Ok(letters)
    }

    fn shows_decision(&self, scene: &Scene<'_>, organisation: &Organisation) -> bool {
        let file = &scene.file;
        let (role, purpose) = role_of(file, organisation);
        let facts = CaseFacts {
            source: Some(file.handler.to_string()),
            shared_with: file
                .asked()
                .into_iter()
                .map(Organisation::to_string)
                .collect(),
            ..reading_facts(&scene.id, &scene.case).unwrap_or_default()
        };
        let reader = reader(organisation, role);
        let reading = self
            .ground
            .gate
            .reading(&reader, purpose, Category::Decision, &facts);
        reading.strength == Strength::Full
    }
}

/// In which role, and what for, an organisation hears of a case.
fn role_of(file: &File, organisation: &Organisation) -> (&'static str, Purpose) {
    if *organisation == file.owner {
        (OWNING_ROLE, Purpose::Help)
    } else {
        (RECEIVING_ROLE, Purpose::OwnLaw)
    }
}

/// An organisation's own service, reading in one role.
fn reader(organisation: &Organisation, role: &str) -> Actor {
    let acted_by = ActedBy {
        role: role.to_owned(),
        person_ref: String::new(),
    };
    Actor::Organisation(gate::Organisation::authenticated(
        organisation.as_str(),
        "",
        acted_by,
    ))
}
