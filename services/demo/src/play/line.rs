//! One line of a story.

use std::collections::BTreeMap;

use jiff::Timestamp;
use proto::{FromParty, Role};
use reqwest::Method;
use serde_json::{Value, json};

use super::variables::names_in_value;
use crate::{
    personas::{PERSONAS, Persona},
    services::PartyService,
};

/// One thing that somebody does at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// When.
    pub at: Timestamp,
    /// What it means in the story, for the reader; nothing follows from it.
    pub note: Option<String>,
    /// What is done.
    pub act: Act,
    /// What is kept of the answer: name → JSON Pointer into it.
    pub bind: BTreeMap<String, String>,
    /// The status that the answer must have; without it, any success.
    pub expect: Option<u16>,
    /// The code with which the platform must refuse what was handed in.
    pub refused: Option<String>,
}

/// What a line does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A party's own system hands in what happened.
    HandIn {
        /// Whose system.
        service: PartyService,
        /// Whose token it uses.
        by: &'static Persona,
        /// What happened.
        event: Event,
    },
    /// A person calls an API.
    Call {
        /// Who.
        by: &'static Persona,
        /// What.
        call: Call,
    },
}

/// What a party's own system hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its type, without version.
    pub event_type: String,
    /// The case, as the platform calls it to this party.
    pub subject: Option<String>,
    /// What happened; who acted is filled in.
    pub data: Value,
}

/// A request to an API.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Whose API.
    pub door: Door,
    /// GET, POST, …
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// The JSON body.
    pub body: Option<Value>,
}

/// Whose API a person calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// The escalation service.
    Platform,
    /// The service of the person's own organisation.
    Party(PartyService),
}

impl std::fmt::Display for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Platform => f.write_str("platform"),
            Self::Party(service) => service.fmt(f),
        }
    }
}

/// In which capacity an event of the contract is handed in, the most fitting first.
fn fitting_roles(event_type: &str) -> &'static [Role] {
    match event_type {
        "case.reported" => &[Role::Raiser],
        "commitment.made" | "commitment.refused" | "commitment.fulfilled" => &[Role::Administrator],
        "handoff.answered" => &[
            Role::CareProfessional,
            Role::AgencyLiaison,
            Role::CaseDirector,
        ],
        _ => &[
            Role::CaseDirector,
            Role::CareProfessional,
            Role::AgencyLiaison,
        ],
    }
}

/// Who in a party hands such an event in, when the line does not say.
pub(super) fn usual_person(service: PartyService, event_type: &str) -> Option<&'static Persona> {
    let staff = || {
        PERSONAS
            .iter()
            .filter(move |persona| persona.party == service.organisation())
    };
    fitting_roles(event_type)
        .iter()
        .find_map(|role| staff().find(|persona| persona.roles.contains(role)))
        .or_else(|| staff().next())
}

/// Fills in who acted, where the event says so and the line does not.
pub(super) fn with_actor(event_type: &str, mut data: Value, by: &Persona) -> Value {
    let says_who = event_type != "heartbeat.sent"
        && FromParty::EVENTS
            .iter()
            .any(|(known, _)| *known == event_type);
    let role = fitting_roles(event_type)
        .iter()
        .find(|role| by.roles.contains(role))
        .or(by.roles.first());
    if let (true, Some(role), Some(fields)) = (says_who, role, data.as_object_mut()) {
        fields
            .entry("actedBy")
            .or_insert_with(|| json!({"role": role, "personRef": by.name}));
    }
    data
}

impl Act {
    /// The names of the values that it uses.
    pub(super) fn names(&self) -> Vec<String> {
        match self {
            Self::HandIn { event, .. } => names_in_value(&json!([event.subject, event.data])),
            Self::Call { call, .. } => names_in_value(&json!([call.path, call.body])),
        }
    }
}

impl Line {
    /// Whether two lines are one burst: handed in by one system at one time, without waiting.
    pub(super) fn goes_with(&self, next: &Self) -> bool {
        match (&self.act, &next.act) {
            (Act::HandIn { service: one, .. }, Act::HandIn { service: other, .. }) => {
                one == other && self.at == next.at
            }
            _ => false,
        }
    }
}
