//! What was signed of the log, to every organisation that runs a service. It names nobody and is
//! about no case: hashes and numbers only.

use proto::ToParty;
use proto::event::CheckpointPublished;

use super::letters::{Letter, letter_id};
use super::{CHECKPOINTS, PAGE, Relay, RelayError, sent};
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
        let mut sent = Vec::new();
        for checkpoint in &signed {
            for party in self.parties.iter().filter(|party| party.service.is_some()) {
                let to = party.oin.clone();
                let note = checkpoint.note.as_bytes();
                let id = letter_id(&[b"checkpoint", to.as_str().as_bytes(), note]);
                let letter = Letter {
                    to,
                    subject: None,
                    case: None,
                    event: published(checkpoint),
                    nth: 0,
                };
                sent.push(self.publish(letter, id, checkpoint.at).await?);
            }
        }
        let size = i64::try_from(last.size).unwrap_or(i64::MAX);
        sent::record(db, &sent, CHECKPOINTS, size).await?;
        Ok(true)
    }
}

fn published(signed: &Signed) -> ToParty {
    let proof = signed.proof.iter().map(ToString::to_string);
    ToParty::from(CheckpointPublished {
        note: signed.note.clone(),
        previous: signed.previous,
        proof: proof.collect(),
    })
}
