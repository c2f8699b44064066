//! One order decided on the state folded so far, and that decision written down.

use std::collections::HashMap;

use gate::{Action, CaseFacts};
use jiff::Timestamp;
use journal::{JournalError, NewEvent, StoredEvent, Tx};
use ladder::Rules;
use ladder::meeting::MeetingRules;
use ladder::pass::PassRules;
use ladder::register::RegisterRules;
use ladder::signal::SignalRules;
use serde_json::json;
use uuid::Uuid;

use super::{ExecuteError, Ground, NOT_ALLOWED, Order, Work};
use crate::aggregate::{Aggregate, Folded, Recorded, Subject};
use crate::views::{self, Change};

/// Everything that the orders of a batch are about, as far as it was decided.
#[derive(Default)]
pub(super) struct Streams {
    cases: HashMap<String, Folded<Rules>>,
    meetings: HashMap<String, Folded<MeetingRules>>,
    signals: HashMap<String, Folded<SignalRules>>,
    passes: HashMap<String, Folded<PassRules>>,
    registers: HashMap<String, Folded<RegisterRules>>,
}

impl Streams {
    /// Takes in a stream as it is stored.
    ///
    /// # Errors
    /// [`JournalError::Unreadable`] when this release cannot read one of its events.
    pub(super) fn add(
        &mut self,
        stream: String,
        events: &[StoredEvent],
    ) -> Result<(), JournalError> {
        match Subject::parse(&stream) {
            Some(Subject::Case(_)) => fold(&mut self.cases, stream, events),
            Some(Subject::Meeting(_)) => fold(&mut self.meetings, stream, events),
            Some(Subject::Signal(_)) => fold(&mut self.signals, stream, events),
            Some(Subject::Pass(_)) => fold(&mut self.passes, stream, events),
            Some(Subject::Register(_)) => fold(&mut self.registers, stream, events),
            None => Err(JournalError::Unreadable { what: "stream" }),
        }
    }

    /// Decides one order; its events join those that are to be appended.
    pub(super) fn decide(
        &mut self,
        ground: &Ground,
        order: &Order,
        at: Timestamp,
        appended: &mut Vec<NewEvent>,
    ) -> Result<Changed, Undecided> {
        let asked = Asked { ground, order, at };
        match &order.work {
            Work::Case(id, command) => asked
                .decide(id, command.as_ref(), &mut self.cases, appended)
                .map(Changed::Case),
            Work::Meeting(id, command) => asked
                .decide(id, command.as_ref(), &mut self.meetings, appended)
                .map(Changed::Meeting),
            Work::Signal(id, command) => asked
                .decide(id, command.as_ref(), &mut self.signals, appended)
                .map(Changed::Signal),
            Work::Pass(id, command) => asked
                .decide(id, command.as_ref(), &mut self.passes, appended)
                .map(Changed::Pass),
            Work::Register(of, command) => asked
                .decide(of, command.as_ref(), &mut self.registers, appended)
                .map(Changed::Register),
            // Who may do this in the case does not count: the minutes may, and nothing else here
            // makes such an order.
            Work::Minuted(id, body, command) => asked
                .decide_as(id, command.as_ref(), &mut self.cases, appended, |case| {
                    let (_, facts) = Rules::question(id, case, command, ground);
                    let target = Some(body.to_string());
                    (Action::CarryOut, CaseFacts { target, ..facts })
                })
                .map(Changed::Case),
            Work::Noticed(id, command) => asked
                .decide_as(
                    id,
                    command.as_ref(),
                    &mut self.signals,
                    appended,
                    |signal| {
                        let (_, facts) = SignalRules::question(id, signal, command, ground);
                        (Action::CarryOut, facts)
                    },
                )
                .map(Changed::Signal),
        }
    }
}

fn fold<A: Aggregate>(
    folds: &mut HashMap<String, Folded<A>>,
    stream: String,
    events: &[StoredEvent],
) -> Result<(), JournalError> {
    let folded = Folded::of(events).map_err(|error| {
        tracing::error!(%stream, %error, "an event of this stream cannot be read");
        JournalError::Unreadable {
            what: "event of a stream",
        }
    })?;
    folds.insert(stream, folded);
    Ok(())
}

/// Why an order leads to nothing.
pub(super) enum Undecided {
    /// What it is about changed since the caller saw it.
    Conflict(ExecuteError),
    /// Refused by the gate or the rules.
    Refused { code: String, text: String },
    /// Waits for this key.
    Waits(String),
}

/// What an order changes.
pub(super) enum Changed {
    Case(Decided<Rules>),
    Meeting(Decided<MeetingRules>),
    Signal(Decided<SignalRules>),
    Pass(Decided<PassRules>),
    Register(Decided<RegisterRules>),
}

impl Changed {
    /// How many events it led to, and where in the batch they begin.
    pub(super) fn events(&self) -> std::ops::Range<usize> {
        match self {
            Self::Case(decided) => decided.range(),
            Self::Meeting(decided) => decided.range(),
            Self::Signal(decided) => decided.range(),
            Self::Pass(decided) => decided.range(),
            Self::Register(decided) => decided.range(),
        }
    }

    /// Brings the views up to it, and gives what it brings that others may wait for.
    ///
    /// # Errors
    /// [`JournalError`]; the transaction can only be dropped then.
    pub(super) async fn write(
        &self,
        tx: &mut Tx,
        order: &Order,
        rows: &[StoredEvent],
        ground: &Ground,
    ) -> Result<Vec<String>, JournalError> {
        match self {
            Self::Case(decided) => decided.write(tx, order, rows, ground).await,
            Self::Meeting(decided) => decided.write(tx, order, rows, ground).await,
            Self::Signal(decided) => decided.write(tx, order, rows, ground).await,
            Self::Pass(decided) => decided.write(tx, order, rows, ground).await,
            Self::Register(decided) => decided.write(tx, order, rows, ground).await,
        }
    }
}

/// What an order changes in one thing.
pub(super) struct Decided<A: Aggregate> {
    id: A::Id,
    role: &'static str,
    before: A::State,
    after: A::State,
    first_event: usize,
    events: Vec<A::Event>,
}

impl<A: Aggregate> Decided<A> {
    fn range(&self) -> std::ops::Range<usize> {
        self.first_event..self.first_event + self.events.len()
    }

    async fn write(
        &self,
        tx: &mut Tx,
        order: &Order,
        rows: &[StoredEvent],
        ground: &Ground,
    ) -> Result<Vec<String>, JournalError> {
        let change = Change::<A> {
            id: &self.id,
            before: &self.before,
            after: &self.after,
            events: &self.events,
            stored: rows,
            organisation: order.actor.organisation(),
            role: self.role,
        };
        views::write(tx, &change, &ground.pseudonyms).await?;
        A::brought(&change, &ground.pseudonyms)
    }
}

/// An order, and where and when it is asked.
struct Asked<'a> {
    ground: &'a Ground,
    order: &'a Order,
    at: Timestamp,
}

impl Asked<'_> {
    /// The gate (who may), then the rules (whether now), on the state folded so far.
    fn decide<A: Aggregate>(
        &self,
        id: &A::Id,
        command: &A::Command,
        folds: &mut HashMap<String, Folded<A>>,
        appended: &mut Vec<NewEvent>,
    ) -> Result<Decided<A>, Undecided> {
        let ground = self.ground;
        self.decide_as(id, command, folds, appended, |state| {
            A::question(id, state, command, ground)
        })
    }

    /// The same, where the gate is asked something else than what the command is by itself.
    fn decide_as<A: Aggregate>(
        &self,
        id: &A::Id,
        command: &A::Command,
        folds: &mut HashMap<String, Folded<A>>,
        appended: &mut Vec<NewEvent>,
        question: impl FnOnce(&A::State) -> (Action, A::Facts),
    ) -> Result<Decided<A>, Undecided> {
        let Self { ground, order, at } = *self;
        let stream = A::subject(id).to_string();
        let folded = folds.entry(stream.clone()).or_default();
        if let Some(expected) = order.if_match
            && expected != folded.version
        {
            let version = folded.version;
            return Err(Undecided::Conflict(ExecuteError::Conflict { version }));
        }
        // Only an event from the wire can wait.
        let missing = || {
            order.arrival.as_ref()?;
            A::missing(id, &folded.state, command)
        };
        let (action, facts) = question(&folded.state);
        let permit = ground
            .gate
            .may(&order.actor, action, &facts)
            .map_err(|denial| {
                // What is not known yet is not refused for good: the gate could not know it either.
                missing().map_or_else(
                    || {
                        tracing::info!(%stream, ?action, "not allowed");
                        Undecided::Refused {
                            code: NOT_ALLOWED.to_owned(),
                            text: denial.to_string(),
                        }
                    },
                    Undecided::Waits,
                )
            })?;
        let events = A::rules(ground)
            .decide(&folded.state, command.clone(), at)
            .map_err(|refusal| match missing() {
                Some(key) if A::is_not_known_yet(&refusal) => Undecided::Waits(key),
                _ => Undecided::Refused {
                    code: A::code(&refusal).to_owned(),
                    text: refusal.to_string(),
                },
            })?;
        let before = folded.state.clone();
        let first_event = appended.len();
        for event in &events {
            folded.evolve(event, at);
            let id = self.id_of_next(appended);
            let role = permit.acting_role;
            appended.push(self.new_event(id, role, &stream, folded.version, event));
        }
        Ok(Decided {
            id: id.clone(),
            role: permit.acting_role,
            before,
            after: folded.state.clone(),
            first_event,
            events,
        })
    }

    /// What a message leads to has ids that follow from the message, so that a platform that was put
    /// back from a copy, and takes it in again, tells others what they heard under the ids under
    /// which they heard it.
    fn id_of_next(&self, appended: &[NewEvent]) -> Uuid {
        let Self { ground, order, at } = *self;
        if order.arrival.is_none() {
            return ground.entropy.uuid_v7(at);
        }
        let before = appended.iter().rev();
        let nth = before
            .take_while(|event| event.cause == order.cause)
            .count();
        ground.pseudonyms.follows("event", nth, &order.cause)
    }

    fn new_event(
        &self,
        id: Uuid,
        role: &str,
        stream: &str,
        version: i64,
        event: &impl Recorded,
    ) -> NewEvent {
        let Self { order, at, .. } = *self;
        NewEvent {
            stream: stream.to_owned(),
            version,
            id,
            kind: event.kind().to_owned(),
            kind_version: event.version(),
            at,
            actor: json!({
                "organisation": order.actor.organisation(),
                "role": role,
                "personRef": order.actor.second_person_key().map(|(_, person)| person),
            }),
            cause: order.cause.clone(),
            data: event.data(),
        }
    }
}
