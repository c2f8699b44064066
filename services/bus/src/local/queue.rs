//! One queue of the local bus: what waits, what is out, and which ids were seen.

use std::collections::{BTreeMap, HashSet, VecDeque};

use proto::{Oin, parse_subject};
use tokio::time::Instant;

use super::faults::{Arrival, Shuffler};
use crate::{DEDUPE_WINDOW, MAX_UNACKNOWLEDGED, Message, Waiting};

/// The most bytes of bodies that one queue holds; a full queue refuses new messages.
pub(super) const MAX_QUEUED_BYTES: usize = 64 * 1024 * 1024;

/// The most messages that one queue holds.
pub(super) const MAX_QUEUED: usize = 50_000;

/// One stored message.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) message: Message,
    pub(super) sender: Oin,
    /// How often it was taken.
    pub(super) attempt: u64,
    /// Its place in the order of publication; a message that comes back takes it again.
    position: u64,
}

/// What a reader finds.
pub(super) enum Taken {
    /// The next message, now counted as unacknowledged.
    Entry(Entry),
    /// Nothing yet, but something falls due then.
    NotBefore(Instant),
    /// Nothing until something changes.
    Nothing,
}

/// A queue in publication order.
#[derive(Debug)]
pub(super) struct Queue {
    ready: BTreeMap<u64, Entry>,
    later: Vec<(Instant, Entry)>,
    /// What was not acknowledged, taken or not: the subject, and since when.
    open: BTreeMap<u64, (String, Instant)>,
    unacknowledged: usize,
    messages: usize,
    bytes: usize,
    next_position: u64,
    seen: Seen,
    shuffler: Option<Shuffler>,
}

impl Queue {
    pub(super) fn new(shuffler: Option<Shuffler>) -> Self {
        Queue {
            ready: BTreeMap::new(),
            later: Vec::new(),
            open: BTreeMap::new(),
            unacknowledged: 0,
            messages: 0,
            bytes: 0,
            next_position: 0,
            seen: Seen::default(),
            shuffler,
        }
    }

    /// Stores a message; true when it is stored or was stored before, false when there is no room.
    pub(super) fn publish(&mut self, message: Message, sender: Oin, now: Instant) -> bool {
        if message
            .message_id()
            .is_some_and(|id| self.seen.contains(id, now))
        {
            return true;
        }
        let size = message.payload.len();
        if self.messages >= MAX_QUEUED || self.bytes + size > MAX_QUEUED_BYTES {
            return false;
        }
        if let Some(id) = message.message_id() {
            self.seen.remember(id, now);
        }
        let arrival = Arrival { message, sender };
        match &mut self.shuffler {
            None => self.append(arrival, now),
            Some(shuffler) => {
                for arrival in shuffler.arrive(arrival, now) {
                    self.append(arrival, now);
                }
            }
        }
        true
    }

    /// Gives the next message to a reader.
    pub(super) fn take(&mut self, now: Instant) -> Taken {
        if let Some(arrival) = self
            .shuffler
            .as_mut()
            .and_then(|shuffler| shuffler.overdue(now))
        {
            self.append(arrival, now);
        }
        for (_, entry) in self.later.extract_if(.., |(due, _)| *due <= now) {
            self.ready.insert(entry.position, entry);
        }
        if self.unacknowledged >= MAX_UNACKNOWLEDGED {
            return Taken::Nothing;
        }
        if let Some((_, mut entry)) = self.ready.pop_first() {
            entry.attempt += 1;
            self.unacknowledged += 1;
            return Taken::Entry(entry);
        }
        let held = self.shuffler.as_ref().and_then(Shuffler::held_until);
        match self.later.iter().map(|(due, _)| *due).chain(held).min() {
            Some(due) => Taken::NotBefore(due),
            None => Taken::Nothing,
        }
    }

    /// The message was settled and leaves the queue.
    pub(super) fn forget(&mut self, entry: &Entry) {
        self.unacknowledged -= 1;
        self.messages -= 1;
        self.open.remove(&entry.position);
        self.bytes -= entry.message.payload.len();
    }

    /// The message comes back at its own place.
    pub(super) fn give_back(&mut self, entry: Entry) {
        self.unacknowledged -= 1;
        self.ready.insert(entry.position, entry);
    }

    /// The message comes back at its own place, but not before `due`.
    pub(super) fn postpone(&mut self, entry: Entry, due: Instant) {
        self.unacknowledged -= 1;
        self.later.push((due, entry));
    }

    /// What was not acknowledged, per event in the order of their first.
    pub(super) fn waiting(&self, now: Instant) -> Vec<Waiting> {
        let mut waiting: Vec<Waiting> = Vec::new();
        for (position, (subject, since)) in &self.open {
            let Ok(subject) = parse_subject(subject) else {
                continue;
            };
            match waiting.iter_mut().find(|one| one.event == subject.event) {
                Some(known) => known.messages += 1,
                None => waiting.push(Waiting {
                    event: subject.event,
                    messages: 1,
                    first: position + 1,
                    age: now.saturating_duration_since(*since),
                }),
            }
        }
        waiting
    }

    fn append(&mut self, arrival: Arrival, now: Instant) {
        let copy = self
            .shuffler
            .as_mut()
            .and_then(|shuffler| shuffler.copy(&arrival, now));
        let entry = self.entry(arrival, now);
        self.ready.insert(entry.position, entry);
        if let Some((copy, due)) = copy {
            let entry = self.entry(copy, now);
            self.later.push((due, entry));
        }
    }

    fn entry(&mut self, arrival: Arrival, now: Instant) -> Entry {
        let position = self.next_position;
        let subject = arrival.message.subject.clone();
        self.open.insert(position, (subject, now));
        self.next_position += 1;
        self.messages += 1;
        self.bytes += arrival.message.payload.len();
        Entry {
            message: arrival.message,
            sender: arrival.sender,
            attempt: 0,
            position,
        }
    }
}

/// The ids of recent messages.
#[derive(Debug, Default)]
struct Seen {
    ids: HashSet<String>,
    in_order: VecDeque<(Instant, String)>,
}

impl Seen {
    /// The most ids that are remembered: a bound on memory, far above any real two minutes.
    const MOST: usize = 200_000;

    fn contains(&mut self, id: &str, now: Instant) -> bool {
        while self
            .in_order
            .front()
            .is_some_and(|(at, _)| *at + DEDUPE_WINDOW <= now)
        {
            self.forget_oldest();
        }
        self.ids.contains(id)
    }

    fn remember(&mut self, id: &str, now: Instant) {
        if self.in_order.len() >= Self::MOST {
            self.forget_oldest();
        }
        self.ids.insert(id.to_owned());
        self.in_order.push_back((now, id.to_owned()));
    }

    fn forget_oldest(&mut self) {
        if let Some((_, id)) = self.in_order.pop_front() {
            self.ids.remove(&id);
        }
    }
}
