//! A case, everybody who writes to it, and the clock.
//!
//! **The network.** People write from a fixed list of messages (each test has its own). A network
//! that delays, loses, reorders and doubles at will, across senders and within one, is the same
//! as one where any message of that list may arrive at any moment, any number of times: so that
//! is what is walked, and the network needs no state of its own. With an inbox that answers a
//! second copy from memory less can happen, not more; `network` walks messages in flight and that
//! inbox step by step, and checks that it comes nowhere else.
//!
//! **The clock.** Time goes on to the next open deadline, and no further before that one fired;
//! messages arrive at those moments, before the deadline fires and after. A late clock lets any
//! deadline wait while time goes on, as after downtime.
//!
//! **Bounds.** One case, one to three handoffs, one request and one insistence by people (and
//! whatever silence asks), one proposal each to go down and to decide, two commitments; two or
//! three rungs, terms of a few hours. Within these everything is walked, nothing is sampled.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem::discriminant;

use jiff::SignedDuration;
use ladder::{Case, Command, Due, Event, Rules, Stage, deadlines};

use super::clock::{later, now};
use super::explorer::{Graph, Walk};
use super::law::Law;
use super::messages::{Message, report};
use super::witness::Witness;

/// A case, and the account of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) case: Case,
    pub(crate) witness: Witness,
}

/// When deadlines fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Before time goes on.
    OnTime,
    /// Then, or after any time in which the clock was away.
    Late,
}

/// What is walked.
pub(crate) struct World<L = Rules> {
    pub(crate) law: L,
    pub(crate) clock: Clock,
    /// What was done before the walk begins, after the report.
    pub(crate) before: Vec<Command>,
    /// What may arrive.
    pub(crate) messages: Vec<Message>,
}

/// A walk that has not ended after so many states will not.
pub(crate) const MOST: usize = 300_000;

impl World<Rules> {
    /// Walks all of it: no rule is broken anywhere, every case can still be closed, and every
    /// message does something somewhere. Says what was walked.
    #[track_caller]
    pub(crate) fn holds(&self, name: &str) {
        let walk = Walk::of(self, MOST).unwrap_or_else(|found| panic!("{found}"));
        let walked = walk.every_state_can_end(self);
        let walked = walked.unwrap_or_else(|found| panic!("{found}"));
        let unused = self
            .messages
            .iter()
            .find(|message| !walk.took(message.name));
        assert_eq!(
            unused.map(|message| message.name),
            None,
            "never does anything"
        );
        let rungs = self.law.ladder.rungs().len();
        let messages = self.messages.len();
        println!("{name}: {rungs} rungs, {messages} messages, any number of times: {walked}");
    }
}

impl<L: Law> World<L> {
    /// The same world under another law.
    pub(crate) fn under<M: Law>(self, law: impl FnOnce(L) -> M) -> World<M> {
        World {
            law: law(self.law),
            clock: self.clock,
            before: self.before,
            messages: self.messages,
        }
    }

    /// The state after a command; nothing when it is refused or nothing follows.
    pub(crate) fn after(&self, state: &State, command: Command) -> Result<Option<State>, String> {
        let events = match self.law.decide(&state.case, command) {
            Ok(events) if !events.is_empty() => events,
            Ok(_) | Err(_) => return Ok(None),
        };
        let mut witness = state.witness.clone();
        witness.see(&events)?;
        is_heard(&state.case, &events)?;
        let case = events.iter().fold(state.case.clone(), |case, event| {
            self.law.evolve(case, event)
        });
        let case = later(case, SignedDuration::ZERO);
        witness.agrees(&case)?;
        is_watched(&case)?;
        Ok(Some(State { case, witness }))
    }

    /// A message arrives. A second copy that arrives straight after it must change nothing.
    fn arrives(&self, state: &State, message: &Message) -> Option<Result<State, String>> {
        let command = message.command(&state.case)?;
        let after = match self.after(state, command.clone()) {
            Ok(after) => after?,
            Err(broken) => return Some(Err(broken)),
        };
        Some(match self.after(&after, command) {
            Ok(Some(twice)) if twice != after => Err(format!("'{}' works twice", message.name)),
            Ok(_) => Ok(after),
            Err(broken) => Err(format!("a second copy: {broken}")),
        })
    }

    /// A deadline fires. It is always heard of, moves a case once, and never its owner.
    fn fires(&self, state: &State, due: &Due) -> Result<State, String> {
        let lapse = || Command::Lapse(due.clone());
        let after = self
            .after(state, lapse())?
            .ok_or_else(|| format!("{due} passes and nobody hears of it"))?;
        if after.case.owner() != state.case.owner() {
            return Err(format!("{due} passes and the owner changes"));
        }
        match self.after(&after, lapse())? {
            Some(_) => Err(format!("{due} fires twice")),
            None => Ok(after),
        }
    }

    pub(crate) fn of_the_clock(&self, state: &State) -> Vec<(String, Result<State, String>)> {
        let open = deadlines(&state.case);
        let mut steps: Vec<_> = open
            .iter()
            .filter(|(_, at)| *at <= now())
            .map(|(due, _)| (format!("{due} fires"), self.fires(state, due)))
            .collect();
        let ahead = open.iter().map(|(_, at)| *at).filter(|at| *at > now());
        if (steps.is_empty() || self.clock == Clock::Late)
            && let Some(next) = ahead.min()
        {
            let passed = next.duration_since(now());
            let case = later(state.case.clone(), passed);
            let witness = state.witness.clone();
            let name = format!("{} hours pass", passed.as_hours());
            steps.push((name, Ok(State { case, witness })));
        }
        steps
    }
}

/// Whoever raised a case hears of a decline and of a silence: the event names a handoff of which
/// the case knows who offered it (domain, section d4).
fn is_heard(before: &Case, events: &[Event]) -> Result<(), String> {
    let known = |id| {
        before
            .file()
            .is_some_and(|file| file.handoffs.contains_key(id))
    };
    let unheard = events.iter().find_map(|event| match event {
        Event::HandoffDeclined(e) => Some(&e.handoff).filter(|id| !known(id)),
        Event::HandoffExpired(e) => Some(&e.handoff).filter(|id| !known(id)),
        _ => None,
    });
    unheard.map_or(Ok(()), |id| Err(format!("nobody offered {id}")))
}

/// A case that has not ended has a next deadline.
fn is_watched(case: &Case) -> Result<(), String> {
    match case {
        Case::Underway(_) if deadlines(case).is_empty() => {
            Err("the case waits for nothing, and nobody looks at it again".to_owned())
        }
        Case::Absent | Case::Draft(_) | Case::Discarded | Case::Underway(_) | Case::Closed(_) => {
            Ok(())
        }
    }
}

impl<L: Law> Graph for World<L> {
    type State = State;

    fn first(&self) -> State {
        let nothing = State {
            case: Case::Absent,
            witness: Witness::default(),
        };
        [report()]
            .into_iter()
            .chain(self.before.iter().cloned())
            .fold(nothing, |state, command| {
                self.after(&state, command).unwrap().unwrap()
            })
    }

    fn digest(&self, state: &State) -> u64 {
        digest(state)
    }

    fn steps(&self, state: &State) -> Vec<(String, Result<State, String>)> {
        let arriving = self.messages.iter().filter_map(|message| {
            let after = self.arrives(state, message)?;
            Some((message.name.to_owned(), after))
        });
        let mut steps: Vec<_> = arriving.collect();
        steps.extend(self.of_the_clock(state));
        steps
    }

    /// Closed in the ordinary way: that anybody can always stop is no way out.
    fn is_end(&self, state: &State) -> bool {
        matches!(&state.case, Case::Closed(closed) if !closed.withdrawn)
    }
}

/// Enough of a state to tell most of them apart.
pub(crate) fn digest(state: &State) -> u64 {
    let mut hasher = DefaultHasher::new();
    state.witness.hash(&mut hasher);
    state
        .case
        .state_name()
        .map(|name| name.as_str())
        .hash(&mut hasher);
    let open: BTreeMap<Due, i64> = deadlines(&state.case)
        .into_iter()
        .map(|(due, at)| (due, at.as_second()))
        .collect();
    open.hash(&mut hasher);
    if let Some(file) = state.case.file() {
        file.rung.hash(&mut hasher);
        file.refused_at.hash(&mut hasher);
        file.insisted.hash(&mut hasher);
        file.evidence.hash(&mut hasher);
        file.told_by_silence.hash(&mut hasher);
        discriminant(&file.urgency).hash(&mut hasher);
        (file.review.at.as_second(), file.review.progress).hash(&mut hasher);
        for handoff in file.handoffs.values() {
            discriminant(&handoff.status).hash(&mut hasher);
            (handoff.since.as_second(), handoff.urgent).hash(&mut hasher);
        }
        for commitment in file.commitments.values() {
            discriminant(&commitment.status).hash(&mut hasher);
        }
        [file.decided, file.feedback_sent, file.citizen_informed].hash(&mut hasher);
        file.proposal.is_some().hash(&mut hasher);
    }
    if let Case::Underway(underway) = &state.case {
        discriminant(&underway.stage).hash(&mut hasher);
        let suspension = underway.suspension.as_ref();
        suspension
            .map(|it| (it.since.as_second(), it.until.as_second()))
            .hash(&mut hasher);
        if let Stage::EscalationRequested(request) = &underway.stage {
            request.to.hash(&mut hasher);
            request.unexplained.len().hash(&mut hasher);
        }
    }
    hasher.finish()
}
