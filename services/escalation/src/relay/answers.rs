//! What a sender is told of each event that it sent: it was stored, or it was refused and why.

use chassis::trace;
use journal::{Answer, Outcome};
use proto::event::{InputRefused, InputStored};
use proto::{InvalidParam, Oin, ToParty};
use tracing::{Instrument, info_span};
use uuid::Uuid;

use super::behind::Behind;
use super::letters::{Letter, letter_id};
use super::outgoing::Origin;
use super::{ANSWERS, PAGE, Relay, RelayError};

impl Relay {
    /// Answers the next events that came in; says whether there were any.
    pub(super) async fn answer_page(&self) -> Result<bool, RelayError> {
        let db = &self.ground.db;
        let after = db.checkpoint(ANSWERS).await?;
        let answers = db.answers_after(after, PAGE).await?;
        if answers.is_empty() {
            return Ok(false);
        }
        let mut behind = Behind::read(db, &self.bus).await?;
        let (mut sent, mut done, mut failed) = (Vec::new(), after, None);
        for answer in &answers {
            // Forms and deadlines are answered where they were asked.
            let to = Oin::parse(&answer.cause.sender).ok();
            if let Some(to) = to.filter(|to| self.hears(to)) {
                let span = info_span!("answer", number = answer.number);
                trace::follow(&span, answer.trace.as_deref());
                let (letter, id) = answer_letter(to, answer);
                let (now, origin) = (self.ground.clock.now(), Origin::Answer(answer.number));
                let letter = self.publish(letter, (id, now), origin, &mut behind);
                match letter.instrument(span).await {
                    Ok(letter) => sent.push(letter),
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            done = answer.number;
        }
        if done > after {
            self.record(&sent, (ANSWERS, done), &behind).await?;
        }
        failed.map_or(Ok(true), Err)
    }
}

/// What a sender is told of its own event.
pub(super) fn answer_letter(to: Oin, answer: &Answer) -> (Letter, Uuid) {
    let message = answer.cause.message.as_str();
    let input = message
        .rsplit_once(' ')
        .map_or(message, |(_, id)| id)
        .to_owned();
    let event = match &answer.outcome {
        Outcome::Stored {
            event_ids,
            position,
        } => ToParty::from(InputStored {
            input,
            events: event_ids.iter().map(ToString::to_string).collect(),
            position: u64::try_from(*position).unwrap_or_default(),
        }),
        Outcome::Refused { code, text, wrong } => ToParty::from(InputRefused {
            input,
            reason: code.clone(),
            text: text.clone(),
            invalid_params: wrong
                .iter()
                .map(|wrong| InvalidParam::new(&wrong.name, &wrong.reason))
                .collect(),
        }),
    };
    let id = letter_id(&[b"answer", to.as_str().as_bytes(), message.as_bytes()]);
    let letter = Letter {
        to,
        subject: None,
        case: None,
        event,
        nth: 0,
    };
    (letter, id)
}
