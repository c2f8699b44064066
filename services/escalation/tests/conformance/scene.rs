//! Orders for meetings, signals and registers, beside those for cases.

use escalation::execute::{Executor, Ground, Order, Work};
use journal::CauseKey;
use ladder::register::ContactEntry;
use ladder::{
    ContactId, MeetingId, PassId, PersonRef, RungId, SignalId, Tier, meeting, pass, register,
    signal,
};

use crate::orders::{Orders, case, executor, ground, organisation, sealed};
use crate::people::People;
use crate::place::Place;
use crate::world::{START, SVB, UTRECHT, time};

/// Who acts in these tests. At the API, for meetings and signals have no wire.
const WHO: [(&str, &str); 6] = [
    (UTRECHT, "process_director"),
    (UTRECHT, "raiser"),
    (UTRECHT, "table_member"),
    (UTRECHT, "administrator"),
    (SVB, "agency_liaison"),
    (SVB, "administrator"),
];

/// A ground, and orders for it.
pub(crate) struct Scene {
    pub(crate) ground: Ground,
    pub(crate) executor: Executor,
    people: People,
    pub(crate) orders: Orders,
}

pub(crate) fn meeting_id() -> MeetingId {
    MeetingId::parse("meeting_1").unwrap()
}

pub(crate) fn signal_id() -> SignalId {
    SignalId::parse("signal_1").unwrap()
}

impl Scene {
    pub(crate) async fn new(place: &Place) -> Self {
        let ground = ground(place).await;
        Self {
            executor: executor(&ground),
            ground,
            people: People::of(&WHO, time(START)).await,
            orders: Orders {
                text: sealed(place).await,
            },
        }
    }

    pub(crate) fn order(
        &self,
        oin: &'static str,
        role: &'static str,
        message: &str,
        work: Work,
    ) -> Order {
        Order {
            actor: self.people.actor(oin, role),
            work,
            cause: CauseKey::new(oin, message),
            if_match: None,
            arrival: None,
        }
    }

    pub(crate) fn plan(&self, body: &str, message: &str) -> Order {
        let plan = meeting::Plan {
            meeting: meeting_id(),
            body: organisation(body),
            rung: RungId::parse("local_table").unwrap(),
            at: time("2026-03-04T09:00:00Z"),
        };
        let work = Work::meeting(&meeting_id(), meeting::Command::Plan(plan));
        self.order(UTRECHT, "process_director", message, work)
    }

    pub(crate) fn at_meeting(&self, message: &str, command: meeting::Command) -> Order {
        let work = Work::meeting(&meeting_id(), command);
        self.order(UTRECHT, "process_director", message, work)
    }

    pub(crate) fn raise(&self, message: &str) -> Order {
        let raise = signal::Raise {
            signal: signal_id(),
            kind: signal::SignalKind::Scarcity,
            theme: "housing".to_owned(),
            region: None,
            rule: None,
            target: None,
            often: None,
            suggested: None,
            cases: [case("1"), case("2")].into(),
            by: organisation(UTRECHT),
            text: Some(self.orders.text.clone()),
        };
        let work = Work::signal(&signal_id(), signal::Command::Raise(Box::new(raise)));
        self.order(UTRECHT, "raiser", message, work)
    }

    /// An emergency, for the person who acts.
    pub(crate) fn take_pass(&self, message: &str, person: &str) -> Order {
        let person = PersonRef::parse(person).unwrap();
        let pass = PassId::parse("pass_1").unwrap();
        let issue = pass::Issue {
            pass: pass.clone(),
            case: case("1"),
            kind: pass::PassKind::Emergency,
            holder: organisation(SVB),
            by: person.clone(),
            person,
            categories: ["health".to_owned()].into(),
            reason: self.orders.text.clone(),
            until: time("2026-03-02T17:00:00Z"),
        };
        let work = Work::pass(&pass, pass::Command::Issue(Box::new(issue)));
        self.order(SVB, "agency_liaison", message, work)
    }

    fn entry(&self) -> ContactEntry {
        ContactEntry {
            person: PersonRef::parse("p-1").unwrap(),
            function: "Loket kinderbijslag".to_owned(),
            tier: Tier::National,
            rung: None,
            laws: ["child_benefit_act".to_owned()].into(),
            themes: [].into(),
            regions: [].into(),
            roles: [].into(),
            competences: [].into(),
            mandates: Vec::new(),
            deputy: None,
            name: Some(self.orders.text.clone()),
            mail: None,
            phone: None,
        }
    }

    pub(crate) fn record(&self, of: &str, message: &str) -> Order {
        let command = register::Command::Record {
            contact: ContactId::parse("desk").unwrap(),
            entry: Box::new(self.entry()),
        };
        let work = Work::register(&organisation(of), command);
        self.order(SVB, "agency_liaison", message, work)
    }
}
