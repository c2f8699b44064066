use ladder::event::{CommitmentMade, DecisionTaken};
use ladder::{
    AnswerCommitment, Command, CommitmentAnswer, Event, InMandate, Organisation, Rules,
    StatedMandate,
};

use super::super::generated::Move;
use super::{Verdict, ensure};

/// Every commitment made and every decision taken stands in the log under one mandate: registered,
/// by its id, or stated, by whom and in which function; and it is the mandate of the organisation
/// that acts, and goes as far as this.
pub(crate) fn in_a_mandate(rules: &Rules, moves: &[Move]) -> Verdict {
    for step in moves {
        let today = rules.calendar.date_of(step.at);
        for event in &step.events {
            let (kind, record, by, amount_cents) = match event {
                Event::CommitmentMade(CommitmentMade {
                    mandate_id,
                    stated,
                    by,
                    amount_cents,
                    ..
                }) => (event.kind(), (mandate_id, stated), Some(by), *amount_cents),
                Event::DecisionTaken(DecisionTaken {
                    mandate, stated, ..
                }) => (event.kind(), (mandate, stated), None, None),
                _ => continue,
            };
            one_record(record, by).map_err(|wrong| format!("{kind}: {wrong}"))?;
            let Some(inside) = asked_under(&step.command) else {
                return Err(format!("{kind} without a mandate being used"));
            };
            let (limits, subject) = match inside {
                InMandate::Registered(used) => {
                    let mandate = &used.mandate;
                    ensure(used.person == mandate.holder, || {
                        format!("{kind} in somebody else's mandate")
                    })?;
                    ensure(record.0.as_deref() == Some(mandate.id.as_str()), || {
                        format!("{kind} records another mandate than was used")
                    })?;
                    let limits = (&mandate.scope, mandate.amount_cents, mandate.until);
                    (limits, &used.subject)
                }
                InMandate::Stated { mandate, subject } => {
                    ensure(record.1.as_ref() == Some(&**mandate), || {
                        format!("{kind} records something else than was stated")
                    })?;
                    let limits = (&mandate.scope, mandate.amount_cents, mandate.until);
                    (limits, subject)
                }
            };
            let (scope, limit, until) = limits;
            ensure(until.is_none_or(|until| today <= until), || {
                format!("{kind} after its mandate ended")
            })?;
            ensure(scope.is_empty() || scope.contains(subject), || {
                format!("{kind} outside the scope of its mandate")
            })?;
            let beyond = limit.zip(amount_cents);
            ensure(beyond.is_none_or(|(limit, amount)| amount <= limit), || {
                format!("{kind} above the amount of its mandate")
            })?;
        }
    }
    Ok(())
}

fn one_record(
    (id, stated): (&Option<String>, &Option<StatedMandate>),
    by: Option<&Organisation>,
) -> Verdict {
    match (id, stated) {
        (None, None) => Err("no mandate is on record".into()),
        (Some(_), Some(_)) => Err("two mandates are on record".into()),
        (Some(id), None) => ensure(!id.trim().is_empty(), || "a mandate without an id".into()),
        (None, Some(stated)) => {
            ensure(!stated.role.trim().is_empty(), || {
                "stated, and of nobody".into()
            })?;
            ensure(by.is_none_or(|by| *by == stated.organisation), || {
                format!("on the word of {}", stated.organisation)
            })
        }
    }
}

fn asked_under(command: &Command) -> Option<&InMandate> {
    match command {
        Command::TakeDecision(decision) => Some(&decision.mandate),
        Command::AnswerCommitment(AnswerCommitment {
            answer: CommitmentAnswer::Made { inside, .. },
            ..
        }) => Some(inside),
        _ => None,
    }
}
