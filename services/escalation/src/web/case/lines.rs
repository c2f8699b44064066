//! From what the API tells to the lines of the page.

use jiff::{Timestamp, civil::Date};
use screens::{Language, page};
use serde::Deserialize;

use super::super::Web;
use super::{Block, Escalation, Finding, Handoff, Happened, NextStep, Person, Task};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct Deadline {
    pub(in crate::web) due: String,
    pub(in crate::web) at: Timestamp,
    pub(in crate::web) waits_for: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct Commitment {
    pub(in crate::web) request: String,
    pub(in crate::web) of: String,
    pub(in crate::web) status: String,
    pub(in crate::web) asked: Option<String>,
    pub(in crate::web) text: Option<String>,
    pub(in crate::web) due: Option<Date>,
    pub(in crate::web) reason: Option<String>,
    pub(in crate::web) result: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct Ground {
    pub(in crate::web) source: String,
    pub(in crate::web) receiver: String,
    pub(in crate::web) legal_basis: String,
}

/// A decision, or what raiser or citizen was told.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct Told {
    pub(in crate::web) at: Option<Timestamp>,
    pub(in crate::web) organisation: Option<String>,
    pub(in crate::web) to: Option<String>,
    #[serde(default)]
    pub(in crate::web) postponed: bool,
    pub(in crate::web) text: Option<String>,
    pub(in crate::web) system_obstacle: Option<String>,
}

/// What a task is about is shown where it is an item of evidence; an id says nothing to people.
pub(super) fn task(task: Task) -> page::Task {
    let about_item = matches!(task.kind.as_str(), "explain_evidence" | "complete_request");
    page::Task {
        item: about_item.then_some(task.what),
        kind: task.kind,
        by: task.by,
    }
}

pub(super) fn finding(found: Finding, language: Language) -> page::Found {
    let (explanation, steps): (_, fn(NextStep) -> String) = match language {
        Language::Dutch => (found.explanation, |step| step.text),
        Language::English => (found.explanation_en, |step| step.text_en),
    };
    page::Found {
        explanation,
        steps: found.next.into_iter().map(steps).collect(),
    }
}

pub(super) fn person(person: Person) -> page::PersonLine {
    page::PersonLine {
        role: person.role,
        age_band: person.age_band,
        name: person.name,
    }
}

pub(super) fn happening(web: &Web, one: Happened) -> Option<page::Happening> {
    let at = one.at.map(page::Moment::At);
    let at = at.or(one.date.map(page::Moment::On))?;
    Some(page::Happening {
        kind: one.kind,
        at,
        who: one.organisation.map(|oin| web.name_of(&oin)),
        clock: one.role.as_deref() == Some("clock"),
    })
}

pub(super) fn handoff(web: &Web, one: Handoff) -> page::HandoffLine {
    page::HandoffLine {
        to: web.name_of(&one.to),
        answer_by: (one.status == "offered").then_some(one.answer_by),
        kind: one.kind,
        status: one.status,
        requested: one.requested_outcome,
        reason: one.reason,
        text: one.text.or(one.alternative),
    }
}

pub(super) fn block(one: Block) -> Option<page::BlockLine> {
    Some(page::BlockLine {
        kind: one.kind?,
        text: one.explanation,
    })
}

/// What is promised or was done; of a request without an answer, what is asked.
pub(in crate::web) fn commitment(web: &Web, one: Commitment) -> page::CommitmentLine {
    page::CommitmentLine {
        of: web.name_of(&one.of),
        status: one.status,
        due: one.due,
        text: one.result.or(one.reason).or(one.text).or(one.asked),
    }
}

pub(in crate::web) fn share(web: &Web, one: Ground) -> page::Share {
    page::Share {
        source: web.name_of(&one.source),
        receiver: web.name_of(&one.receiver),
        ground: one.legal_basis,
    }
}

/// What was decided, or told to whom.
pub(in crate::web) fn said(web: &Web, one: Told, kind: &'static str) -> page::Said {
    page::Said {
        kind: match (kind, one.to.as_deref()) {
            ("feedback", Some("citizen")) if one.postponed => "postponed",
            ("feedback", Some("citizen")) => "citizen",
            ("feedback", _) => "raiser",
            _ => "decision",
        },
        at: one.at,
        who: one.organisation.map(|oin| web.name_of(&oin)),
        text: one.text,
        obstacle: one.system_obstacle,
    }
}

/// The answer of a body that returned or refused the last request, while nothing was asked since.
pub(super) fn returned(web: &Web, escalations: &[Escalation]) -> Option<page::Returned> {
    let last = escalations.last()?;
    let refused = last.status == "refused";
    (refused || last.status == "returned").then(|| page::Returned {
        by: last.admitting.as_ref().map(|by| web.name_of(by)),
        refused: last.reason.clone().filter(|_| refused),
        missing: last.missing.clone().unwrap_or_default(),
        text: last.text.clone(),
        complete_by: last.complete_by,
    })
}
