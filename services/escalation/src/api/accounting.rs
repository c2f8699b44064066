//! The layer around every operation: nothing leaves before it is accounted for.
//!
//! The handler gets a [`Logbook`] with the caller, and whatever opens or shows something notes it
//! there. When the handler has answered, the lines are written, and only when both logs have them
//! for good the answer goes out. A handler has no way around it: it knows its caller by this
//! layer only.

mod lines;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use account::{Activity, RegisterError, Trace};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chassis::problem::Problem;
use chassis::trace;

use super::Platform;
use super::cases::THIRD_PARTY;
use super::logbook::{Logbook, Noted};
use super::refusal::unavailable;
use super::routes;
use crate::accounting::{RELAY_LETTER, person_of};
use crate::views;

/// Which operation answers at which address.
#[derive(Clone)]
pub(super) struct Ledger {
    platform: Platform,
    operations: Arc<HashMap<(String, Method), &'static str>>,
}

/// What was asked, before it was answered.
struct Question<'a> {
    operation: &'static str,
    activity: &'a Activity,
    /// Whether it only looks.
    reads: bool,
    /// Whether its address names one thing.
    about_one: bool,
    trace: Trace,
}

/// A person of a case, by key.
struct Person {
    key: String,
    third_party: bool,
}

/// The persons of each case.
type Persons = BTreeMap<String, Vec<Person>>;

impl Ledger {
    /// Over all routes of the API.
    pub(super) fn new(platform: Platform) -> Self {
        let mut operations = HashMap::new();
        for route in routes::all() {
            for (method, operation) in &route.operations {
                // The names of the table are all methods.
                if let Ok(method) = method.to_uppercase().parse() {
                    operations.insert((route.address(), method), operation.id());
                }
            }
        }
        Self {
            platform,
            operations: Arc::new(operations),
        }
    }

    fn question(&self, request: &Request) -> Option<Question<'_>> {
        let path = request.extensions().get::<MatchedPath>()?.as_str();
        // Whoever asks for the head of an answer asks for the answer.
        let method = match request.method() {
            &Method::HEAD => Method::GET,
            other => other.clone(),
        };
        let reads = method == Method::GET;
        let operation = *self.operations.get(&(path.to_owned(), method))?;
        Some(Question {
            operation,
            activity: self.platform.accounting.register().of(operation)?,
            reads,
            about_one: path.contains('{'),
            trace: self.trace(request.headers()),
        })
    }

    /// The caller's trace, else one that begins here.
    fn trace(&self, headers: &HeaderMap) -> Trace {
        let given = headers.get("traceparent").and_then(|it| it.to_str().ok());
        let given = given.and_then(Trace::from_traceparent);
        let here = || Trace::from_traceparent(&trace::current()?);
        given
            .or_else(here)
            .unwrap_or_else(|| Trace::new(self.platform.ground.entropy.bytes()))
    }

    /// The persons of every case that was found or looked at.
    async fn persons(&self, noted: &Noted) -> Result<Persons, Problem> {
        let looked_at = noted.looks.iter().filter(|look| look.is_case);
        let mut cases: BTreeSet<&str> = looked_at.map(|look| look.object.as_str()).collect();
        cases.extend(noted.cases.iter().map(String::as_str));
        let mut persons = Persons::new();
        for case in cases {
            let row = views::find_case(&self.platform.ground.db, case)
                .await
                .map_err(unavailable)?;
            let Some(row) = row else { continue };
            let told = row.content["persons"].as_array();
            let of_case = told.into_iter().flatten().filter_map(|person| {
                Some(Person {
                    key: person_of(case, person["personKey"].as_str()?),
                    third_party: person["role"] == THIRD_PARTY,
                })
            });
            persons.insert(case.to_owned(), of_case.collect());
        }
        Ok(persons)
    }

    async fn write(
        &self,
        question: &Question<'_>,
        noted: &Noted,
        answered: &lines::Answered<'_>,
    ) -> Result<(), Problem> {
        let persons = self.persons(noted).await?;
        let accounting = &self.platform.accounting;
        let entropy = &self.platform.ground.entropy;
        let lines = lines::of(accounting, entropy, (question, noted, &persons), answered);
        accounting.write(lines).await.map_err(unavailable)
    }
}

/// Whether every operation has its entry in the register, and the register no other.
///
/// # Errors
/// [`RegisterError`] about the first that has none.
pub(crate) fn check(register: &account::Register) -> Result<(), RegisterError> {
    let routes = routes::all();
    let all = routes.iter().flat_map(|route| &route.operations);
    let mut operations: BTreeSet<&str> = all.map(|(_, operation)| operation.id()).collect();
    operations.insert(RELAY_LETTER);
    register.covers(&operations)
}

/// Answers a request and accounts for it.
pub(super) async fn account(
    State(ledger): State<Ledger>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(question) = ledger.question(&request) else {
        return next.run(request).await;
    };
    let logbook = Logbook::default();
    request.extensions_mut().insert(logbook.clone());
    let clock = &ledger.platform.ground.clock;
    let from = clock.now();
    let response = next.run(request).await;
    let noted = logbook.close();
    let Some(who) = &noted.who else {
        return response;
    };
    let answered = lines::Answered {
        who,
        status: response.status(),
        from,
        until: clock.now(),
    };
    let written = ledger.write(&question, &noted, &answered).await;
    let shows = question.reads || !noted.looks.is_empty();
    match written {
        Ok(()) => response,
        Err(_) if shows && response.status().is_success() => unaccounted().into_response(),
        Err(_) => response,
    }
}

/// The answer in place of one that could not be accounted for.
fn unaccounted() -> Problem {
    Problem::unavailable(
        "What you asked for cannot be accounted for now, so it is not shown. Try again in a moment.",
    )
}
