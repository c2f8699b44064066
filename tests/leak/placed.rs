//! One marker put on purpose into each kind of place, in running processes: each is found where it
//! was put, and nowhere else. So every search that finds nothing in the stories has looked.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use demo::play::{Act, Door, Request, Story};
use demo::services::PartyService;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use prost::Message;
use reqwest::{Client, Method, StatusCode};
use scenarios::expected::BELLA;
use scenarios::processes::{PLATFORM, Store, scratch};
use scenarios::servers::Postgres;
use serde_json::{Value, json};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use crate::browser::Browser;
use crate::pages::DUTCH;
use crate::plant::{Planted, plant};
use crate::telling::Telling;
use crate::world::{Kept, World};

/// The fields whose markers are put somewhere, by place. None of them comes up in the part of the
/// story that is told.
const IN_LOG: &str = "cases/closure/text";
const IN_ANSWER: &str = "care.provided/details";
const IN_VAULT: &str = "cases/blocks/explanation";
const IN_ACCOUNT: &str = "cases/decisions/text";
const IN_POSTGRES: &str = "cases/commitments/text";
const IN_PARTY: &str = "care.provided/need";
const IN_LOGS: &str = "cases/feedback/text";
const IN_WORDS: &str = "cases/closure/evaluation";
const IN_PAGE: &str = "commitment.made/text";
const IN_TRACE: &str = "commitment.fulfilled/result";

fn text<'a>(planted: &'a Planted, field: &str) -> &'a str {
    let mut markers = planted.markers.iter();
    let found = markers.find(|marker| marker.field == field);
    let fields: BTreeSet<&String> = planted.markers.iter().map(|marker| &marker.field).collect();
    &found
        .unwrap_or_else(|| panic!("there is no {field} among {fields:?}"))
        .text
}

/// Carries out statements on a database beside the process that has it open.
async fn put(url: &str, statements: &[String]) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.unwrap();
    for statement in statements {
        let done = sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut connection);
        assert!(done.await.is_ok(), "{statement}");
    }
    connection.close().await.unwrap();
}

/// A table of its own with one text in it.
fn table_with(text: &str) -> [String; 2] {
    [
        "create table put_in (content text)".to_owned(),
        format!("insert into put_in values ('{text}')"),
    ]
}

/// The story, with a marker in what is said of its first line.
fn said_with(planted: &mut Planted, field: &str) {
    let marker = text(planted, field).to_owned();
    let (first, rest) = planted.text.split_once('\n').unwrap();
    let mut line: Value = serde_json::from_str(first).unwrap();
    line["note"] = marker.into();
    planted.text = format!("{line}\n{rest}");
}

/// Sends a span with a text in it to where the processes send theirs.
async fn export(world: &World<'_>, text: &str) {
    let value = AnyValue {
        value: Some(any_value::Value::StringValue(text.to_owned())),
    };
    let said = KeyValue {
        key: "said".to_owned(),
        value: Some(value),
        ..KeyValue::default()
    };
    let span = Span {
        attributes: vec![said],
        ..Span::default()
    };
    let scope_spans = vec![ScopeSpans {
        spans: vec![span],
        ..ScopeSpans::default()
    }];
    let resource_spans = vec![ResourceSpans {
        scope_spans,
        ..ResourceSpans::default()
    }];
    let body = ExportTraceServiceRequest { resource_spans }.encode_to_vec();
    let client = Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/v1/traces", world.collector.address());
    let answer = client.post(url).body(body).send().await.unwrap();
    assert!(answer.status().is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marker_in_each_place_is_found_there_and_nowhere_else() {
    let folder = scratch();
    let postgres = Postgres::start(folder.path());
    let mut planted = plant(BELLA.name, BELLA.text);
    said_with(&mut planted, IN_WORDS);
    let mut telling = Telling::new(BELLA.name, &planted.text, &["2026-03-09T09"]);
    let mut world = World::start(planted, Store::Sqlite, None, true).await;
    let at = telling.tell(0, &world.doors).await;

    let it = |field: &str| text(&world.planted, field).to_owned();
    let log = &world.processes.databases[PLATFORM];
    let theme = format!("update case_view set theme = '{}'", it(IN_ANSWER));
    put(log, &table_with(&it(IN_LOG))).await;
    put(log, &[theme]).await;
    put(&world.processes.vault, &table_with(&it(IN_VAULT))).await;
    put(&world.processes.account, &table_with(&it(IN_ACCOUNT))).await;
    put(&postgres.url(), &table_with(&it(IN_POSTGRES))).await;
    let municipality = &world.processes.databases[PartyService::Municipality.name()];
    let rung = format!("update cases set rung = '{}'", it(IN_PARTY));
    put(municipality, &[rung]).await;
    let file = world.processes.folder().join(format!("{PLATFORM}.log"));
    let mut lines = std::fs::File::options().append(true).open(file).unwrap();
    writeln!(lines, "{{\"message\":\"{}\"}}", it(IN_LOGS)).unwrap();

    world.text("what playing says", BELLA.name, &telling.said);
    world.answers("answers", at, &telling, Kept::All).await;
    let it = |field: &str| text(&world.planted, field).to_owned();
    let (log, shown) = (&world.processes.databases[PLATFORM], it(IN_PAGE));
    let who = format!("update timeline_view set organisation = '{shown}'");
    put(log, &[who]).await;
    export(&world, &it(IN_TRACE)).await;
    world.pages("pages", &telling, Kept::All, DUTCH).await;
    world.traces("traces").await;
    world.files(false);
    world.postgres = Some(&postgres);
    world.files(false);

    let found = world.finds.forbidden_fields();
    let expected = [
        ("PostgreSQL", IN_POSTGRES),
        ("account database", IN_ACCOUNT),
        ("answers", IN_ANSWER),
        ("key vault", IN_VAULT),
        ("log's files", IN_ANSWER),
        ("log's files", IN_LOG),
        ("log's files", IN_PAGE),
        ("logs", IN_LOGS),
        ("pages", IN_ANSWER),
        ("pages", IN_PAGE),
        ("parties' answers", IN_PARTY),
        ("parties' files", IN_PARTY),
        ("traces", IN_TRACE),
        ("what playing says", IN_WORDS),
    ];
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(kind, field)| (*kind, field.as_str()))
        .collect();
    assert_eq!(found, expected, "{:#?}", world.finds.forbidden());
}

/// A page that cannot read what the API answers says where that is, and never what stands there.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_a_page_cannot_read_is_logged_by_its_place() {
    let planted = plant(BELLA.name, BELLA.text);
    let mut telling = Telling::new(BELLA.name, &planted.text, &["2026-03-02T10"]);
    let mut world = World::start(planted, Store::Sqlite, None, true).await;
    telling.tell(0, &world.doors).await;
    let address = format!("/casussen/{}", telling.bound["case"]);
    let mut noor = Browser::new(&world.doors);
    noor.login("noor").await;
    assert_eq!(noor.get(&address).await.status, StatusCode::OK);

    let shown = text(&world.planted, IN_PAGE).to_owned();
    let when = format!("update timeline_view set at = '{shown}'");
    put(&world.processes.databases[PLATFORM], &[when]).await;
    let page = noor.get(&address).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    world.text("pages", &address, &page.text());
    world.traces("traces").await;
    world.files(false);
    let found = world.finds.forbidden_fields();
    assert_eq!(found, BTreeSet::from([("log's files", IN_PAGE.to_owned())]));

    let log = world.processes.processes[PLATFORM].log_text();
    let lines = log.lines();
    let lines: Vec<&str> = lines
        .filter(|line| line.contains("does not understand"))
        .collect();
    let [line] = lines.as_slice() else {
        panic!("{lines:#?}");
    };
    let line: Value = serde_json::from_str(line).unwrap();
    let path = format!("/v1/cases/{}/timeline?pageSize=100", telling.bound["case"]);
    assert_eq!(line["message"], "a page does not understand the API");
    assert_eq!(
        (&line["path"], &line["kind"]),
        (&path.into(), &"Data".into())
    );
    assert!(line["column"].as_u64().unwrap() > 0, "{line}");
}

/// What can be read in the broker's store while an offer with a text of people waits there for a
/// platform that is gone.
async fn waits_on_the_broker(store_key: bool) -> BTreeSet<(&'static str, String)> {
    let planted = plant(BELLA.name, BELLA.text);
    let cut = "2026-03-02T10";
    let mut telling = Telling::new(BELLA.name, &planted.text, &[cut]);
    let begins = format!("{{\"at\":\"{cut}");
    let offer = planted.text.lines().find(|line| line.starts_with(&begins));
    let offer = Story::parse(offer.unwrap()).unwrap();
    let mut world = World::start(planted, Store::Sqlite, None, store_key).await;
    let at = telling.tell(0, &world.doors).await;
    let platform = world.processes.processes.get_mut(PLATFORM).unwrap();
    platform.kill();
    let Act::HandIn { service, by, event } = &offer.lines[0].act else {
        panic!("an offer is handed in");
    };
    let body = json!({"type": event.event_type, "data": event.data});
    let request = Request {
        door: Door::Party(*service),
        method: Method::POST,
        path: "/v1/events",
        body: Some(&body),
        key: None,
    };
    let store = world.processes.folder().join("nats-store");
    let before = size(&store);
    let reply = world.doors.call(by, at, request).await.unwrap();
    assert!(reply.is_success(), "{reply}");
    // The party's service publishes it on its own.
    for _ in 0..400 {
        if size(&store) > before + event.data.to_string().len() as u64 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    world.files(false);
    world.finds.forbidden_fields()
}

/// How many bytes are in the files under a folder.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let sizes = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        match path.is_dir() {
            true => Some(size(&path)),
            // One that goes away meanwhile counts for nothing.
            false => std::fs::metadata(&path).ok().map(|file| file.len()),
        }
    });
    sizes.sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_on_the_broker_is_read_only_without_the_key_of_its_store() {
    let summary = ("broker", "handoff.offered/summary".to_owned());
    let plain = waits_on_the_broker(false).await;
    assert!(plain.contains(&summary), "{plain:?}");
    assert!(plain.iter().all(|(kind, _)| *kind == "broker"), "{plain:?}");
    assert_eq!(waits_on_the_broker(true).await, BTreeSet::new());
}
