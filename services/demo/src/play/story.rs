//! Reading a story, and checking all of it before anything is done.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use gateway::Party;
use jiff::Timestamp;
use proto::{FromParty, InvalidParam};
use reqwest::Method;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    line::{Act, Call, Door, Event, Line, usual_person, with_actor},
    variables::{is_name, names_in_value},
};
use crate::{
    personas::{self, PERSONAS, Persona},
    services::PartyService,
};

/// A story that can be played.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

/// One thing that is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong, and where in the line (a JSON Pointer).
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Everything that is wrong with a story. Nothing of it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryError(pub Vec<Fault>);

impl fmt::Display for StoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing was done, because the story has mistakes:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for StoryError {}

/// A line as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct LineText {
    at: Timestamp,
    note: Option<String>,
    party: Option<String>,
    by: Option<String>,
    event: Option<EventText>,
    #[serde(rename = "as")]
    persona: Option<String>,
    call: Option<CallText>,
    #[serde(default)]
    bind: Map<String, Value>,
    #[schemars(range(min = 100, max = 599))]
    expect: Option<u16>,
    refused: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct EventText {
    #[serde(rename = "type")]
    event_type: String,
    subject: Option<String>,
    #[serde(default)]
    data: Map<String, Value>,
}

#[derive(Deserialize, JsonSchema)]
struct CallText {
    at: Option<String>,
    method: String,
    path: String,
    body: Option<Value>,
}

const LINE_FIELDS: &[&str] = &[
    "at", "note", "party", "by", "event", "as", "call", "bind", "expect", "refused",
];
const EVENT_FIELDS: &[&str] = &["type", "subject", "data"];
const CALL_FIELDS: &[&str] = &["at", "method", "path", "body"];
const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

type Faults = Vec<InvalidParam>;

impl Story {
    /// Reads a story: one JSON object per line; empty lines mean nothing.
    ///
    /// # Errors
    /// [`StoryError`] with every mistake in every line.
    pub fn parse(text: &str) -> Result<Self, StoryError> {
        let mut lines: Vec<Line> = Vec::new();
        let mut bound = BTreeSet::new();
        let mut last: Option<(usize, Timestamp)> = None;
        let mut faults = Vec::new();
        for (index, text) in text.lines().enumerate() {
            if text.trim().is_empty() {
                continue;
            }
            let number = index + 1;
            let mut wrong = Vec::new();
            match read(number, text) {
                Ok(line) => {
                    if let Some((before, time)) = last.filter(|(_, time)| *time > line.at) {
                        wrong.push(InvalidParam::new(
                            "/at",
                            format!("lies before {time} of line {before}"),
                        ));
                    }
                    for name in line.act.names() {
                        if !bound.contains(&name) {
                            let reason = format!("no line before this one binds ${name}");
                            wrong.push(InvalidParam::new("", reason));
                        }
                    }
                    bound.extend(line.bind.keys().cloned());
                    last = Some((number, line.at));
                    lines.push(line);
                }
                Err(found) => wrong = found,
            }
            faults.extend(wrong.into_iter().map(|param| Fault {
                line: number,
                reason: shown(&param),
            }));
        }
        if lines.is_empty() && faults.is_empty() {
            faults.push(Fault {
                line: 1,
                reason: "the story is empty".to_owned(),
            });
        }
        if faults.is_empty() {
            Ok(Self { lines })
        } else {
            Err(StoryError(faults))
        }
    }

    /// The lines in bursts: what one system hands in at one time comes without waiting in between.
    pub(super) fn bursts(&self) -> impl Iterator<Item = &[Line]> {
        self.lines.chunk_by(Line::goes_with)
    }
}

fn shown(param: &InvalidParam) -> String {
    if param.name.is_empty() {
        param.reason.clone()
    } else {
        format!("{}: {}", param.name, param.reason)
    }
}

fn wrong(name: &str, reason: impl Into<String>) -> Faults {
    vec![InvalidParam::new(name, reason)]
}

fn read(number: usize, text: &str) -> Result<Line, Faults> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let reason = format!("is not JSON (column {}): {error}", error.column());
        // serde_json counts lines within this one line, which would mislead.
        let reason = reason
            .split(" at line ")
            .next()
            .unwrap_or(&reason)
            .to_owned();
        wrong("", reason)
    })?;
    let mut faults = unknown_fields(&value);
    let line: LineText = match proto::check(&value) {
        Ok(line) => line,
        Err(found) => {
            faults.extend(found);
            return Err(faults);
        }
    };
    let bind = bindings(&line.bind, &mut faults);
    let act = match (line.party, line.event, line.persona, line.call) {
        (Some(party), Some(event), None, None) => {
            // What must be refused may well be wrong in itself.
            let meant_well = line.expect.is_none_or(|status| status < 400);
            hand_in(&party, line.by.as_deref(), event, meant_well)
        }
        (None, None, Some(persona), Some(call)) if line.by.is_none() => self::call(&persona, call),
        _ => Err(wrong(
            "",
            "needs either party and event (and perhaps by), or as and call",
        )),
    };
    match act {
        Ok(act) if faults.is_empty() => Ok(Line {
            number,
            at: line.at,
            note: line.note,
            act,
            bind,
            expect: line.expect,
            refused: line.refused,
        }),
        Ok(_) => Err(faults),
        Err(found) => {
            faults.extend(found);
            Err(faults)
        }
    }
}

/// A misspelt field would silently mean nothing.
fn unknown_fields(line: &Value) -> Faults {
    let mut faults = Vec::new();
    for (place, known) in [
        ("", LINE_FIELDS),
        ("/event", EVENT_FIELDS),
        ("/call", CALL_FIELDS),
    ] {
        let fields = line.pointer(place).and_then(Value::as_object);
        for name in fields.into_iter().flat_map(Map::keys) {
            if !known.contains(&name.as_str()) {
                let reason = format!("is no field of this; there are {}", known.join(", "));
                faults.push(InvalidParam::new(format!("{place}/{name}"), reason));
            }
        }
    }
    faults
}

fn bindings(bind: &Map<String, Value>, faults: &mut Faults) -> BTreeMap<String, String> {
    let mut bindings = BTreeMap::new();
    for (name, pointer) in bind {
        match pointer.as_str().filter(|text| text.starts_with('/')) {
            Some(pointer) if is_name(name) => {
                bindings.insert(name.clone(), pointer.to_owned());
            }
            Some(_) => faults.extend(wrong(
                &format!("/bind/{name}"),
                "a name has letters, digits and _ and begins with a letter",
            )),
            None => faults.extend(wrong(&format!("/bind/{name}"), "is no JSON Pointer")),
        }
    }
    bindings
}

fn persona(place: &str, name: &str) -> Result<&'static Persona, Faults> {
    personas::find(name).ok_or_else(|| {
        let known: Vec<&str> = PERSONAS.iter().map(|persona| persona.name).collect();
        wrong(
            place,
            format!("there is no persona {name}; there are {}", known.join(", ")),
        )
    })
}

fn service(place: &str, name: &str) -> Result<PartyService, Faults> {
    PartyService::find(name).ok_or_else(|| {
        let known = PartyService::ALL.map(PartyService::name).join(", ");
        wrong(
            place,
            format!("there is no party {name}; there are {known}"),
        )
    })
}

fn hand_in(
    party: &str,
    by: Option<&str>,
    event: EventText,
    meant_well: bool,
) -> Result<Act, Faults> {
    let service = service("/party", party)?;
    let by = match by {
        Some(name) => persona("/by", name)?,
        None => usual_person(service, &event.event_type)
            .ok_or_else(|| wrong("/party", "nobody works there"))?,
    };
    if by.party != service.organisation() {
        return Err(wrong(
            "/by",
            format!(
                "{} works for {}, not for {}",
                by.name,
                by.party,
                service.organisation()
            ),
        ));
    }
    let data = with_actor(&event.event_type, Value::Object(event.data), by);
    if meant_well {
        check_event(service, &event.event_type, &data)?;
    }
    Ok(Act::HandIn {
        service,
        by,
        event: Event {
            event_type: event.event_type,
            subject: event.subject,
            data,
        },
    })
}

/// What the party's service would say about the event, as far as that can be known beforehand.
fn check_event(service: PartyService, event_type: &str, data: &Value) -> Result<(), Faults> {
    let party = service
        .party()
        .map_err(|error| wrong("/party", error.to_string()))?;
    let waits_for_values = !names_in_value(data).is_empty();
    let within_data = |params: Faults| -> Faults {
        params
            .into_iter()
            .map(|param| InvalidParam::new(format!("/event/data{}", param.name), param.reason))
            .collect()
    };
    if party.vocabulary().contains(&event_type) {
        if waits_for_values {
            return Ok(());
        }
        return party.read(event_type, data).map(drop).map_err(within_data);
    }
    let version = FromParty::EVENTS
        .iter()
        .find(|(known, _)| *known == event_type)
        .map(|(_, version)| *version);
    let Some(version) = version else {
        return Err(wrong("/event/type", unknown_type(service, &*party)));
    };
    if waits_for_values {
        return Ok(());
    }
    match FromParty::decode(event_type, version, data) {
        Err(proto::DecodeError::Invalid(params)) => Err(within_data(params)),
        Err(_) => Err(wrong("/event/type", unknown_type(service, &*party))),
        Ok(_) => Ok(()),
    }
}

fn unknown_type(service: PartyService, party: &dyn Party) -> String {
    let own = party.vocabulary().join(", ");
    format!("is neither an event of the contract nor a word of {service} ({own})")
}

fn call(name: &str, call: CallText) -> Result<Act, Faults> {
    let by = persona("/as", name)?;
    let door = match call.at.as_deref() {
        None | Some("platform") => Door::Platform,
        Some(name) => Door::Party(service("/call/at", name)?),
    };
    let method = Some(call.method.as_str())
        .filter(|method| METHODS.contains(method))
        .and_then(|method| method.parse::<Method>().ok())
        .ok_or_else(|| wrong("/call/method", format!("is none of {}", METHODS.join(", "))))?;
    if !call.path.starts_with('/') {
        return Err(wrong("/call/path", "begins with /"));
    }
    Ok(Act::Call {
        by,
        call: Call {
            door,
            method,
            path: call.path,
            body: call.body,
        },
    })
}
