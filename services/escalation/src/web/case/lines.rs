//! From what the API tells to the lines of the page.

use jiff::{Timestamp, civil::Date};
use screens::page::Deed;
use screens::{Language, page};
use serde::Deserialize;

use super::super::Web;
use super::{
    Block, Closure, Escalation, Everything, Finding, Handoff, Happened, Measure, NextStep, Person,
    Perspective, Task, evidence,
};

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
    pub(in crate::web) room: Option<String>,
    #[serde(default)]
    pub(in crate::web) grounds: Vec<String>,
    pub(in crate::web) system_obstacle: Option<String>,
}

/// An objection to sharing (AVG 21), and what was decided about it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::web) struct Objection {
    pub(in crate::web) objection: String,
    pub(in crate::web) status: String,
    #[serde(default)]
    categories: Vec<String>,
    settle_by: Timestamp,
    text: Option<String>,
    pub(in crate::web) extended_reason: Option<String>,
    reason: Option<String>,
    lifted_reason: Option<String>,
}

/// What a task is about is shown where it is an item of evidence; an id says nothing to people. It
/// leads to the form in which it is done, when that is on the page.
pub(super) fn task(task: Task, deeds: &[Deed], climb: Option<&Option<String>>) -> page::Task {
    let about_item = matches!(task.kind.as_str(), "explain_evidence" | "complete_request");
    let deed = match task.kind.as_str() {
        "explain_evidence" => Some(evidence::NAME),
        "answer_counter" => Some("tegenvoorstel-ja"),
        "settle_objection" => Some("bezwaar-gegrond"),
        "end_measure" => Some("overbrugging-einde"),
        "check_aftercare" => Some("beleving"),
        "close_case" => Some("sluiten"),
        _ => None,
    };
    let offered = deeds.iter().find(|offered| {
        let ours = deed.is_some_and(|deed| offered.action.ends_with(&format!("/doen/{deed}")));
        let about = offered.about.as_ref();
        ours && (about_item || about.is_none_or(|about| *about == task.what))
    });
    let higher = climb.cloned().flatten();
    page::Task {
        href: match task.kind.as_str() {
            "complete_request" => higher,
            _ => offered.map(|offered| format!("#doe-{}", offered.id)),
        },
        item: about_item.then_some(task.what),
        kind: task.kind,
        by: task.by,
    }
}

/// How the citizen saw the situation, the latest first; what the report says of it comes last.
pub(super) fn perspectives(all: &mut Everything) -> Vec<page::Perspective> {
    let line = |at, text| page::Perspective { at, text };
    let later = std::mem::take(&mut all.perspectives).into_iter().rev();
    let later = later.filter_map(|Perspective { at, text }| Some(line(at, text?)));
    let reported = all.case.perspective.take();
    let reported = reported.map(|text| line(all.case.reported_at, text));
    later.chain(reported).collect()
}

/// A part of the end of a case.
pub(super) fn ending(one: Closure) -> page::Ending {
    let is_lesson = one.kind == "lesson.recorded";
    page::Ending {
        nothing_learnt: is_lesson && one.lesson.is_none() && one.shown != "none",
        outcome: one.outcome,
        lesson: one.lesson,
        text: one.evaluation.or(one.text).or(one.reason),
        kind: one.kind,
    }
}

/// An objection to sharing.
pub(in crate::web) fn objection(one: Objection) -> page::Objected {
    page::Objected {
        status: one.status,
        categories: one.categories,
        text: one.text,
        by: one.settle_by,
        extended: one.extended_reason,
        reason: one.reason,
        lifted: one.lifted_reason,
    }
}

/// A bridging measure.
pub(super) fn bridge(web: &Web, one: Measure) -> page::Bridge {
    page::Bridge {
        status: one.status,
        by: one.by.map(|by| web.name_of(&by)),
        watcher: one.watcher.map(|watcher| web.name_of(&watcher)),
        until: one.until,
        text: one.text,
        result: one.result,
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
        text: one.text,
        alternative: one.alternative,
        counter: one.counter_answer,
        counter_reason: one.counter_reason,
    }
}

pub(super) fn block(web: &Web, one: Block) -> Option<page::BlockLine> {
    Some(page::BlockLine {
        kind: one.kind?,
        rules: one.rules.iter().map(|rule| web.rule(rule)).collect(),
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
fn said(web: &Web, one: Told, kind: &'static str) -> page::Said {
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
        room: one.room,
        grounds: one.grounds,
        obstacle: one.system_obstacle,
    }
}

/// What was decided, and what raiser and citizen were told.
pub(in crate::web) fn all_said(
    web: &Web,
    decisions: Vec<Told>,
    feedback: Vec<Told>,
) -> Vec<page::Said> {
    let decided = decisions.into_iter().map(|one| said(web, one, "decision"));
    let told = feedback.into_iter().map(|one| said(web, one, "feedback"));
    decided.chain(told).collect()
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
