//! From what stands in the form to the data of `case.reported`, and back.

use serde_json::{Map, Value, json};

use super::{Values, get};
use crate::web::answer::Failure;
use crate::web::visitor::Visitor;

/// The data of `case.reported`, complete or not.
pub(super) fn to_report(visitor: &Visitor, values: &Values) -> Result<Map<String, Value>, Failure> {
    let session = visitor.session()?;
    let platform = &visitor.web().0.platform;
    let own = platform.parties.get(&session.organisation);
    let region = own.and_then(|party| party.region.clone());
    let mut report = Map::new();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            report.insert(name.to_owned(), value.into());
        }
    };
    put("story", get(values, "verhaal"));
    put("desiredOutcome", get(values, "wens"));
    put("theme", get(values, "onderwerp"));
    put("citizensWords", get(values, "woorden"));
    put("region", region.as_deref().unwrap_or("nl"));
    let reference = get(values, "kenmerk");
    if reference.is_empty() {
        let made = platform.ground.entropy.uuid_v4().simple().to_string();
        put("ownReference", &format!("DB-{}", made[..8].to_uppercase()));
    } else {
        put("ownReference", reference);
    }
    let age = get(values, "leeftijd");
    if !age.is_empty() {
        let mut person = json!({ "personKey": "p1", "role": "data_subject", "ageBand": age });
        let name = get(values, "naam");
        if !name.is_empty() {
            person["name"] = name.into();
        }
        report.insert("persons".to_owned(), json!([person]));
    }
    let lines = get(values, "geprobeerd").lines().map(str::trim);
    let tried: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    if !tried.is_empty() {
        report.insert("triedProvisions".to_owned(), json!(tried));
    }
    Ok(report)
}

/// What stands in the form when a draft is gone on with.
pub(super) fn of_report(report: &Map<String, Value>) -> Values {
    let text = |name: &str| report.get(name).and_then(Value::as_str).unwrap_or_default();
    let person = report.get("persons").and_then(|persons| persons.get(0));
    let of_person = |name: &str| {
        let value = person.and_then(|person| person.get(name));
        value.and_then(Value::as_str).unwrap_or_default()
    };
    let tried = report.get("triedProvisions").and_then(Value::as_array);
    let tried = tried.into_iter().flatten().filter_map(Value::as_str);
    let tried = tried.collect::<Vec<_>>().join("\n");
    [
        ("verhaal", text("story")),
        ("wens", text("desiredOutcome")),
        ("onderwerp", text("theme")),
        ("leeftijd", of_person("ageBand")),
        ("naam", of_person("name")),
        ("woorden", text("citizensWords")),
        ("geprobeerd", tried.as_str()),
        ("kenmerk", text("ownReference")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), Value::from(value)))
    .collect()
}
