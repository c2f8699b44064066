//! Who looked at the own case, as the citizen reads it.

use serde_json::json;

use crate::browser::Browser;
use crate::people::{NOOR, Person, SEM, UTRECHT};
use crate::story::{Chapter, Story, text};
use crate::world::World;

const BELLA: Person = Person {
    name: "citizen-4711",
    organisation: UTRECHT,
    roles: &["citizen"],
};

/// The number behind the words for the single looks of a visit.
fn single_looks(visit: &str) -> usize {
    let number = visit.split("Elke keer apart (").nth(1).unwrap();
    number.split(')').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_citizen_reads_of_visits_and_finds_every_single_look_behind_them() {
    let world = World::new().await;
    let story = Story::told(&world, Chapter::Accepted).await;
    let body = json!({"personKey": "p1", "citizen": BELLA.name});
    world
        .post(&NOOR, &story.path("/citizens"), &body)
        .await
        .expect(201);
    world.get(&SEM, &story.path("")).await.expect(200);
    let address = format!("/casussen/{}", story.case);
    let mut noor = Browser::new(&world);
    // Twice within half an hour, and once later that day.
    for time in ["12:00:00", "12:20:00", "13:30:00"] {
        world.advance(&format!("2026-03-02T{time}Z")).await;
        noor.login(&NOOR).await;
        assert_eq!(noor.get(&address).await.status.as_u16(), 200);
    }
    let mut bella = Browser::new(&world);
    bella.login(&BELLA).await;
    let page = bella.get("/mijn-zaak").await;
    let section = page.text.split("id=\"gekeken\"").nth(1).unwrap();
    let section = section.split("</section>").next().unwrap();
    let visits: Vec<&str> = section.split("<li><b>").skip(1).collect();
    let begins = [
        "Gemeente Utrecht</b><time class=\"db-quiet\" datetime=\"2026-03-02T13:30:00Z\">2 maart, 14.30 uur<",
        "Gemeente Utrecht</b><time class=\"db-quiet\" datetime=\"2026-03-02T12:00:00Z\">2 maart, 13.00 tot 13.20 uur<",
    ];
    for (visit, begin) in visits.iter().zip(begins) {
        assert!(visit.starts_with(begin), "{visit}");
        for part in ["casusregisseur", "om te helpen", "Naam en adres"] {
            assert!(visit.contains(part), "{part}: {visit}");
        }
    }
    // What happened before, at one time, was somebody of each organisation.
    let svb = visits[2..].iter().any(|one| one.starts_with("Sociale"));
    assert!(svb && visits.len() < 8, "{section}");

    // The API tells every look by itself, and so does the page behind its visits.
    let looks = world.get(&BELLA, &story.path("/looks?pageSize=200")).await;
    let looks = looks.expect(200);
    let looks = looks["items"].as_array().unwrap();
    let answered = looks
        .iter()
        .filter(|look| look["result"] == "answered" && look["role"] != "citizen");
    let answered: Vec<String> = answered.map(|look| text(&look["at"])).collect();
    let single: Vec<usize> = visits.iter().map(|visit| single_looks(visit)).collect();
    assert_eq!(single.iter().sum::<usize>(), answered.len());
    let later = |at: &str| answered.iter().filter(|one| one.as_str() >= at).count();
    let last = later("2026-03-02T13:30");
    assert!(last > 5, "one page is many looks");
    let second = later("2026-03-02T12:00") - last;
    assert_eq!(single[..2], [last, second]);
    assert_eq!(
        section.matches("<li><time").count(),
        answered.len(),
        "{section}"
    );
}
