//! The sweep for hidden fields: what the cells of a role hide stands on no page of a case that somebody
//! in that role gets, and what they give does stand there: a page that shows nothing proves nothing.

use std::collections::{BTreeMap, BTreeSet};

use demo::personas::PERSONAS;
use reqwest::Method;
use scenarios::expected::BELLA;
use scenarios::processes::Store;
use serde_json::json;

use crate::askers;
use crate::law::Rule;
use crate::pages::{DUTCH, PageSeen};
use crate::plant::plant;
use crate::telling::Telling;
use crate::world::{Kept, World};

/// Per person the categories of which something stood on their pages of cases.
type Shown = BTreeMap<String, BTreeSet<&'static str>>;

/// Until when it is told, and then who sees what: people, and the categories on their pages.
type Moment = (&'static str, &'static [(&'static str, &'static str)]);

/// Bella's case, with what the rows of `deploy/matrix.toml` give for the purpose that is usual, as far
/// as a page has it: the story with its people, the course, what was decided and promised. Whoever is
/// not named sees nothing of anybody.
const MOMENTS: [Moment; 3] = [
    // Own work: who leads or raised it; by its course who accepted, and who supervises.
    (
        "2026-03-09T09",
        &[
            ("noor ilse youssef joost", "family identity process"),
            ("sem tara koen fatma", "process"),
        ],
    ),
    // The national desk: the raiser follows, and knows whom it is about; the advisers read the course
    // and the decisions, and the SVB what it answered itself. The tax office and Spirit said nothing
    // yet.
    (
        "2026-03-17T10",
        &[
            ("noor ilse youssef", "decision family identity process"),
            ("joost", "decision identity process"),
            ("dirk lotte sem fatma", "decision process"),
            ("tara koen", "process"),
        ],
    ),
    // The national table: who sits there, and whoever commits an organisation; the administrator of the
    // owner on its own law. The desk has it no more. The citizen reads the own case.
    (
        "2026-04-01T10",
        &[
            (
                "noor ilse youssef anna bella",
                "decision family identity process",
            ),
            ("joost", "decision identity process"),
            ("lena sem ine tara bas koen roos fatma", "decision process"),
        ],
    ),
];

fn expected(people: &[(&str, &'static str)]) -> Shown {
    let each = people.iter().flat_map(|(names, categories)| {
        let categories: BTreeSet<&str> = categories.split(' ').collect();
        let names = names.split(' ').map(str::to_owned);
        names.map(move |name| (name, categories.clone()))
    });
    each.collect()
}

/// The pages of cases among these.
fn of_cases(pages: &[PageSeen]) -> impl Iterator<Item = &PageSeen> {
    pages.iter().filter(|page| {
        let case = page.what.strip_prefix("/casussen/");
        case.is_some_and(|case| !case.starts_with("nieuw") && !case.contains('/'))
    })
}

fn shown(world: &World<'_>, pages: &[PageSeen]) -> Shown {
    let mut shown = Shown::new();
    for page in of_cases(pages) {
        for (index, _) in &page.found {
            if let Rule::About(category) = world.planted.markers[*index].rule {
                let categories = shown.entry(page.asker.name.clone()).or_default();
                categories.insert(category.as_str());
            }
        }
    }
    shown
}

/// Utrecht links Bella's login to her in the case.
async fn link_the_citizen(world: &mut World<'_>, case: &str) {
    let people = askers::people(&world.processes, &world.oracle);
    let noor = people.iter().find(|asker| asker.name == "noor").unwrap();
    let path = format!("/v1/cases/{case}");
    let seen = world.call(noor, (Method::GET, &path), None, 200).await;
    let mut persons = seen["persons"].as_array().unwrap().iter();
    let bella = persons.find(|one| one["name"].as_str().unwrap().starts_with("Bella"));
    let body = json!({"personKey": bella.unwrap()["personKey"], "citizen": "bella"});
    let path = format!("{path}/citizens");
    world
        .call(noor, (Method::POST, &path), Some(&body), 201)
        .await;
    world.citizens.insert(case.to_owned(), "bella".to_owned());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_roles_page_of_a_case_shows_what_its_cells_give_and_nothing_they_hide() {
    let planted = plant(BELLA.name, BELLA.text);
    let cuts = MOMENTS.map(|(cut, _)| cut);
    let mut telling = Telling::new(BELLA.name, &planted.text, &cuts);
    let mut world = World::start(planted, Store::Sqlite, None, true).await;
    let mut last = Vec::new();
    for (part, (cut, people)) in MOMENTS.iter().enumerate() {
        telling.tell(part, &world.doors).await;
        if part + 1 == MOMENTS.len() {
            link_the_citizen(&mut world, &telling.bound["case"]).await;
        }
        let everybody = Kept::AllForEachRole;
        last = world.pages("pages", &telling, everybody, DUTCH).await;
        assert_eq!(world.finds.forbidden(), [""; 0], "{cut}");
        let shown = shown(&world, &last);
        assert_eq!(shown, expected(people), "{cut}");
        let (hidden, finds) = (PERSONAS.len() - shown.len(), of_cases(&last).count());
        eprintln!("{cut}: {finds} pages show something; {hidden} people see nothing");
    }
    // One's own name, and nobody else's.
    let names = |who: &str| -> BTreeSet<&str> {
        let theirs = of_cases(&last).filter(|page| page.asker.name == who);
        let found = theirs.flat_map(|page| &page.found);
        let fields = found.map(|(index, _)| world.planted.markers[*index].field.as_str());
        fields.filter(|field| field.ends_with("/name")).collect()
    };
    let (bella, sam) = ("person.registered/name", "care.provided/name");
    assert_eq!(names("bella"), BTreeSet::from([bella]));
    assert_eq!(names("noor"), BTreeSet::from([bella, sam]));
}
