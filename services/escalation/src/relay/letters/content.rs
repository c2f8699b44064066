//! What stands in a letter, and to whom it goes.

use std::collections::BTreeSet;

use gate::{ActedBy, Actor, CaseFacts, Category, Purpose, Strength};
use jiff::Timestamp;
use ladder::{Event, File, Handoff, HandoffStatus, Organisation, Person, Sealed, event};
use proto::event::{
    AccessEnded, AnswerRelayed, CaseClosed, DecisionTaken, HandoffCard, HandoffOpened, KnownFact,
};
use proto::{AgeBand, Answer, HandoffId, Oin, Outcome, PersonRole, RequestId, Text, Tier, ToParty};

use super::{LetterError, Letters, Scene};
use crate::execute::reading_facts;
use crate::seal;

/// The role in which an organisation reads what it accepted.
const RECEIVING_ROLE: &str = "agency_liaison";

/// The role in which the owner reads.
const OWNING_ROLE: &str = "case_director";

/// What stands in place of a text whose key was deleted.
pub(super) fn erased() -> Text {
    Text::from("(gewist)")
}

/// Events that no letter follows from, so that their stream need not be read.
pub(super) fn is_told_to_nobody(event: &Event) -> bool {
    matches!(
        event,
        Event::LegalBasisRecorded(_)
            | Event::FactReported(_)
            | Event::BlockRecorded(_)
            | Event::RungSkipped(_)
            | Event::CommitmentFulfilled(_)
            | Event::CitizenInformed(_)
            | Event::LessonRecorded(_)
    )
}

/// The card that a receiver sees before acceptance: codes only.
pub(super) fn card(
    scene: &Scene<'_>,
    offer: &event::HandoffOffered,
) -> Result<HandoffCard, LetterError> {
    let persons = scene.history.iter().find_map(|past| match past {
        Event::Reported(report) => Some(report.persons.as_slice()),
        _ => None,
    });
    let band = persons
        .unwrap_or_default()
        .iter()
        .find(|person| person.role == "data_subject");
    Ok(HandoffCard {
        handoff: handoff_id(&offer.handoff)?,
        from: oin(&offer.from)?,
        contact: offer.contact_role.clone(),
        kind: proto::HandoffKind::from_code(offer.handoff_kind.as_str())
            .ok_or(LetterError::Code)?,
        theme: scene.file.theme.clone(),
        rules: offer.rules.clone(),
        requested_outcome: offer.requested_outcome.clone(),
        age_band: band.and_then(|person| AgeBand::from_code(&person.age_band)),
        urgent: offer.urgent,
        answer_by: offer.answer_by,
    })
}

/// Until when a handoff can be answered, as it was offered.
pub(super) fn answer_by(scene: &Scene<'_>, handoff: &ladder::HandoffId) -> Timestamp {
    match scene
        .file
        .handoffs
        .get(handoff)
        .map(|handoff| &handoff.status)
    {
        Some(HandoffStatus::Offered { answer_by, .. }) => *answer_by,
        _ => Timestamp::UNIX_EPOCH,
    }
}

/// Sender and receiver of a handoff hear the same.
pub(super) fn both(handoff: Option<&Handoff>, event: &ToParty) -> Vec<(Organisation, ToParty)> {
    handoff.map_or_else(Vec::new, |handoff| {
        vec![
            (handoff.from.clone(), event.clone()),
            (handoff.to.clone(), event.clone()),
        ]
    })
}

/// Everybody hears the same.
pub(super) fn to_all(
    organisations: &BTreeSet<Organisation>,
    event: &ToParty,
) -> Vec<(Organisation, ToParty)> {
    organisations
        .iter()
        .map(|organisation| (organisation.clone(), event.clone()))
        .collect()
}

/// The organisations that take part: who owns the case, who accepted a handoff, who was asked for
/// a commitment.
pub(super) fn concerned(file: &File) -> BTreeSet<Organisation> {
    let mut organisations: BTreeSet<Organisation> = file
        .participants()
        .into_iter()
        .chain(file.asked())
        .cloned()
        .collect();
    organisations.insert(file.owner.clone());
    organisations.insert(file.raiser.clone());
    organisations
}

/// Everybody hears that a case is closed; the access of those who only took part ends.
pub(super) fn closing(
    file: &File,
    closed: &event::CaseClosed,
) -> Result<Vec<(Organisation, ToParty)>, LetterError> {
    let told = CaseClosed {
        rung: file.rung.to_string(),
        tier: tier(file.tier),
        outcome: Outcome::from_code(closed.outcome.as_str()).ok_or(LetterError::Code)?,
        reason: None,
    };
    let ended = AccessEnded {
        reason: "closed".to_owned(),
        handoff: None,
    };
    let mut letters = Vec::new();
    for organisation in concerned(file) {
        let stays = organisation == file.owner || organisation == file.raiser;
        letters.push((organisation.clone(), told.clone().into()));
        if !stays {
            letters.push((organisation, ended.clone().into()));
        }
    }
    Ok(letters)
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
    pub(super) async fn opened(
        &self,
        sealed: Option<&Sealed>,
    ) -> Result<Option<Text>, LetterError> {
        match sealed {
            Some(sealed) => Ok(seal::open(self.vault, sealed).await?.map(Text::from)),
            None => Ok(None),
        }
    }

    /// Both hear of an acceptance; the receiver also gets what it may now read.
    pub(super) async fn accepted(
        &self,
        scene: &Scene<'_>,
        accepted: &event::HandoffAccepted,
        owner: Oin,
    ) -> Result<Vec<(Organisation, ToParty)>, LetterError> {
        let told = AnswerRelayed {
            handoff: handoff_id(&accepted.handoff)?,
            answer: Answer::Accepted,
            reason: None,
            text: self.opened(accepted.text.as_ref()).await?,
            alternative: None,
            owner,
            by: oin(&accepted.by)?,
        };
        let mut letters = both(scene.file.handoffs.get(&accepted.handoff), &told.into());
        let offer = scene.history.iter().find_map(|past| match past {
            Event::HandoffOffered(offer) if offer.handoff == accepted.handoff => Some(offer),
            _ => None,
        });
        if let Some(offer) = offer {
            let opened = self.opening(scene, offer).await?;
            letters.push((offer.to.clone(), opened.into()));
        }
        Ok(letters)
    }

    /// What the matrix lets the receiver read of the case.
    async fn opening(
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
                        persons.push(self.person(person, identity).await?);
                    }
                }
                Event::FactReported(fact) => {
                    let category = Category::from_word(&fact.category).ok_or(LetterError::Code)?;
                    let of_fact = CaseFacts {
                        source: Some(fact.source.to_string()),
                        ..facts.clone()
                    };
                    if sees(category, &of_fact) {
                        known.push(self.fact(fact).await?);
                    }
                }
                _ => {}
            }
        }
        Ok(HandoffOpened {
            handoff: handoff_id(&offer.handoff)?,
            from: oin(&offer.from)?,
            summary: self
                .opened(Some(&offer.summary))
                .await?
                .unwrap_or_else(erased),
            story: None,
            desired_outcome: None,
            persons,
            facts: known,
        })
    }

    async fn person(&self, person: &Person, identity: bool) -> Result<proto::Person, LetterError> {
        let role = PersonRole::from_code(&person.role).ok_or(LetterError::Code)?;
        // Relatives are another column of the matrix: their identity is not opened with the rest.
        let identity = identity && role != PersonRole::ThirdParty;
        let shown = |field: &Option<Sealed>| if identity { field.clone() } else { None };
        let birth_date = self.opened(shown(&person.birth_date).as_ref()).await?;
        Ok(proto::Person {
            person_key: person.person_key.clone(),
            role,
            age_band: AgeBand::from_code(&person.age_band).ok_or(LetterError::Code)?,
            name: self.opened(shown(&person.name).as_ref()).await?,
            birth_date: birth_date.and_then(|date| date.parse().ok()),
            address: self.opened(shown(&person.address).as_ref()).await?,
        })
    }

    async fn fact(&self, fact: &event::FactReported) -> Result<KnownFact, LetterError> {
        Ok(KnownFact {
            by: oin(&fact.source)?,
            category: proto::Category::from_code(&fact.category).ok_or(LetterError::Code)?,
            law: fact.law.clone(),
            rule: fact.rule.clone(),
            summary: self
                .opened(Some(&fact.summary))
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
    ) -> Result<Vec<(Organisation, ToParty)>, LetterError> {
        let text = self.opened(Some(&decision.text)).await?;
        let mut letters = Vec::new();
        for organisation in concerned(&scene.file) {
            let commitments = scene
                .file
                .commitments
                .iter()
                .filter(|(_, commitment)| commitment.of == organisation)
                .map(|(request, _)| request_id(request))
                .collect::<Result<_, _>>()?;
            let by = oin(&scene.file.handler)?;
            let shown = self.shows_decision(scene, &organisation);
            let text = if shown { text.clone() } else { None };
            let told = DecisionTaken {
                by,
                text,
                commitments,
            };
            letters.push((organisation, told.into()));
        }
        Ok(letters)
    }

    fn shows_decision(&self, scene: &Scene<'_>, organisation: &Organisation) -> bool {
        let file = &scene.file;
        let (role, purpose) = if *organisation == file.owner {
            (OWNING_ROLE, Purpose::Help)
        } else {
            (RECEIVING_ROLE, Purpose::OwnLaw)
        };
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
