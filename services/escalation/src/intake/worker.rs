//! The worker of one sender: takes its messages one after the other.

mod again;
mod aside;
mod over_http;
mod parked;
mod register;
mod turn;

use bus::{Delivery, Message};
use chassis::parties::PartyKind;
use chassis::trace;
use jiff::Timestamp;
use journal::{CauseKey, Claim, JournalError, Outcome, Settled};
use ladder::{CaseId, EscalationId};
use proto::{FromParty, Oin};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, error, info, info_span, warn};

use super::incoming::{self, Incoming, Unfit};
use super::lane::{Job, Jobs};
use super::{Intake, ledger};
use crate::execute::{Arrival, Done, ExecuteError, Order, Work, back_off};
use crate::seal::CaseSealer;
use crate::translate::{self, Context};
use crate::{addressee, mandate};

pub(crate) use again::{REPLAY, is_replay};
pub(crate) use aside::{arrived_on, expire_parked};

/// After how many failed deliveries a message goes to quarantine.
const ATTEMPTS: u64 = 10;

pub(super) struct Worker {
    intake: Intake,
    sender: Oin,
    /// The parked event that could not be taken in last, and how often that was tried.
    stuck: Option<(String, u64)>,
}

/// What becomes of a delivery.
enum Fate {
    /// What it led to is stored.
    Settled,
    /// It cannot be taken in, and stands in quarantine.
    Quarantined(Unfit),
    /// It could not be stored now.
    Again,
}

/// A failure of ours: the message stays where it is.
#[derive(Debug, thiserror::Error)]
enum WorkError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Vault(#[from] journal::vault::VaultError),
    #[error(transparent)]
    Execute(#[from] ExecuteError),
    #[error("a parked event cannot be read any more")]
    Unreadable,
    #[error("an identifier of ours is not valid: {0}")]
    Identifier(#[from] ladder::IdentifierError),
}

impl Worker {
    pub(super) fn new(intake: Intake, sender: Oin) -> Self {
        Self {
            intake,
            sender,
            stuck: None,
        }
    }

    /// Takes one job after the other until the last entrance is gone, or until stopped: then the one
    /// in hand is finished, and whoever brought the others has them again.
    pub(super) async fn run(mut self, mut jobs: Jobs, stop: CancellationToken) {
        loop {
            let job = tokio::select! {
                biased;
                () = stop.cancelled() => return,
                job = jobs.next() => match job {
                    Some(job) => job,
                    None => return,
                },
            };
            match job {
                Job::Delivered(delivery) => self.deliver(*delivery).await,
                Job::HandedIn(handed, _place) => self.take_handed_in(handed).await,
                Job::Again(again, _place) => self.take_again(again).await,
                Job::Ready => {}
            }
            self.take_ready(&stop).await;
        }
    }

    async fn deliver(&self, delivery: Delivery) {
        let message_id = delivery.message.message_id().unwrap_or("-").to_owned();
        let span = info_span!("intake", sender = %self.sender, message = %message_id);
        let attempt = delivery.attempt;
        let fate = async {
            match self.take(&delivery.message).await {
                Ok(fate) => fate,
                Err(error) if attempt >= ATTEMPTS => {
                    error!(%error, attempt, "a message cannot be stored");
                    self.give_up(&delivery.message).await
                }
                Err(error) => {
                    warn!(%error, attempt, "a message could not be taken in yet");
                    Fate::Again
                }
            }
        }
        .instrument(span)
        .await;
        match fate {
            Fate::Settled => delivery.ack().await,
            Fate::Quarantined(_) => delivery.terminate().await,
            Fate::Again => delivery.retry(back_off(attempt)).await,
        }
    }

    async fn take(&self, message: &Message) -> Result<Fate, WorkError> {
        self.take_under(message, None).await
    }

    /// Takes a message under a cause of its own, when it has another than its id.
    async fn take_under(
        &self,
        message: &Message,
        cause: Option<CauseKey>,
    ) -> Result<Fate, WorkError> {
        let at = self.intake.ground.clock.now();
        let envelope = match incoming::envelope(message, &self.sender) {
            Ok(envelope) => envelope,
            Err(unfit) => return self.take_unfit(message, unfit, at).await,
        };
        let own = || CauseKey::new(self.sender.as_str(), envelope.message_id());
        let cause = cause.unwrap_or_else(own);
        let arrival = Arrival {
            sender: self.sender.clone(),
            sequence: envelope.sequence,
            digest: transparency::sha256(&message.payload).to_string(),
            sealed_body: self.seal_message(message, at).await?,
        };
        if self.waits_its_turn(&arrival, &cause, at).await? {
            info!(sequence = ?arrival.sequence, "an earlier event of this sender is not here yet");
            return Ok(Fate::Settled);
        }
        match incoming::event(envelope) {
            Ok(incoming) => {
                let span = info_span!("event", event = %incoming.envelope.type_.event);
                trace::follow(&span, incoming.envelope.traceparent.as_deref());
                let carried_out = self.carry_out(incoming, message, arrival, cause, at);
                carried_out.instrument(span).await
            }
            Err((_, unfit)) => self.quarantine(message, unfit, at).await,
        }
    }

    async fn carry_out(
        &self,
        incoming: Incoming,
        message: &Message,
        arrival: Arrival,
        cause: CauseKey,
        at: Timestamp,
    ) -> Result<Fate, WorkError> {
        let Incoming { envelope, event } = incoming;
        let ids = &self.intake.ground.pseudonyms;
        let case = match (&event, envelope.subject.as_deref()) {
            (FromParty::HeartbeatSent(_), _) => {
                return self.beat_heart(&event, arrival, cause).await;
            }
            (FromParty::ContactConfirmed(said), _) => {
                return self.confirm(&event, said, arrival, cause, at).await;
            }
            (FromParty::CaseReported(_), _) => {
                let id = ids.reported(&cause, envelope.time);
                CaseId::parse(&format!("case_{id}"))?
            }
            (_, None) => {
                let detail = "this event needs the pseudonym of its case as subject";
                let unfit = Unfit::new("subject_missing", detail);
                return self.quarantine(message, unfit, at).await;
            }
            (_, Some(pseudonym)) => match self.case_of(pseudonym, &arrival, &cause, at).await? {
                Some(case) => case,
                None => return Ok(Fate::Settled),
            },
        };
        let ground = &self.intake.ground;
        let words = translate::persons_told(&event);
        let sealer =
            CaseSealer::load(&self.intake.vault, &ground.entropy, &case, &words, at).await?;
        let context = Context {
            case: case.clone(),
            sender: &self.sender,
            parties: &self.intake.parties,
            sealer: &sealer,
            escalation: EscalationId::parse(&ids.follows("escalation", 0, &cause).to_string())?,
            addressee: addressee::of(ground, &self.intake.parties, &case, &event).await?,
            mandate: mandate::named(ground, &case, &self.sender, &event).await?,
        };
        match translate::translate(&event, &context) {
            Ok(command) => {
                let work = Work::case(&case, command);
                self.execute(&event, work, arrival, cause).await
            }
            Err(translate::TranslateError::Vault(error)) => Err(error.into()),
            Err(error) => {
                self.refuse(&arrival, &cause, error.code(), &error.to_string())
                    .await
            }
        }
    }

    async fn execute(
        &self,
        event: &FromParty,
        work: Work,
        arrival: Arrival,
        cause: CauseKey,
    ) -> Result<Fate, WorkError> {
        let kind = self.kind().map(serde_json::to_value);
        let kind = kind.and_then(Result::ok).unwrap_or_default();
        let (oin, kind) = (self.sender.as_str(), kind.as_str().unwrap_or_default());
        let organisation = match event.acted_by() {
            Some(by) => {
                let acted_by = gate::ActedBy {
                    role: by.role.as_str().to_owned(),
                    person_ref: by.person_ref.clone(),
                };
                gate::Organisation::authenticated(oin, kind, acted_by)
            }
            None => gate::Organisation::service(oin, kind),
        };
        let order = Order {
            actor: gate::Actor::Organisation(organisation),
            work,
            cause,
            if_match: None,
            arrival: Some(arrival),
        };
        match self.intake.executor.execute(order).await? {
            Done::Stored { position, .. } => info!(event = event.event(), position, "stored"),
            Done::Refused { code, .. } => info!(event = event.event(), code, "refused"),
            Done::Parked => info!(event = event.event(), "parked"),
        }
        Ok(Fate::Settled)
    }

    /// What kind of organisation the sender is.
    fn kind(&self) -> Option<PartyKind> {
        Some(self.intake.parties.get(&self.sender)?.kind)
    }

    async fn refuse(
        &self,
        arrival: &Arrival,
        cause: &CauseKey,
        code: &str,
        text: &str,
    ) -> Result<Fate, WorkError> {
        let mut tx = self.intake.ground.db.begin().await?;
        let outcome = Outcome::Refused {
            code: code.to_owned(),
            text: text.to_owned(),
            wrong: Vec::new(),
        };
        self.settle(&mut tx, arrival, cause, outcome).await?;
        tx.commit().await?;
        Ok(Fate::Settled)
    }

    async fn settle(
        &self,
        tx: &mut journal::Tx,
        arrival: &Arrival,
        cause: &CauseKey,
        outcome: Outcome,
    ) -> Result<(), WorkError> {
        let claims = tx.claim(std::slice::from_ref(cause)).await?;
        if matches!(claims.as_slice(), [Claim::New]) {
            let settled = Settled {
                cause: cause.clone(),
                outcome,
                digest: Some(arrival.digest.clone()),
                trace: trace::current(),
            };
            tx.settle_received(&[settled]).await?;
        }
        let next = ledger::taken(tx, &self.sender, arrival.sequence, cause, false).await?;
        let released = ledger::release(tx, &Vec::from_iter(next)).await?;
        self.tell_released(released);
        Ok(())
    }

    /// Tells after the commit; telling a little early is harmless, for the look repeats.
    fn tell_released(&self, released: bool) {
        if released {
            self.intake.released.notify_one();
        }
    }
}
