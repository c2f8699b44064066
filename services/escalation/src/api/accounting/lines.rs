//! From what a request noted to the lines of both logs.

use std::collections::{BTreeMap, BTreeSet};

use account::{AccessLine, Lines, Outcome, Shown, Span, Status};
use axum::http::StatusCode;
use chassis::entropy::Entropy;
use jiff::Timestamp;

use super::super::logbook::{Look, Noted, Who};
use super::{Persons, Question};
use crate::accounting::{Accounting, Processed, person_of};

/// The policy by which such a pass opens something.
const EMERGENCY: &str = "emergency-full";

/// How a request was answered.
pub(super) struct Answered<'a> {
    /// Whom.
    pub(super) who: &'a Who,
    /// With what status.
    pub(super) status: StatusCode,
    /// When it came.
    pub(super) from: Timestamp,
    /// When it was answered.
    pub(super) until: Timestamp,
}

/// One line of the access log, and whose data it is about.
#[derive(Default)]
struct Entry {
    operation: &'static str,
    purpose: Option<&'static str>,
    roles: BTreeSet<&'static str>,
    objects: BTreeSet<String>,
    shown: BTreeMap<String, Shown>,
    subjects: BTreeSet<String>,
}

/// The lines: what shows something of a person, and what is asked about one case, has a line of its
/// own with one per data subject under it. What a list tells of many cases without showing a
/// person is one line with the ids of the cases.
pub(super) fn of(
    accounting: &Accounting,
    entropy: &Entropy,
    (question, noted, persons): (&Question<'_>, &Noted, &Persons),
    answered: &Answered<'_>,
) -> Lines {
    let (outcome, status) = outcome(answered.status);
    let entries = match outcome {
        Outcome::Answered => answered_entries(question, noted, persons),
        Outcome::Denied | Outcome::Failed => unanswered(question, noted, answered.status),
    };
    let Who {
        organisation,
        person_ref,
        roles,
        client,
    } = answered.who;
    let mut lines = Lines::default();
    for entry in entries {
        // An operation's part of another name, such as a list that a decision looks at.
        let activity = accounting.register().of(entry.operation);
        let activity = activity.unwrap_or(question.activity);
        let span = Span::new(entropy.bytes());
        let done = Processed {
            trace: &question.trace,
            span,
            name: entry.operation,
            activity,
            organisation,
            receiver: None,
            status,
            from: answered.from,
            until: answered.until,
        };
        let subjects = entry.subjects.into_iter();
        let subjects = subjects.map(|subject| (subject, Span::new(entropy.bytes())));
        lines
            .processing
            .extend(accounting.processing(&done, subjects));
        let acting: Vec<&str> = match entry.roles.is_empty() {
            true => roles.clone(),
            false => entry.roles.into_iter().collect(),
        };
        lines.access.push(AccessLine {
            id: format!("{}-{}", question.trace.hex(), span.hex()),
            trace_id: question.trace.hex(),
            at: answered.until.as_millisecond(),
            organisation: organisation.clone(),
            person_ref: person_ref.clone(),
            role: acting.join("+"),
            client: client.clone(),
            operation: entry.operation.to_owned(),
            processing_activity_id: activity.uri.clone(),
            purpose: entry.purpose.map(str::to_owned),
            ground: noted.ground.clone(),
            result: outcome,
            emergency: in_emergency(&entry.shown),
            shown: entry.shown,
            objects: entry.objects,
        });
    }
    lines
}

/// Whether something was shown because of a pass that was taken in an emergency.
fn in_emergency(shown: &BTreeMap<String, Shown>) -> bool {
    shown
        .values()
        .flat_map(|shown| &shown.policies)
        .any(|policy| policy == EMERGENCY)
}

/// A denial or "not found" is no error (Logboek Dataverwerkingen): only technology errs.
fn outcome(status: StatusCode) -> (Outcome, Status) {
    if status.is_server_error() {
        (Outcome::Failed, Status::Error)
    } else if status.is_client_error() {
        (Outcome::Denied, Status::Unset)
    } else {
        (Outcome::Answered, Status::Ok)
    }
}

fn answered_entries(question: &Question<'_>, noted: &Noted, persons: &Persons) -> Vec<Entry> {
    let mut own = Vec::new();
    let mut together: BTreeMap<(&'static str, Option<&'static str>), Entry> = BTreeMap::new();
    for look in &noted.looks {
        let one = question.about_one && noted.cases.contains(&look.object);
        if look.is_personal() || one {
            own.push(Entry {
                subjects: subjects_of(persons, look),
                ..Entry::of(look)
            });
        } else {
            together
                .entry((look.operation, look.purpose))
                .and_modify(|entry| entry.add(look))
                .or_insert_with(|| Entry::of(look));
        }
    }
    let looked_at: BTreeSet<&String> = noted.looks.iter().map(|look| &look.object).collect();
    for case in noted.cases.iter().filter(|case| !looked_at.contains(case)) {
        // Whoever does something with a case deals with all its persons.
        own.push(Entry {
            operation: question.operation,
            objects: BTreeSet::from([case.clone()]),
            subjects: subjects(persons, case, !question.reads),
            ..Entry::default()
        });
    }
    own.extend(together.into_values());
    if own.is_empty() && question.activity.is_personal() {
        own.push(Entry {
            operation: question.operation,
            ..Entry::default()
        });
    }
    own
}

/// What was denied, was not there or failed showed nothing of anybody. What is wrong in a request
/// that names nothing is no access.
fn unanswered(question: &Question<'_>, noted: &Noted, status: StatusCode) -> Vec<Entry> {
    let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
    let counts = refused || status.is_server_error() || !noted.cases.is_empty();
    if !question.activity.is_personal() || !counts {
        return Vec::new();
    }
    let entry = Entry {
        operation: question.operation,
        objects: noted.cases.clone(),
        ..Entry::default()
    };
    vec![entry]
}

/// A citizen's look is about that citizen, and about whom that citizen represents.
fn subjects_of(persons: &Persons, look: &Look) -> BTreeSet<String> {
    let all = subjects(persons, &look.object, look.shows_third_party());
    let Some(only) = &look.only else { return all };
    let only: BTreeSet<String> = only
        .iter()
        .map(|key| person_of(&look.object, key))
        .collect();
    all.intersection(&only).cloned().collect()
}

fn subjects(persons: &Persons, case: &str, third_parties: bool) -> BTreeSet<String> {
    let of_case = persons.get(case).into_iter().flatten();
    of_case
        .filter(|person| third_parties || !person.third_party)
        .map(|person| person.key.clone())
        .collect()
}

impl Entry {
    fn of(look: &Look) -> Self {
        Self {
            operation: look.operation,
            purpose: look.purpose,
            roles: look.roles.clone(),
            objects: BTreeSet::from([look.object.clone()]),
            shown: look.in_words(),
            subjects: BTreeSet::new(),
        }
    }

    fn add(&mut self, look: &Look) {
        self.objects.insert(look.object.clone());
        self.roles.extend(&look.roles);
        for (category, shown) in look.in_words() {
            let noted = self.shown.entry(category).or_default();
            // None of it shows a person, so that the last word tells enough.
            if noted.strength.is_empty() || noted.strength == "none" {
                noted.strength = shown.strength;
            }
            noted.policies.extend(shown.policies);
        }
    }
}
