//! What goes out: at once when the case has a pseudonym, else as soon as it gets one.

use proto::{FromParty, Pseudonym};
use sqlx::{Row, any::AnyRow};

use crate::{
    error::GatewayError,
    rest::Owner,
    sql,
    work::{Outgoing, Work, envelope},
};

/// A stand-in as long as a pseudonym can be, to measure an event before it has one.
const LONGEST_PSEUDONYM: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

/// How the sender names the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CaseName {
    /// There is no case: a new one is reported, or the event is about none.
    None,
    /// As the platform calls it.
    Pseudonym(Pseudonym),
    /// In the party's own words.
    OwnReference(String),
}

impl Work<'_> {
    /// Whether the event fits on the wire, whatever pseudonym and sequence it will get.
    pub(crate) fn fits(&self, outgoing: &Outgoing) -> Result<(), GatewayError> {
        let longest = Pseudonym::parse(LONGEST_PSEUDONYM).ok();
        envelope(self.core, outgoing, longest.as_ref(), i64::MAX).encode()?;
        Ok(())
    }

    /// Sends the event, or lets it wait until `case.registered` brings the pseudonym.
    pub(crate) async fn send_or_wait(
        &mut self,
        outgoing: Outgoing,
        case: &CaseName,
    ) -> Result<(), GatewayError> {
        match case {
            CaseName::None => self.send(outgoing, None).await,
            CaseName::Pseudonym(pseudonym) => self.send(outgoing, Some(pseudonym)).await,
            CaseName::OwnReference(reference) => match self.pseudonym_of(reference).await? {
                Some(pseudonym) => self.send(outgoing, Some(&pseudonym)).await,
                None => self.wait(&outgoing, reference).await,
            },
        }
    }

    async fn wait(&mut self, outgoing: &Outgoing, reference: &str) -> Result<(), GatewayError> {
        let data = outgoing.event.data().to_string();
        let sealed = self.core.seal(&Owner::Reference(reference), &data).await?;
        sqlx::query(sql::WAITING_ADD)
            .bind(outgoing.id.to_string())
            .bind(reference)
            .bind(outgoing.event.event())
            .bind(i64::from(outgoing.event.version()))
            .bind(outgoing.at.to_string())
            .bind(sealed)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// Sends everything that waited for this case, in the order in which it was handed in.
    pub(crate) async fn release_waiting(
        &mut self,
        reference: &str,
        pseudonym: &Pseudonym,
    ) -> Result<(), GatewayError> {
        let rows = sqlx::query(sql::WAITING_OF)
            .bind(reference)
            .fetch_all(self.conn())
            .await?;
        for row in &rows {
            let owner = Owner::Reference(reference);
            let data = self.core.unseal(&owner, row.try_get("data")?).await?;
            let waited = read(row, &data)?;
            self.send(waited, Some(pseudonym)).await?;
        }
        sqlx::query(sql::WAITING_DROP)
            .bind(reference)
            .execute(self.conn())
            .await?;
        Ok(())
    }

    /// What the platform calls the case of this own reference, once it is registered.
    pub(crate) async fn pseudonym_of(
        &mut self,
        reference: &str,
    ) -> Result<Option<Pseudonym>, GatewayError> {
        sqlx::query(sql::CASE_OF_REFERENCE)
            .bind(reference)
            .fetch_optional(self.conn())
            .await?
            .map(|row| pseudonym(&row))
            .transpose()
    }
}

/// Reads the column `pseudonym`.
pub(crate) fn pseudonym(row: &AnyRow) -> Result<Pseudonym, GatewayError> {
    Pseudonym::parse(row.try_get("pseudonym")?).map_err(|_| GatewayError::Unreadable("pseudonym"))
}

fn read(row: &AnyRow, data: &str) -> Result<Outgoing, GatewayError> {
    let broken = || GatewayError::Unreadable("waiting event");
    let data = serde_json::from_str(data).map_err(|_| broken())?;
    let version = u32::try_from(row.try_get::<i64, _>("version")?).map_err(|_| broken())?;
    Ok(Outgoing {
        id: row
            .try_get::<&str, _>("event_id")?
            .parse()
            .map_err(|_| broken())?,
        at: row
            .try_get::<&str, _>("at")?
            .parse()
            .map_err(|_| broken())?,
        event: FromParty::decode(row.try_get("event")?, version, &data).map_err(|_| broken())?,
    })
}
