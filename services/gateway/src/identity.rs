//! Who the people are: sealed for the organisation that accepted, opened and matched there.

use proto::{
    ActedBy, HandoffId, Oin, Pseudonym, Role, SharedPerson, SharedPersons,
    event::{IdentityRelayed, IdentityShared},
    sealed,
};
use sqlx::Row;

use crate::{
    error::GatewayError,
    matching::{ClientKey, search},
    outbox::pseudonym,
    register::find,
    sql,
    work::Work,
};

/// Who acted when something was done on the platform: its own log knows the person, this party's
/// service does not.
pub(crate) fn on_the_platform(role: Role) -> ActedBy {
    ActedBy {
        role,
        person_ref: "platform".to_owned(),
    }
}

impl Work<'_> {
    /// A handoff that this party offered was accepted: shares the identity with whoever accepted.
    /// While nobody is registered under the case's own reference, it waits for that.
    pub(crate) async fn share_identity(
        &mut self,
        handoff: HandoffId,
        case: &Pseudonym,
        acted_by: ActedBy,
        to: &Oin,
    ) -> Result<(), GatewayError> {
        let row = sqlx::query(sql::CASE_REFERENCE)
            .bind(case.as_str())
            .fetch_optional(self.conn())
            .await?;
        let reference: Option<String> = match row {
            Some(row) => row.try_get("own_reference")?,
            None => None,
        };
        let persons = match reference {
            Some(reference) => self.persons_of(&reference).await?,
            None => Vec::new(),
        };
        let Some(public_key) = self.public_key(to) else {
            self.say_why_it_stays(handoff, to);
            return Ok(());
        };
        if persons.is_empty() {
            tracing::warn!(%handoff, "nobody is registered in this case: the identity waits");
            return self.remember_to_share(handoff, case, Some(to)).await;
        }
        let sealed = self.seal(handoff, to, &public_key, persons)?;
        let outgoing = self.outgoing(IdentityShared {
            acted_by,
            handoff,
            to: to.clone(),
            sealed,
        });
        self.send(outgoing, Some(case)).await?;
        self.remember_to_share(handoff, case, None).await
    }

    /// Shares what waited for the first person of this case.
    pub(crate) async fn share_what_waited(&mut self, reference: &str) -> Result<(), GatewayError> {
        let rows = sqlx::query(sql::HANDOFFS_TO_SHARE)
            .bind(reference)
            .fetch_all(self.conn())
            .await?;
        let broken = || GatewayError::Unreadable("handoff");
        for row in rows {
            let handoff = row.try_get::<&str, _>("handoff")?;
            let handoff = handoff.parse().map_err(|_| broken())?;
            let to = Oin::parse(row.try_get("share_with")?).map_err(|_| broken())?;
            let acted_by = serde_json::from_str(row.try_get("acted_by")?).map_err(|_| broken())?;
            self.share_identity(handoff, &pseudonym(&row)?, acted_by, &to)
                .await?;
        }
        Ok(())
    }

    async fn remember_to_share(
        &mut self,
        handoff: HandoffId,
        case: &Pseudonym,
        to: Option<&Oin>,
    ) -> Result<(), GatewayError> {
        sqlx::query(sql::HANDOFF_SHARE)
            .bind(handoff.to_string())
            .bind(case.as_str())
            .bind(to.map(ToString::to_string))
            .execute(self.conn())
            .await?;
        Ok(())
    }

    async fn persons_of(&mut self, reference: &str) -> Result<Vec<SharedPerson>, GatewayError> {
        let rows = sqlx::query(sql::REGISTER_OF)
            .bind(reference)
            .fetch_all(self.conn())
            .await?;
        rows.iter()
            .map(|row| {
                serde_json::from_str(row.try_get("person")?)
                    .map_err(|_| GatewayError::Unreadable("person"))
            })
            .collect()
    }

    /// An organisation whose people work on the platform has no service that could open an
    /// identity, so it has no key either. One that runs a service should have one.
    fn say_why_it_stays(&self, handoff: HandoffId, receiver: &Oin) {
        let party = self.core.parties.get(receiver);
        if party.is_some_and(|party| party.service.is_some()) {
            tracing::error!(%handoff, %receiver, "no public key: the identity is not shared");
        } else {
            tracing::debug!(%handoff, %receiver, "runs no service: no identity is shared with it");
        }
    }

    fn public_key(&self, of: &Oin) -> Option<String> {
        self.core.parties.get(of)?.public_key.clone()
    }

    /// Numbers go along only where both organisations may use them (Wabb art. 10, UAVG art. 46).
    fn seal(
        &self,
        handoff: HandoffId,
        to: &Oin,
        public_key: &str,
        mut persons: Vec<SharedPerson>,
    ) -> Result<String, GatewayError> {
        if !(self.core.may_use_bsn(&self.core.oin) && self.core.may_use_bsn(to)) {
            for person in &mut persons {
                person.bsn = None;
            }
        }
        let plaintext = serde_json::to_vec(&SharedPersons { persons })
            .map_err(|_| GatewayError::Unreadable("person"))?;
        let info = handoff.to_string();
        let mut rng = self.core.entropy.rng();
        Ok(sealed::seal_for(
            public_key,
            info.as_bytes(),
            &plaintext,
            &mut rng,
        )?)
    }

    /// An identity was shared with this party: matches it in its own administration and releases
    /// what may then leave. Nothing of it is kept but which case is about which client.
    pub(crate) async fn match_identity(
        &mut self,
        case: &Pseudonym,
        identity: &IdentityRelayed,
    ) -> Result<(), GatewayError> {
        let result = match self.open(identity) {
            None => "unreadable",
            Some(shared) if self.recognise(case, &shared.persons).await? => "matched",
            Some(_) => "not_known_here",
        };
        tracing::info!(handoff = %identity.handoff, result, "an identity was shared with us");
        let acted_by = self.who_accepted(identity.handoff).await?;
        let acted_by =
            serde_json::to_string(&acted_by).map_err(|_| GatewayError::Unreadable("actor"))?;
        let at = self.now.to_string();
        sqlx::query(sql::IDENTITY_ADD)
            .bind(identity.handoff.to_string())
            .bind(case.as_str())
            .bind(acted_by)
            .bind(result)
            .bind(at)
            .execute(self.conn())
            .await?;
        self.release_for(case).await
    }

    fn open(&self, identity: &IdentityRelayed) -> Option<SharedPersons> {
        let info = identity.handoff.to_string();
        let opened = self.core.keys.open(info.as_bytes(), &identity.sealed);
        match opened {
            Ok(plaintext) => serde_json::from_slice(&plaintext).ok(),
            Err(error) => {
                tracing::warn!(handoff = %identity.handoff, %error, "a shared identity cannot be opened");
                None
            }
        }
    }

    /// Links the case to every client that is recognised; whether there was one.
    async fn recognise(
        &mut self,
        case: &Pseudonym,
        persons: &[SharedPerson],
    ) -> Result<bool, GatewayError> {
        let may_use_bsn = self.core.may_use_bsn(&self.core.oin);
        let mut recognised = false;
        for person in persons {
            let wanted = search(&ClientKey::from(person), may_use_bsn);
            if let Some(client) = find(self.conn(), &wanted).await? {
                sqlx::query(sql::MATCH_ADD)
                    .bind(case.as_str())
                    .bind(client)
                    .execute(self.conn())
                    .await?;
                recognised = true;
            }
        }
        Ok(recognised)
    }

    /// Who in this party accepted the handoff, as far as its own service knows.
    async fn who_accepted(&mut self, handoff: HandoffId) -> Result<ActedBy, GatewayError> {
        let row = sqlx::query(sql::HANDOFF_GET)
            .bind(handoff.to_string())
            .fetch_optional(self.conn())
            .await?;
        let acted_by: Option<String> = match row {
            Some(row) => row.try_get("acted_by")?,
            None => None,
        };
        match acted_by {
            None => Ok(on_the_platform(Role::AgencyLiaison)),
            Some(json) => {
                serde_json::from_str(&json).map_err(|_| GatewayError::Unreadable("actor"))
            }
        }
    }
}
