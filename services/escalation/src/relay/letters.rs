//! What an event means for each organisation concerned: the letters that follow from it.

mod content;

use aws_lc_rs::digest;
use journal::vault::{Vault, VaultError};
use journal::{JournalError, StoredEvent};
use ladder::{Case, CaseId, Decider, Event, EventError, File, Organisation, Rules};
use proto::event::{
    AnswerRelayed, CaseDeescalated, CaseEscalated, CaseRegistered, CommitmentRequested,
    FeedbackSent, HandoffExpired, HandoffReminded, IdentityRelayed, WithdrawalRelayed,
};
use proto::{Answer, DeclineReason, Oin, ToParty};
use uuid::Uuid;

use crate::aggregate::{self, Subject};
use crate::execute::Ground;
use content::{
    answer_by, both, card, closing, concerned, handoff_id, is_told_to_nobody, oin, request_id,
    tier, to_all,
};

/// What one organisation is told.
pub(super) struct Letter {
    /// Whom.
    pub(super) to: Oin,
    /// Its pseudonym for the case.
    pub(super) subject: Option<String>,
    /// The platform's id of the case; stays inside.
    pub(super) case: Option<String>,
    /// What.
    pub(super) event: ToParty,
}

/// Why a letter cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum LetterError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Event(#[from] EventError),
    #[error("an identifier in the log is not valid: {0}")]
    Identifier(#[from] proto::IdentifierError),
    #[error("an id in the log is not valid: {0}")]
    Uuid(#[from] uuid::Error),
    #[error("a coded value in the log is not known on the wire")]
    Code,
}

/// The id of a letter: the same whenever it is written, so that sending it twice counts once.
pub(super) fn letter_id(parts: &[&[u8]]) -> Uuid {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
        context.update(b"\0");
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&context.finish().as_ref()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Writes letters.
pub(super) struct Letters<'a> {
    ground: &'a Ground,
    vault: &'a Vault,
}

/// The event, and the case as it was when the event had happened.
struct Scene<'a> {
    id: CaseId,
    case: Case,
    file: File,
    history: &'a [Event],
}

impl<'a> Letters<'a> {
    pub(super) fn new(ground: &'a Ground, vault: &'a Vault) -> Self {
        Self { ground, vault }
    }

    /// The letters that follow from one event.
    pub(super) async fn of(&self, stored: &StoredEvent) -> Result<Vec<Letter>, LetterError> {
        let Some(Subject::Case(id)) = Subject::parse(&stored.stream) else {
            return Ok(Vec::new());
        };
        let event: Event = aggregate::event(stored)?;
        if is_told_to_nobody(&event) {
            return Ok(Vec::new());
        }
        let stream = self.ground.db.read_stream(&stored.stream).await?;
        let mut case = Case::Absent;
        let mut history = Vec::new();
        for row in stream
            .iter()
            .take_while(|row| row.version <= stored.version)
        {
            let past: Event = aggregate::event(row)?;
            case = Rules::evolve(case, &past, row.at);
            history.push(past);
        }
        let Some(file) = case.file().cloned() else {
            return Ok(Vec::new());
        };
        let scene = Scene {
            id,
            case,
            file,
            history: &history,
        };
        let mut letters = Vec::new();
        for (to, event) in self.told(&scene, &event).await? {
            let subject = self.ground.pseudonyms.of(&to, &scene.id)?.to_string();
            letters.push(Letter {
                to: Oin::parse(to.as_str())?,
                subject: Some(subject),
                case: Some(scene.id.to_string()),
                event,
            });
        }
        Ok(letters)
    }

    async fn told(
        &self,
        scene: &Scene<'_>,
        event: &Event,
    ) -> Result<Vec<(Organisation, ToParty)>, LetterError> {
        let file = &scene.file;
        let owner = oin(&file.owner)?;
        Ok(match event {
            Event::Reported(report) => {
                let pseudonym = self.ground.pseudonyms.of(&report.owner, &scene.id)?;
                let own_reference = Some(report.own_reference.clone());
                let told = CaseRegistered {
                    own_reference,
                    pseudonym,
                };
                vec![(report.owner.clone(), told.into())]
            }
            Event::HandoffOffered(offer) => {
                vec![(offer.to.clone(), card(scene, offer)?.into())]
            }
            Event::HandoffReminded(reminder) => match file.handoffs.get(&reminder.handoff) {
                Some(handoff) => vec![(
                    handoff.to.clone(),
                    HandoffReminded {
                        handoff: handoff_id(&reminder.handoff)?,
                        answer_by: answer_by(scene, &reminder.handoff),
                        owner,
                    }
                    .into(),
                )],
                None => Vec::new(),
            },
            Event::HandoffExpired(expiry) => {
                let told = HandoffExpired {
                    handoff: handoff_id(&expiry.handoff)?,
                    reason: None,
                    owner,
                };
                both(file.handoffs.get(&expiry.handoff), &told.into())
            }
            Event::HandoffWithdrawn(withdrawal) => {
                match file.handoffs.get(&withdrawal.handoff) {
                    Some(handoff) => vec![(
                        handoff.to.clone(),
                        // The reason is free text and was never meant for a card.
                        WithdrawalRelayed {
                            handoff: handoff_id(&withdrawal.handoff)?,
                            reason: None,
                            owner,
                        }
                        .into(),
                    )],
                    None => Vec::new(),
                }
            }
            Event::HandoffAccepted(accepted) => self.accepted(scene, accepted, owner).await?,
            Event::HandoffDeclined(declined) => {
                let told = AnswerRelayed {
                    handoff: handoff_id(&declined.handoff)?,
                    answer: Answer::Declined,
                    reason: DeclineReason::from_code(&declined.reason),
                    text: self.opened(declined.text.as_ref()).await?,
                    alternative: self.opened(declined.alternative.as_ref()).await?,
                    owner,
                    by: oin(&declined.by)?,
                };
                both(file.handoffs.get(&declined.handoff), &told.into())
            }
            Event::HandoffCountered(counter) => {
                let told = AnswerRelayed {
                    handoff: handoff_id(&counter.handoff)?,
                    answer: Answer::Countered,
                    reason: counter.reason.as_deref().and_then(DeclineReason::from_code),
                    text: self.opened(counter.text.as_ref()).await?,
                    alternative: self.opened(Some(&counter.alternative)).await?,
                    owner,
                    by: oin(&counter.by)?,
                };
                both(file.handoffs.get(&counter.handoff), &told.into())
            }
            Event::IdentityShared(share) => vec![(
                share.to.clone(),
                IdentityRelayed {
                    handoff: handoff_id(&share.handoff)?,
                    from: oin(&share.from)?,
                    sealed: share.sealed.clone(),
                }
                .into(),
            )],
            Event::Escalated(escalated) => {
                let told = CaseEscalated {
                    rung: escalated.rung.to_string(),
                    tier: tier(escalated.tier),
                    reason: None,
                };
                to_all(&concerned(file), &told.into())
            }
            Event::CommitmentRequested(request) => vec![(
                request.of.clone(),
                CommitmentRequested {
                    request: request_id(&request.request)?,
                    text: self
                        .opened(Some(&request.text))
                        .await?
                        .unwrap_or_else(content::erased),
                    by: oin(&request.by)?,
                }
                .into(),
            )],
            Event::DecisionTaken(decision) => self.decision(scene, decision).await?,
            Event::FeedbackSent(feedback) => vec![(
                file.raiser.clone(),
                FeedbackSent {
                    by: oin(&file.handler)?,
                    text: self
                        .opened(Some(&feedback.text))
                        .await?
                        .unwrap_or_else(content::erased),
                }
                .into(),
            )],
            Event::Deescalated(down) => {
                let told = CaseDeescalated {
                    rung: down.rung.to_string(),
                    tier: tier(down.tier),
                    reason: Some(down.reason.clone()),
                };
                to_all(&concerned(file), &told.into())
            }
            Event::CaseClosed(closed) => closing(file, closed)?,
            Event::DraftSaved(_)
            | Event::DraftReminded(_)
            | Event::DraftDiscarded(_)
            | Event::PerspectiveRecorded(_)
            | Event::OwnershipModeChosen(_)
            | Event::OwnerChanged(_)
            | Event::AdviceAsked(_)
            | Event::AdviceGiven(_)
            | Event::AdviceExpired(_)
            | Event::CounterAccepted(_)
            | Event::CounterRefused(_)
            | Event::CounterExpired(_)
            | Event::HandoffReturned(_)
            | Event::EscalationAcknowledged(_)
            | Event::CompletionExpired(_)
            | Event::EvidenceProvided(_)
            | Event::ExplanationOverdue(_)
            | Event::SilencePersisted(_)
            | Event::UrgencyClaimed(_)
            | Event::UrgencyConfirmed(_)
            | Event::UrgencyLapsed(_)
            | Event::ReviewPassed(_)
            | Event::StayWarned(_)
            | Event::CommitmentLate(_)
            | Event::AssessmentRecorded(_)
            | Event::AssessmentCompleted(_)
            | Event::DecisionProposed(_)
            | Event::DecisionRejected(_)
            | Event::DecisionExpired(_)
            | Event::FundOpened(_)
            | Event::FundContributed(_)
            | Event::FundCompleted(_)
            | Event::BudgetSpent(_)
            | Event::MeasureStarted(_)
            | Event::MeasureDue(_)
            | Event::MeasureEnded(_)
            | Event::CaseSuspended(_)
            | Event::CaseResumed(_)
            | Event::TermExtended(_)
            | Event::InformingPostponed(_)
            | Event::CaseWithdrawn(_)
            | Event::CaseReopened(_)
            | Event::LegalBasisRecorded(_)
            | Event::FactReported(_)
            | Event::BlockRecorded(_)
            | Event::RungSkipped(_)
            | Event::EscalationRequested(_)
            | Event::EscalationReturned(_)
            | Event::EscalationRefused(_)
            | Event::EscalationExpired(_)
            | Event::CommitmentMade(_)
            | Event::CommitmentRefused(_)
            | Event::CommitmentFulfilled(_)
            | Event::CitizenInformed(_)
            | Event::DeescalationProposed(_)
            | Event::DeescalationDeclined(_)
            | Event::AftercareStarted(_)
            | Event::AftercareReminded(_)
            | Event::LessonRecorded(_) => Vec::new(),
        })
    }
}
