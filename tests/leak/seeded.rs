//! Leaks put in on purpose, one for each kind of place: the search and the judgement find them.

use std::collections::BTreeMap;

use gate::{CaseFacts, Role};
use scenarios::processes::scratch;
use sqlx::{AnyConnection, Connection};

use crate::finds::Finds;
use crate::matrix::Reader;
use crate::oracle::{Oracle, Standing};
use crate::plant::{Case, Marker, Planted, plant};
use crate::search::{Looked, Searcher};

/// Bella's story, with a searcher for it.
fn bella() -> (Planted, Searcher) {
    let planted = plant("bella", scenarios::expected::BELLA.text);
    let searcher = Searcher::new(&planted.markers);
    (planted, searcher)
}

fn marker<'a>(planted: &'a Planted, field: &str) -> (usize, &'a Marker) {
    let found = planted
        .markers
        .iter()
        .enumerate()
        .find(|(_, marker)| marker.field == field);
    found.unwrap_or_else(|| panic!("there is no {field}"))
}

/// What is found in a folder with this one file, with nothing allowed.
fn forbidden_in(file: &[u8]) -> Vec<String> {
    let (planted, searcher) = bella();
    let folder = scratch();
    std::fs::write(folder.path().join("seeded"), file).unwrap();
    let mut finds = Finds::default();
    for (place, found) in searcher.in_files(folder.path(), &mut Looked::default()) {
        finds.judge("seeded", &place, &found, &planted.markers, |_| false);
    }
    finds.forbidden()
}

#[test]
fn a_name_in_a_log_line_is_found() {
    let (planted, _) = bella();
    let (_, name) = marker(&planted, "person.registered/name");
    let line =
        serde_json::json!({"level": "INFO", "fields": {"message": "read", "who": name.text}});
    assert_eq!(forbidden_in(format!("{line}\n").as_bytes()).len(), 1);
    assert_eq!(
        forbidden_in(b"{\"level\":\"INFO\"}\n"),
        Vec::<String>::new()
    );
}

#[test]
fn every_marker_is_found_in_every_encoding_at_every_place() {
    let (planted, searcher) = bella();
    for (index, marker) in planted.markers.iter().enumerate() {
        for (form, bytes) in crate::encodings::forms(&marker.text) {
            for before in ["", " ", "\"}, ", "...."] {
                let text = [before.as_bytes(), &bytes, b" \""].concat();
                let found = searcher.in_bytes(&text);
                assert!(
                    found.iter().any(|(found, _)| *found == index),
                    "{} as {form}",
                    marker.text
                );
            }
        }
    }
}

#[test]
fn a_text_within_base64_is_found_wherever_it_begins() {
    use base64::Engine;
    let (planted, searcher) = bella();
    let (index, number) = marker(&planted, "benefit.stopped/bsn");
    for before in 0..6 {
        let claims = format!("{}{{\"bsn\":\"{}\"}}", "x".repeat(before), number.text);
        let token = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
        let found = searcher.in_bytes(token.as_bytes());
        assert!(found.iter().any(|(found, _)| *found == index), "{before}");
    }
}

#[test]
fn a_number_within_a_longer_one_is_none() {
    let (planted, searcher) = bella();
    let (_, number) = marker(&planted, "benefit.stopped/bsn");
    assert!(
        searcher
            .in_bytes(format!("1{}", number.text).as_bytes())
            .is_empty()
    );
    assert!(
        searcher
            .in_bytes(format!("{}7", number.text).as_bytes())
            .is_empty()
    );
    assert!(
        !searcher
            .in_bytes(format!("-{}.", number.text).as_bytes())
            .is_empty()
    );
}

/// A view that keeps a text as it came in, in a real file of the database.
#[tokio::test]
async fn an_unsealed_field_in_a_view_is_found() {
    let (planted, searcher) = bella();
    let (index, story) = marker(&planted, "case.reported/story");
    let folder = scratch();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("view.db").display()
    );
    sqlx::any::install_default_drivers();
    let mut view = AnyConnection::connect(&url).await.unwrap();
    for statement in [
        "PRAGMA journal_mode = wal",
        "CREATE TABLE case_view (content TEXT)",
    ] {
        sqlx::query(statement).execute(&mut view).await.unwrap();
    }
    let insert = sqlx::query("INSERT INTO case_view VALUES ($1)");
    insert
        .bind(format!("{{\"story\":\"{}\"}}", story.text))
        .execute(&mut view)
        .await
        .unwrap();
    // Not written back yet: it stands in the write-ahead log.
    let all = searcher.in_files(folder.path(), &mut Looked::default());
    let found: Vec<usize> = all.values().flatten().map(|(found, _)| *found).collect();
    assert_eq!(found, [index], "{all:?}");
    view.close().await.unwrap();
}

/// A case that Utrecht reported, owns and still works on by itself.
fn own_work(oracle: &Oracle, planted: &Planted) -> Standing {
    let (_, story) = marker(planted, "case.reported/story");
    let reference = story.origins.iter().find_map(|origin| match &origin.case {
        Case::Reference(reference) => Some(reference.clone()),
        _ => None,
    });
    let utrecht = oracle.oin("utrecht");
    let facts = CaseFacts {
        id: "case_1".to_owned(),
        owner: utrecht.clone(),
        raiser: utrecht,
        rung: "own_work".to_owned(),
        tier: "local".to_owned(),
        state: "in_progress".to_owned(),
        ..CaseFacts::default()
    };
    let mut standing = Standing::default();
    standing.add("case_1".to_owned(), reference.unwrap(), facts);
    standing
}

fn reader(oracle: &Oracle, party: &str, role: &str) -> Reader {
    oracle.reader(party, "x", vec![Role::from_word(role).unwrap()])
}

/// An answer in which a field was opened without the gate's grant.
#[test]
fn a_field_of_an_answer_opened_without_a_grant_is_found() {
    let oracle = Oracle::new();
    let (planted, searcher) = bella();
    let standing = own_work(&oracle, &planted);
    let shown = |field: &str, party: &str, role: &str| {
        let (_, value) = marker(&planted, field);
        let answer = serde_json::json!({"items": [{"opened": value.text}]}).to_string();
        let reader = reader(&oracle, party, role);
        let mut finds = Finds::default();
        let found = searcher.in_bytes(answer.as_bytes());
        assert!(!found.is_empty(), "{field}");
        let may = |marker: &Marker| oracle.may_see(&reader, marker, &standing);
        finds.judge("answers", "GET /v1/seeded", &found, &planted.markers, may);
        finds.forbidden().is_empty()
    };
    let allowed: BTreeMap<(&str, &str, &str), bool> = [
        ("case.reported/story", "utrecht", "case_director"),
        ("case.reported/story", "utrecht", "operator"),
        ("case.reported/story", "utrecht", "privacy_officer"),
        ("case.reported/story", "svb", "agency_liaison"),
        ("benefit.stopped/bsn", "utrecht", "case_director"),
        ("care.provided/details", "utrecht", "case_director"),
        ("person.registered/ownReference", "utrecht", "case_director"),
        ("person.registered/ownReference", "svb", "agency_liaison"),
    ]
    .map(|(field, party, role)| ((field, party, role), shown(field, party, role)))
    .into();
    let right: Vec<_> = allowed
        .iter()
        .filter(|(_, may)| **may)
        .map(|(what, _)| *what)
        .collect();
    assert_eq!(
        right,
        [
            ("case.reported/story", "utrecht", "case_director"),
            ("person.registered/ownReference", "utrecht", "case_director"),
        ]
    );
}
