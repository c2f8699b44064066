//! One of everything, for the tests of signals.

use std::collections::BTreeSet;

use jiff::Timestamp;
use ladder::signal::{
    AddCases, Answer, AnswerKind, Artefact, Assign, BecomeCase, Close, Command, EraseTexts, Event,
    Often, Raise, RecordStep, SignalAnswered, SignalAssigned, SignalBecameCase, SignalClosed,
    SignalErasureOrdered, SignalKind, SignalRaised, SignalRules, SignalStepRecorded, Step,
};
use ladder::{Calendar, CaseId, ContactId, ErasureGround, Organisation, SignalId, Term};

use super::harness::{START, at};
use super::samples::{sealed, utrecht};
use super::signals_harness::Story;

/// Ten working days after `START`.
pub(crate) const ACT_BY: &str = "2026-03-16T09:00:00Z";
/// Ten working days after `ACT_BY`: 10:00 in Utrecht, where summer time has begun.
pub(crate) const NEXT_ACT_BY: &str = "2026-03-30T08:00:00Z";

pub(crate) fn signal_rules() -> SignalRules {
    SignalRules {
        calendar: Calendar::from_toml(include_str!("../../../../deploy/calendar.toml")).unwrap(),
        answer: Term::parse("10wd").unwrap(),
    }
}

/// These events, recorded at `START`.
pub(crate) fn signal_given(events: impl IntoIterator<Item = Event>) -> Story<SignalRules> {
    Story::given(signal_rules(), START, events)
}

pub(crate) fn cases(ids: &[&str]) -> BTreeSet<CaseId> {
    ids.iter().map(|id| CaseId::parse(id).unwrap()).collect()
}

fn alderman() -> Option<ContactId> {
    Some(ContactId::parse("alderman-housing").unwrap())
}

/// A shortage of homes that two cases show.
pub(crate) fn shortage() -> Raise {
    Raise {
        signal: SignalId::parse("signal_1").unwrap(),
        kind: SignalKind::Scarcity,
        theme: "housing".into(),
        region: Some("midden-nederland".into()),
        rule: None,
        target: Some(Artefact::Provision),
        often: Some(Often::Monthly),
        suggested: Some(utrecht()),
        cases: cases(&["case_1", "case_2"]),
        by: utrecht(),
        text: Some(sealed("no homes for those who turn eighteen")),
    }
}

pub(crate) fn raise(new: Raise) -> Command {
    Command::Raise(Box::new(new))
}

pub(crate) fn raised_as(kind: SignalKind) -> Event {
    let new = shortage();
    Event::SignalRaised(SignalRaised {
        signal: new.signal,
        signal_kind: kind,
        theme: new.theme,
        region: new.region,
        rule: new.rule,
        target: new.target,
        often: new.often,
        suggested: new.suggested,
        cases: new.cases,
        by: new.by,
        text: new.text,
        assign_by: at(ACT_BY),
    })
}

pub(crate) fn raised() -> Event {
    raised_as(SignalKind::Scarcity)
}

pub(crate) fn add_cases(ids: &[&str]) -> Command {
    Command::AddCases(AddCases { cases: cases(ids) })
}

pub(crate) fn assign(to: Organisation) -> Command {
    Command::Assign(Assign {
        to,
        contact: alderman(),
    })
}

pub(crate) fn assigned(to: Organisation) -> Event {
    assigned_by(to, None, at(ACT_BY))
}

pub(crate) fn assigned_by(
    to: Organisation,
    instead_of: Option<Organisation>,
    answer_by: Timestamp,
) -> Event {
    Event::SignalAssigned(SignalAssigned {
        to,
        contact: alderman(),
        instead_of,
        answer_by,
    })
}

pub(crate) fn answer(by: Organisation, answer: AnswerKind) -> Command {
    Command::Answer(Answer {
        by,
        answer,
        text: sealed("because"),
    })
}

pub(crate) fn answered(by: Organisation, answer: AnswerKind) -> Event {
    answered_until(by, answer, ACT_BY)
}

pub(crate) fn answered_until(by: Organisation, answer: AnswerKind, act_by: &str) -> Event {
    Event::SignalAnswered(SignalAnswered {
        by,
        answer,
        text: sealed("because"),
        act_by: at(act_by),
    })
}

pub(crate) fn take(by: Organisation, step: Step) -> Command {
    Command::RecordStep(RecordStep {
        by,
        step,
        text: Some(sealed("done")),
    })
}

pub(crate) fn taken(by: Organisation, step: Step) -> Event {
    Event::SignalStepRecorded(SignalStepRecorded {
        by,
        step,
        text: Some(sealed("done")),
        act_by: at(ACT_BY),
    })
}

pub(crate) fn become_case() -> Command {
    Command::BecomeCase(BecomeCase {
        case: CaseId::parse("case_9").unwrap(),
    })
}

pub(crate) fn became_case() -> Event {
    Event::SignalBecameCase(SignalBecameCase {
        case: CaseId::parse("case_9").unwrap(),
    })
}

pub(crate) fn erase() -> Command {
    Command::EraseTexts(EraseTexts {
        by: Some(utrecht()),
        ground: ErasureGround::Unlawful,
    })
}

pub(crate) fn erasure_ordered() -> Event {
    Event::SignalErasureOrdered(SignalErasureOrdered {
        by: Some(utrecht()),
        ground: ErasureGround::Unlawful,
    })
}

pub(crate) fn close() -> Command {
    Command::Close(Close {
        result: sealed("thirty homes"),
    })
}

pub(crate) fn closed() -> Event {
    Event::SignalClosed(SignalClosed {
        result: sealed("thirty homes"),
    })
}
