//! The catalogues of rules and of standard provisions.

use serde_json::{Value, json};

use super::wrong;
use crate::people::{NOOR, SVB};
use crate::story::report;
use crate::world::World;

fn found<'a>(list: &'a Value, key: &str, id: &str) -> &'a Value {
    let items = list["items"].as_array().unwrap();
    items.iter().find(|item| item[key] == id).unwrap()
}

#[tokio::test]
async fn a_rule_says_what_it_is_for_and_what_it_rests_on() {
    let world = World::new().await;
    let rules = world.get(&NOOR, "/v1/rules").await.expect(200);
    let budget = found(&rules, "rule", "child_budget_follows_child_benefit");
    assert_eq!(budget["law"], "child_budget_act");
    assert_eq!(budget["lawName"], "Wet op het kindgebonden budget");
    assert_eq!(
        budget["intent"],
        "Wie recht heeft, wordt één keer beoordeeld, zodat mensen niet twee keer hoeven aan te \
         vragen."
    );
    assert_eq!(
        budget["dependsOn"][0],
        "child_benefit_requires_parent_or_guardian"
    );
    assert_eq!(budget["note"], "te bevestigen door een jurist");
    let benefit = found(&rules, "rule", "child_benefit_until_18");
    assert_eq!(benefit["owner"], json!({"organisation": SVB}));
}

#[tokio::test]
async fn provisions_are_suggested_by_theme_and_domains_of_life() {
    let world = World::new().await;
    let all = world.get(&NOOR, "/v1/provisions").await.expect(200);
    assert!(all["items"].as_array().unwrap().len() > 5);
    let path = "/v1/provisions?theme=housing&lifeDomain=housing";
    let some = world.get(&NOOR, path).await.expect(200);
    let some = some["items"].as_array().unwrap();
    assert!((1..=5).contains(&some.len()));
    assert!(some.iter().all(|item| item["provision"] != "mentorship"));
    let home = found(&all, "provision", "social_rented_home");
    assert_eq!(home["scarce"], true);
    assert_eq!(home["carriedOutBy"], json!({"kind": "housing_association"}));
}

#[tokio::test]
async fn a_report_that_names_a_provision_of_no_catalogue_is_refused() {
    let world = World::new().await;
    let mut told = report();
    told["provisions"] = json!([
        {"provision": "social_rented_home", "result": "scarcity"},
        {"provision": "magic", "result": "too_slow"}
    ]);
    let refused = world.post(&NOOR, "/v1/cases", &told).await.expect(400);
    assert_eq!(wrong(&refused), ["/provisions/1/provision"]);
    told["provisions"] = json!([{"provision": "social_rented_home", "result": "scarcity"}]);
    world.post(&NOOR, "/v1/cases", &told).await.expect(201);
}
