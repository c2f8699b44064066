//! Carrying a story out, line by line.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::{
    Act, Door, Doors, DoorsError, Happening, Line, NotQuiet, PATIENCE, Reply, Report, Request,
    Story, until_quiet,
    variables::{Bound, fill, fill_value},
};
use crate::{personas::Persona, services::PartyService};

/// How long between two attempts at a door that does not answer.
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// How often a token that is not accepted is asked for anew: a process that was started again
/// lives in another time until its clock is set.
const NEW_TOKENS: u32 = 3;

/// What happens while a story is played.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// A line is about to be carried out.
    Line(&'a Line),
    /// Something happened to the case.
    Happened(&'a Happening),
    /// Something was sent to an organisation about the case.
    Sent {
        /// The organisation's OIN.
        to: &'a str,
        /// The event.
        event: &'a str,
    },
}

/// A story that was played to its end.
#[derive(Clone, Debug)]
pub struct Played {
    /// Where the case ended.
    pub report: Report,
    /// The values that the story bound.
    pub bound: Bound,
}

/// Why a story stopped. What was done before stays done.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// A line was refused, or not refused as it should have been.
    #[error("line {line}: {reason}")]
    Line {
        /// The line's number.
        line: usize,
        /// What was answered.
        reason: String,
    },
    /// What followed from a line did not come to an end.
    #[error("line {line}: {source}")]
    NotQuiet {
        /// The line's number.
        line: usize,
        /// Who still has what to do.
        source: NotQuiet,
    },
    /// A process cannot be reached, or makes no sense.
    #[error("line {line}: {source}")]
    Doors {
        /// The line's number.
        line: usize,
        /// Which, and what happened.
        source: DoorsError,
    },
}

/// Plays a story. `name` makes the keys of its requests its own: playing on under the same name
/// does nothing twice. `told` hears what happens.
///
/// # Errors
/// [`PlayError`] at the first line that does not do what it should.
pub async fn play(
    doors: &Doors,
    story: &Story,
    name: &str,
    told: &mut (dyn FnMut(Told<'_>) + Send),
) -> Result<Played, PlayError> {
    let nothing = Played {
        report: Report {
            case: None,
            timeline: Vec::new(),
            sent: BTreeMap::new(),
            quarantine: Vec::new(),
        },
        bound: Bound::new(),
    };
    play_on(doors, story, name, nothing, told).await
}

/// Plays what comes after what was `played`, with the values that it bound.
///
/// # Errors
/// As [`play`].
pub async fn play_on(
    doors: &Doors,
    story: &Story,
    name: &str,
    played: Played,
    told: &mut (dyn FnMut(Told<'_>) + Send),
) -> Result<Played, PlayError> {
    let mut player = Player {
        doors,
        name,
        bound: played.bound,
        told_before: played.report,
    };
    for burst in story.bursts() {
        player.burst(burst, told).await?;
    }
    Ok(Played {
        report: player.told_before,
        bound: player.bound,
    })
}

struct Player<'a> {
    doors: &'a Doors,
    name: &'a str,
    bound: Bound,
    /// What was told already.
    told_before: Report,
}

/// Something that a party's own system handed in, and how the platform should take it.
struct HandedIn<'a> {
    line: &'a Line,
    service: PartyService,
    by: &'static Persona,
    id: String,
}

impl Player<'_> {
    /// Carries out lines that come without waiting in between, and waits for what follows.
    async fn burst(
        &mut self,
        burst: &[Line],
        told: &mut (dyn FnMut(Told<'_>) + Send),
    ) -> Result<(), PlayError> {
        let (Some(first), Some(last)) = (burst.first(), burst.last()) else {
            return Ok(());
        };
        self.move_clocks(first).await?;
        self.wait(first).await?;
        let mut handed_in = Vec::new();
        for line in burst {
            told(Told::Line(line));
            let reply = self.act(line).await?;
            self.keep(line, &reply)?;
            if let (Act::HandIn { service, by, .. }, Some(id)) =
                (&line.act, reply.body["id"].as_str())
            {
                handed_in.push(HandedIn {
                    line,
                    service: *service,
                    by,
                    id: id.to_owned(),
                });
            }
        }
        self.wait(last).await?;
        for handed_in in handed_in {
            self.check_taken(&handed_in).await?;
        }
        self.tell_what_happened(last, told).await
    }

    async fn move_clocks(&self, line: &Line) -> Result<(), PlayError> {
        let start = Instant::now();
        loop {
            match self.doors.advance(line.at).await {
                Ok(()) => return Ok(()),
                Err(source) if start.elapsed() > PATIENCE => {
                    return Err(doors_error(line, source));
                }
                Err(_) => sleep(BETWEEN_TRIES).await,
            }
        }
    }

    async fn wait(&self, line: &Line) -> Result<(), PlayError> {
        until_quiet(self.doors, line.at, PATIENCE)
            .await
            .map_err(|source| PlayError::NotQuiet {
                line: line.number,
                source,
            })
    }

    async fn act(&self, line: &Line) -> Result<Reply, PlayError> {
        let (by, door, method, path, body) = match &line.act {
            Act::HandIn { service, by, event } => {
                let mut body = json!({
                    "type": event.event_type,
                    "data": fill_value(&event.data, &self.bound),
                });
                if let Some(subject) = &event.subject {
                    body["subject"] = Value::String(fill(subject, &self.bound));
                }
                let path = "/v1/events".to_owned();
                (*by, Door::Party(*service), Method::POST, path, Some(body))
            }
            Act::Call { by, call } => {
                let body = call.body.as_ref().map(|body| fill_value(body, &self.bound));
                let path = fill(&call.path, &self.bound);
                (*by, call.door, call.method.clone(), path, body)
            }
        };
        let key = format!("{}-{}", self.name, line.number);
        let request = || Request {
            door,
            method: method.clone(),
            path: &path,
            body: body.as_ref(),
            // A key makes it safe to ask again when the answer was lost.
            key: (method != Method::GET).then_some(key.as_str()),
        };
        let reply = self.ask(line, by, request).await?;
        let as_expected = match line.expect {
            Some(status) => reply.status == status,
            None => reply.is_success(),
        };
        if as_expected {
            return Ok(reply);
        }
        let expected = line
            .expect
            .map(|status| format!(" instead of {status}"))
            .unwrap_or_default();
        Err(PlayError::Line {
            line: line.number,
            reason: format!(
                "{method} {path} at {door} by {}: {reply}{expected}",
                by.name
            ),
        })
    }

    /// Asks until there is an answer; a process that is gone is waited for.
    async fn ask<'r>(
        &self,
        line: &Line,
        by: &'static Persona,
        request: impl Fn() -> Request<'r>,
    ) -> Result<Reply, PlayError> {
        let start = Instant::now();
        let mut tokens_left = NEW_TOKENS;
        loop {
            let answer = self.doors.call(by, line.at, request()).await;
            let late = start.elapsed() > PATIENCE;
            match answer {
                Ok(reply) if reply.status == 503 && line.expect != Some(503) && !late => {}
                Ok(reply) if reply.status == 401 && line.expect != Some(401) && tokens_left > 0 => {
                    tokens_left -= 1;
                    self.doors.forget_tokens();
                }
                Ok(reply) => return Ok(reply),
                Err(source) if late => return Err(doors_error(line, source)),
                Err(_) => self.doors.forget_tokens(),
            }
            sleep(BETWEEN_TRIES).await;
            // Whoever came back may live in another time; whoever did not is tried again.
            let _ = self.doors.advance(line.at).await;
        }
    }

    /// Keeps what the line wants to keep of its answer.
    fn keep(&mut self, line: &Line, reply: &Reply) -> Result<(), PlayError> {
        for (name, pointer) in &line.bind {
            let text = match reply.body.pointer(pointer) {
                Some(Value::String(text)) => text.clone(),
                Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
                _ => {
                    return Err(PlayError::Line {
                        line: line.number,
                        reason: format!(
                            "the answer has nothing at {pointer} for ${name}: {}",
                            reply.body
                        ),
                    });
                }
            };
            self.bound.insert(name.clone(), text);
        }
        Ok(())
    }

    /// Whether the platform took what was handed in: its answer stands in the party's inbox.
    async fn check_taken(&self, handed_in: &HandedIn<'_>) -> Result<(), PlayError> {
        let HandedIn {
            line,
            service,
            by,
            id,
        } = handed_in;
        let request = || Request {
            door: Door::Party(*service),
            method: Method::GET,
            path: "/v1/inbox",
            body: None,
            key: None,
        };
        let inbox = self.ask(line, by, request).await?;
        let refusal = inbox.body["refusals"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|refusal| refusal["id"].as_str() == Some(id));
        let reason = match (refusal, &line.refused) {
            (None, None) => return Ok(()),
            (Some(refusal), Some(code)) if refusal["reason"].as_str() == Some(code) => {
                return Ok(());
            }
            (None, Some(code)) => format!("should have been refused as {code}, and was taken"),
            (Some(refusal), _) => format!(
                "the platform refused it: {}: {}",
                refusal["reason"].as_str().unwrap_or_default(),
                refusal["text"].as_str().unwrap_or_default()
            ),
        };
        Err(PlayError::Line {
            line: line.number,
            reason,
        })
    }

    /// Tells what happened since the last time.
    async fn tell_what_happened(
        &mut self,
        line: &Line,
        told: &mut (dyn FnMut(Told<'_>) + Send),
    ) -> Result<(), PlayError> {
        let report = self.report(line).await?;
        for row in report.timeline.iter().skip(self.told_before.timeline.len()) {
            told(Told::Happened(row));
        }
        for (to, events) in &report.sent {
            let before = self.told_before.sent.get(to).map_or(0, Vec::len);
            for event in events.iter().skip(before) {
                told(Told::Sent { to, event });
            }
        }
        self.told_before = report;
        Ok(())
    }

    async fn report(&self, line: &Line) -> Result<Report, PlayError> {
        let start = Instant::now();
        loop {
            match self.doors.report().await {
                Ok(report) => return Ok(report),
                Err(source) if start.elapsed() > PATIENCE => {
                    return Err(doors_error(line, source));
                }
                Err(_) => sleep(BETWEEN_TRIES).await,
            }
        }
    }
}

fn doors_error(line: &Line, source: DoorsError) -> PlayError {
    PlayError::Doors {
        line: line.number,
        source,
    }
}

impl Story {
    /// The time of its first line.
    pub fn begins(&self) -> Option<Timestamp> {
        self.lines.first().map(|line| line.at)
    }
}
