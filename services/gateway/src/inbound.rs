//! What the platform tells this party: into the log, into the party's own state, and on to what
//! the party does of itself, all in one transaction.

use bus::Message;
use chassis::trace;
use journal::CauseKey;
use proto::{DecodeError, Envelope, Pseudonym, ToParty, parse_subject};
use tracing::{Instrument, info_span};

use crate::{
    core::Core,
    error::GatewayError,
    letters::{Kind, Use, use_of},
    sql,
    work::{Begun, Work},
};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was taken, now or before.
    Done,
    /// It could not be understood and stands in quarantine.
    Quarantined,
}

/// Why a message cannot be understood; the code stands in quarantine.
struct NotUnderstood(String);

impl NotUnderstood {
    fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl Core {
    /// Takes one message.
    ///
    /// # Errors
    /// When it could not be stored now; then nothing was, and the message may come again.
    pub(crate) async fn take(&self, message: &Message) -> Result<Taken, GatewayError> {
        let (envelope, event) = match self.understand(message) {
            Ok(understood) => understood,
            Err(NotUnderstood(reason)) => {
                self.quarantine(message, &reason).await?;
                return Ok(Taken::Quarantined);
            }
        };
        let span = info_span!("inbound", event = %envelope.type_.event);
        trace::follow(&span, envelope.traceparent.as_deref());
        self.take_event(envelope, event).instrument(span).await
    }

    async fn take_event(
        &self,
        envelope: Envelope,
        event: Option<ToParty>,
    ) -> Result<Taken, GatewayError> {
        let cause = CauseKey::new(self.platform.as_str(), envelope.id.as_str());
        let Begun::Fresh(mut work) = Work::begin(self, cause.clone()).await? else {
            tracing::debug!(event_id = %envelope.id, "a message came again");
            self.answered_again(cause, event).await?;
            return Ok(Taken::Done);
        };
        work.log_in(&envelope, event.as_ref()).await?;
        work.note_received(&envelope).await?;
        match event {
            Some(event) => work.react(&envelope, event).await?,
            None => {
                let case = case_of(&envelope);
                work.keep_letter(&envelope, case.as_ref(), Kind::Unknown)
                    .await?;
            }
        }
        work.commit(Vec::new()).await?;
        tracing::info!(event_id = %envelope.id, event = %envelope.type_.event, "taken");
        Ok(Taken::Done)
    }

    /// An answer has the id of what it answers, also when that was sent again after it was answered:
    /// then what waits for an answer has it now. Where nothing waits, nothing changes.
    async fn answered_again(
        &self,
        cause: CauseKey,
        event: Option<ToParty>,
    ) -> Result<(), GatewayError> {
        let input = match &event {
            Some(ToParty::InputStored(stored)) => stored.input.as_str(),
            Some(ToParty::InputRefused(refused)) => refused.input.as_str(),
            _ => return Ok(()),
        };
        let mut work = Work::again(self, cause).await?;
        if work.waits_for_answer(input).await? {
            work.answer(event).await?;
            work.finish().await?;
        }
        Ok(())
    }

    /// The event in a message; none when the platform tells something that this release does not
    /// know: then it is newer than this service, and nothing it says may be lost.
    fn understand(&self, message: &Message) -> Result<(Envelope, Option<ToParty>), NotUnderstood> {
        let envelope = Envelope::decode(&message.headers, &message.payload)
            .map_err(|error| NotUnderstood::new(error.code()))?;
        if envelope.source.oin != self.platform {
            return Err(NotUnderstood::new("foreign_source"));
        }
        let subject = parse_subject(&message.subject).map_err(|_| NotUnderstood::new("subject"))?;
        if subject.event != envelope.type_.event || subject.oin != self.oin {
            return Err(NotUnderstood::new("subject_disagrees"));
        }
        let decoded = ToParty::decode(
            &envelope.type_.event,
            envelope.type_.version,
            &envelope.data,
        );
        let event = match decoded {
            Ok(event) => event,
            Err(DecodeError::UnknownType | DecodeError::UnsupportedVersion { .. }) => {
                return Ok((envelope, None));
            }
            Err(error @ DecodeError::Invalid(_)) => {
                return Err(NotUnderstood::new(reason(&error)));
            }
        };
        if needs_case(&event) && case_of(&envelope).is_none() {
            return Err(NotUnderstood::new("no_case"));
        }
        Ok((envelope, Some(event)))
    }
}

fn reason(error: &DecodeError) -> String {
    match error {
        DecodeError::Invalid(params) => {
            let places: Vec<_> = params.iter().map(|param| param.name.as_str()).collect();
            format!("{}: {}", error.code(), places.join(", "))
        }
        _ => error.code().to_owned(),
    }
}

/// The case that the platform speaks of.
pub(crate) fn case_of(envelope: &Envelope) -> Option<Pseudonym> {
    Pseudonym::parse(envelope.subject.as_deref()?).ok()
}

/// Answers to what was sent may concern no case; `case.registered` names it in its data.
fn needs_case(event: &ToParty) -> bool {
    match use_of(event) {
        Use::Exchange | Use::OfNoCase => false,
        Use::ToKnow | Use::ToKnowAndKeep | Use::ToKeep | Use::ToLog => {
            !matches!(event, ToParty::FeedbackSent(_) | ToParty::AccessEnded(_))
        }
    }
}

impl Work<'_> {
    async fn note_received(&mut self, envelope: &Envelope) -> Result<(), GatewayError> {
        let now = self.now.to_string();
        sqlx::query(sql::RECEIVED_ADD)
            .bind(envelope.message_id())
            .bind(envelope.type_.event.clone())
            .bind(now)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
