//! One thing that came in and everything it changes, in one transaction.
//!
//! The log has three kinds of streams: `own/…` holds what the party's own systems told, `in/…`
//! what the platform told, and `out` what the party told the platform; the version in `out` is the
//! sender's sequence, so that it is gapless because the log is. Content stands in the log sealed.

use chassis::trace;
use jiff::Timestamp;
use journal::{CauseKey, Claim, NewEvent, Outcome, Tx};
use proto::{Envelope, FromParty, Pseudonym, ToParty};
use serde_json::{Value, json};
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::{core::Core, error::GatewayError, inbound::case_of, rest::Owner, sql};

/// A unit of work: begun by a cause, and either committed whole or dropped without a trace.
pub(crate) struct Work<'c> {
    pub(crate) core: &'c Core,
    pub(crate) now: Timestamp,
    tx: Tx,
    cause: CauseKey,
    log: Vec<NewEvent>,
}

/// How a unit of work begins.
pub(crate) enum Begun<'c> {
    /// The cause is new.
    Fresh(Work<'c>),
    /// It was dealt with before; this came of it.
    Known(Outcome),
}

/// An event on its way out.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) event: FromParty,
}

impl<'c> Work<'c> {
    pub(crate) async fn begin(core: &'c Core, cause: CauseKey) -> Result<Begun<'c>, GatewayError> {
        let mut tx = core.db.begin().await?;
        let claims = tx.claim(std::slice::from_ref(&cause)).await?;
        if let Some(Claim::Known(known)) = claims.into_iter().next() {
            return Ok(Begun::Known(known.outcome));
        }
        Ok(Begun::Fresh(Work {
            core,
            now: core.clock.now(),
            tx,
            cause,
            log: Vec::new(),
        }))
    }

    /// A unit of work for what came before and has to be seen to again: nothing of it goes into the
    /// log, and its cause stays as it was answered.
    pub(crate) async fn again(core: &'c Core, cause: CauseKey) -> Result<Self, GatewayError> {
        Ok(Work {
            core,
            now: core.clock.now(),
            tx: core.db.begin().await?,
            cause,
            log: Vec::new(),
        })
    }

    /// Makes lasting what [`Self::again`] began.
    pub(crate) async fn finish(self) -> Result<(), GatewayError> {
        self.tx.commit().await?;
        Ok(())
    }

    /// The connection, for the party's own tables.
    pub(crate) fn conn(&mut self) -> &mut AnyConnection {
        self.tx.conn()
    }

    /// A new identifier, in the order of time.
    pub(crate) fn new_id(&self) -> Uuid {
        self.core.entropy.uuid_v7(self.now)
    }

    /// Writes down what an own system told; gives it as it stands there, sealed.
    pub(crate) async fn log_own(
        &mut self,
        id: Uuid,
        kind: &str,
        data: &Value,
    ) -> Result<String, GatewayError> {
        let actor = json!({ "organisation": self.core.oin });
        let sealed = self
            .core
            .seal(&Owner::OwnEvent(id), &data.to_string())
            .await?;
        let stored = json!({ "sealed": sealed });
        self.log_one(format!("own/{id}"), id, kind, 1, actor, stored);
        Ok(sealed)
    }

    /// Writes down what the platform told. Of content that must go when access ends, the log keeps
    /// only that it came: the log itself forgets nothing.
    pub(crate) async fn log_in(
        &mut self,
        envelope: &Envelope,
        event: Option<&ToParty>,
    ) -> Result<(), GatewayError> {
        let id = self.new_id();
        let actor = json!({ "organisation": self.core.platform });
        let told = match event {
            Some(ToParty::HandoffOpened(opened)) => json!({ "handoff": opened.handoff }),
            Some(ToParty::IdentityShared(identity)) => {
                json!({ "handoff": identity.handoff, "from": identity.from })
            }
            Some(_) => envelope.data.clone(),
            // What it holds nobody can say.
            None => json!({}),
        };
        let owner = case_of(envelope);
        let owner = Owner::of_incoming(owner.as_ref());
        let sealed = self.core.seal(&owner, &told.to_string()).await?;
        let data = json!({ "subject": envelope.subject, "sealed": sealed });
        let (kind, version) = (&envelope.type_.event, envelope.type_.version);
        self.log_one(format!("in/{id}"), id, kind, version, actor, data);
        Ok(())
    }

    fn log_one(&mut self, stream: String, id: Uuid, kind: &str, v: u32, actor: Value, data: Value) {
        self.log.push(NewEvent {
            stream,
            version: 1,
            id,
            kind: kind.to_owned(),
            kind_version: v,
            at: self.now,
            actor,
            cause: self.cause.clone(),
            data,
        });
    }

    /// A new event on its way out, told now.
    pub(crate) fn outgoing(&self, event: impl Into<FromParty>) -> Outgoing {
        Outgoing {
            id: self.new_id(),
            at: self.now,
            event: event.into(),
        }
    }

    /// Sends an event: gives it the next sequence and puts it into log and outbox.
    pub(crate) async fn send(
        &mut self,
        outgoing: Outgoing,
        subject: Option<&Pseudonym>,
    ) -> Result<(), GatewayError> {
        let row = sqlx::query(sql::OUTBOX_LAST).fetch_one(self.conn()).await?;
        let sequence = row.try_get::<i64, _>("last")? + 1;
        let envelope = envelope(self.core, &outgoing, subject, sequence);
        let encoded = String::from_utf8(envelope.encode()?)
            .map_err(|_| GatewayError::Unreadable("envelope"))?;
        let sealer = self.core.sealer(&Owner::of_outgoing(subject)).await?;
        let content = self.core.seal_with(&sealer, &envelope.data.to_string())?;
        let digest = transparency::sha256(encoded.as_bytes()).to_string();
        sqlx::query(sql::OUTBOX_ADD)
            .bind(sequence)
            .bind(outgoing.id.to_string())
            .bind(outgoing.event.event())
            .bind(self.core.seal_with(&sealer, &encoded)?)
            .bind(digest)
            .execute(self.conn())
            .await?;
        self.log.push(NewEvent {
            stream: "out".to_owned(),
            version: sequence,
            id: outgoing.id,
            kind: outgoing.event.event().to_owned(),
            kind_version: outgoing.event.version(),
            at: outgoing.at,
            actor: json!({ "organisation": self.core.oin, "actedBy": outgoing.event.acted_by() }),
            cause: self.cause.clone(),
            data: json!({ "subject": subject, "sealed": content }),
        });
        Ok(())
    }

    /// Makes it all lasting. `answer` are the events that the cause's sender hears of.
    pub(crate) async fn commit(mut self, answer: Vec<Uuid>) -> Result<(), GatewayError> {
        self.tx.append(std::mem::take(&mut self.log)).await?;
        let outcome = Outcome::Stored {
            event_ids: answer,
            position: self.tx.position(),
        };
        self.tx.settle(&[(self.cause, outcome)]).await?;
        self.tx.commit().await?;
        Ok(())
    }
}

/// The envelope of an event.
pub(crate) fn envelope(
    core: &Core,
    outgoing: &Outgoing,
    subject: Option<&Pseudonym>,
    sequence: i64,
) -> Envelope {
    Envelope {
        id: outgoing.id.to_string(),
        source: core.source.clone(),
        type_: outgoing.event.event_type(),
        subject: subject.map(ToString::to_string),
        time: outgoing.at,
        dataschema: Some(outgoing.event.dataschema()),
        traceparent: trace::current(),
        sequence: u64::try_from(sequence).ok(),
        data: outgoing.event.data(),
    }
}
