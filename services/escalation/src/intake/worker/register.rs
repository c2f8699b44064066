//! What an organisation's service says of its own register.

use jiff::Timestamp;
use journal::CauseKey;
use ladder::Organisation;
use ladder::register::{Command, RegisterRules};
use proto::FromParty;
use proto::event::ContactConfirmed;

use super::{Fate, WorkError, Worker};
use crate::aggregate;
use crate::execute::{Arrival, Work};
use crate::seal::{TextSealer, contact_owner};
use crate::translate::TranslateError;
use crate::translate::register::{confirmed, contact_id};

impl Worker {
    /// A sign of life.
    pub(super) async fn beat_heart(
        &self,
        event: &FromParty,
        arrival: Arrival,
        cause: CauseKey,
    ) -> Result<Fate, WorkError> {
        let work = Work::register(&self.organisation()?, Command::BeatHeart);
        self.execute(event, work, arrival, cause).await
    }

    /// An entry still holds, or is new. What is known of it is read before the transaction: one
    /// worker per sender, so only somebody at the API can change it meanwhile.
    pub(super) async fn confirm(
        &self,
        event: &FromParty,
        said: &ContactConfirmed,
        arrival: Arrival,
        cause: CauseKey,
        at: Timestamp,
    ) -> Result<Fate, WorkError> {
        match self.confirmation(said, at).await? {
            Ok(work) => self.execute(event, work, arrival, cause).await,
            Err(TranslateError::Vault(error)) => Err(error.into()),
            Err(error) => {
                self.refuse(&arrival, &cause, error.code(), &error.to_string())
                    .await
            }
        }
    }

    async fn confirmation(
        &self,
        said: &ContactConfirmed,
        at: Timestamp,
    ) -> Result<Result<Work, TranslateError>, WorkError> {
        let organisation = self.organisation()?;
        let contact = match contact_id(&said.contact) {
            Ok(contact) => contact,
            Err(error) => return Ok(Err(error)),
        };
        let ground = &self.intake.ground;
        let (register, _) = aggregate::read::<RegisterRules>(&ground.db, &organisation).await?;
        let known = register.contacts.get(&contact).map(|known| &known.entry);
        let owner = contact_owner(&organisation, &contact);
        let sealer = TextSealer::load(&self.intake.vault, &ground.entropy, &owner, at).await?;
        let command = confirmed(said, known, self.kind(), &sealer);
        Ok(command.map(|command| Work::register(&organisation, command)))
    }

    fn organisation(&self) -> Result<Organisation, WorkError> {
        Ok(Organisation::parse(self.sender.as_str())?)
    }
}
