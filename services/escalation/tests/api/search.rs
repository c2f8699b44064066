//! Search: found is what may be read, by words without their endings, and what is looked for is kept nowhere.

use serde_json::{Value, json};

use crate::browser::{Browser, token};
use crate::people::{ALL, FATMA, NOOR, Person, ROOS, SEM};
use crate::story::{Chapter, IDENTITY, Story, text};
use crate::world::World;
use axum::http::Method;

async fn hits(world: &World, person: &Person, q: &str) -> Vec<Value> {
    let found = world.post(person, "/v1/searches", &json!({ "q": q })).await;
    let found = found.expect(200);
    found["items"].as_array().unwrap().clone()
}

/// In which fields of the one case something was found; none when it was not.
async fn fields(world: &World, person: &Person, q: &str) -> Option<Vec<String>> {
    let hits = hits(world, person, q).await;
    assert!(hits.len() <= 1, "{hits:?}");
    let matched = hits.first()?["matched"].as_array().unwrap();
    Some(matched.iter().map(|one| text(&one["field"])).collect())
}

#[tokio::test]
async fn words_are_found_in_texts_and_names_whatever_their_endings() {
    let world = World::new().await;
    let _story = Story::told(&world, Chapter::Closed).await;
    for (q, field) in [
        ("halfbroers", "story"),
        ("KÍNDERBIJSLAGEN", "story"),
        ("wonen", "wish"),
        ("bijstand", "tried"),
        ("ZAAK-2026-0001", "reference"),
        ("inkomen", "theme"),
        ("utrecht", "organisation"),
        ("zorgende", "block"),
        ("ketens", "lesson"),
        ("afgesloten", "state"),
        ("closed", "state"),
    ] {
        let found = fields(&world, &NOOR, q).await.unwrap_or_default();
        assert!(found.iter().any(|one| one == field), "{q}: {found:?}");
    }
    for nothing in ["olifant", "slag", "2007", "Voorbeeldstraat"] {
        assert_eq!(fields(&world, &NOOR, nothing).await, None, "{nothing}");
    }
    let hit = hits(&world, &NOOR, "halfbroers").await.remove(0);
    let story = &hit["matched"][0];
    assert_eq!(
        (
            text(&story["before"]),
            text(&story["word"]),
            text(&story["after"])
        ),
        (
            "Bella zorgt voor haar ".to_owned(),
            "halfbroer".to_owned(),
            " Sam. De kinderbijslag is gestopt.".to_owned()
        )
    );
}

#[tokio::test]
async fn a_text_is_found_by_exactly_those_who_may_read_it() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    for (q, stands, path) in [
        ("halfbroer", "halfbroer", ""),
        ("hulp", "Hulp", "/facts"),
        ("zorgende", "zorgende", "/blocks"),
        ("zussen", "zussen", "/closure"),
    ] {
        let mut counted = [0, 0];
        for person in &ALL {
            let read = world.get(person, &story.path(path)).await;
            let may = read.text.contains(stands);
            let found = fields(&world, person, q).await.is_some();
            assert_eq!(found, may, "{} and {q}", person.name);
            counted[usize::from(may)] += 1;
        }
        assert!(counted.iter().all(|count| *count > 0), "{q}: {counted:?}");
    }
}

#[tokio::test]
async fn whoever_has_no_part_finds_nothing_and_nobody_is_found_by_a_name() {
    let world = World::new().await;
    let _story = Story::told(&world, Chapter::Reported).await;
    for q in ["halfbroer", "inkomen", "utrecht", "ZAAK-2026-0001"] {
        assert_eq!(hits(&world, &SEM, q).await, [Value::Null; 0], "{q}");
        assert_eq!(hits(&world, &NOOR, q).await.len(), 1, "{q}");
    }
    // In the story a name is a word like others; as a name it is not looked for.
    assert_eq!(fields(&world, &NOOR, "Jansen").await, None);
    let told = world
        .post(&ROOS, "/v1/searches", &json!({"q": "Bella Sam Jansen"}))
        .await;
    for word in IDENTITY {
        assert!(!told.text.contains(word), "{word}");
    }
}

#[tokio::test]
async fn the_case_with_most_of_the_words_comes_first_and_then_the_newest() {
    let world = World::new().await;
    let mut cases = Vec::new();
    let stories = [
        "Een olifant zonder kamer.",
        "Een olifant.",
        "Nog een olifant.",
    ];
    for (minute, story) in stories.into_iter().enumerate() {
        // Ids ascend with time.
        world.advance(&format!("2026-03-02T09:0{minute}:30Z")).await;
        let mut report = crate::story::report();
        report["story"] = story.into();
        let told = world.post(&NOOR, "/v1/cases", &report).await.expect(201);
        cases.push(text(&told["case"]));
    }
    let found = hits(&world, &NOOR, "olifanten in een kamer").await;
    let order: Vec<_> = found.iter().map(|hit| text(&hit["id"])).collect();
    assert_eq!(order, [cases[0].as_str(), &cases[2], &cases[1]]);
    let words: Vec<_> = found.iter().map(|hit| hit["words"].clone()).collect();
    assert_eq!(words, [2, 1, 1]);
}

#[tokio::test]
async fn too_little_and_too_much_are_refused_without_repeating_it() {
    let world = World::new().await;
    for q in [
        String::new(),
        "x".repeat(201),
        "de van het".to_owned(),
        "?!".to_owned(),
    ] {
        let refused = world.post(&NOOR, "/v1/searches", &json!({ "q": q })).await;
        assert_eq!(refused.status.as_u16(), 400, "{q}");
        assert_eq!(
            refused.body["invalidParams"][0]["name"], "/q",
            "{}",
            refused.text
        );
        assert!(q.len() < 4 || !refused.text.contains(&q));
    }
    let most = json!({"q": "x".repeat(200)});
    world.post(&NOOR, "/v1/searches", &most).await.expect(200);
}

#[tokio::test]
async fn what_was_shown_is_accounted_for_and_what_was_looked_for_is_not_kept() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Reported).await;
    let log = || async {
        let all = world
            .get(&FATMA, "/v1/access-log?pageSize=200")
            .await
            .expect(200);
        let lines = all["items"].as_array().unwrap().clone();
        lines
            .into_iter()
            .filter(|line| line["operation"] == "searchCases")
            .collect::<Vec<_>>()
    };
    assert_eq!(hits(&world, &NOOR, "neushoorn").await.len(), 0);
    let found_nothing = log().await;
    assert_eq!(found_nothing.len(), 1, "{found_nothing:?}");
    assert!(!found_nothing[0].to_string().contains(&story.case));
    // By its theme: a line of a list, about nobody. By its story: that was shown.
    hits(&world, &NOOR, "inkomen").await;
    hits(&world, &NOOR, "halfbroer").await;
    let lines = log().await;
    assert_eq!(lines.len(), 3);
    let shown: Vec<String> = lines.iter().map(|line| line["shown"].to_string()).collect();
    let of_family = shown
        .iter()
        .filter(|shown| shown.contains("family"))
        .count();
    assert_eq!(of_family, 1, "{shown:?}");
    let of_case = lines
        .iter()
        .filter(|line| line.to_string().contains(&story.case));
    assert_eq!(of_case.count(), 2);
    for name in [
        "account.db",
        "account.db-wal",
        "escalation.db",
        "escalation.db-wal",
    ] {
        let bytes = std::fs::read(world.file(name)).unwrap_or_default();
        let word = b"neushoorn";
        assert!(!bytes.windows(word.len()).any(|it| it == word), "{name}");
    }
}

#[tokio::test]
async fn the_page_finds_without_an_address_that_says_what() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Closed).await;
    let mut noor = Browser::new(&world);
    noor.login(&NOOR).await;
    let page = noor.get("/zoeken").await;
    assert!(page.text.contains("method=\"post\" action=\"/zoeken\""));
    let form = |q: &str| format!("token={}&q={q}", token(&page));
    let found = noor
        .ask(Method::POST, "/zoeken", &form("halfbroers+keten"))
        .await;
    assert_eq!(found.status.as_u16(), 200, "{}", found.text);
    assert!(found.text.contains(&format!("/casussen/{}", story.case)));
    assert!(
        found.text.contains("<mark>halfbroer</mark>"),
        "{}",
        found.text
    );
    assert!(found.text.contains("Leerpunt") && !found.text.contains('⟦'));
    let wrong = noor.ask(Method::POST, "/zoeken", &form("de")).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text.contains("q-fout"));
}
