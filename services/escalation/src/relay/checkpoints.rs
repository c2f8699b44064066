//! What was signed of the log, to every organisation that runs a service. It names nobody and is
//! about no case: hashes and numbers only.

use proto::event::CheckpointPublished;
use proto::{Oin, ToParty};
use uuid::Uuid;

use super::behind::Behind;
use super::letters::{Letter, letter_id};
use super::outgoing::Origin;
use super::{CHECKPOINTS, PAGE, Relay, RelayError};
use crate::checkpoints::store::{self, Signed};

impl Relay {
    /// Sends the next checkpoints; says whether there were any.
    pub(super) async fn checkpoint_page(&self) -> Result<bool, RelayError> {
        let db = &self.ground.db;
        let after = db.checkpoint(CHECKPOINTS).await?;
        let signed = store::after(db, after, PAGE).await?;
        let Some(last) = signed.last() else {
            return Ok(false);
        };
        let mut behind = Behind::read(db, &self.bus).await?;
        let mut sent = Vec::new();
        for checkpoint in &signed {
            for party in self.parties.iter().filter(|party| party.hears()) {
                let (letter, id) = checkpoint_letter(party.oin.clone(), checkpoint);
                let size = i64::try_from(checkpoint.size).unwrap_or(i64::MAX);
                let origin = Origin::Checkpoint(size);
                sent.push(
                    self.publish(letter, (id, checkpoint.at), origin, &mut behind)
                        .await?,
                );
            }
        }
        let size = i64::try_from(last.size).unwrap_or(i64::MAX);
        self.record(&sent, (CHECKPOINTS, size), &behind).await?;
        Ok(true)
    }
}

/// What an organisation is told of a checkpoint.
pub(super) fn checkpoint_letter(to: Oin, checkpoint: &Signed) -> (Letter, Uuid) {
    let note = checkpoint.note.as_bytes();
    let id = letter_id(&[b"checkpoint", to.as_str().as_bytes(), note]);
    let letter = Letter {
        to,
        subject: None,
        case: None,
        event: published(checkpoint),
        nth: 0,
    };
    (letter, id)
}

fn published(signed: &Signed) -> ToParty {
    let proof = signed.proof.iter().map(ToString::to_string);
    ToParty::from(CheckpointPublished {
        note: signed.note.clone(),
        previous: signed.previous,
        proof: proof.collect(),
    })
}
