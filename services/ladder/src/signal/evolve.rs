//! What the past amounts to. Total: an event that cannot follow on what was before leaves it be.

use jiff::Timestamp;

use super::{
    AnswerKind, Answered, Assigned, Closed, Ending, Event, File, Open, Signal, SignalAnswered,
    SignalRaised, Stage, Standing,
};

pub(super) fn evolve(signal: Signal, event: &Event, at: Timestamp) -> Signal {
    let mut signal = happened(signal, event, at);
    if let (Some(file), Some(has_texts)) = (signal.file_mut(), writes(event)) {
        file.has_texts = has_texts;
    }
    signal
}

/// Whether something is written of the signal from this event on; nothing where that stays as it was.
fn writes(event: &Event) -> Option<bool> {
    match event {
        Event::SignalErasureOrdered(_) => Some(false),
        Event::SignalAnswered(_) | Event::SignalClosed(_) => Some(true),
        Event::SignalRaised(raised) => raised.text.as_ref().map(|_| true),
        Event::SignalStepRecorded(step) => step.text.as_ref().map(|_| true),
        Event::SignalGrown(_)
        | Event::SignalAssigned(_)
        | Event::SignalLeftUnassigned(_)
        | Event::SignalOverdue(_)
        | Event::SignalStalled(_)
        | Event::SignalBecameCase(_) => None,
    }
}

fn happened(signal: Signal, event: &Event, at: Timestamp) -> Signal {
    match (signal, event) {
        (Signal::Absent, Event::SignalRaised(raised)) => Signal::Open(Box::new(first(raised))),
        (Signal::Open(open), Event::SignalBecameCase(became)) => Signal::Closed(Box::new(Closed {
            file: open.file,
            ending: Ending::BecameCase(became.case.clone()),
        })),
        (Signal::Open(open), Event::SignalClosed(_)) => close(open),
        (Signal::Open(mut open), event) => {
            apply(&mut open, event, at);
            Signal::Open(open)
        }
        (signal @ (Signal::Absent | Signal::Closed(_)), _) => signal,
    }
}

fn first(raised: &SignalRaised) -> Open {
    Open {
        file: File {
            id: raised.signal.clone(),
            kind: raised.signal_kind,
            theme: raised.theme.clone(),
            region: raised.region.clone(),
            rule: raised.rule.clone(),
            target: raised.target,
            cases: raised.cases.clone(),
            raiser: raised.by.clone(),
            overdue: 0,
            has_texts: false,
        },
        stage: Stage::Unassigned {
            assign_by: raised.assign_by,
            not_for: None,
        },
    }
}

fn close(open: Box<Open>) -> Signal {
    match open.stage {
        Stage::Answered(answered) => Signal::Closed(Box::new(Closed {
            file: open.file,
            ending: Ending::Answered {
                owner: answered.owner,
                standing: answered.standing,
            },
        })),
        Stage::Unassigned { .. } | Stage::Assigned(_) => Signal::Open(open),
    }
}

fn apply(open: &mut Open, event: &Event, at: Timestamp) {
    match event {
        Event::SignalRaised(_)
        | Event::SignalBecameCase(_)
        | Event::SignalClosed(_)
        | Event::SignalErasureOrdered(_) => {}
        Event::SignalGrown(grown) => open.file.cases.extend(grown.cases.iter().cloned()),
        Event::SignalAssigned(assigned) => {
            open.stage = Stage::Assigned(Assigned {
                owner: assigned.to.clone(),
                contact: assigned.contact.clone(),
                answer_by: assigned.answer_by,
            });
        }
        Event::SignalLeftUnassigned(left) => {
            if let Stage::Unassigned { assign_by, .. } = &mut open.stage {
                *assign_by = left.assign_by;
                open.file.overdue += 1;
            }
        }
        Event::SignalOverdue(overdue) => {
            if let Stage::Assigned(assigned) = &mut open.stage {
                assigned.answer_by = overdue.answer_by;
                open.file.overdue += 1;
            }
        }
        Event::SignalStalled(stalled) => {
            if let Stage::Answered(answered) = &mut open.stage {
                answered.act_by = stalled.act_by;
                open.file.overdue += 1;
            }
        }
        Event::SignalAnswered(answer) => open.stage = stage_after(&open.stage, answer, at),
        Event::SignalStepRecorded(recorded) => {
            if let Stage::Answered(answered) = &mut open.stage
                && let Standing::WillChange { done } = &mut answered.standing
            {
                *done = Some(recorded.step);
                answered.act_by = recorded.act_by;
            }
        }
    }
}

fn stage_after(before: &Stage, answer: &SignalAnswered, at: Timestamp) -> Stage {
    let contact = match before {
        Stage::Unassigned { .. } => None,
        Stage::Assigned(assigned) => assigned.contact.clone(),
        Stage::Answered(answered) => answered.contact.clone(),
    };
    let standing = match answer.answer {
        AnswerKind::WillChange => Standing::WillChange { done: None },
        AnswerKind::WillNotChange => Standing::WillNotChange,
        AnswerKind::AlreadyPossible => Standing::AlreadyPossible,
        AnswerKind::NeedsOtherOwner => {
            return Stage::Unassigned {
                assign_by: answer.act_by,
                not_for: Some(answer.by.clone()),
            };
        }
    };
    Stage::Answered(Answered {
        owner: answer.by.clone(),
        contact,
        at,
        standing,
        act_by: answer.act_by,
    })
}
