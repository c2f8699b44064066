//! A citizen comes in by a code that a professional handed over: in the demo, once; beside services
//! of their own nobody does.

#![allow(clippy::unwrap_used)]

use demo::personas;
use demo::play::{Door, Request};
use jiff::SignedDuration;
use reqwest::{Client, Method};
use scenarios::expected::BELLA;
use scenarios::processes::{Processes, Setup, Store};
use scenarios::worlds::embedded_for;
use serde_json::{Value, json};
use token::{Verifier, VerifierConfig};

use super::{read, tell};

const UTRECHT: &str = "00000099000000001000";

/// What is asked for a token at this address: status and body.
async fn token(base: &str, asked: &Value) -> (u16, Value) {
    let client = Client::builder().no_proxy().build().unwrap();
    let request = client.post(format!("{base}/dev/citizen-token"));
    let answer = request.json(asked).send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_demo_a_code_becomes_the_citizens_token_once() {
    let story = BELLA
        .story()
        .until(|line| line.at < "2026-03-02T10:00:00Z".parse().unwrap());
    let world = embedded_for(&story).await;
    let told = tell(world.doors(), "citizens", &story).await;
    let (case, at) = (&told.bound["case"], story.lines.last().unwrap().at);
    let seen = read(world.doors(), &story, "noor", &format!("/v1/cases/{case}")).await;
    let mut persons = seen["persons"].as_array().unwrap().iter();
    let bella = persons.find(|one| one["name"].as_str().unwrap().starts_with("Bella"));
    let request = Request {
        door: Door::Platform,
        method: Method::POST,
        path: &format!("/v1/cases/{case}/citizen-codes"),
        body: Some(&json!({"personKey": bella.unwrap()["personKey"]})),
        key: None,
    };
    let noor = personas::find("noor").unwrap();
    let given = world.doors().call(noor, at, request).await.unwrap();
    assert_eq!(given.status, 201, "{given}");
    let asked = json!({"code": given.body["code"]});
    let base = world.doors().addresses().platform.clone();

    let (status, mut answer) = token(&base, &asked).await;
    assert_eq!(status, 200, "{answer}");
    let access = answer["access_token"].take();
    let access = access.as_str().unwrap();
    let rest = json!({"access_token": null, "token_type": "Bearer", "expires_in": 3600});
    assert_eq!(answer, rest);
    let issuer = format!("{base}/dev");
    let verifier = Verifier::new(VerifierConfig {
        jwks_url: format!("{issuer}/jwks.json"),
        issuer,
        audience: "doorbraak".to_owned(),
        leeway: SignedDuration::ZERO,
        max_lifetime: SignedDuration::from_hours(1),
    });
    let citizen = verifier.unwrap().verify(access, at).await.unwrap();
    assert_eq!(
        (citizen.organisation(), citizen.roles()),
        (UTRECHT, &["citizen".to_owned()][..])
    );
    assert!(
        personas::find(citizen.subject()).is_none(),
        "a login of one's own"
    );

    let client = Client::builder().no_proxy().build().unwrap();
    let own = client.get(format!("{base}/v1/cases")).bearer_auth(access);
    let own: Value = own.send().await.unwrap().json().await.unwrap();
    assert_eq!(own["items"].as_array().unwrap().len(), 1, "{own}");
    assert_eq!(own["items"][0]["id"], case.as_str());

    // Used, or never given: one answer, which tells nobody which.
    let refusal = json!({
        "type": "urn:doorbraak:problem:not-found",
        "status": 404,
        "title": "Nothing is found here",
        "detail": "This code gives nothing: it was used, it has ended, or it never was.",
    });
    for code in [asked, json!({"code": "AAAA-BBBB-CCCC-DDDD"})] {
        assert_eq!(token(&base, &code).await, (404, refusal.clone()), "{code}");
    }
    for wrong in [
        json!({}),
        json!({"code": ""}),
        json!({"code": "A".repeat(65)}),
    ] {
        let (status, problem) = token(&base, &wrong).await;
        assert_eq!(status, 400, "{wrong}: {problem}");
        assert_eq!(problem["type"], "urn:doorbraak:problem:invalid-input");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn services_of_their_own_have_no_token_for_a_code() {
    let setup = Setup {
        platform: Store::Sqlite,
        parties: Store::Sqlite,
        logged: "warn",
        store_key: true,
        collector: None,
    };
    let world = Processes::set_up(&setup, "2026-03-02T09:00:00Z").await;
    let doors = world.doors();
    let addresses = doors.addresses();
    let issuer = addresses.issuer.strip_suffix("/dev").unwrap();
    let parties = addresses.parties.values().map(|party| party.api.as_str());
    let others = [addresses.platform_dev.as_str(), issuer];
    for base in parties.chain(others).chain([addresses.platform.as_str()]) {
        let (status, _) = token(base, &json!({"code": "AAAA-BBBB-CCCC-DDDD"})).await;
        assert_eq!(status, 404, "{base}");
    }
}
