//! An organisation's own service on the wire: it sends events and reads what is addressed to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bus::{Bus, Deliveries, MESSAGE_ID, Message, PublishError};
use chassis::clock::Clock;
use proto::{Envelope, Oin, Pseudonym, out_subject};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::carrier::Carrier;
use crate::world::until;

/// A message that is to be sent; every part can be made wrong.
pub(crate) struct Wire {
    /// The event in the bus subject.
    pub(crate) event: String,
    /// The whole structured event.
    pub(crate) body: Value,
}

pub(crate) struct Party {
    pub(crate) oin: Oin,
    pub(crate) bus: Bus,
    clock: Clock,
    deliveries: Deliveries,
    heard: Vec<Envelope>,
    /// The ids of all letters that ever came.
    ids: BTreeSet<String>,
    /// Their headers `traceparent`, by their ids.
    traces: BTreeMap<String, String>,
    sequence: u64,
}

impl Party {
    pub(crate) async fn new(oin: Oin, bus: Bus, clock: Clock) -> Self {
        let deliveries = bus.deliveries().await.unwrap();
        Self {
            oin,
            bus,
            clock,
            deliveries,
            heard: Vec::new(),
            ids: BTreeSet::new(),
            traces: BTreeMap::new(),
            sequence: 0,
        }
    }

    /// The event that comes next in this sender's count; its id is `e<sequence>`.
    pub(crate) fn wire(&mut self, event: &str, subject: Option<&str>, data: Value) -> Wire {
        self.sequence += 1;
        self.wire_at(self.sequence, event, subject, data)
    }

    pub(crate) fn wire_at(
        &self,
        sequence: u64,
        event: &str,
        subject: Option<&str>,
        data: Value,
    ) -> Wire {
        let mut body = json!({
            "specversion": "1.0",
            "id": format!("e{sequence}"),
            "source": format!("urn:nld:oin:{}:systeem:test", self.oin),
            "type": format!("nl.doorbraak.{event}.v1"),
            "time": self.clock.now().to_string(),
            "datacontenttype": "application/json",
            "sequence": sequence.to_string(),
            "sequencetype": "Integer",
        });
        body["data"] = data;
        if let Some(subject) = subject {
            body["subject"] = subject.into();
        }
        Wire {
            event: event.to_owned(),
            body,
        }
    }

    /// Publishes under a carrier's id of its own, so that sending again is delivered again.
    pub(crate) async fn publish(&mut self, wire: &Wire) -> String {
        self.publish_bytes(&wire.event, wire.body.to_string()).await;
        wire.body["id"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) async fn publish_bytes(&mut self, event: &str, payload: String) {
        static PUBLISHED: AtomicU64 = AtomicU64::new(0);
        let number = PUBLISHED.fetch_add(1, Ordering::Relaxed);
        let subject = out_subject(&self.oin, event);
        let id = format!("{} {number}", self.oin);
        let message = Message::event(subject, id, payload);
        // As every sender does: what the broker did not confirm goes again.
        until("the broker confirms", async || {
            match self.bus.publish(message.clone()).await {
                Err(PublishError::Unavailable) => None,
                confirmed => {
                    confirmed.unwrap();
                    Some(())
                }
            }
        })
        .await;
    }

    /// The same event in binary mode: attributes in headers.
    pub(crate) fn binary(&self, wire: &Wire) -> Message {
        let mut headers = vec![
            ("Content-Type".to_owned(), "application/json".to_owned()),
            (
                MESSAGE_ID.to_owned(),
                format!("{} binary {}", self.oin, wire.body["id"]),
            ),
        ];
        for (name, value) in wire.body.as_object().unwrap() {
            if name != "data" && name != "datacontenttype" {
                let value = value.as_str().unwrap().to_owned();
                headers.push((format!("ce-{name}"), value));
            }
        }
        Message {
            subject: out_subject(&self.oin, &wire.event),
            headers,
            payload: wire.body["data"].to_string().into(),
        }
    }

    pub(crate) async fn send(&mut self, event: &str, subject: Option<&str>, data: Value) -> String {
        let wire = self.wire(event, subject, data);
        self.publish(&wire).await
    }

    /// Reports a case; gives the event's id and this organisation's name for the case.
    pub(crate) async fn report(&mut self, own_reference: &str) -> (String, Pseudonym) {
        let id = self
            .send("case.reported", None, report(own_reference))
            .await;
        let registered = self.hear("case.registered").await;
        (
            id,
            Pseudonym::parse(registered.subject.as_deref().unwrap()).unwrap(),
        )
    }

    /// Waits for the next message that passes; keeps what comes before it.
    pub(crate) async fn hear_any(&mut self, passes: impl Fn(&Envelope) -> bool) -> Envelope {
        if let Some(place) = self.heard.iter().position(&passes) {
            return self.heard.remove(place);
        }
        loop {
            let envelope = self.next().await;
            if passes(&envelope) {
                return envelope;
            }
            self.heard.push(envelope);
        }
    }

    /// The next message, whatever it is.
    async fn next(&mut self) -> Envelope {
        let delivery = tokio::time::timeout(Duration::from_secs(30), self.deliveries.next())
            .await
            .unwrap_or_else(|_| panic!("{} hears nothing; before: {:?}", self.oin, self.heard))
            .unwrap();
        let envelope =
            Envelope::decode(&delivery.message.headers, &delivery.message.payload).unwrap();
        if let Some(trace) = delivery.message.header("traceparent") {
            self.traces.insert(envelope.id.clone(), trace.to_owned());
        }
        delivery.ack().await;
        self.ids.insert(envelope.id.clone());
        envelope
    }

    pub(crate) async fn hear(&mut self, event: &str) -> Envelope {
        self.hear_any(|envelope| envelope.type_.event == event)
            .await
    }

    /// The platform's answer to one event: its name and everything in it.
    pub(crate) async fn answer_to(&mut self, id: &str) -> (String, Value) {
        let answer = self
            .hear_any(|envelope| {
                envelope.type_.event.starts_with("input.") && envelope.data["input"] == id
            })
            .await;
        (answer.type_.event, answer.data)
    }

    /// Everything that was sent to this organisation up to now, answers included: a heartbeat is
    /// answered last.
    pub(crate) async fn everything(&mut self) -> Vec<Envelope> {
        let id = self.send("heartbeat.sent", None, json!({})).await;
        self.answer_to(&id).await;
        std::mem::take(&mut self.heard)
    }

    /// On another carrier; what it sent and heard before stays.
    pub(crate) async fn move_to(&mut self, carrier: &Carrier) {
        self.bus = carrier.party(&self.oin).await;
        self.deliveries = self.bus.deliveries().await.unwrap();
        self.heard.clear();
    }

    /// The ids of all letters that came so far.
    pub(crate) fn ids_heard(&self) -> BTreeSet<String> {
        self.ids.clone()
    }

    /// The header `traceparent` of a letter that came.
    pub(crate) fn trace_of(&self, letter: &Envelope) -> Option<&str> {
        self.traces.get(&letter.id).map(String::as_str)
    }

    /// The events that were heard and not asked for yet.
    pub(crate) fn heard_so_far(&self) -> Vec<String> {
        self.heard
            .iter()
            .map(|envelope| envelope.type_.event.clone())
            .collect()
    }

    pub(crate) async fn stored(&mut self, id: &str) -> Value {
        let (event, data) = self.answer_to(id).await;
        assert_eq!(event, "input.stored", "{data}");
        data
    }

    /// The refusal of an event: its code.
    pub(crate) async fn refused(&mut self, id: &str) -> String {
        let (event, data) = self.answer_to(id).await;
        assert_eq!(event, "input.refused", "{data}");
        data["reason"].as_str().unwrap().to_owned()
    }
}

pub(crate) fn acted_by(role: &str) -> Value {
    json!({"role": role, "personRef": "p-1"})
}

/// A rule that blocks.
pub(crate) fn block() -> Value {
    json!({
        "actedBy": acted_by("raiser"), "type": "rule", "rules": ["akw_art_7"],
        "explanation": "Een regel.",
    })
}

/// An escalation past the region to the national desk, with all that it asks for.
pub(crate) fn climb_to_the_desk() -> Value {
    let evidence = [
        "question",
        "tried_provisions",
        "citizens_wish",
        "perspective",
        "light_method",
        "parties_contacted",
        "legal_basis_per_party",
        "local_and_regional_attempts",
        "organisation_supports",
    ]
    .map(|item| json!({"item": item, "text": "Bijgevoegd."}));
    json!({
        "actedBy": acted_by("raiser"), "toRung": "national_desk", "urgent": true,
        "evidence": evidence, "skipReason": "acute", "legalBasis": "wmo_5_2_1",
    })
}

pub(crate) fn report(own_reference: &str) -> Value {
    json!({
        "actedBy": acted_by("raiser"),
        "ownReference": own_reference,
        "story": "Het verhaal.",
        "desiredOutcome": "Rust.",
        "lifeDomains": ["income"],
        "persons": [{
            "personKey": "bella", "role": "data_subject", "ageBand": "18-20",
            "name": "Bella", "birthDate": "2006-05-04", "address": "Domplein 1",
        }],
        "theme": "sibling_care",
        "region": "midden-nederland",
    })
}

pub(crate) fn offer(handoff: Uuid, to: &str) -> Value {
    json!({
        "actedBy": acted_by("raiser"),
        "handoff": handoff,
        "to": to,
        "kind": "advice",
        "requestedOutcome": "restore_benefit",
        "rules": ["akw_art_7"],
        "urgent": false,
        "summary": "Wat u moet weten.",
        "legalBasis": "wmo_5_2_1",
    })
}

pub(crate) fn accept(handoff: Uuid) -> Value {
    json!({"actedBy": acted_by("agency_liaison"), "handoff": handoff, "answer": "accepted"})
}

pub(crate) fn fact(summary: &str) -> Value {
    json!({
        "actedBy": acted_by("agency_liaison"),
        "category": "finance",
        "law": "child_benefit_act",
        "summary": summary,
        "since": "2026-01-01",
        "legalBasis": "akw_14",
    })
}
