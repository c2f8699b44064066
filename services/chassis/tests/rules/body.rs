use axum::{Router, body::Body, http::Request, routing::post};
use chassis::body::{Checked, MAX_BYTES};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::answer::{ask, post as post_request};

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Report {
    #[schemars(length(min = 1))]
    story: String,
    own_reference: String,
    #[serde(default)]
    urgent: bool,
}

async fn report(Checked(report): Checked<Report>) -> String {
    format!(
        "{} {} {}",
        report.own_reference,
        report.story.len(),
        report.urgent
    )
}

fn router() -> Router {
    Router::new().route("/reports", post(report))
}

#[tokio::test]
async fn a_body_that_fits_is_read_and_unknown_fields_are_ignored() {
    let body = r#"{"story": "s", "ownReference": "Z-1", "unheardOf": 1}"#;
    for content_type in ["application/json", "Application/JSON; charset=utf-8"] {
        let answer = ask(router(), post_request("/reports", content_type, body)).await;
        assert_eq!(answer.body, "Z-1 1 false");
    }
}

#[tokio::test]
async fn every_mistake_in_a_body_is_answered_at_once_with_400() {
    let body = r#"{"story": "", "urgent": "very"}"#;
    let answer = ask(router(), post_request("/reports", "application/json", body)).await;
    assert_eq!(
        answer.problem(),
        json!({
            "type": "urn:doorbraak:problem:invalid-input",
            "status": 400,
            "title": "The request is not valid",
            "detail": "3 fields are not valid.",
            "invalidParams": [
                {"name": "/ownReference", "reason": "is required"},
                {"name": "/story", "reason": "is shorter than 1 characters"},
                {"name": "/urgent", "reason": "is not of type boolean"}
            ]
        })
    );
}

#[tokio::test]
async fn what_is_not_json_is_400_and_is_not_repeated() {
    let request = post_request("/reports", "application/json", "{\"story\": 999990342x}");
    let answer = ask(router(), request).await;
    assert_eq!(
        answer.problem(),
        json!({
            "type": "urn:doorbraak:problem:invalid-input",
            "status": 400,
            "title": "The request is not valid",
            "detail": "1 field is not valid.",
            "invalidParams": [{"name": "", "reason": "is not JSON (line 1, column 20)"}]
        })
    );
}

#[tokio::test]
async fn another_content_type_or_none_is_415() {
    let none = Request::post("/reports").body(Body::from("{}")).unwrap();
    let form = post_request("/reports", "application/x-www-form-urlencoded", "story=s");
    let other = post_request("/reports", "application/cloudevents+json", "{}");
    for request in [none, form, other] {
        let answer = ask(router(), request).await;
        assert_eq!(
            answer.problem(),
            json!({
                "type": "urn:doorbraak:problem:unsupported-media-type",
                "status": 415,
                "title": "The content type is not supported",
                "detail": "Send the body as application/json."
            })
        );
    }
}

/// A valid body of exactly `bytes` bytes.
fn body_of(bytes: usize) -> String {
    let frame = r#"{"story": "", "ownReference": "Z"}"#;
    let story = "s".repeat(bytes - frame.len());
    let body = format!(r#"{{"story": "{story}", "ownReference": "Z"}}"#);
    assert_eq!(body.len(), bytes);
    body
}

#[tokio::test]
async fn sixty_four_kibibytes_are_read_and_one_byte_more_is_413() {
    let whole = post_request("/reports", "application/json", body_of(MAX_BYTES));
    assert_eq!(ask(router(), whole).await.status, 200);

    let more = post_request("/reports", "application/json", body_of(MAX_BYTES + 1));
    let answer = ask(router(), more).await;
    assert_eq!(
        answer.problem(),
        json!({
            "type": "urn:doorbraak:problem:too-large",
            "status": 413,
            "title": "The request is too large",
            "detail": "A request body is at most 65536 bytes."
        })
    );
}

#[tokio::test]
async fn a_body_of_unknown_length_is_measured_while_it_is_read() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = tokio_util::sync::CancellationToken::new();
    let server = tokio::spawn(chassis::server::serve(listener, router(), shutdown.clone()));

    // Without a length in front, HTTP sends the body in chunks.
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let body = body_of(MAX_BYTES + 1);
    let head = "POST /reports HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("{head}{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    connection.write_all(chunk.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");

    shutdown.cancel();
    server.await.unwrap().unwrap();
}
