//! What each event from the platform changes in this party, and what the party does of itself.

mod place;

use proto::{
    Answer, Envelope, HandoffId, Oin, Pseudonym, Role, ToParty,
    event::{
        AccessEnded, AnswerRelayed, CaseRegistered, CommitmentRequested, CounterAnswerRelayed,
        HandoffCard, InputRefused, InputStored, MovedTerm,
    },
};
use sqlx::Row;

use crate::{
    error::GatewayError,
    identity::on_the_platform,
    inbound::case_of,
    letters::{Kind, Use, use_of},
    rest::Owner,
    sql,
    work::Work,
};
use place::{ended, open};

impl Work<'_> {
    /// One event's consequences. Events may arrive in another order than they were sent in, so
    /// none relies on an earlier one.
    pub(crate) async fn react(
        &mut self,
        envelope: &Envelope,
        event: ToParty,
    ) -> Result<(), GatewayError> {
        match event {
            ToParty::InputStored(stored) => return self.stored(&stored).await,
            ToParty::CheckpointPublished(told) => {
                return self.keep_checkpoint(envelope, &told).await;
            }
            ToParty::InputRefused(refused) => return self.refused(&refused).await,
            ToParty::CaseRegistered(registered) => return self.registered(&registered).await,
            ref told if use_of(told) == Use::OfNoCase => {
                return self.keep_letter(envelope, None, Kind::Known).await;
            }
            _ => {}
        }
        let Some(case) = case_of(envelope) else {
            return Ok(());
        };
        self.meet(&case).await?;
        if use_of(&event).is_for_the_inbox() {
            self.keep_letter(envelope, Some(&case), Kind::Known).await?;
        }
        match event {
            ToParty::HandoffOffered(card) => self.offered(&case, &card).await,
            ToParty::HandoffOpened(opened) => {
                self.meet_handoff(opened.handoff, &case).await?;
                let content = envelope.data.to_string();
                let content = self.core.seal(&Owner::Case(&case), &content).await?;
                self.on_handoff(sql::HANDOFF_OPENED, opened.handoff, &content)
                    .await
            }
            ToParty::IdentityShared(identity) => {
                self.access(&case, true).await?;
                self.match_identity(&case, &identity).await
            }
            ToParty::HandoffAnswered(answer) => {
                self.answer_relayed(&case, &answer, &envelope.time.to_string())
                    .await
            }
            ToParty::HandoffWithdrawn(gone) => {
                self.on_handoff(sql::HANDOFF_STATE, gone.handoff, "withdrawn")
                    .await
            }
            ToParty::HandoffExpired(gone) => {
                self.on_handoff(sql::HANDOFF_STATE, gone.handoff, "expired")
                    .await
            }
            ToParty::HandoffReturned(back) => {
                self.on_handoff(sql::HANDOFF_STATE, back.handoff, "returning")
                    .await
            }
            ToParty::CounterAnswered(answer) => self.counter_answered(&case, &answer).await,
            ToParty::UrgencyLapsed(lapse) => self.terms_moved(&lapse.moved).await,
            ToParty::CaseResumed(resumed) => self.terms_moved(&resumed.moved).await,
            ToParty::TermExtended(extended) => self.terms_moved(&[extended.moved]).await,
            ToParty::HandoffReminded(reminded) => {
                let answer_by = reminded.answer_by.to_string();
                self.on_handoff(sql::HANDOFF_TERM, reminded.handoff, &answer_by)
                    .await
            }
            ToParty::CommitmentRequested(request) => self.requested(&case, &request).await,
            ToParty::CaseEscalated(to) => {
                self.place(envelope, &case, open(&to.rung, to.tier)).await
            }
            ToParty::CaseDeescalated(to) => {
                self.place(envelope, &case, open(&to.rung, to.tier)).await
            }
            ToParty::CaseReopened(to) => self.place(envelope, &case, open(&to.rung, to.tier)).await,
            ToParty::CaseClosed(closed) => self.place(envelope, &case, ended(&closed)).await,
            ToParty::AccessEnded(ended) => self.access_ended(&case, &ended).await,
            // What is only to be known, or only to be logged.
            other if !use_of(&other).changes_lists() => Ok(()),
            // A letter that changes something has its arm above; a test holds each against it.
            _ => Err(GatewayError::Unreadable("letter")),
        }
    }

    /// Whether what was sent under this id has no answer.
    pub(crate) async fn waits_for_answer(&mut self, input: &str) -> Result<bool, GatewayError> {
        let row = sqlx::query(sql::OUTBOX_WAITS)
            .bind(input)
            .fetch_optional(self.conn())
            .await?;
        Ok(row.is_some())
    }

    /// Takes an answer, and nothing else.
    pub(crate) async fn answer(&mut self, event: Option<ToParty>) -> Result<(), GatewayError> {
        match event {
            Some(ToParty::InputStored(stored)) => self.stored(&stored).await,
            Some(ToParty::InputRefused(refused)) => self.refused(&refused).await,
            _ => Ok(()),
        }
    }

    /// Where it was stored is what `verify` asks for later.
    async fn stored(&mut self, stored: &InputStored) -> Result<(), GatewayError> {
        let broken = || GatewayError::Unreadable("place of an event");
        sqlx::query(sql::OUTBOX_STORED)
            .bind(stored.input.as_str())
            .bind(i64::try_from(stored.position).map_err(|_| broken())?)
            .bind(i64::try_from(stored.events.len()).map_err(|_| broken())?)
            .execute(self.conn())
            .await?;
        self.answered(&stored.input, None).await
    }

    async fn answered(
        &mut self,
        input: &str,
        refusal: Option<&InputRefused>,
    ) -> Result<(), GatewayError> {
        sqlx::query(sql::OUTBOX_ANSWER)
            .bind(input)
            .bind(if refusal.is_some() {
                "refused"
            } else {
                "stored"
            })
            .bind(refusal.map(|refusal| refusal.reason.clone()))
            .bind(refusal.map(|refusal| refusal.text.clone()))
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// A refusal stays visible; what the event had changed here is taken back.
    async fn refused(&mut self, refused: &InputRefused) -> Result<(), GatewayError> {
        tracing::warn!(event_id = %refused.input, reason = %refused.reason, "the platform refused an event");
        self.answered(&refused.input, Some(refused)).await?;
        for statement in [
            sql::HANDOFF_UNANSWER,
            sql::COMMITMENT_UNANSWER,
            sql::REPORTED_DROP,
        ] {
            sqlx::query(statement)
                .bind(refused.input.as_str())
                .execute(self.conn())
                .await?;
        }
        Ok(())
    }

    async fn registered(&mut self, registered: &CaseRegistered) -> Result<(), GatewayError> {
        self.meet(&registered.pseudonym).await?;
        let Some(reference) = &registered.own_reference else {
            return Ok(());
        };
        sqlx::query(sql::CASE_NAME)
            .bind(registered.pseudonym.as_str())
            .bind(reference.as_str())
            .execute(self.conn())
            .await?;
        self.release_waiting(reference, &registered.pseudonym).await
    }

    /// An offer to this party; or this party's own, that a colleague made on the platform: then
    /// this service must know it, to share the identity when it is accepted.
    async fn offered(&mut self, case: &Pseudonym, card: &HandoffCard) -> Result<(), GatewayError> {
        if card.from == self.core.oin {
            let acted_by = serde_json::to_string(&on_the_platform(Role::CaseDirector))
                .map_err(|_| GatewayError::Unreadable("actor"))?;
            sqlx::query(sql::HANDOFF_OURS)
                .bind(card.handoff.to_string())
                .bind(case.as_str())
                .bind(None::<String>)
                .bind(acted_by)
                .execute(self.conn())
                .await?;
            return Ok(());
        }
        let text = serde_json::to_string(card).map_err(|_| GatewayError::Unreadable("card"))?;
        sqlx::query(sql::HANDOFF_CARD)
            .bind(card.handoff.to_string())
            .bind(case.as_str())
            .bind(text)
            .bind(card.answer_by.to_string())
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// The answer to a handoff that this party offered, or that it gave itself through one of the
    /// two doors.
    async fn answer_relayed(
        &mut self,
        case: &Pseudonym,
        answer: &AnswerRelayed,
        at: &str,
    ) -> Result<(), GatewayError> {
        let own = answer.by == self.core.oin;
        if own {
            self.meet_handoff(answer.handoff, case).await?;
        }
        sqlx::query(sql::HANDOFF_DECIDED)
            .bind(answer.handoff.to_string())
            .bind(answer.answer.as_str())
            .bind(if own {
                "a colleague on the platform"
            } else {
                answer.by.as_str()
            })
            .bind(at)
            .execute(self.conn())
            .await?;
        if answer.answer != Answer::Accepted || own {
            return Ok(());
        }
        self.tell_who_they_are(answer.handoff, case, &answer.by)
            .await
    }

    /// What was offered instead is taken, which is an acceptance, or it is not.
    async fn counter_answered(
        &mut self,
        case: &Pseudonym,
        answer: &CounterAnswerRelayed,
    ) -> Result<(), GatewayError> {
        let own = answer.receiver == self.core.oin;
        if own {
            self.meet_handoff(answer.handoff, case).await?;
        }
        let state = if answer.accepted {
            Answer::Accepted
        } else {
            Answer::Declined
        };
        self.on_handoff(sql::HANDOFF_STATE, answer.handoff, state.as_str())
            .await?;
        if !answer.accepted || own {
            return Ok(());
        }
        self.tell_who_they_are(answer.handoff, case, &answer.receiver)
            .await
    }

    /// Shares the identity with whoever accepted a handoff that this party offered.
    async fn tell_who_they_are(
        &mut self,
        handoff: HandoffId,
        case: &Pseudonym,
        receiver: &Oin,
    ) -> Result<(), GatewayError> {
        let row = sqlx::query(sql::HANDOFF_GET)
            .bind(handoff.to_string())
            .fetch_optional(self.conn())
            .await?;
        // Only what this party itself offered makes it tell who the people are.
        let Some(row) = row.filter(|row| row.try_get::<i64, _>("ours").is_ok_and(|ours| ours == 1))
        else {
            return Ok(());
        };
        let acted_by = serde_json::from_str(row.try_get("acted_by")?)
            .map_err(|_| GatewayError::Unreadable("actor"))?;
        self.share_identity(handoff, case, acted_by, receiver).await
    }

    /// An offer that waits for an answer here has another term now.
    async fn terms_moved(&mut self, moved: &[MovedTerm]) -> Result<(), GatewayError> {
        for term in moved {
            if let ("handoff-answer", Some(handoff)) = (term.term.as_str(), term.of) {
                let until = term.until.to_string();
                self.on_handoff(sql::HANDOFF_TERM, handoff.into(), &until)
                    .await?;
            }
        }
        Ok(())
    }

    async fn access_ended(
        &mut self,
        case: &Pseudonym,
        ended: &AccessEnded,
    ) -> Result<(), GatewayError> {
        if let ("returned", Some(handoff)) = (ended.reason.as_str(), ended.handoff) {
            self.on_handoff(sql::HANDOFF_STATE, handoff, "returned")
                .await?;
        }
        self.access(case, false).await
    }

    async fn requested(
        &mut self,
        case: &Pseudonym,
        request: &CommitmentRequested,
    ) -> Result<(), GatewayError> {
        let text = self
            .core
            .seal(&Owner::Case(case), request.text.as_str())
            .await?;
        sqlx::query(sql::COMMITMENT_ADD)
            .bind(request.request.to_string())
            .bind(case.as_str())
            .bind(text)
            .bind(request.by.as_str())
            .execute(self.conn())
            .await?;
        Ok(())
    }

    async fn access(&mut self, case: &Pseudonym, access: bool) -> Result<(), GatewayError> {
        sqlx::query(sql::CASE_ACCESS)
            .bind(case.as_str())
            .bind(i64::from(access))
            .execute(self.conn())
            .await?;
        if !access {
            // Copies of what was opened, and who the people are, go with the access.
            for statement in [
                sql::HANDOFFS_FORGET,
                sql::MATCHES_FORGET,
                sql::IDENTITIES_FORGET,
                sql::LETTERS_FORGET,
            ] {
                sqlx::query(statement)
                    .bind(case.as_str())
                    .execute(self.conn())
                    .await?;
            }
        }
        Ok(())
    }

    async fn meet(&mut self, case: &Pseudonym) -> Result<(), GatewayError> {
        let now = self.now.to_string();
        sqlx::query(sql::CASE_MEET)
            .bind(case.as_str())
            .bind(now)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    async fn meet_handoff(
        &mut self,
        handoff: HandoffId,
        case: &Pseudonym,
    ) -> Result<(), GatewayError> {
        sqlx::query(sql::HANDOFF_MEET)
            .bind(handoff.to_string())
            .bind(case.as_str())
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Runs a statement whose parameters are a handoff and one text.
    async fn on_handoff(
        &mut self,
        statement: &'static str,
        handoff: HandoffId,
        value: &str,
    ) -> Result<(), GatewayError> {
        sqlx::query(statement)
            .bind(handoff.to_string())
            .bind(value)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}
