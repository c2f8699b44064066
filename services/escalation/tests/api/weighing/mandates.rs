//! The mandate in whose name somebody acts.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Own, mandates, may_decide, problem, wrong};
use crate::people::{ANNA, INE, LENA, NOOR, SEM, SVB, UTRECHT};
use crate::story::{Chapter, Story, text};
use crate::world::World;

#[tokio::test]
async fn a_mandate_that_is_not_in_the_own_register_for_this_person_is_unknown() {
    let world = World::new().await;
    mandates(&world).await;
    let own = Own::reported(&world).await;
    let annas = json!({"id": "m-anna"});
    may_decide(&world, &ANNA, &ANNA, annas).await;
    // Nobody's, another organisation's, and a colleague's.
    for id in ["m-none", "m-ine", "m-anna"] {
        let spent = json!({"amountCents": 1, "text": "Luiers.", "mandate": id,
            "subject": "income"});
        let refused = own.post(&NOOR, "/spending", spent, 400).await;
        assert_eq!(problem(&refused), "unknown-mandate");
    }
}

#[tokio::test]
async fn a_mandate_holds_through_its_last_day() {
    let world = World::new().await;
    mandates(&world).await;
    let own = Own::reported(&world).await;
    let spent = json!({"amountCents": 1, "text": "Luiers.", "mandate": "m-noor",
        "subject": "income"});
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    world.clock.set(at("2026-03-31T21:59:59Z"));
    own.post(&NOOR, "/spending", spent.clone(), 201).await;
    world.clock.set(at("2026-03-31T22:00:00Z"));
    let refused = own.post(&NOOR, "/spending", spent, 409).await;
    assert_eq!(problem(&refused), "outside-mandate");
    assert_eq!(refused["detail"], "This mandate ended on 2026-03-31.");
}

#[tokio::test]
async fn a_commitment_within_a_mandate_of_the_register_carries_its_id_and_amount() {
    let world = World::new().await;
    mandates(&world).await;
    let story = Story::told(&world, Chapter::Table).await;
    let ask = json!({"of": SVB, "text": "Wilt u dit doen?"});
    let asked = world.post(&LENA, &story.path("/commitments"), &ask).await;
    let request = text(&asked.expect(201)["request"]);
    let path = story.path(&format!("/commitments/{request}/answer"));
    let mut made = json!({"answer": "made", "text": "Wij doen dit.", "mandate": "Artikel 1",
        "due": "2026-04-20", "mandateId": "m-ine", "amountCents": 20_001});
    let refused = world.post(&INE, &path, &made).await.expect(409);
    assert_eq!(problem(&refused), "outside-mandate");
    made["amountCents"] = 20_000.into();
    world.post(&INE, &path, &made).await.expect(200);
    let list = world
        .get(&INE, &story.path("/commitments"))
        .await
        .expect(200);
    assert_eq!(list["items"][0]["mandateId"], "m-ine");
    assert_eq!(list["items"][0]["amountCents"], 20_000);
    assert_eq!(list["items"][0]["mandate"], "Artikel 1");
}

/// A case at the table, where the SVB was asked for a commitment.
struct Asked<'a> {
    story: Story<'a>,
    world: &'a World,
    request: String,
}

impl<'a> Asked<'a> {
    async fn of(world: &'a World) -> Self {
        let story = Story::told(world, Chapter::Table).await;
        let ask = json!({"of": SVB, "text": "Wilt u dit doen?"});
        let asked = world.post(&LENA, &story.path("/commitments"), &ask).await;
        let request = text(&asked.expect(201)["request"]);
        Self {
            story,
            world,
            request,
        }
    }

    /// Ine promises it in these words, with more.
    async fn answer(&self, mandate: &str, more: Value, status: u16) -> Value {
        let mut made = json!({"answer": "made", "text": "Wij doen dit.", "mandate": mandate,
            "due": "2026-04-20"});
        let more = more.as_object().unwrap().clone();
        made.as_object_mut().unwrap().extend(more);
        let path = format!("/commitments/{}/answer", self.request);
        let path = self.story.path(&path);
        self.world.post(&INE, &path, &made).await.expect(status)
    }

    async fn seen(&self, person: &crate::people::Person) -> Value {
        let path = self.story.path("/commitments");
        self.world.get(person, &path).await.expect(200)["items"][0].clone()
    }
}

#[tokio::test]
async fn words_that_name_a_mandate_of_the_register_are_held_to_it() {
    let world = World::new().await;
    mandates(&world).await;
    may_decide(&world, &INE, &SEM, json!({"id": "m-sem"})).await;
    let asked = Asked::of(&world).await;
    let on = |subject: &str, cents: i64| json!({"subject": subject, "amountCents": cents});
    for (words, more, why) in [
        (
            "m-ine",
            on("income", 20_001),
            "This mandate goes up to 20000 euro cents.",
        ),
        (
            "m-ine",
            on("housing", 1),
            "This mandate does not cover this law or theme.",
        ),
        (
            "m-sem",
            on("income", 1),
            "This mandate belongs to somebody else.",
        ),
    ] {
        let refused = asked.answer(words, more, 409).await;
        assert_eq!(problem(&refused), "outside-mandate", "{refused}");
        assert_eq!(refused["detail"], why);
    }
    asked.answer(" m-ine ", on("income", 20_000), 200).await;
    let seen = asked.seen(&LENA).await;
    assert_eq!(seen["mandateId"], "m-ine");
    assert_eq!(seen["mandateBasis"], "registered");
    assert_eq!(seen["amountCents"], 20_000);
    assert_eq!(seen["statedMandate"], Value::Null);
}

#[tokio::test]
async fn other_words_are_recorded_as_what_the_organisation_states() {
    let world = World::new().await;
    let asked = Asked::of(&world).await;
    assert_eq!(
        wrong(&asked.answer("  ", json!({}), 400).await),
        ["/mandate"]
    );
    asked.answer("Besluit van de raad", json!({}), 200).await;
    let seen = asked.seen(&INE).await;
    assert_eq!(seen["mandate"], "Besluit van de raad");
    assert_eq!(seen["mandateId"], Value::Null);
    assert_eq!(seen["mandateBasis"], "stated");
    let mut stated = json!({"organisation": SVB, "role": "administrator", "person": "ine",
        "scope": []});
    assert_eq!(seen["statedMandate"], stated);
    // Who it was is for their own organisation.
    stated.as_object_mut().unwrap().remove("person");
    assert_eq!(asked.seen(&LENA).await["statedMandate"], stated);
}

#[tokio::test]
async fn a_promise_on_what_the_own_mandate_is_about_is_made_in_it() {
    let world = World::new().await;
    mandates(&world).await;
    let asked = Asked::of(&world).await;
    let on = |cents: i64| json!({"subject": "income", "amountCents": cents});
    let refused = asked.answer("Besluit", on(20_001), 409).await;
    assert_eq!(problem(&refused), "outside-mandate");
    let mut stating = on(1);
    stating["statedMandate"] = json!({"scope": ["income"], "until": "2026-12-31"});
    let refused = asked.answer("Besluit", stating, 409).await;
    assert_eq!(problem(&refused), "mandate-registered");
    asked.answer("Besluit", on(20_000), 200).await;
    assert_eq!(asked.seen(&INE).await["mandateId"], "m-ine");
}

fn decision(more: &Value) -> Value {
    let mut decision = json!({"text": "Doen.", "room": "within_law", "grounds": ["justice"]});
    let more = more.as_object().unwrap().clone();
    decision.as_object_mut().unwrap().extend(more);
    decision
}

#[tokio::test]
async fn a_decision_is_in_the_own_mandate_also_when_none_is_named() {
    let world = World::new().await;
    mandates(&world).await;
    let own = Own::reported(&world).await;
    let on_income = decision(&json!({"subject": "income"}));
    let ended = "2026-03-31T22:00:00Z".parse::<Timestamp>().unwrap();
    let now = world.clock.now();
    world.clock.set(ended);
    let refused = own.post(&NOOR, "/decisions", on_income.clone(), 409).await;
    assert_eq!(
        problem(&refused),
        "outside-mandate",
        "not without one either"
    );
    world.clock.set(now);
    own.post(&NOOR, "/decisions", on_income, 201).await;
    let taken = own.items(&NOOR, "/decisions").await;
    assert_eq!(taken[0]["mandate"], "m-noor");
    assert_eq!(taken[0]["mandateBasis"], "registered");
}

#[tokio::test]
async fn a_decision_without_a_registered_mandate_is_on_the_word_of_the_organisation() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    own.post(&NOOR, "/decisions", decision(&json!({})), 201)
        .await;
    let taken = own.items(&NOOR, "/decisions").await;
    assert_eq!(taken[0]["mandate"], Value::Null);
    assert_eq!(taken[0]["mandateBasis"], "stated");
    let role = taken[0]["statedMandate"]["role"].as_str().unwrap();
    assert!(["raiser", "case_director"].contains(&role), "{role}");
    assert_eq!(taken[0]["statedMandate"]["organisation"], UTRECHT);
}

#[tokio::test]
async fn a_stated_mandate_holds_as_it_is_stated() {
    let world = World::new().await;
    let own = Own::reported(&world).await;
    let stated = |scope: &[&str], until: &str| {
        decision(
            &json!({"subject": "income", "statedMandate": {"scope": scope, "until": until,
            "amountCents": 50_000, "text": "Mandaatbesluit 2025"}}),
        )
    };
    for body in [
        stated(&["housing"], "2026-12-31"),
        stated(&["income"], "2026-03-01"),
    ] {
        let refused = own.post(&NOOR, "/decisions", body, 409).await;
        assert_eq!(problem(&refused), "outside-mandate");
    }
    let boundless = stated(&[], "2026-12-31");
    let refused = own.post(&NOOR, "/decisions", boundless, 400).await;
    assert_eq!(wrong(&refused), ["/statedMandate/scope"]);
    let mut both = stated(&["income"], "2026-12-31");
    both["mandate"] = "m-noor".into();
    assert_eq!(
        wrong(&own.post(&NOOR, "/decisions", both, 400).await),
        ["/mandate"]
    );
    own.post(&NOOR, "/decisions", stated(&["income"], "2026-12-31"), 201)
        .await;
    let taken = &own.items(&NOOR, "/decisions").await[0]["statedMandate"];
    assert_eq!(taken["text"], "Mandaatbesluit 2025");
    assert_eq!(taken["scope"], json!(["income"]));
    assert_eq!(taken["amountCents"], 50_000);
    assert_eq!(taken["until"], "2026-12-31");
}
