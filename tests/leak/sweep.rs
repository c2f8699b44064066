//! Everything that can be read over HTTP, by everybody.

use std::collections::BTreeSet;
use std::sync::Arc;

use demo::play::{Door, Doors, Request};
use demo::services::PartyService;
use gate::Purpose;
use jiff::Timestamp;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::askers::Asker;
use crate::matrix::Reader;
use crate::oracle::Oracle;
use crate::search::{Found, Looked, Searcher};

/// How many ask at the same time.
pub(crate) const AT_ONCE: usize = 12;

/// What a party's own service answers to its own staff.
const OF_PARTIES: &[&str] = &["/v1/inbox", "/v1/cases"];

/// Something that one answer showed.
pub(crate) struct Seen {
    /// Who asked, and for which purpose.
    pub(crate) reader: Reader,
    /// Their name and what they asked for.
    pub(crate) what: String,
    /// Whose own service answered; none: the platform.
    pub(crate) party: Option<PartyService>,
    /// What stood in it.
    pub(crate) found: Found,
}

/// One thing that can be asked for.
struct Target {
    /// At whose service; none: the platform.
    party: Option<PartyService>,
    base: String,
    path: String,
    /// Whether it may tell of people, and of no other single case than the first.
    tells_of_the_first: bool,
}

impl Target {
    /// Whether all that is known of a case, or all facts in it, are asked for.
    fn is_read_for_a_purpose(&self) -> bool {
        let words: Vec<&str> = self.path.split('/').collect();
        matches!(
            words.as_slice(),
            ["", "v1", "cases", _] | ["", "v1", "cases", _, "facts"]
        )
    }
}

/// Asks for everything as everybody, at a time of the story. Somebody in one role alone asks what
/// tells of people, and a case and its facts for every purpose that the matrix knows for the role, too.
pub(crate) async fn sweep(
    doors: &Doors,
    at: Timestamp,
    (ids, oracle): (&Ids, &Oracle),
    (people, roles): (&[Asker], &[Asker]),
    searcher: &Arc<Searcher>,
    looked: &mut Looked,
) -> Vec<Seen> {
    let targets = Arc::new(targets(doors, at, ids).await);
    let client = Client::builder()
        .no_proxy()
        .build()
        .expect("a client can be made");
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = JoinSet::new();
    let everybody = people.iter().map(|asker| (asker, false));
    for (asker, alone) in everybody.chain(roles.iter().map(|asker| (asker, true))) {
        let (asker, room) = (asker.clone(), room.clone());
        let purposes = match alone {
            true => oracle.purposes(&asker.reader),
            false => Vec::new(),
        };
        let (client, searcher, targets) = (client.clone(), searcher.clone(), targets.clone());
        tasks.spawn(async move {
            let _room = room.acquire().await.expect("nobody closes it");
            let mut looked = Looked::default();
            let mut seen = Vec::new();
            for target in targets.iter() {
                if alone && !target.tells_of_the_first {
                    continue;
                }
                let stated = purposes.iter().copied().map(Some);
                let stated = stated.filter(|_| target.is_read_for_a_purpose());
                for purpose in std::iter::once(None).chain(stated) {
                    let bytes = asked(&client, &asker, target, purpose).await;
                    looked.places += 1;
                    looked.bytes += bytes.len() as u64;
                    let found = searcher.in_bytes(&bytes);
                    if !found.is_empty() {
                        let mut reader = asker.reader.clone();
                        reader.purpose = purpose;
                        let purpose = purpose.map_or("", Purpose::as_str);
                        let what = format!("{} {} {purpose}", asker.name, target.path);
                        let party = target.party;
                        seen.push(Seen {
                            reader,
                            what,
                            party,
                            found,
                        });
                    }
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

/// The whole answer, with its headers.
async fn asked(
    client: &Client,
    asker: &Asker,
    target: &Target,
    purpose: Option<Purpose>,
) -> Vec<u8> {
    let Target {
        party, base, path, ..
    } = target;
    let mut request = client
        .get(format!("{base}{path}"))
        .bearer_auth(&asker.token);
    if let Some(purpose) = purpose {
        request = request.header("Purpose", purpose.as_str());
    }
    let answer = request.send().await.expect("the service answers");
    let (name, status) = (&asker.name, answer.status());
    assert!(!status.is_server_error(), "{name} at {path}: {status}");
    assert_ne!(status, StatusCode::UNAUTHORIZED, "{name} at {path}");
    assert!(
        party.is_none_or(|party| party.organisation() == asker.reader.party)
            || status == StatusCode::FORBIDDEN,
        "{name} at {path} of {party:?}: {status}",
    );
    let mut bytes = format!("{:?}\n", answer.headers()).into_bytes();
    bytes.extend(answer.bytes().await.expect("the service answers"));
    bytes
}

/// Catalogues, the glossary and proofs of the log say nothing of anybody: the people of the stories
/// look whether that is so.
fn tells_of_people(path: &str) -> bool {
    const OTHERS: [&str; 9] = [
        "/v1/ladder",
        "/v1/glossary",
        "/v1/transparency",
        "/v1/openapi",
        "/v1/methods",
        "/v1/rules",
        "/v1/provisions",
        "/v1/processing-activities",
        "/metrics",
    ];
    !OTHERS.iter().any(|other| path.starts_with(other))
}

/// Everything that can be asked for.
async fn targets(doors: &Doors, at: Timestamp, ids: &Ids) -> Vec<Target> {
    let addresses = doors.addresses();
    let paths = platform_paths(doors, at, ids).await;
    let first = ids.cases.first().cloned().unwrap_or_default();
    let others: Vec<&String> = ids.cases.iter().skip(1).chain(&ids.others).collect();
    let of_platform = paths.into_iter().map(|path| Target {
        party: None,
        base: addresses.platform.clone(),
        tells_of_the_first: tells_of_people(&path)
            && (path.contains(&first) || !others.iter().any(|other| path.contains(*other))),
        path,
    });
    let mut targets: Vec<Target> = of_platform.collect();
    for (service, party) in &addresses.parties {
        for path in OF_PARTIES {
            targets.push(Target {
                party: Some(*service),
                base: party.api.clone(),
                path: (*path).to_owned(),
                tells_of_the_first: false,
            });
        }
    }
    targets
}

/// What stands for the ids in addresses.
#[derive(Default)]
pub(crate) struct Ids {
    /// Of cases.
    pub(crate) cases: BTreeSet<String>,
    /// Of what is, or was, being written.
    pub(crate) drafts: BTreeSet<String>,
    /// Of anything else: what the story bound.
    pub(crate) others: BTreeSet<String>,
    /// Of erasures, with their case.
    pub(crate) erasures: BTreeSet<(String, String)>,
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
            "/v1/cases/" => &ids.cases,
            "/v1/drafts/" => &ids.drafts,
            _ => &ids.others,
        };
        paths.extend(known.iter().map(|id| format!("{before}{id}{after}")));
    }
    assert!(paths.len() > 30, "{paths:?}");
    // Beside the API and the pages: the numbers for the operator.
    paths.push("/metrics".to_owned());
    for case in &ids.cases {
        paths.push(format!("/v1/access-log?case={case}&pageSize=100"));
    }
    for (case, erasure) in &ids.erasures {
        paths.push(format!("/v1/cases/{case}/erasures/{erasure}/certificate"));
    }
    // What is refused for its second parameter is an answer, too.
    paths
        .iter()
        .map(|path| path.replace(['{', '}'], ""))
        .collect()
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
