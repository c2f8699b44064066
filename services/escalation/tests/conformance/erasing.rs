//! Erasing through the API, from the report to what is left of it: in answers, events, views,
//! lists, exports, and in a copy of the database of before with the vault of after.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use escalation::{Service, views};
use journal::Db;
use journal::vault::Sealed;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::carrier::Carrier;
use crate::issuer::Issuer;
use crate::people::Person;
use crate::place::Place;
use crate::world::{SVB, UTRECHT, World, until};

on_both_engines!(after_erasure_nothing_is_left_not_even_in_a_copy_of_before);

/// What stands in every personal field of the case that is erased, and nowhere else.
const GONE: &str = "Zilverreiger";
/// The same of the case that stays.
const KEPT: &str = "Roerdomp";

const HANDOFFS: [&str; 2] = [
    "019cae00-0000-7000-8000-000000000001",
    "019cae00-0000-7000-8000-000000000002",
];

/// The people, and everybody as whom the answers are read.
struct Doors {
    router: Router,
    issuer: Issuer,
}

fn somebody(organisation: &'static str, role: &'static str) -> Person {
    Person {
        name: "somebody",
        organisation,
        roles: vec![role],
    }
}

fn everybody() -> Vec<Person> {
    let roles = [
        "raiser",
        "case_director",
        "process_director",
        "agency_liaison",
        "administrator",
        "privacy_officer",
        "citizen",
        "operator",
    ];
    let of = |organisation| roles.map(|role| somebody(organisation, role));
    [of(UTRECHT), of(SVB)].into_iter().flatten().collect()
}

impl Doors {
    async fn ask(
        &self,
        world: &World,
        person: &Person,
        (method, path): (Method, &str),
        body: Option<&Value>,
    ) -> (StatusCode, String) {
        let token = self.issuer.token(world.clock.now(), person);
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = request.body(body).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn post(&self, world: &World, person: &Person, path: &str, body: Value) -> Value {
        let asked = (Method::POST, path);
        let (status, text) = self.ask(world, person, asked, Some(&body)).await;
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }

    async fn get(&self, world: &World, person: &Person, path: &str) -> Value {
        let (status, text) = self.ask(world, person, (Method::GET, path), None).await;
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// The story of a case, as whoever raised it reads it.
    async fn story(&self, world: &World, case: &str) -> String {
        let raiser = somebody(UTRECHT, "raiser");
        let read = self.get(world, &raiser, &format!("/v1/cases/{case}")).await;
        read["story"].as_str().unwrap().to_owned()
    }

    /// How often a word stands in what anybody can read, of any address about this case or none.
    async fn reads(&self, world: &World, case: &str, word: &str) -> BTreeMap<String, usize> {
        let noor = somebody(UTRECHT, "raiser");
        let description = self.get(world, &noor, "/v1/openapi.json").await;
        let paths = description["paths"].as_object().unwrap();
        let read = paths
            .iter()
            .filter(|(_, methods)| methods.get("get").is_some());
        let filled =
            read.map(|(path, _)| format!("/v1{path}").replace("/{id}", &format!("/{case}")));
        let mut paths: Vec<String> = filled.filter(|path| !path.contains('{')).collect();
        paths.extend([
            "/".to_owned(),
            format!("/cases/{case}"),
            "/metrics".to_owned(),
        ]);
        assert!(paths.len() > 40, "{paths:?}");
        let mut found = BTreeMap::new();
        for path in &paths {
            for person in everybody() {
                let (_, text) = self.ask(world, &person, (Method::GET, path), None).await;
                if text.contains(word) {
                    *found.entry(path.clone()).or_default() += 1;
                }
            }
        }
        found
    }
}

fn report(word: &str) -> Value {
    json!({
        "ownReference": format!("ZAAK-{word}"),
        "story": format!("{word} zit vast."),
        "desiredOutcome": format!("{word} komt verder."),
        "lifeDomains": ["income"],
        "persons": [{"personKey": format!("{word}_nicht"), "role": "data_subject", "ageBand": "18-20",
            "name": word, "birthDate": "2007-05-04", "address": format!("{word}straat 1")}],
        "citizensWords": format!("Ik, {word}, wil verder."),
        "partiesInvolved": [format!("Praktijk {word}")],
        "triedProvisions": [format!("{word} vroeg bijstand")],
        "theme": "income",
        "region": "midden-nederland"
    })
}

/// A case that was shared with the SVB, told more of, and ended: its id.
async fn told(world: &World, doors: &Doors, word: &str, handoff: &str) -> String {
    let mut raiser = somebody(UTRECHT, "raiser");
    raiser.roles.push("case_director");
    let made = doors.post(world, &raiser, "/v1/cases", report(word)).await;
    let case = made["case"].as_str().unwrap().to_owned();
    let path = |rest: &str| format!("/v1/cases/{case}{rest}");
    let offer = json!({"handoff": handoff, "to": SVB, "kind": "advice",
        "requestedOutcome": "restore_child_benefit", "rules": ["child_benefit_parent"],
        "summary": format!("{word} heeft het nodig."), "legalBasis": "social_support_act"});
    doors.post(world, &raiser, &path("/handoffs"), offer).await;
    let answer = format!("/v1/handoffs/{handoff}/answer");
    let liaison = somebody(SVB, "agency_liaison");
    doors
        .post(world, &liaison, &answer, json!({"answer": "accepted"}))
        .await;
    let fact = json!({"category": "finance", "law": "child_benefit_act", "since": "2026-01-01",
        "summary": format!("{word} heeft schulden."), "legalBasis": "basis"});
    doors.post(world, &liaison, &path("/facts"), fact).await;
    let block = json!({"type": "rule", "explanation": format!("{word} past niet.")});
    doors.post(world, &raiser, &path("/blocks"), block).await;
    let officer = somebody(UTRECHT, "privacy_officer");
    let asked = path("/access-requests");
    doors
        .post(world, &officer, &asked, json!({"citizen": "somebody"}))
        .await;
    // Named by the raiser's own word wherever a person is named.
    let called = format!("{word}_nicht");
    let agreed = json!({"person": called, "categories": ["care"], "receivers": [SVB],
        "version": "1", "how": "spoken"});
    doors.post(world, &raiser, &path("/consents"), agreed).await;
    let objects = json!({"person": called, "text": format!("{word} wil dit niet.")});
    doors
        .post(world, &raiser, &path("/objections"), objects)
        .await;
    let about = json!({"type": "rule", "explanation": format!("{word} past niet."),
        "about": [called]});
    doors.post(world, &raiser, &path("/blocks"), about).await;
    let link = json!({"personKey": called, "citizen": "somebody"});
    doors.post(world, &raiser, &path("/citizens"), link).await;
    let ends = json!({"initiative": "citizen", "reason": format!("{word} wil niet meer.")});
    doors.post(world, &raiser, &path("/withdrawal"), ends).await;
    case
}

/// Every sealed text of a log, with the case that it is of.
async fn sealed(db: &Db) -> Vec<(String, Sealed)> {
    let mut sealed = Vec::new();
    for event in db.read_after(0, 10_000).await.unwrap() {
        let mut rest = vec![event.data];
        while let Some(value) = rest.pop() {
            match value {
                Value::Object(fields) => rest.extend(fields.into_iter().map(|(_, it)| it)),
                Value::Array(items) => rest.extend(items),
                Value::String(text) => {
                    let text = Sealed::parse(text).ok();
                    sealed.extend(text.map(|text| (event.stream.clone(), text)));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
    }
    sealed
}

/// How many of the texts of a case open, of how many.
async fn open(world: &World, texts: &[(String, Sealed)], case: &str) -> (usize, usize) {
    let vault = world.vault().await;
    let stream = format!("case/{case}");
    let of_case = texts.iter().filter(|(of, _)| *of == stream);
    let texts: Vec<Sealed> = of_case.map(|(_, text)| text.clone()).collect();
    let opened = vault.unseal_all(&texts).await.unwrap();
    vault.close().await;
    (opened.iter().flatten().count(), texts.len())
}

fn door(service: &Service, issuer: Issuer) -> Doors {
    Doors {
        router: chassis::server::standard(service.router()),
        issuer,
    }
}

async fn after_erasure_nothing_is_left_not_even_in_a_copy_of_before(place: Place) {
    let issuer = Issuer::start().await;
    let verifier = issuer.verifier();
    let mut world = World::start_with(place, Carrier::local(), verifier).await;
    let doors = door(world.service(), issuer);
    let gone = told(&world, &doors, GONE, HANDOFFS[0]).await;
    let kept = told(&world, &doors, KEPT, HANDOFFS[1]).await;
    let there = doors.reads(&world, &gone, GONE).await;
    assert!(there.len() > 4, "the search finds what is there: {there:?}");
    let counted = views::cases(world.db(), None, "", 10).await.unwrap().len();
    let texts = sealed(world.db()).await;
    let all = open(&world, &texts, &gone).await;
    assert!(all.0 == all.1 && all.0 > 10, "{all:?}");

    // A copy of the log's database, which nobody has open meanwhile.
    let Doors { router, issuer } = doors;
    drop(router);
    world.stop().await;
    let copy = world.place.copy_of_log().await;
    world.start_again().await;
    let doors = door(world.service(), issuer);

    let officer = somebody(UTRECHT, "privacy_officer");
    let path = format!("/v1/cases/{gone}/erasures");
    doors
        .post(&world, &officer, &path, json!({"ground": "request"}))
        .await;
    let erasure = until("the erasure is complete", async || {
        let list = doors.get(&world, &officer, &path).await;
        let items = list["items"].as_array().unwrap();
        let done = items
            .iter()
            .find(|item| item["kind"] == "erasure.completed");
        done.and_then(|item| item["erasure"].as_str().map(str::to_owned))
    })
    .await;

    // In every table, in answers, lists, the citizen's report and the log of who looked; and again in
    // views that are made anew from the log.
    for rebuilt in [false, true] {
        if rebuilt {
            let pseudonyms = &world.service().ground().pseudonyms;
            views::rebuild(world.db(), pseudonyms).await.unwrap();
        }
        for (table, rows) in world.place.dump(|_| true).await {
            assert!(rows.iter().all(|row| !row.contains(GONE)), "{table}");
        }
        assert_eq!(doors.reads(&world, &gone, GONE).await, BTreeMap::new());
        assert_eq!(
            doors.story(&world, &kept).await,
            format!("{KEPT} zit vast.")
        );
    }
    // In the events: no text of the case opens, every one of the other does.
    let of_gone = open(&world, &texts, &gone).await;
    assert_eq!(of_gone, (0, all.1));
    let (open_kept, all_kept) = open(&world, &texts, &kept).await;
    assert_eq!(open_kept, all_kept);
    // The count stays, and the certificate lists whose own files follow their own retention.
    let count = views::cases(world.db(), None, "", 10).await.unwrap().len();
    assert_eq!(count, counted);
    let path = format!("{path}/{erasure}/certificate");
    let certificate = doors.get(&world, &officer, &path).await;
    assert!(!certificate.to_string().contains(GONE), "{certificate}");
    let files = certificate["ownFiles"].as_array().unwrap().iter();
    let mut files: Vec<&str> = files
        .filter_map(|file| file["organisation"].as_str())
        .collect();
    files.sort_unstable();
    assert_eq!(files, [UTRECHT, SVB]);
    assert_eq!(
        certificate["keys"],
        certificate["keyIds"].as_array().unwrap().len()
    );

    // The copy of before, served with the vault of after.
    let Doors { router, issuer } = doors;
    drop(router);
    world.stop().await;
    let old = world.service_on(&copy).await;
    let doors = door(&old, issuer);
    let cases = views::cases(&old.ground().db, None, "", 10).await.unwrap();
    assert_eq!(cases.len(), counted);
    assert_eq!(doors.reads(&world, &gone, GONE).await, BTreeMap::new());
    assert_eq!(
        doors.story(&world, &kept).await,
        format!("{KEPT} zit vast.")
    );
    old.stop().await;
}
