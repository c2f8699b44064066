//! What a read, a list, a command and a letter leave in the logs.

use std::collections::BTreeSet;
use std::time::Duration;

use account::{Outcome, SUBJECT_ID_TYPE, Status};
use axum::http::Method;

use super::{accesses, processings, since};
use crate::people::{BAS, LENA, NOOR, SVB, TABLE, TAX_OFFICE, UTRECHT};
use crate::story::{Chapter, Story, report};
use crate::world::World;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

#[tokio::test]
async fn three_persons_of_a_case_are_three_lines_under_that_of_the_read() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let before = accesses(&world).await;
    world.get(&NOOR, &story.path("")).await.expect(200);
    let written = since(&world, UTRECHT, &before).await;

    let [look] = &written.access[..] else {
        panic!("{:?}", written.access)
    };
    assert_eq!(look.objects, BTreeSet::from([story.case.clone()]));
    assert_eq!(
        (look.person_ref.as_str(), look.operation.as_str()),
        ("noor", "readCase")
    );
    assert_eq!(look.role, "case_director");
    assert_eq!(look.client, "doorbraak-web");
    assert_eq!(look.purpose.as_deref(), Some("help"));
    assert_eq!(look.result, Outcome::Answered);
    assert_eq!(look.shown["identity"].strength, "full");
    assert_eq!(look.shown["third_party"].strength, "masked");
    assert!(!look.shown["identity"].policies.is_empty());
    assert!(!look.emergency);

    let roots = written.roots();
    assert_eq!(roots.len(), 1);
    assert_eq!((roots[0].status, &*roots[0].name), (Status::Ok, "readCase"));
    assert_eq!(roots[0].parent_span_id, None);
    assert_eq!((roots[0].trace_id.len(), roots[0].span_id.len()), (32, 16));
    let subjects = written.subjects();
    let ids: BTreeSet<_> = subjects.iter().map(|line| &line.data_subject_id).collect();
    assert_eq!((subjects.len(), ids.len()), (3, 3));
    for line in subjects {
        assert_eq!(line.parent_span_id.as_ref(), Some(&roots[0].span_id));
        assert_eq!(line.data_subject_id_type.as_deref(), Some(SUBJECT_ID_TYPE));
        assert_eq!(line.data_subject_id.as_ref().unwrap().len(), 64);
        assert_eq!(line.controller, UTRECHT);
    }
}

#[tokio::test]
async fn who_sees_nothing_of_a_relative_makes_no_line_about_the_relative() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Table).await;
    let before = accesses(&world).await;
    world.get(&LENA, &story.path("")).await.expect(200);
    assert_eq!(since(&world, TABLE, &before).await.subjects().len(), 2);
}

#[tokio::test]
async fn a_trace_of_the_caller_goes_on_though_it_is_not_sampled() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let before = accesses(&world).await;
    let header = format!("00-{TRACE}-{PARENT}-00");
    let headers = [("traceparent", header.as_str())];
    world
        .ask(&NOOR, Method::GET, &story.path(""), &headers, None)
        .await
        .expect(200);
    let written = since(&world, UTRECHT, &before).await;
    assert_eq!(written.access[0].trace_id, TRACE);
    assert_eq!(written.processing.len(), 4);
    assert_eq!(written.roots()[0].trace_id, TRACE);
    assert_eq!(written.roots()[0].parent_span_id.as_deref(), Some(PARENT));
}

#[tokio::test]
async fn what_is_denied_or_not_there_is_no_error_and_about_nobody() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let nowhere = "/v1/cases/nobody-gave-this-out".to_owned();
    for (path, objects) in [
        (story.path(""), BTreeSet::from([story.case.clone()])),
        (nowhere, BTreeSet::new()),
    ] {
        let before = accesses(&world).await;
        world.get(&BAS, &path).await.expect(404);
        let written = since(&world, TAX_OFFICE, &before).await;
        assert_eq!(written.access.len(), 1);
        assert_eq!(written.access[0].result, Outcome::Denied);
        assert_eq!(written.access[0].objects, objects);
        assert!(written.access[0].shown.is_empty());
        assert_eq!(written.processing.len(), 1);
        assert_eq!(written.processing[0].status, Status::Unset);
        assert_eq!(written.processing[0].data_subject_id, None);
    }
}

#[tokio::test]
async fn a_list_that_shows_no_person_is_one_line_with_the_ids_of_its_cases() {
    let world = World::new().await;
    let one = Story::told(&world, Chapter::Reported).await;
    let made = world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
    let two = made["case"].as_str().unwrap().to_owned();
    let before = accesses(&world).await;
    world.get(&NOOR, "/v1/cases").await.expect(200);
    let written = since(&world, UTRECHT, &before).await;
    assert_eq!(written.access.len(), 1);
    assert_eq!(
        written.access[0].objects,
        BTreeSet::from([one.case.clone(), two])
    );
    assert_eq!(written.access[0].shown["process"].strength, "full");
    assert_eq!((written.roots().len(), written.subjects().len()), (1, 0));
}

#[tokio::test]
async fn a_command_is_accounted_for_with_the_persons_of_its_case() {
    let world = World::new().await;
    let before = accesses(&world).await;
    let made = world.post(&NOOR, "/v1/cases", &report()).await.expect(201);
    let written = since(&world, UTRECHT, &before).await;
    assert_eq!(written.access.len(), 1);
    assert_eq!(written.access[0].operation, "reportCase");
    let case = made["case"].as_str().unwrap().to_owned();
    assert_eq!(written.access[0].objects, BTreeSet::from([case]));
    assert_eq!(written.subjects().len(), 3);
}

#[tokio::test]
async fn what_a_handoff_opens_is_accounted_for_with_its_receiver() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let opened = |lines: Vec<account::ProcessingLine>| -> Vec<_> {
        let lines = lines.into_iter();
        lines
            .filter(|line| line.name == "handoff.opened")
            .filter(|line| line.foreign_operation_processor.as_deref() == Some(SVB))
            .collect()
    };
    let mut told = Vec::new();
    for _ in 0..1_000 {
        told = opened(processings(&world, UTRECHT).await);
        if !told.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let subjects: BTreeSet<_> = told
        .iter()
        .filter_map(|line| line.data_subject_id.clone())
        .collect();
    assert_eq!((told.len(), subjects.len()), (4, 3));

    // The owner's log knows a person by one pseudonym, whatever is done.
    let before = accesses(&world).await;
    world.get(&NOOR, &story.path("")).await.expect(200);
    let read = since(&world, UTRECHT, &before).await;
    let read: BTreeSet<_> = read
        .subjects()
        .iter()
        .filter_map(|line| line.data_subject_id.clone())
        .collect();
    assert_eq!(read, subjects);
    // Another controller's log does not.
    let others = processings(&world, SVB).await;
    let mut others = others
        .iter()
        .filter_map(|line| line.data_subject_id.as_ref());
    assert!(others.all(|id| !subjects.contains(id)));
}
