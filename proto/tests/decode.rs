//! Reading an event's data: every mistake at once, and nothing of the value repeated.

use proto::event::{BlockRecorded, CaseReported};
use proto::{
    ActedBy, BlockType, DecodeError, FromParty, InvalidParam, Role, SharedPersons, ToParty, check,
};
use serde_json::{Value, json};

fn wrong(name: &str, reason: &str) -> InvalidParam {
    InvalidParam::new(name, reason)
}

fn invalid(event: &str, data: &Value) -> Vec<InvalidParam> {
    match FromParty::decode(event, 1, data) {
        Err(DecodeError::Invalid(wrong)) => wrong,
        other => panic!("expected refusals, got {other:?}"),
    }
}

fn acted_by() -> Value {
    json!({ "role": "case_director", "personRef": "u-cd-1" })
}

fn offer() -> Value {
    json!({
        "actedBy": acted_by(),
        "handoff": "019503a0-7c00-7000-8000-000000000001",
        "to": "00000099000000002000",
        "kind": "advice",
        "requestedOutcome": "confirm_facts",
        "summary": "Wat weet u?",
        "legalBasis": "akw.share"
    })
}

#[test]
fn a_type_that_does_not_exist_in_this_direction_is_unknown() {
    let data = json!({});
    for unknown in [
        "person.registered",
        "case.registered",
        "case",
        "",
        "Case.Reported",
    ] {
        assert_eq!(
            FromParty::decode(unknown, 1, &data),
            Err(DecodeError::UnknownType),
            "{unknown}"
        );
    }
    assert_eq!(
        ToParty::decode("case.reported", 1, &data),
        Err(DecodeError::UnknownType)
    );
}

#[test]
fn another_version_is_told_apart_from_an_unknown_type() {
    for version in [0, 2, 99] {
        let error = FromParty::decode("heartbeat.sent", version, &json!({}));
        assert_eq!(error, Err(DecodeError::UnsupportedVersion { supported: 1 }));
    }
    assert!(FromParty::decode("heartbeat.sent", 1, &json!({})).is_ok());
}

#[test]
fn everything_wrong_is_told_at_once_and_where() {
    let data = json!({
        "actedBy": { "role": "boss" },
        "story": "",
        "desiredOutcome": 7,
        "persons": [
            { "personKey": "p1", "role": "data_subject", "ageBand": "12-17" },
            { "personKey": "p2", "role": "sister", "ageBand": "old", "birthDate": "31-12-2006" }
        ],
        "theme": "Geld & schuld",
        "region": "utrecht"
    });
    assert_eq!(
        invalid("case.reported", &data),
        vec![
            wrong("/actedBy/personRef", "is required"),
            wrong(
                "/actedBy/role",
                "is none of [\"raiser\",\"case_director\",\"process_director\",\"agency_liaison\",\
                 \"care_professional\",\"fund_holder\",\"regional_handler\",\"national_adviser\",\
                 \"table_member\",\"administrator\",\"analyst\",\"privacy_officer\",\"operator\",\
                 \"citizen\"]"
            ),
            wrong("/desiredOutcome", "is not of type string"),
            wrong("/ownReference", "is required"),
            wrong(
                "/persons/1/ageBand",
                "is none of [\"0-11\",\"12-17\",\"18-20\",\"21-26\",\"27-66\",\"67+\"]"
            ),
            wrong("/persons/1/birthDate", "is no valid date"),
            wrong(
                "/persons/1/role",
                "is none of [\"data_subject\",\"representative\",\"third_party\"]"
            ),
            wrong("/story", "is shorter than 1 characters"),
            wrong("/theme", "does not match ^[a-z0-9][a-z0-9_.-]{0,63}$"),
        ]
    );
}

#[test]
fn a_refusal_never_repeats_what_was_sent() {
    let data = json!({
        "actedBy": acted_by(),
        "ownReference": ["Bella"],
        "story": { "name": "Bella" },
        "desiredOutcome": "Bella",
        "persons": [{ "personKey": "Bella".repeat(20), "role": "Bella", "ageBand": "Bella", "name": ["Bella"] }],
        "theme": "Bella",
        "region": 999_990_342
    });
    let wrong = invalid("case.reported", &data);
    assert_eq!(wrong.len(), 8);
    let shown = format!("{wrong:?}");
    assert!(
        !shown.contains("Bella") && !shown.contains("999990342"),
        "{shown}"
    );
}

#[test]
fn an_offer_names_its_receiver_or_how_to_find_it() {
    assert!(FromParty::decode("handoff.offered", 1, &offer()).is_ok());
    let mut nobody = offer();
    nobody.as_object_mut().expect("an object").remove("to");
    assert_eq!(
        invalid("handoff.offered", &nobody),
        vec![wrong("", "needs to or law or theme")]
    );
    nobody["to"] = Value::Null;
    assert_eq!(
        invalid("handoff.offered", &nobody),
        vec![wrong("", "needs to or law or theme")]
    );
    nobody["law"] = json!("AKW");
    assert!(FromParty::decode("handoff.offered", 1, &nobody).is_ok());
}

#[test]
fn an_oin_that_fails_its_check_is_told() {
    let mut data = offer();
    data["to"] = json!("01823288444");
    assert_eq!(
        invalid("handoff.offered", &data),
        vec![wrong(
            "/to",
            "does not match ^(0000000[1-9]|00000010|00000099)[0-9A-Z]{9}000$"
        )]
    );
}

#[test]
fn the_requested_outcome_on_the_card_is_no_free_text() {
    let mut data = offer();
    data["requestedOutcome"] = json!("Help Bella");
    data["rules"] = json!(["akw.parent-or-guardian", "Bella woont in Utrecht"]);
    let code = "does not match ^[a-z0-9][a-z0-9_.-]{0,63}$";
    assert_eq!(
        invalid("handoff.offered", &data),
        vec![wrong("/requestedOutcome", code), wrong("/rules/1", code)]
    );
}

#[test]
fn declining_without_a_reason_is_impossible() {
    let answer = |answer: &str, reason: Value| {
        json!({
            "actedBy": acted_by(),
            "handoff": "019503a0-7c00-7000-8000-000000000001",
            "answer": answer,
            "reason": reason
        })
    };
    assert_eq!(
        invalid("handoff.answered", &answer("declined", Value::Null)),
        vec![wrong("/reason", "is not of type string")]
    );
    let mut absent = answer("declined", Value::Null);
    absent.as_object_mut().expect("an object").remove("reason");
    assert_eq!(
        invalid("handoff.answered", &absent),
        vec![wrong("/reason", "is required")]
    );
    assert_eq!(
        invalid(
            "handoff.answered",
            &answer("declined", json!("need_disputed"))
        ),
        vec![wrong(
            "/reason",
            "is none of [\"no_power\",\"not_competent\",\"no_capacity\",\"not_known_here\",\
             \"no_legal_basis\",\"other_route\"]"
        )]
    );
    for right in [
        answer("declined", json!("no_power")),
        answer("accepted", Value::Null),
    ] {
        assert!(FromParty::decode("handoff.answered", 1, &right).is_ok());
    }
}

#[test]
fn evidence_complies_or_explains() {
    let data = json!({
        "actedBy": acted_by(),
        "evidence": [{ "item": "plan", "text": "x" }, { "item": "urgency" }, { "item": "plan", "text": null }]
    });
    assert_eq!(
        invalid("escalation.requested", &data),
        vec![
            wrong("/evidence/1", "needs text or explanation"),
            wrong("/evidence/2", "needs text or explanation"),
        ]
    );
}

#[test]
fn unknown_fields_are_ignored_and_never_sent() {
    let mut data = offer();
    data["futureField"] = json!(true);
    data["actedBy"]["name"] = json!("Jansen");
    let event = FromParty::decode("handoff.offered", 1, &data).expect("valid");
    let sent = event.data();
    assert_eq!(sent["futureField"], Value::Null);
    assert_eq!(sent["actedBy"], acted_by());
    assert_eq!(sent.get("law"), None);
}

#[test]
fn who_acted_is_known_of_every_event_but_a_heartbeat() {
    let event = FromParty::from(BlockRecorded {
        acted_by: ActedBy {
            role: Role::CaseDirector,
            person_ref: "u-cd-1".to_owned(),
        },
        type_: BlockType::Rule,
        rules: Vec::new(),
        explanation: "x".into(),
    });
    assert_eq!(event.event(), "block.recorded");
    assert_eq!(event.data()["type"], json!("rule"));
    assert_eq!(
        event.acted_by().map(|acted_by| acted_by.role),
        Some(Role::CaseDirector)
    );
    let heartbeat = FromParty::decode("heartbeat.sent", 1, &json!({})).expect("valid");
    assert_eq!(heartbeat.acted_by(), None);
}

#[test]
fn a_person_number_is_checked_by_the_same_decoder_and_stays_hidden() {
    let persons = |bsn: &str| json!({ "persons": [{ "personKey": "p1", "role": "data_subject", "bsn": bsn, "name": "Bella" }] });
    let read: SharedPersons = check(&persons("999990342")).expect("valid");
    assert_eq!(
        read.persons[0].bsn.as_ref().map(proto::Bsn::expose),
        Some("999990342")
    );
    let shown = format!("{read:?}");
    assert!(
        !shown.contains("Bella") && !shown.contains("99999"),
        "{shown}"
    );
    assert_eq!(
        check::<SharedPersons>(&persons("999990343")),
        Err(vec![wrong("/persons/0/bsn", "is no valid bsn")])
    );
}

#[test]
fn what_is_no_object_is_told_as_such() {
    for data in [json!(null), json!([]), json!("text")] {
        assert_eq!(
            check::<CaseReported>(&data),
            Err(vec![wrong("", "is not of type object")])
        );
    }
}

#[test]
fn refusing_what_was_offered_instead_needs_a_reason() {
    let mut data = json!({
        "actedBy": acted_by(),
        "handoff": "019503a0-7c00-7000-8000-000000000001",
        "accepted": false
    });
    assert_eq!(
        invalid("counter.answered", &data),
        [wrong("/reason", "is required")]
    );
    data["accepted"] = true.into();
    assert!(FromParty::decode("counter.answered", 1, &data).is_ok());
    data["accepted"] = false.into();
    data["reason"] = "other_route".into();
    assert!(FromParty::decode("counter.answered", 1, &data).is_ok());
}

#[test]
fn a_number_beyond_what_can_be_counted_is_told_by_its_place() {
    let data = json!({ "note": "a note", "proof": [], "previous": 1e300 });
    assert_eq!(
        ToParty::decode("checkpoint.published", 1, &data),
        Err(DecodeError::Invalid(vec![wrong(
            "/previous",
            "does not have the documented shape"
        )]))
    );
}

#[test]
fn of_many_mistakes_the_first_are_told_and_how_many_more_there_are() {
    let mut data =
        json!({ "actedBy": acted_by(), "handoff": "019503a0-7c00-7000-8000-000000000001" });
    data["accepted"] = json!(false);
    data["lifeDomains"] = json!(vec![1; 40]);
    let wrong = invalid("case.reported", &data);
    assert_eq!(wrong.len(), 33);
    let last = &wrong[32];
    assert_eq!(last.name, "");
    assert!(
        last.reason.ends_with(" more mistakes are not told"),
        "{}",
        last.reason
    );
}

/// What a body sees before it has anything to do with a case can hold no sentence: each text in
/// it is a code, an id, a moment or a word of a list.
#[test]
fn the_card_of_a_request_has_no_field_for_free_text() {
    let free = free_texts(&schema("escalation.requested.v1.in.json"));
    assert_eq!(free, Vec::<String>::new());
    // The check finds what it looks for.
    assert_eq!(
        free_texts(&schema("advice.asked.v1.in.json")),
        ["/properties/question"]
    );
}

fn schema(file: &str) -> Value {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let text = std::fs::read_to_string(folder.join(file)).expect(file);
    serde_json::from_str(&text).expect("JSON")
}

/// Where a schema lets any text pass.
fn free_texts(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = vec![(String::new(), schema)];
    while let Some((place, value)) = rest.pop() {
        let Some(object) = value.as_object() else {
            continue;
        };
        let text = match &object.get("type") {
            Some(Value::String(one)) => one == "string",
            Some(Value::Array(several)) => several.contains(&json!("string")),
            _ => false,
        };
        let bound = ["pattern", "format", "enum", "const"];
        if text && !bound.iter().any(|word| object.contains_key(*word)) {
            found.push(place.clone());
        }
        for (key, below) in object {
            let place = format!("{place}/{key}");
            match below {
                Value::Array(items) => rest.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(n, item)| (format!("{place}/{n}"), item)),
                ),
                _ => rest.push((place, below)),
            }
        }
    }
    found
}
