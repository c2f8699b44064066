//! The test in the platform's place: it reads what the parties send and tells them things.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use bus::{Bus, Deliveries, LocalBus, Message};
use chassis::Clock;
use proto::{Envelope, EventType, Oin, Source, in_subject};
use serde_json::{Value, json};

use super::{PLATFORM, oin};

/// Long enough for a slow machine, short enough for a broken test.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long to listen before believing that nothing comes.
const SILENCE: Duration = Duration::from_millis(300);

/// Numbers everything that any test platform of this process tells, so that no id comes back.
static TOLD: AtomicU64 = AtomicU64::new(1);

pub(crate) struct Platform {
    bus: Bus,
    deliveries: Deliveries,
    clock: Clock,
}

impl Platform {
    pub(crate) async fn on(bus: &LocalBus, clock: Clock) -> Self {
        let bus = bus.platform();
        let deliveries = bus.deliveries().await.expect("deliveries");
        Self {
            bus,
            deliveries,
            clock,
        }
    }

    /// The next event that any party sends, whatever it is; not answered yet.
    pub(crate) async fn next(&mut self) -> Envelope {
        let delivery = tokio::time::timeout(PATIENCE, self.deliveries.next())
            .await
            .expect("an event comes in time")
            .expect("the bus stays open");
        let message = delivery.message.clone();
        delivery.ack().await;
        Envelope::decode(&message.headers, &message.payload).expect("an envelope")
    }

    /// The next event, which must have this name; answered with `input.stored`.
    pub(crate) async fn takes(&mut self, event: &str) -> Envelope {
        let envelope = self.next().await;
        assert_eq!(envelope.type_.event, event);
        self.stored(&envelope).await;
        envelope
    }

    pub(crate) async fn stored(&self, envelope: &Envelope) {
        let data = json!({ "input": envelope.id, "events": [], "position": 1 });
        let to = envelope.source.oin.clone();
        self.tell(&to, "input.stored", None, data).await;
    }

    /// Nothing more comes.
    pub(crate) async fn hears_nothing(&mut self) {
        if let Ok(Some(delivery)) = tokio::time::timeout(SILENCE, self.deliveries.next()).await {
            panic!("something came: {:?}", delivery.message);
        }
    }

    /// Tells a party something; gives the event's id.
    pub(crate) async fn tell(
        &self,
        to: &Oin,
        event: &str,
        subject: Option<&str>,
        data: Value,
    ) -> String {
        let envelope = self.envelope(event, subject, data);
        self.send(to, &envelope).await;
        envelope.id
    }

    pub(crate) fn envelope(&self, event: &str, subject: Option<&str>, data: Value) -> Envelope {
        let number = TOLD.fetch_add(1, Ordering::Relaxed);
        Envelope {
            id: format!("platform-{number}"),
            source: Source {
                oin: oin(PLATFORM),
                system: "escalation".to_owned(),
            },
            type_: EventType::new(event, 1),
            subject: subject.map(str::to_owned),
            time: self.clock.now(),
            dataschema: None,
            traceparent: None,
            sequence: Some(number),
            data,
        }
    }

    pub(crate) async fn send(&self, to: &Oin, envelope: &Envelope) {
        let payload = envelope.encode().expect("an event");
        self.publish(to, &envelope.type_.event, &envelope.message_id(), payload)
            .await;
    }

    pub(crate) async fn publish(&self, to: &Oin, event: &str, id: &str, payload: Vec<u8>) {
        let message = Message::event(in_subject(to, event), id.to_owned(), payload);
        self.bus.publish(message).await.expect("the bus takes it");
    }
}
