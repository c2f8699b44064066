//! Weighing, deciding, money, and what is found about stuck cases.

#[path = "weighing/assessments.rs"]
mod assessments;
#[path = "weighing/catalogues.rs"]
mod catalogues;
#[path = "weighing/comparable.rs"]
mod comparable;
#[path = "weighing/decisions.rs"]
mod decisions;
#[path = "weighing/findings.rs"]
mod findings;
#[path = "weighing/insights.rs"]
mod insights;
#[path = "weighing/mandates.rs"]
mod mandates;
#[path = "weighing/measures.rs"]
mod measures;
#[path = "weighing/money.rs"]
mod money;

use axum::http::Method;
use serde_json::{Value, json};

use crate::people::{ANNA, INE, NOOR, Person};
use crate::story::{report, text};
use crate::world::World;

/// A case of one's own in a running world.
pub(crate) struct Own<'a> {
    world: &'a World,
    case: String,
}

impl<'a> Own<'a> {
    async fn reported(world: &'a World) -> Self {
        let told = world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
        let case = text(&told["case"]);
        Self { world, case }
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/cases/{}{rest}", self.case)
    }

    async fn post(&self, person: &Person, rest: &str, body: Value, status: u16) -> Value {
        let reply = self.world.post(person, &self.path(rest), &body).await;
        reply.expect(status)
    }

    async fn items(&self, person: &Person, rest: &str) -> Vec<Value> {
        let list = self.world.get(person, &self.path(rest)).await.expect(200);
        list["items"].as_array().unwrap().clone()
    }

    async fn block(&self, kind: &str, rules: &[&str]) {
        let block = json!({"type": kind, "rules": rules, "explanation": "Het zit vast."});
        self.post(&NOOR, "/blocks", block, 201).await;
    }

    /// A part of a weighing.
    async fn part(&self, body: Value, status: u16) -> Value {
        self.post(&NOOR, "/assessments", body, status).await
    }
}

/// Somebody of the organisation writes in its register what this person may decide.
async fn may_decide(world: &World, keeper: &Person, person: &Person, mandate: Value) {
    let entry = json!({"person": person.name, "function": "Medewerker", "tier": "local",
        "mandates": [mandate]});
    let path = format!("/v1/register/{}", person.name);
    let put = world.ask(keeper, Method::PUT, &path, &[], Some(&entry));
    put.await.expect(200);
}

/// Noor may spend a hundred euros on the theme income, Ine of the SVB two hundred.
async fn mandates(world: &World) {
    let mandate = |id: &str, amount: i64| json!({"id": id, "scope": ["income"], "amountCents": amount, "until": "2026-03-31"});
    may_decide(world, &ANNA, &NOOR, mandate("m-noor", 10_000)).await;
    may_decide(world, &INE, &INE, mandate("m-ine", 20_000)).await;
}

fn problem(body: &Value) -> &str {
    let kind = body["type"].as_str().unwrap();
    kind.strip_prefix("urn:doorbraak:problem:").unwrap()
}

/// The fields that a refusal names.
fn wrong(body: &Value) -> Vec<&str> {
    let params = body["invalidParams"].as_array().unwrap();
    params
        .iter()
        .map(|param| param["name"].as_str().unwrap())
        .collect()
}
