//! The envelope's rules (NL GOV profile for CloudEvents), as a sender meets them.

use jiff::Timestamp;
use proto::{Envelope, EnvelopeError, EventType, InvalidParam, MAX_BYTES, Source};
use serde_json::{Value, json};

fn envelope() -> Envelope {
    Envelope {
        id: "019503a0-7c00-7000-8000-000000000001".to_owned(),
        source: Source::parse("urn:nld:oin:00000099000000002000:systeem:svb").expect("a source"),
        type_: EventType::new("fact.reported", 1),
        subject: Some("c-Kz3vQ8mTq1xN".to_owned()),
        time: "2026-03-03T09:00:00Z".parse::<Timestamp>().expect("a time"),
        dataschema: None,
        traceparent: Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()),
        sequence: Some(12),
        data: json!({ "summary": "é" }),
    }
}

fn structured() -> Value {
    serde_json::from_slice(&envelope().encode().expect("valid")).expect("JSON")
}

fn decode(value: &Value) -> Result<Envelope, EnvelopeError> {
    Envelope::decode_structured(&serde_json::to_vec(value).expect("JSON"))
}

fn refusals(value: &Value) -> Vec<(String, String)> {
    match decode(value) {
        Err(EnvelopeError::Invalid(wrong)) => wrong
            .into_iter()
            .map(|InvalidParam { name, reason }| (name, reason))
            .collect(),
        other => panic!("expected refusals, got {other:?}"),
    }
}

fn refusal(attribute: &str, value: Value) -> Vec<(String, String)> {
    let mut wrong = structured();
    wrong[attribute] = value;
    refusals(&wrong)
}

fn pair(name: &str, reason: &str) -> (String, String) {
    (name.to_owned(), reason.to_owned())
}

fn binary_headers() -> Vec<(String, String)> {
    [
        ("Content-Type", "application/json; charset=utf-8"),
        ("ce-specversion", "1.0"),
        ("ce-id", "019503a0-7c00-7000-8000-000000000001"),
        ("CE-Source", "urn:nld:oin:00000099000000002000:systeem:svb"),
        ("ce-type", "nl.doorbraak.fact.reported.v1"),
        ("ce-subject", "c-Kz3vQ8mTq1xN"),
        ("ce-time", "2026-03-03T09:00:00Z"),
        (
            "ce-traceparent",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ),
        ("ce-sequence", "12"),
        ("ce-sequencetype", "Integer"),
        ("ce-unknown", "%C3%A9%20%22%25"),
        ("Nats-Msg-Id", "whatever"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

const NOT_PLAIN: &str = "has not 1 to 128 visible ASCII characters";
const PERSON_NUMBER: &str = "is a person number, which no context attribute may be";
const NO_COUNT: &str = "is no count from 1";

const BODY: &[u8] = "{\"summary\":\"é\"}".as_bytes();

#[test]
fn what_is_written_reads_back() {
    assert_eq!(decode(&structured()), Ok(envelope()));
    assert_eq!(
        structured(),
        json!({
            "specversion": "1.0",
            "id": "019503a0-7c00-7000-8000-000000000001",
            "source": "urn:nld:oin:00000099000000002000:systeem:svb",
            "type": "nl.doorbraak.fact.reported.v1",
            "subject": "c-Kz3vQ8mTq1xN",
            "time": "2026-03-03T09:00:00Z",
            "datacontenttype": "application/json",
            "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "sequence": "12",
            "sequencetype": "Integer",
            "data": { "summary": "é" }
        })
    );
}

#[test]
fn the_message_id_is_source_and_id() {
    assert_eq!(
        envelope().message_id(),
        "urn:nld:oin:00000099000000002000:systeem:svb 019503a0-7c00-7000-8000-000000000001"
    );
}

#[test]
fn binary_mode_says_the_same_as_structured_mode() {
    assert_eq!(
        Envelope::decode_binary(&binary_headers(), BODY),
        Ok(envelope())
    );
    assert_eq!(Envelope::decode(&binary_headers(), BODY), Ok(envelope()));
}

#[test]
fn what_is_written_in_binary_mode_reads_back_in_visible_ascii() {
    let mut written = envelope();
    written.dataschema = Some("https://a.example/één schema?q=\"100%\"".to_owned());
    let (headers, body) = written.encode_binary().expect("valid");
    for (name, value) in &headers {
        assert!(
            value.bytes().all(|b| b.is_ascii_graphic()),
            "{name}: {value}"
        );
    }
    let schema = "https://a.example/%C3%A9%C3%A9n%20schema?q=%22100%25%22";
    assert!(headers.contains(&("ce-dataschema".to_owned(), schema.to_owned())));
    assert_eq!(body, "{\"summary\":\"é\"}".as_bytes());
    assert_eq!(
        Envelope::decode(&headers, &body).expect("it reads back"),
        written
    );
}

#[test]
fn the_content_type_decides_the_mode() {
    let header = |value: &str| vec![("content-type".to_owned(), value.to_owned())];
    let body = envelope().encode().expect("valid");
    for structured in [
        "application/cloudevents+json",
        "application/CloudEvents+JSON; charset=UTF-8",
    ] {
        assert_eq!(Envelope::decode(&header(structured), &body), Ok(envelope()));
    }
    for unsupported in ["application/cloudevents-batch+json", "text/plain"] {
        assert_eq!(
            Envelope::decode(&header(unsupported), &body),
            Err(EnvelopeError::ContentType)
        );
    }
}

#[test]
fn header_values_are_percent_decoded() {
    let mut headers = binary_headers();
    headers.push((
        "ce-dataschema".to_owned(),
        "https://x.example/%C3%A9%22".to_owned(),
    ));
    let read = Envelope::decode_binary(&headers, BODY).expect("valid");
    assert_eq!(read.dataschema.as_deref(), Some("https://x.example/é\""));
    for broken in ["%", "%4", "%zz", "%FF"] {
        let mut headers = binary_headers();
        headers.push(("ce-dataschema".to_owned(), broken.to_owned()));
        assert_eq!(
            Envelope::decode_binary(&headers, BODY),
            Err(EnvelopeError::Invalid(vec![InvalidParam::new(
                "/dataschema",
                "is not percent-encoded UTF-8"
            )])),
            "{broken}"
        );
    }
}

#[test]
fn an_attribute_given_twice_is_refused() {
    let mut headers = binary_headers();
    headers.push(("CE-ID".to_owned(), "another".to_owned()));
    assert_eq!(
        Envelope::decode_binary(&headers, BODY),
        Err(EnvelopeError::Invalid(vec![InvalidParam::new(
            "/id",
            "is given more than once"
        )]))
    );
}

#[test]
fn what_nobody_reads_is_ignored_whatever_it_holds() {
    let mut headers = binary_headers();
    let endless = format!("ce-{}", "a".repeat(30_000));
    for (name, value) in [("ce-own", "%"), ("ce-own", "again"), (&*endless, "%zz")] {
        headers.push((name.to_owned(), value.to_owned()));
    }
    assert_eq!(
        Envelope::decode_binary(&headers, BODY),
        Envelope::decode_binary(&binary_headers(), BODY)
    );
}

#[test]
fn everything_missing_is_told_at_once() {
    let expected = ["id", "source", "specversion", "time", "type"]
        .map(|name| pair(&format!("/{name}"), "is required"))
        .to_vec();
    assert_eq!(refusals(&json!({})), expected);
    assert_eq!(
        Envelope::decode_binary(&[], b""),
        Err(EnvelopeError::Invalid(
            expected
                .into_iter()
                .map(|(name, reason)| InvalidParam::new(name, reason))
                .collect()
        ))
    );
}

#[test]
fn each_attribute_has_its_rule() {
    for (attribute, value, name, reason) in [
        ("specversion", json!("0.3"), "/specversion", "is not 1.0"),
        ("specversion", json!(1.0), "/specversion", "is no text"),
        ("id", json!(""), "/id", NOT_PLAIN),
        ("id", json!("a\r\nb"), "/id", NOT_PLAIN),
        ("id", json!("x".repeat(129)), "/id", NOT_PLAIN),
        (
            "source",
            json!("https://svb.example/1"),
            "/source",
            "a source is urn:nld:oin:<oin>:systeem:<name>",
        ),
        (
            "source",
            json!("urn:nld:oin:01823288444:systeem:svb"),
            "/source",
            "an OIN has 20 positions, this has 11",
        ),
        (
            "type",
            json!("nl.doorbraak.fact.reported"),
            "/type",
            "an event type is nl.doorbraak.<noun>.<past-verb>.v<N>, in kebab-case, from v1",
        ),
        ("time", json!("yesterday"), "/time", "is no RFC 3339 time"),
        ("subject", json!("a b"), "/subject", NOT_PLAIN),
        ("subject", json!("999990342"), "/subject", PERSON_NUMBER),
        ("id", json!("999990342"), "/id", PERSON_NUMBER),
        (
            "datacontenttype",
            json!("text/xml"),
            "/datacontenttype",
            "is not application/json",
        ),
        ("data", json!("text"), "/data", "is no JSON object"),
        ("data", json!(null), "/data", "is no JSON object"),
        (
            "data_base64",
            json!("e30="),
            "/data_base64",
            "is not accepted: use data",
        ),
        ("sequence", json!("0"), "/sequence", NO_COUNT),
        ("sequence", json!("+1"), "/sequence", NO_COUNT),
        ("sequence", json!("-1"), "/sequence", NO_COUNT),
        ("sequence", json!("1.5"), "/sequence", NO_COUNT),
        (
            "sequence",
            json!("99999999999999999999"),
            "/sequence",
            NO_COUNT,
        ),
        (
            "sequencetype",
            json!("Uuid"),
            "/sequencetype",
            "is not Integer",
        ),
        (
            "sequencetype",
            json!(null),
            "/sequencetype",
            "is not Integer",
        ),
    ] {
        assert_eq!(
            refusal(attribute, value.clone()),
            vec![pair(name, reason)],
            "{attribute} {value}"
        );
    }
}

#[test]
fn what_is_optional_may_be_absent_or_null() {
    let mut value = structured();
    let object = value.as_object_mut().expect("an object");
    for absent in [
        "subject",
        "datacontenttype",
        "sequence",
        "sequencetype",
        "data",
    ] {
        object.remove(absent);
    }
    object.insert("traceparent".to_owned(), Value::Null);
    object.insert("myextension".to_owned(), json!({ "ignored": true }));
    let expected = Envelope {
        subject: None,
        traceparent: None,
        sequence: None,
        data: json!({}),
        ..envelope()
    };
    assert_eq!(decode(&value), Ok(expected));
}

#[test]
fn a_broken_trace_does_not_stop_a_case() {
    let mut value = structured();
    value["traceparent"] = json!("00-XYZ");
    assert_eq!(decode(&value).expect("valid").traceparent, None);
}

#[test]
fn exactly_64_kb_is_allowed_and_one_byte_more_is_not() {
    let base = envelope().encode().expect("valid").len();
    let with = |bytes: usize| {
        let mut envelope = envelope();
        // `é` measures two bytes; every letter one.
        envelope.data = json!({ "summary": format!("é{}", "x".repeat(bytes - base)) });
        envelope
    };
    assert_eq!(MAX_BYTES, 65_536);
    let largest = with(MAX_BYTES);
    let bytes = largest.encode().expect("allowed");
    assert_eq!(bytes.len(), 65_536);
    assert_eq!(Envelope::decode_structured(&bytes), Ok(largest));
    assert_eq!(
        with(MAX_BYTES + 1).encode(),
        Err(EnvelopeError::TooLarge { bytes: 65_537 })
    );
    let mut padded = bytes;
    padded.push(b' ');
    assert_eq!(
        Envelope::decode_structured(&padded),
        Err(EnvelopeError::TooLarge { bytes: 65_537 })
    );
}

#[test]
fn in_binary_mode_headers_count_for_the_limit() {
    let attributes: usize = binary_headers()
        .iter()
        .filter(|(name, _)| name.to_ascii_lowercase().starts_with("ce-"))
        .map(|(name, value)| name.len() + value.len())
        .sum();
    let room = MAX_BYTES - attributes - "{\"summary\":\"\"}".len();
    let body = |letters: usize| format!("{{\"summary\":\"{}\"}}", "x".repeat(letters));
    assert!(Envelope::decode_binary(&binary_headers(), body(room).as_bytes()).is_ok());
    assert_eq!(
        Envelope::decode_binary(&binary_headers(), body(room + 1).as_bytes()),
        Err(EnvelopeError::TooLarge { bytes: 65_537 })
    );
}

#[test]
fn broken_json_is_told_with_its_place() {
    assert_eq!(
        Envelope::decode_structured(b"{\n  \"id\": ,\n}"),
        Err(EnvelopeError::NotJson { line: 2, column: 9 })
    );
    assert_eq!(
        Envelope::decode_structured(b"[]"),
        Err(EnvelopeError::NotAnObject)
    );
    assert!(matches!(
        Envelope::decode_structured(b"\xff\xfe"),
        Err(EnvelopeError::NotJson { .. })
    ));
    assert!(matches!(
        Envelope::decode_binary(&binary_headers(), b"{"),
        Err(EnvelopeError::NotJson { .. })
    ));
}

#[test]
fn nothing_leaves_that_the_other_side_must_refuse() {
    let wrong = Envelope {
        id: "two words".to_owned(),
        ..envelope()
    };
    assert!(matches!(wrong.encode(), Err(EnvelopeError::Invalid(_))));
}

proptest::proptest! {
    /// Whatever arrives from outside gets an answer, never a panic.
    #[test]
    fn any_bytes_get_an_answer(
        body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200),
        value in "\\PC*",
    ) {
        let _ = Envelope::decode_structured(&body);
        let headers = [
            ("ce-id".to_owned(), value.clone()),
            ("ce-source".to_owned(), value.clone()),
            ("ce-type".to_owned(), value),
        ];
        let _ = Envelope::decode(&headers, &body);
    }
}
