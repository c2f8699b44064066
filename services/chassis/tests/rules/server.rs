use std::{net::Ipv4Addr, time::Duration};

use axum::{
    Router,
    extract::Query,
    http::{Method, StatusCode},
    response::Html,
    routing::{get, post},
};
use chassis::{health, server};
use serde::Deserialize;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::answer::{ask, ask_bare, get as get_request};

#[derive(Deserialize)]
struct Page {
    #[expect(dead_code, reason = "only its reading is tested")]
    size: u32,
}

async fn panics() -> &'static str {
    panic!("secret of the inside");
}

fn router() -> Router {
    Router::new()
        .route("/things", get(|| async { "ok" }).post(|| async { "ok" }))
        .route("/page", get(|| async { Html("<p>page</p>") }))
        .route(
            "/query",
            get(|_: Query<Page>| async { StatusCode::NO_CONTENT }),
        )
        .route(
            "/strict",
            post(|| async { StatusCode::UNPROCESSABLE_ENTITY }),
        )
        .route(
            "/gone",
            get(|| async { (StatusCode::GONE, [("etag", "\"3\"")], "plain text") }),
        )
        .route("/broken", get(panics))
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_the_api_version() {
    for path in ["/things", "/nowhere", "/broken"] {
        let answer = ask(router(), get_request(path)).await;
        assert_eq!(answer.header("api-version"), "1.0.0", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=31536000"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("access-control-allow-origin"), "(absent)");
    }
}

#[tokio::test]
async fn a_page_may_load_its_own_styles_and_nothing_from_elsewhere() {
    let answer = ask(router(), get_request("/page")).await;
    assert_eq!(
        answer.header("content-security-policy"),
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
}

#[tokio::test]
async fn an_unknown_address_is_404_as_a_problem_also_with_a_slash_at_the_end() {
    for path in ["/nowhere", "/things/"] {
        let answer = ask(router(), get_request(path)).await;
        assert_eq!(
            answer.problem(),
            json!({
                "type": "urn:doorbraak:problem:not-found",
                "status": 404,
                "title": "Nothing is found here",
                "detail": "There is nothing at this address."
            })
        );
    }
}

#[tokio::test]
async fn a_wrong_method_is_405_as_a_problem_with_allow() {
    let mut request = get_request("/things");
    *request.method_mut() = Method::DELETE;
    let answer = ask(router(), request).await;
    assert_eq!(answer.header("allow"), "GET,HEAD,POST");
    assert_eq!(answer.headers.get_all("allow").iter().count(), 1);
    assert_eq!(
        answer.problem(),
        json!({
            "type": "urn:doorbraak:problem:method-not-allowed",
            "status": 405,
            "title": "This method is not allowed here",
            "detail": "The Allow header lists the methods of this address."
        })
    );
}

#[tokio::test]
async fn a_panic_is_500_as_a_problem_without_a_word_about_the_inside() {
    let answer = ask(router(), get_request("/broken")).await;
    assert_eq!(answer.problem()["type"], "urn:doorbraak:problem:internal");
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains("secret"));
}

#[tokio::test]
async fn what_the_framework_refuses_is_a_problem_and_never_422() {
    let query = ask(router(), get_request("/query?size=many")).await;
    assert_eq!(query.status, 400);
    assert_eq!(
        query.problem()["type"],
        "urn:doorbraak:problem:invalid-input"
    );
    let strict = ask(
        router(),
        crate::answer::post("/strict", "application/json", "{}"),
    )
    .await;
    assert_eq!(strict.status, 400);
    assert_eq!(strict.problem()["status"], 400);
}

#[tokio::test]
async fn a_bare_error_becomes_a_problem_and_keeps_its_own_headers() {
    let answer = ask(router(), get_request("/gone")).await;
    assert_eq!(answer.header("etag"), "\"3\"");
    assert_eq!(
        answer.problem(),
        json!({
            "type": "urn:doorbraak:problem:http-410",
            "status": 410,
            "title": "Gone",
            "detail": "Gone"
        })
    );
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_504_as_a_problem() {
    let endless = Router::new().route("/endless", get(std::future::pending::<&str>));
    let limited = server::standard_within(Duration::ZERO, endless);
    let answer = ask_bare(limited, get_request("/endless")).await;
    assert_eq!(answer.status, 504);
    assert_eq!(answer.problem()["type"], "urn:doorbraak:problem:timeout");
    assert_eq!(answer.header("api-version"), "1.0.0");
}

#[tokio::test]
async fn a_callers_request_id_comes_back_and_a_missing_one_is_made() {
    let mut request = get_request("/things");
    let id = "0197a1b2-0000-7000-8000-000000000001";
    request
        .headers_mut()
        .insert("x-request-id", id.parse().unwrap());
    assert_eq!(ask(router(), request).await.header("x-request-id"), id);

    let made = ask(router(), get_request("/nowhere")).await;
    assert!(uuid::Uuid::try_parse(made.header("x-request-id")).is_ok());
}

#[tokio::test]
async fn a_request_id_that_could_hold_personal_data_is_replaced() {
    let mut request = get_request("/things");
    request
        .headers_mut()
        .insert("x-request-id", "999990342".parse().unwrap());
    let answer = ask(router(), request).await;
    assert_ne!(answer.header("x-request-id"), "999990342");
    assert!(uuid::Uuid::try_parse(answer.header("x-request-id")).is_ok());
}

#[tokio::test]
async fn a_process_lives_also_when_it_is_not_ready_and_says_what_is_missing() {
    let lame = || health::routes(|| async { Err(health::NotReady(vec!["database", "bus"])) });
    let lives = ask(lame(), get_request("/healthz")).await;
    assert_eq!(
        (lives.status, lives.json()),
        (StatusCode::OK, json!({"status": "ok"}))
    );

    let not_ready = ask(lame(), get_request("/readyz")).await;
    assert_eq!(not_ready.status, 503);
    assert_eq!(not_ready.header("retry-after"), "1");
    assert_eq!(
        not_ready.problem()["detail"],
        "Not available: database, bus."
    );

    let ready = ask(health::routes(|| async { Ok(()) }), get_request("/readyz")).await;
    assert_eq!(
        (ready.status, ready.json()),
        (StatusCode::OK, json!({"status": "ready"}))
    );
}

#[tokio::test]
async fn a_request_under_way_is_finished_when_the_server_is_asked_to_stop() {
    let (arrived, proceed) = (CancellationToken::new(), CancellationToken::new());
    let router = Router::new().route(
        "/slow",
        get({
            let (arrived, proceed) = (arrived.clone(), proceed.clone());
            move || async move {
                arrived.cancel();
                proceed.cancelled().await;
                "finished"
            }
        }),
    );
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = CancellationToken::new();
    let server = tokio::spawn(server::serve(listener, router, shutdown.clone()));

    let request = tokio::spawn(reqwest::get(format!("http://{address}/slow")));
    arrived.cancelled().await;
    shutdown.cancel();
    proceed.cancel();

    let answer = request.await.unwrap().unwrap();
    assert_eq!(answer.text().await.unwrap(), "finished");
    server.await.unwrap().unwrap();
}

#[tokio::test]
async fn an_answer_that_goes_on_ends_when_the_process_is_asked_to_stop() {
    use axum::Extension;
    use axum::body::{Body, Bytes};
    use futures::stream;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let answer = |Extension(server::Stopping(stop)): Extension<server::Stopping>| async move {
        let first = stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from("begun"))]);
        let rest = stream::once(async move {
            stop.cancelled().await;
            Ok(Bytes::from("ended"))
        });
        Body::from_stream(futures::StreamExt::chain(first, rest))
    };
    let router = Router::new().route("/on", get(answer));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = CancellationToken::new();
    let server = tokio::spawn(server::serve(listener, router, shutdown.clone()));
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let asked = b"GET /on HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.write_all(asked).await.unwrap();
    let (mut read, mut buffer) = (Vec::new(), [0; 512]);
    while !read.windows(5).any(|part| part == b"begun") {
        let count = socket.read(&mut buffer).await.unwrap();
        assert_ne!(count, 0, "it ended before it began");
        read.extend_from_slice(&buffer[..count]);
    }
    shutdown.cancel();
    // Well within the grace that is given to requests under way.
    let ended = tokio::time::timeout(Duration::from_secs(5), server).await;
    ended.unwrap().unwrap().unwrap();
    socket.read_to_end(&mut read).await.unwrap();
    assert!(read.windows(5).any(|part| part == b"ended"));
}
