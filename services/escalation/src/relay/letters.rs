//! What an event means for each organisation concerned: the letters that follow from it.

mod content;
mod course;
mod ended;
mod escalation;
mod handoff;
mod hearers;
mod opened;
mod overdue;
mod pass;
mod said;
mod signal;
mod table;

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use chassis::parties::Parties;
use jiff::Timestamp;
use journal::vault::{Vault, VaultError};
use journal::{JournalError, StoredEvent};
use ladder::{Case, CaseId, Decider, Event, EventError, File, Organisation, Rules};
use proto::event::{
    CaseDeescalated, CaseEscalated, CaseRegistered, CommitmentRequested, FeedbackSent,
};
use proto::{Oin, ToParty};
use uuid::Uuid;

use crate::aggregate::{self, Subject};
use crate::called::Persons;
use crate::execute::Ground;
use crate::seal;
use content::{erased, oin, request_id, tier};
use hearers::{concerned, once};

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
    /// How many letters of this name the same event sent to the same organisation before.
    pub(super) nth: usize,
}

/// Who is told what.
type Told = Vec<(Organisation, ToParty)>;

/// Why a letter cannot be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LetterError {
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
pub(crate) fn letter_id(parts: &[&[u8]]) -> Uuid {
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
    parties: &'a Parties,
}

/// The event, and the case as it was before it and when it had happened.
struct Scene<'a> {
    id: CaseId,
    before: Case,
    case: Case,
    file: File,
    history: &'a [Event],
}

impl Scene<'_> {
    /// Whom the case is about.
    fn persons(&self) -> Persons {
        let reported = self.history.iter().find_map(|past| match past {
            Event::Reported(report) => Some(report.persons.clone()),
            _ => None,
        });
        Persons::new(&self.id, reported.unwrap_or_default())
    }
}

/// Events that no letter follows from: what people look up at the platform, and what concerns
/// nobody but who did it.
macro_rules! untold {
    () => {
        Event::DraftSaved(_)
            | Event::DraftReminded(_)
            | Event::DraftDiscarded(_)
            | Event::LegalBasisRecorded(_)
            | Event::ConsentGiven(_)
            | Event::FactReported(_)
            | Event::BlockRecorded(_)
            | Event::PerspectiveRecorded(_)
            | Event::OwnershipModeChosen(_)
            | Event::EvidenceProvided(_)
            | Event::CommitmentMade(_)
            | Event::CommitmentRefused(_)
            | Event::CommitmentFulfilled(_)
            | Event::AssessmentRecorded(_)
            | Event::AssessmentCompleted(_)
            | Event::DecisionProposed(_)
            | Event::DecisionRejected(_)
            | Event::DecisionExpired(_)
            | Event::ErasureOrdered(_)
            | Event::HoldPlaced(_)
            | Event::HoldLifted(_)
            | Event::RedactionRecorded(_)
            | Event::FundOpened(_)
            | Event::FundContributed(_)
            | Event::FundCompleted(_)
            | Event::BudgetSpent(_)
            | Event::MeasureStarted(_)
            | Event::MeasureEnded(_)
            | Event::CitizenInformed(_)
            | Event::CitizenLinked(_)
            | Event::CitizenUnlinked(_)
            | Event::InformingPostponed(_)
            | Event::AftercareStarted(_)
            | Event::AftercareReminded(_)
            | Event::LessonRecorded(_)
    };
}

impl<'a> Letters<'a> {
    pub(super) fn new(ground: &'a Ground, vault: &'a Vault, parties: &'a Parties) -> Self {
        Self {
            ground,
            vault,
            parties,
        }
    }

    /// The letters that follow from one event.
    pub(super) async fn of(&self, stored: &StoredEvent) -> Result<Vec<Letter>, LetterError> {
        let id = match Subject::parse(&stored.stream) {
            Some(Subject::Case(id)) => id,
            Some(Subject::Pass(_)) => return self.of_pass(stored).await,
            Some(Subject::Meeting(id)) => return self.of_meeting(&id, stored).await,
            Some(Subject::Signal(id)) => return self.of_signal(&id, stored).await,
            Some(Subject::Register(_)) | None => return Ok(Vec::new()),
        };
        let event: Event = aggregate::event(stored)?;
        // Their stream need not be read.
        if matches!(event, untold!()) {
            return Ok(Vec::new());
        }
        let stream = self.ground.db.read_stream(&stored.stream).await?;
        let (mut before, mut case) = (Case::Absent, Case::Absent);
        let mut history = Vec::new();
        for row in stream
            .iter()
            .take_while(|row| row.version <= stored.version)
        {
            let past: Event = aggregate::event(row)?;
            before = case.clone();
            case = Rules::evolve(case, &past, row.at);
            history.push(past);
        }
        let Some(file) = case.file().cloned() else {
            return Ok(Vec::new());
        };
        let scene = Scene {
            id,
            before,
            case,
            file,
            history: &history,
        };
        let told = self.told(&scene, &event, stored.at).await?;
        self.addressed(&scene.id, told)
    }

    fn addressed(&self, case: &CaseId, told: Told) -> Result<Vec<Letter>, LetterError> {
        let mut sent_before: BTreeMap<(Organisation, &'static str), usize> = BTreeMap::new();
        told.into_iter()
            .map(|(to, event)| {
                let subject = self.ground.pseudonyms.of(&to, case)?.to_string();
                let of_this_name = sent_before.entry((to.clone(), event.event())).or_default();
                let nth = *of_this_name;
                *of_this_name += 1;
                Ok(Letter {
                    to: Oin::parse(to.as_str())?,
                    subject: Some(subject),
                    case: Some(case.to_string()),
                    event,
                    nth,
                })
            })
            .collect()
    }

    /// Letters about something that is no case, under its own id.
    fn of_no_case(subject: &str, told: Told) -> Result<Vec<Letter>, LetterError> {
        told.into_iter()
            .map(|(to, event)| {
                Ok(Letter {
                    to: Oin::parse(to.as_str())?,
                    subject: Some(subject.to_owned()),
                    case: None,
                    event,
                    nth: 0,
                })
            })
            .collect()
    }

    async fn told(
        &self,
        scene: &Scene<'_>,
        event: &Event,
        at: Timestamp,
    ) -> Result<Told, LetterError> {
        let file = &scene.file;
        Ok(match event {
            Event::Reported(report) => {
                let pseudonym = self.ground.pseudonyms.of(&report.owner, &scene.id)?;
                let scope = seal::case_owner(&scene.id);
                let own_reference =
                    seal::open_name(self.vault, &scope, &report.own_reference).await?;
                let told = CaseRegistered {
                    own_reference,
                    pseudonym,
                };
                vec![(report.owner.clone(), told.into())]
            }
            Event::HandoffOffered(offer) => {
                vec![(offer.to.clone(), handoff::card(scene, offer)?.into())]
            }
            Event::HandoffReminded(reminder) => handoff::reminded(scene, reminder)?,
            Event::HandoffExpired(expiry) => self.handoff_expired(scene, expiry)?,
            Event::HandoffWithdrawn(withdrawal) => handoff::withdrawn(scene, &withdrawal.handoff)?,
            Event::HandoffAccepted(accepted) => self.accepted(scene, accepted).await?,
            Event::HandoffDeclined(declined) => self.declined(scene, declined).await?,
            Event::HandoffCountered(counter) => self.countered(scene, counter).await?,
            Event::CounterAccepted(answer) => self.counter_accepted(scene, answer).await?,
            Event::CounterRefused(answer) => handoff::counter_refused(scene, answer)?,
            Event::CounterExpired(expiry) => handoff::counter_expired(scene, expiry)?,
            Event::HandoffReturned(back) => handoff::returned(scene, back)?,
            Event::IdentityShared(share) => handoff::identity(share)?,
            Event::OwnerChanged(change) => handoff::owner_changed(scene, change)?,
            Event::AdviceAsked(asked) => self.advice_asked(scene, asked).await?,
            Event::AdviceGiven(given) => self.advice_given(scene, given).await?,
            Event::AdviceExpired(expiry) => course::advice_expired(scene, expiry)?,
            Event::EscalationRequested(request) => escalation::requested(scene, request)?,
            Event::EscalationAcknowledged(seen) => escalation::acknowledged(scene, seen),
            Event::AcknowledgementOverdue(e) => self.not_acknowledged(scene, e)?,
            Event::EscalationReturned(back) => escalation::returned(scene, back),
            Event::CompletionExpired(expiry) => self.not_completed(scene, expiry)?,
            Event::EscalationRefused(refusal) => escalation::refused(scene, refusal)?,
            Event::EscalationExpired(expiry) => self.escalation_expired(scene, expiry)?,
            Event::ExplanationOverdue(e) => self.not_explained(scene, e)?,
            Event::SilencePersisted(silence) => self.silence_persists(scene, silence)?,
            Event::RungSkipped(skipped) => escalation::skipped(scene, skipped),
            Event::Escalated(escalated) => {
                let told = CaseEscalated {
                    rung: escalated.rung.to_string(),
                    tier: tier(escalated.tier),
                    reason: None,
                };
                once(escalation::moved_up(scene, escalated), told)
            }
            Event::ReviewPassed(review) => course::reviewed(file, review),
            Event::StayWarned(_) => overdue::stayed_long(file),
            Event::UrgencyClaimed(claim) => course::urgency_claimed(file, claim)?,
            Event::UrgencyConfirmed(second) => course::urgency_confirmed(scene, second)?,
            Event::UrgencyLapsed(lapse) => course::urgency_lapsed(scene, lapse),
            Event::CommitmentRequested(request) => vec![(
                request.of.clone(),
                CommitmentRequested {
                    request: request_id(&request.request)?,
                    text: self
                        .opened(scene, Some(&request.text))
                        .await?
                        .unwrap_or_else(erased),
                    by: oin(&request.by)?,
                }
                .into(),
            )],
            Event::ConsentWithdrawn(back) => self.consent_withdrawn(scene, back).await?,
            Event::ObjectionRaised(raised) => said::objected(file, raised),
            Event::ObjectionExtended(extended) => said::more_time(file, extended),
            Event::ObjectionOverdue(overdue) => said::not_settled(file, overdue),
            Event::ObjectionSettled(settled) => said::settled(file, settled),
            Event::ObjectionLifted(lifted) => said::lifted(file, lifted),
            Event::CommitmentLate(late) => course::commitment_late(file, late)?,
            Event::DecisionTaken(decision) => self.decision(scene, decision).await?,
            Event::MeasureDue(due) => course::measure_due(file, due)?,
            Event::FeedbackSent(feedback) => vec![(
                file.raiser.clone(),
                FeedbackSent {
                    by: oin(&file.handler)?,
                    text: self
                        .opened(scene, Some(&feedback.text))
                        .await?
                        .unwrap_or_else(erased),
                }
                .into(),
            )],
            Event::DeescalationProposed(proposal) => escalation::proposed_down(file, proposal)?,
            Event::DeescalationDeclined(declined) => escalation::not_taken_down(scene, declined),
            Event::Deescalated(down) => {
                let told = CaseDeescalated {
                    rung: down.rung.to_string(),
                    tier: tier(down.tier),
                    reason: Some(down.reason.clone()),
                };
                escalation::moved_down(scene, &told)
            }
            Event::CaseSuspended(pause) => course::suspended(scene, pause)?,
            Event::CaseResumed(resumed) => course::resumed(scene, resumed)?,
            Event::TermExtended(extension) => course::extended(scene, extension)?,
            Event::ErasureCompleted(done) => ended::erased(file, done),
            Event::CaseClosed(closed) => ended::closed(scene, closed.outcome, at)?,
            Event::CaseWithdrawn(_) => ended::closed(scene, ladder::Outcome::Withdrawn, at)?,
            Event::CaseReopened(reopened) => once(concerned(file), ended::reopened(reopened)),
            untold!() => Vec::new(),
        })
    }
}
