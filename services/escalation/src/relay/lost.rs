//! What the broker lost after it had confirmed it, as a full disk or a power cut may do: the last letters
//! of that organisation go into its line once more, under their ids, before everything later. Whoever had
//! one of them knows it by its id.

use proto::Oin;
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use super::answers::answer_letter;
use super::checkpoints::checkpoint_letter;
use super::letters::{Letter, Letters};
use super::outgoing::{self, Origin};
use super::sent::{Sent, Way};
use super::{ANSWERS, CHECKPOINTS, EVENTS, PAGE, Relay, RelayError, id_of};
use crate::checkpoints::store;
use crate::execute::back_off;

/// How far back is told again, in events of the log and in answers: what a broker loses is what it had
/// not written yet, of the last moments. An organisation that needs more is told by
/// `escalation tell-again`.
const LAST: i64 = 1_000;

/// Up to where the followers came.
struct Places {
    events: i64,
    answers: i64,
    checkpoints: i64,
}

impl Relay {
    /// Makes good what the bus says that it lost, until stopped.
    pub(super) async fn tell_lost(&self, stop: &CancellationToken) {
        loop {
            let loss = tokio::select! {
                () = stop.cancelled() => return,
                loss = self.bus.next_loss() => loss,
            };
            let mut failures = 0_u64;
            loop {
                match self.tell_last(&loss.party).await {
                    Ok(letters) => {
                        warn!(to = %loss.party, letters, "its last letters wait to be sent again");
                        loss.told();
                        break;
                    }
                    Err(error) => {
                        failures += 1;
                        error!(to = %loss.party, %error, failures, "what was lost is not told yet");
                    }
                }
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(back_off(failures)) => {}
                }
            }
        }
    }

    /// Puts an organisation's last letters into its line, before what follows from later; says how many.
    async fn tell_last(&self, to: &Oin) -> Result<usize, RelayError> {
        let db = &self.ground.db;
        let upto = Places {
            events: db.checkpoint(EVENTS).await?,
            answers: db.checkpoint(ANSWERS).await?,
            checkpoints: db.checkpoint(CHECKPOINTS).await?,
        };
        let mut last = self.last_of_events(to, upto.events).await?;
        last.extend(self.last_answers(to, upto.answers).await?);
        last.extend(self.last_checkpoints(to, upto.checkpoints).await?);

        let mut tx = db.begin().await?;
        outgoing::hold(&mut tx, to).await?;
        let now = self.ground.clock.now();
        for (letter, origin) in &last {
            outgoing::add_at_end(&mut tx, letter, *origin, now).await?;
        }
        for origin in [
            Origin::Event(upto.events),
            Origin::Answer(upto.answers),
            Origin::Checkpoint(upto.checkpoints),
        ] {
            for message in outgoing::later(&mut tx, to, origin).await? {
                outgoing::move_to_end(&mut tx, to, &message).await?;
            }
        }
        tx.commit().await?;
        Ok(last.len())
    }

    async fn last_of_events(&self, to: &Oin, upto: i64) -> Result<Vec<(Sent, Origin)>, RelayError> {
        let letters = Letters::new(&self.ground, &self.vault, &self.parties);
        let (mut last, mut after) = (Vec::new(), (upto - LAST).max(0));
        while after < upto {
            let page = self.ground.db.read_after(after, PAGE).await?;
            let Some(end) = page.last() else {
                break;
            };
            after = end.position;
            for stored in page.iter().filter(|stored| stored.position <= upto) {
                let origin = Origin::Event(stored.position);
                for letter in letters.of(stored).await? {
                    if letter.to == *to {
                        let id = id_of(&letter, stored).to_string();
                        last.push((sent(letter, id, stored.at, origin), origin));
                    }
                }
            }
        }
        Ok(last)
    }

    async fn last_answers(&self, to: &Oin, upto: i64) -> Result<Vec<(Sent, Origin)>, RelayError> {
        let now = self.ground.clock.now();
        let (mut last, mut after) = (Vec::new(), (upto - LAST).max(0));
        while after < upto {
            let page = self.ground.db.answers_after(after, PAGE).await?;
            let Some(end) = page.last() else {
                break;
            };
            after = end.number;
            let its = page
                .iter()
                .filter(|answer| answer.number <= upto && answer.cause.sender == to.as_str());
            for answer in its {
                let origin = Origin::Answer(answer.number);
                let (letter, id) = answer_letter(to.clone(), answer);
                last.push((sent(letter, id.to_string(), now, origin), origin));
            }
        }
        Ok(last)
    }

    async fn last_checkpoints(
        &self,
        to: &Oin,
        upto: i64,
    ) -> Result<Vec<(Sent, Origin)>, RelayError> {
        // A checkpoint signs at least one event, so there are no more of them.
        let most = LAST.unsigned_abs().try_into().unwrap_or(u32::MAX);
        let signed = store::after(&self.ground.db, (upto - LAST).max(0), most).await?;
        let told = signed.iter().map(|signed| {
            let size = i64::try_from(signed.size).unwrap_or(i64::MAX);
            let (letter, id) = checkpoint_letter(to.clone(), signed);
            let origin = Origin::Checkpoint(size);
            (sent(letter, id.to_string(), signed.at, origin), origin)
        });
        let upto = |origin: &Origin| matches!(origin, Origin::Checkpoint(size) if *size <= upto);
        Ok(told.filter(|(_, origin)| upto(origin)).collect())
    }
}

fn sent(letter: Letter, message: String, at: jiff::Timestamp, origin: Origin) -> Sent {
    Sent {
        organisation: letter.to,
        message,
        event: letter.event.event().to_owned(),
        case: letter.case,
        at,
        way: Way::Behind(origin),
    }
}
