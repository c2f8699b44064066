//! What the party's own systems hand in: words of its own stay inside, events of the contract go
//! out.

use proto::{Answer, DecodeError, FromParty, HandoffId, InvalidParam, Pseudonym, RequestId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use crate::{
    core::Core,
    error::{GatewayError, HandInError},
    idempotency::{Asked, Request},
    outbox::{CaseName, pseudonym},
    party::OwnEvent,
    sql,
    work::Work,
};

/// The body of `POST /v1/events`.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HandIn {
    /// The event's type without version: `case.reported`, `benefit.stopped`.
    #[serde(rename = "type")]
    pub(crate) event_type: String,
    /// The case, as the platform calls it.
    #[serde(default)]
    pub(crate) subject: Option<String>,
    /// What there is to tell; `ownReference` in it names the case in the party's own words.
    pub(crate) data: Value,
}

/// A hand-in that is valid in itself.
pub(crate) enum Understood {
    /// Of the party's own vocabulary.
    Own(OwnEvent),
    /// Of the contract.
    Outgoing(Box<FromParty>, CaseName),
}

impl Core {
    /// Reads a hand-in: everything that is wrong with it, at once.
    pub(crate) fn understand_hand_in(
        &self,
        body: &HandIn,
    ) -> Result<Understood, Vec<InvalidParam>> {
        let vocabulary = self.party.vocabulary();
        if vocabulary.contains(&body.event_type.as_str()) {
            return self
                .party
                .read(&body.event_type, &body.data)
                .map(Understood::Own)
                .map_err(within_data);
        }
        let version = FromParty::EVENTS
            .iter()
            .find(|(event, _)| *event == body.event_type && *event != "identity.shared")
            .map(|(_, version)| *version);
        let Some(version) = version else {
            return Err(vec![unknown_type(vocabulary)]);
        };
        let (case, mut wrong) = case_name(body);
        match FromParty::decode(&body.event_type, version, &body.data) {
            Ok(event) => {
                wrong.extend(within_data(self.party.check_outgoing(&event)));
                if wrong.is_empty() {
                    return Ok(Understood::Outgoing(Box::new(event), case));
                }
            }
            Err(DecodeError::Invalid(params)) => wrong.extend(within_data(params)),
            Err(_) => wrong.push(unknown_type(vocabulary)),
        }
        Err(wrong)
    }

    /// Takes a hand-in and gives the event's id. The same `key` gives the same answer and does
    /// nothing twice.
    ///
    /// # Errors
    /// [`HandInError`]; then nothing was done.
    pub(crate) async fn hand_in(
        &self,
        key: Option<&str>,
        body: &HandIn,
    ) -> Result<Uuid, HandInError> {
        let understood = self
            .understand_hand_in(body)
            .map_err(HandInError::Invalid)?;
        let request = Request {
            door: "events".to_owned(),
            key,
            body: json!([body.event_type, body.subject, body.data]).to_string(),
        };
        let mut work = match self.asked(request).await? {
            Asked::Now(work) => work,
            Asked::Before(id) => return Ok(id),
        };
        let id = match understood {
            Understood::Own(event) => {
                let id = work.new_id();
                let sealed = work.log_own(id, &body.event_type, &body.data).await?;
                work.keep(id, &body.event_type, sealed, event).await?;
                id
            }
            Understood::Outgoing(event, case) => work.tell(*event, case).await?,
        };
        work.commit(vec![id]).await?;
        tracing::info!(event_id = %id, event = %body.event_type, "handed in");
        Ok(id)
    }
}

fn within_data(params: Vec<InvalidParam>) -> Vec<InvalidParam> {
    params
        .into_iter()
        .map(|param| InvalidParam::new(format!("/data{}", param.name), param.reason))
        .collect()
}

fn unknown_type(vocabulary: &[&str]) -> InvalidParam {
    let known: Vec<&str> = FromParty::EVENTS
        .iter()
        .map(|(event, _)| *event)
        .filter(|event| *event != "identity.shared")
        .chain(vocabulary.iter().copied())
        .collect();
    InvalidParam::new(
        "/type",
        format!("is not known here; known are {}", known.join(", ")),
    )
}

/// How the hand-in names its case, and what is wrong with that.
fn case_name(body: &HandIn) -> (CaseName, Vec<InvalidParam>) {
    if body.event_type == "case.reported" {
        return (CaseName::None, Vec::new());
    }
    if let Some(subject) = &body.subject {
        return match Pseudonym::parse(subject) {
            Ok(pseudonym) => (CaseName::Pseudonym(pseudonym), Vec::new()),
            Err(error) => (
                CaseName::None,
                vec![InvalidParam::new("/subject", error.to_string())],
            ),
        };
    }
    match body.data.get("ownReference") {
        Some(Value::String(reference)) if !reference.is_empty() => {
            (CaseName::OwnReference(reference.clone()), Vec::new())
        }
        Some(_) => (
            CaseName::None,
            vec![InvalidParam::new("/data/ownReference", "is no reference")],
        ),
        None => (CaseName::None, Vec::new()),
    }
}

impl Work<'_> {
    /// Sends an event of the contract, and notes what it changes in the party's own state.
    pub(crate) async fn tell(
        &mut self,
        event: FromParty,
        case: CaseName,
    ) -> Result<Uuid, HandInError> {
        let outgoing = self.outgoing(event);
        let case = match case {
            CaseName::None => self.case_that_the_event_implies(&outgoing.event).await?,
            named => named,
        };
        self.fits(&outgoing).map_err(|_| HandInError::TooLarge)?;
        self.note(&outgoing.event, outgoing.id, &case).await?;
        let id = outgoing.id;
        self.send_or_wait(outgoing, &case).await?;
        Ok(id)
    }

    /// An answer names its handoff and a commitment its request: those belong to a case.
    async fn case_that_the_event_implies(
        &mut self,
        event: &FromParty,
    ) -> Result<CaseName, HandInError> {
        match event {
            FromParty::CaseReported(_)
            | FromParty::HeartbeatSent(_)
            | FromParty::ContactConfirmed(_) => Ok(CaseName::None),
            FromParty::HandoffAnswered(answer) => self.case_of_handoff(answer.handoff).await,
            FromParty::HandoffWithdrawn(gone) => self.case_of_handoff(gone.handoff).await,
            FromParty::HandoffReturned(back) => self.case_of_handoff(back.handoff).await,
            FromParty::CounterAnswered(answer) => self.case_of_handoff(answer.handoff).await,
            FromParty::CommitmentMade(made) => self.case_of_request(made.request).await,
            FromParty::CommitmentRefused(refused) => self.case_of_request(refused.request).await,
            FromParty::CommitmentFulfilled(done) => self.case_of_request(done.request).await,
            FromParty::FactReported(_)
            | FromParty::BlockRecorded(_)
            | FromParty::EscalationRequested(_)
            | FromParty::HandoffOffered(_)
            | FromParty::UrgencyConfirmed(_)
            | FromParty::AdviceGiven(_)
            | FromParty::IdentityShared(_) => Err(HandInError::Invalid(vec![InvalidParam::new(
                "/subject",
                "name the case: by subject, or by ownReference in data",
            )])),
        }
    }

    async fn case_of_handoff(&mut self, handoff: HandoffId) -> Result<CaseName, HandInError> {
        let row = sqlx::query(sql::HANDOFF_GET)
            .bind(handoff.to_string())
            .fetch_optional(self.conn())
            .await?
            .ok_or_else(|| HandInError::NotFound("This handoff is not known here.".into()))?;
        if row.try_get::<Option<String>, _>("pseudonym")?.is_some() {
            return Ok(CaseName::Pseudonym(pseudonym(&row)?));
        }
        let reference: Option<String> = row.try_get("own_reference")?;
        reference
            .map(CaseName::OwnReference)
            .ok_or(GatewayError::Unreadable("handoff").into())
    }

    async fn case_of_request(&mut self, request: RequestId) -> Result<CaseName, HandInError> {
        let row = sqlx::query(sql::COMMITMENT_CASE)
            .bind(request.to_string())
            .fetch_optional(self.conn())
            .await?
            .ok_or_else(|| HandInError::NotFound("This request is not known here.".into()))?;
        Ok(CaseName::Pseudonym(pseudonym(&row)?))
    }

    /// What an outgoing event changes in the party's own state.
    async fn note(
        &mut self,
        event: &FromParty,
        id: Uuid,
        case: &CaseName,
    ) -> Result<(), HandInError> {
        match event {
            FromParty::CaseReported(reported) => {
                let added = sqlx::query(sql::REPORTED_ADD)
                    .bind(reported.own_reference.as_str())
                    .bind(id.to_string())
                    .execute(self.conn())
                    .await?;
                if added.rows_affected() == 0 {
                    return Err(HandInError::Conflict(
                        "A case with this own reference was reported already.".into(),
                    ));
                }
                Ok(())
            }
            FromParty::HandoffOffered(offer) => {
                let acted_by = actor(&offer.acted_by)?;
                self.note_offer(offer.handoff, case, acted_by).await
            }
            FromParty::HandoffAnswered(answer) => {
                let acted_by = actor(&answer.acted_by)?;
                let by = answer.acted_by.role.as_str();
                self.note_answer(answer.handoff, answer.answer, acted_by, by, id)
                    .await
            }
            FromParty::HandoffWithdrawn(gone) => {
                sqlx::query(sql::HANDOFF_STATE)
                    .bind(gone.handoff.to_string())
                    .bind("withdrawn")
                    .execute(self.conn())
                    .await?;
                Ok(())
            }
            FromParty::CommitmentMade(made) => self.note_commitment(made.request, "made", id).await,
            FromParty::CommitmentRefused(refused) => {
                self.note_commitment(refused.request, "refused", id).await
            }
            FromParty::CommitmentFulfilled(done) => {
                self.note_commitment(done.request, "fulfilled", id).await
            }
            // What becomes of these the platform says itself: a return needs acceptance, a second
            // person may turn out to be the first.
            FromParty::HandoffReturned(_)
            | FromParty::CounterAnswered(_)
            | FromParty::UrgencyConfirmed(_)
            | FromParty::AdviceGiven(_)
            | FromParty::FactReported(_)
            | FromParty::BlockRecorded(_)
            | FromParty::EscalationRequested(_)
            | FromParty::IdentityShared(_)
            | FromParty::ContactConfirmed(_)
            | FromParty::HeartbeatSent(_) => Ok(()),
        }
    }

    async fn note_offer(
        &mut self,
        handoff: HandoffId,
        case: &CaseName,
        acted_by: String,
    ) -> Result<(), HandInError> {
        let (pseudonym, reference) = match case {
            CaseName::None => (None, None),
            CaseName::Pseudonym(pseudonym) => (Some(pseudonym.to_string()), None),
            CaseName::OwnReference(reference) => (None, Some(reference.clone())),
        };
        let added = sqlx::query(sql::HANDOFF_OURS)
            .bind(handoff.to_string())
            .bind(pseudonym)
            .bind(reference)
            .bind(acted_by)
            .execute(self.conn())
            .await?;
        if added.rows_affected() == 0 {
            return Err(HandInError::Conflict(
                "A handoff with this id was offered already.".into(),
            ));
        }
        Ok(())
    }

    /// The first answer is the answer, through whichever door of this service it came. What the
    /// platform decided meanwhile it says itself: an answer that is too late is refused there.
    async fn note_answer(
        &mut self,
        handoff: HandoffId,
        answer: Answer,
        acted_by: String,
        by: &str,
        id: Uuid,
    ) -> Result<(), HandInError> {
        let row = sqlx::query(sql::HANDOFF_GET)
            .bind(handoff.to_string())
            .fetch_optional(self.conn())
            .await?;
        let Some(row) = row else {
            return Ok(());
        };
        if row.try_get::<i64, _>("ours")? == 1 {
            return Err(HandInError::Conflict(
                "This organisation offered the handoff itself.".into(),
            ));
        }
        if let Some(at) = row.try_get::<Option<String>, _>("answered_at")? {
            let by: Option<String> = row.try_get("answered_by")?;
            let by = by.unwrap_or_default();
            return Err(HandInError::Conflict(format!(
                "Already answered by {by} at {at}."
            )));
        }
        if row.try_get::<&str, _>("state")? != "offered" {
            // Withdrawn or expired: the platform says so in its own words.
            return Ok(());
        }
        let now = self.now.to_string();
        sqlx::query(sql::HANDOFF_ANSWER)
            .bind(handoff.to_string())
            .bind(answer.as_str())
            .bind(acted_by)
            .bind(id.to_string())
            .bind(by)
            .bind(now)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    async fn note_commitment(
        &mut self,
        request: RequestId,
        state: &str,
        id: Uuid,
    ) -> Result<(), HandInError> {
        sqlx::query(sql::COMMITMENT_STATE)
            .bind(request.to_string())
            .bind(state)
            .bind(id.to_string())
            .execute(self.conn())
            .await?;
        Ok(())
    }
}

fn actor(acted_by: &proto::ActedBy) -> Result<String, GatewayError> {
    serde_json::to_string(acted_by).map_err(|_| GatewayError::Unreadable("actor"))
}
