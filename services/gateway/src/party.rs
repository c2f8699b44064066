//! What makes a party itself: its words, and its secrecy rule.
//!
//! Both are pure. The gateway keeps the log, the register and the matches; a party only says what
//! an event of its own systems means and what may leave of what it knows.

use std::fmt;

use jiff::{Timestamp, civil::Date};
use proto::{Category, FromParty, InvalidParam, SharedPerson};
use serde_json::Value;
use uuid::Uuid;

use crate::matching::ClientKey;

/// A party: one organisation's vocabulary and secrecy rule.
pub trait Party: Send + Sync + 'static {
    /// The service's name, which is also the system's name in the `source` of its events.
    fn service(&self) -> &'static str;

    /// The event types of its own systems that stay inside, such as `benefit.stopped`.
    fn vocabulary(&self) -> &'static [&'static str];

    /// Reads an event of the vocabulary.
    ///
    /// # Errors
    /// Everything that is wrong with `data`, at once. A type outside the vocabulary is never asked.
    fn read(&self, event_type: &str, data: &Value) -> Result<OwnEvent, Vec<InvalidParam>>;

    /// What may leave of what the party knows about the people of one case, as of `now`.
    ///
    /// It is asked again whenever something is learned; what already left is not sent twice.
    fn may_leave(&self, known: &[Known], now: Timestamp) -> Vec<Disclosure>;

    /// What this party's own words demand of an event that goes out, beyond the contract.
    fn check_outgoing(&self, _event: &FromParty) -> Vec<InvalidParam> {
        Vec::new()
    }
}

/// What an event of a party's own systems is about.
pub enum OwnEvent {
    /// A person in a case that this party raises, with number and name.
    Person(Box<RegisteredPerson>),
    /// A fact (or a ground to speak) about these clients.
    About(Vec<ClientKey>),
    /// Something that holds for all clients, such as an exemption.
    General,
}

/// A person in a case of the party's own, kept for the identity that is shared after acceptance.
pub struct RegisteredPerson {
    /// The case, in the party's own words.
    pub own_reference: String,
    /// The person, as the receiver will see them.
    pub person: SharedPerson,
}

/// Something the party knows: an event of its vocabulary as it was handed in.
#[derive(Clone)]
pub struct Known {
    /// The event's identifier in the party's own log.
    pub id: Uuid,
    /// Its type, one of [`Party::vocabulary`].
    pub event_type: String,
    /// Its data, valid for its type.
    pub data: Value,
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known")
            .field("id", &self.id)
            .field("event_type", &self.event_type)
            .field("data", &"(hidden)")
            .finish()
    }
}

/// A fact that the secrecy rule lets out: it becomes a `fact.reported` under the case's pseudonym.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// Which known event it comes from; the same event leaves once per case and category.
    pub from: Uuid,
    /// The category of what is told.
    pub category: Category,
    /// The law under which the party knows it.
    pub law: String,
    /// The rule's identifier in the platform's catalogue, if it has one.
    pub rule: Option<String>,
    /// What is told, in Dutch, without numbers that identify a person.
    pub summary: String,
    /// Since when; `None` where even that may not be told: then the day of telling is given.
    pub since: Option<Date>,
    /// Why it may be told: an id in `legal-bases.toml`.
    pub legal_basis: String,
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disclosure")
            .field("from", &self.from)
            .field("category", &self.category)
            .field("rule", &self.rule)
            .field("summary", &"(hidden)")
            .finish_non_exhaustive()
    }
}
