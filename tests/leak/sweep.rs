//! Everything that can be read over HTTP, by everybody.

use std::collections::BTreeSet;
use std::sync::Arc;

use demo::personas::{PERSONAS, Persona};
use demo::play::{Door, Doors, Request};
use demo::services::PartyService;
use gate::{Actor, Person};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use token::{Verifier, VerifierConfig};
use tokio::task::JoinSet;

use crate::oracle::Reader;
use crate::search::{Found, Looked, Searcher};

/// What a party's own service answers to its own staff.
const OF_PARTIES: &[&str] = &["/v1/inbox", "/v1/cases"];

/// Something that one answer showed.
pub(crate) struct Seen {
    /// Who asked.
    pub(crate) reader: Reader,
    /// Their name and what they asked for.
    pub(crate) what: String,
    /// Whose own service answered; none: the platform.
    pub(crate) party: Option<PartyService>,
    /// What stood in it.
    pub(crate) found: Found,
}

/// One persona with a token.
struct Asker {
    name: &'static str,
    party: &'static str,
    token: String,
    reader: Reader,
}

/// Asks for everything as everybody, at a time of the story.
pub(crate) async fn sweep(
    doors: &Doors,
    at: Timestamp,
    ids: &Ids,
    searcher: &Arc<Searcher>,
    looked: &mut Looked,
) -> Vec<Seen> {
    let targets = Arc::new(targets(doors, at, ids).await);
    let client = Client::builder()
        .no_proxy()
        .build()
        .expect("a client can be made");
    let mut tasks = JoinSet::new();
    for persona in PERSONAS {
        let asker = asker(doors, persona, at).await;
        let (client, searcher, targets) = (client.clone(), searcher.clone(), targets.clone());
        tasks.spawn(async move {
            let mut looked = Looked::default();
            let mut seen = Vec::new();
            for (party, base, path) in targets.iter() {
                let request = client
                    .get(format!("{base}{path}"))
                    .bearer_auth(&asker.token);
                let answer = request.send().await.expect("the service answers");
                let status = answer.status();
                assert!(
                    !status.is_server_error(),
                    "{} at {path}: {status}",
                    asker.name
                );
                assert!(
                    party.is_none_or(|party| party.organisation() == asker.party)
                        || status == StatusCode::FORBIDDEN,
                    "{} at {path} of {party:?}: {status}",
                    asker.name
                );
                let mut bytes = format!("{:?}\n", answer.headers()).into_bytes();
                bytes.extend(answer.bytes().await.expect("the service answers"));
                looked.places += 1;
                looked.bytes += bytes.len() as u64;
                let found = searcher.in_bytes(&bytes);
                if !found.is_empty() {
                    let what = format!("{} {path}", asker.name);
                    seen.push(Seen {
                        reader: asker.reader.clone(),
                        what,
                        party: *party,
                        found,
                    });
                }
            }
            (seen, looked)
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        let (seen, more) = done.expect("a reader does not panic");
        all.extend(seen);
        looked.places += more.places;
        looked.bytes += more.bytes;
    }
    all
}

/// Everything that can be asked for: at whose service (none: the platform), its base and the path.
async fn targets(
    doors: &Doors,
    at: Timestamp,
    ids: &Ids,
) -> Vec<(Option<PartyService>, String, String)> {
    let addresses = doors.addresses();
    let mut targets = Vec::new();
    for path in platform_paths(doors, at, ids).await {
        targets.push((None, addresses.platform.clone(), path));
    }
    for (service, party) in &addresses.parties {
        for path in OF_PARTIES {
            targets.push((Some(*service), party.api.clone(), (*path).to_owned()));
        }
    }
    targets
}

/// What stands for the ids in addresses.
#[derive(Default)]
pub(crate) struct Ids {
    /// Of cases.
    pub(crate) cases: BTreeSet<String>,
    /// Of anything else: what the story bound.
    pub(crate) others: BTreeSet<String>,
}

/// Every address of the platform that is read, with every id that is known.
async fn platform_paths(doors: &Doors, at: Timestamp, ids: &Ids) -> Vec<String> {
    let document = ask(doors, "noor", at, "GET", "/v1/openapi.json", None)
        .await
        .1;
    let addresses = document["paths"]
        .as_object()
        .expect("the document has paths");
    let mut paths = Vec::new();
    let base = document["servers"][0]["url"].as_str().unwrap_or_default();
    for (address, methods) in addresses {
        let address = &format!("{base}{address}");
        if methods.get("get").is_none() {
            continue;
        }
        let Some((before, rest)) = address.split_once('{') else {
            paths.push(address.clone());
            continue;
        };
        let (_, after) = rest.split_once('}').expect("a parameter ends");
        let known = match before {
            "/v1/cases/" | "/v1/drafts/" => &ids.cases,
            _ => &ids.others,
        };
        paths.extend(known.iter().map(|id| format!("{before}{id}{after}")));
    }
    assert!(paths.len() > 30, "{paths:?}");
    // What is refused for its second parameter is an answer, too.
    paths
        .iter()
        .map(|path| path.replace(['{', '}'], ""))
        .collect()
}

async fn asker(doors: &Doors, persona: &'static Persona, at: Timestamp) -> Asker {
    let token = doors.token(persona, at).await.expect("the issuer answers");
    let issuer = doors.addresses().issuer.clone();
    let verifier = Verifier::new(VerifierConfig {
        jwks_url: format!("{issuer}/jwks.json"),
        issuer,
        audience: "doorbraak".to_owned(),
        leeway: SignedDuration::from_mins(1),
        max_lifetime: SignedDuration::from_hours(1),
    });
    let verifier = verifier.expect("the settings work");
    let verified = verifier
        .verify(&token, at)
        .await
        .expect("the token was just given");
    let actor = Actor::Person(Person::from_token(&verified));
    Asker {
        name: persona.name,
        party: persona.party,
        token,
        reader: Reader {
            actor,
            party: persona.party.to_owned(),
        },
    }
}

/// Hands in what cannot be taken, full of personal data, and gives every answer: a refusal may say
/// what is wrong, never repeat it.
pub(crate) async fn refusals(
    doors: &Doors,
    at: Timestamp,
    bodies: &[Value],
) -> Vec<(String, Value)> {
    let mut answers = Vec::new();
    for body in bodies {
        let wrong = json!({ "unheardOf": body, "story": [body], "to": body, "text": {"x": body} });
        for (who, path) in [
            ("noor", "/v1/cases"),
            ("noor", "/v1/drafts"),
            ("petra", "/v1/signals"),
            ("noor", "/v1/cases/no-such-case/blocks"),
            ("olga", "/v1/cases"),
        ] {
            let (status, answer) = ask(doors, who, at, "POST", path, Some(&wrong)).await;
            assert!(
                (400..500).contains(&status),
                "{who} at {path}: {status} {answer}"
            );
            answers.push((format!("{who} POST {path}"), answer));
        }
    }
    answers
}

async fn ask(
    doors: &Doors,
    who: &str,
    at: Timestamp,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> (u16, Value) {
    let by = demo::personas::find(who).expect("it is a persona");
    let request = Request {
        door: Door::Platform,
        method: method.parse().expect("it is a method"),
        path,
        body,
        key: None,
    };
    let reply = doors.call(by, at, request).await;
    let reply = reply.unwrap_or_else(|error| panic!("{who} at {path}: {error}"));
    (reply.status, reply.body)
}
