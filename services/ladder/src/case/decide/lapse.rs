use jiff::Timestamp;

use super::pause::resumed;
use super::{handoff, silence, terms, urgency};
use crate::event::{
    AcknowledgementOverdue, AdviceExpired, AftercareReminded, CommitmentLate, CompletionExpired,
    CounterExpired, DecisionExpired, EscalationExpired, ExplanationOverdue, HandoffReminded,
    MeasureDue, ObjectionOverdue, StayWarned,
};
use crate::{Case, Command, Due, EscalationId, Event, Origin, Rules, Underway, deadlines};

/// A deadline that was overtaken, or has not come yet, is a fact of life: nothing follows.
pub(super) fn lapse(rules: &Rules, case: &Underway, due: &Due, now: Timestamp) -> Vec<Event> {
    let open = open(case);
    if !is_due(&open, due, now) {
        return Vec::new();
    }
    let file = &case.file;
    let review_at = || terms::review(rules, &file.rung, now);
    let event = match due {
        // A clock that comes late does not remind of a term that is over.
        Due::HandoffReminder(id) if is_due(&open, &Due::HandoffAnswer(id.clone()), now) => {
            handoff::expire(rules, case, id, now)
        }
        Due::HandoffReminder(id) => Event::HandoffReminded(HandoffReminded {
            handoff: id.clone(),
        }),
        Due::HandoffAnswer(id) => handoff::expire(rules, case, id, now),
        Due::CounterFollowUp(id) => Event::CounterExpired(CounterExpired {
            handoff: id.clone(),
        }),
        Due::AdviceAnswer(id) => Event::AdviceExpired(AdviceExpired {
            consultation: id.clone(),
        }),
        // Nor does it ask for a first word when the last one is overdue.
        Due::EscalationAcknowledgement(id)
            if is_due(&open, &Due::EscalationAnswer(id.clone()), now) =>
        {
            unanswered(rules, id, now)
        }
        Due::EscalationAcknowledgement(id) => {
            Event::AcknowledgementOverdue(AcknowledgementOverdue {
                escalation: id.clone(),
            })
        }
        Due::EscalationAnswer(id) => unanswered(rules, id, now),
        // Who acknowledged and did nothing loses the case to the rung above.
        Due::EscalationReview(_) => return silence::climb(rules, case, Origin::NoProgress, now),
        Due::Completion(id) => Event::CompletionExpired(CompletionExpired {
            escalation: id.clone(),
            review_at: review_at(),
        }),
        Due::Explanation(id) => Event::ExplanationOverdue(ExplanationOverdue {
            escalation: id.clone(),
            explain_by: rules.calendar.after(now, rules.ladder.terms.explain),
        }),
        Due::Climb => {
            let origin = file.silence.as_ref().map(|(_, origin)| *origin);
            let origin = origin.unwrap_or(Origin::HandoffSilence);
            return silence::climb(rules, case, origin, now);
        }
        Due::UrgencyConfirmation => urgency::lapse(rules, case),
        Due::Review => return silence::review(rules, case, now),
        Due::StayWarning => Event::StayWarned(StayWarned {
            rung: file.rung.clone(),
        }),
        Due::Decision => Event::DecisionExpired(DecisionExpired {
            review_at: review_at(),
        }),
        Due::CommitmentDay(id) => {
            let Some(commitment) = file.commitments.get(id) else {
                return Vec::new();
            };
            Event::CommitmentLate(CommitmentLate {
                request: id.clone(),
                by: commitment.of.clone(),
                review_at: rules.calendar.after(now, rules.ladder.terms.block_review),
            })
        }
        Due::Objection(id) => Event::ObjectionOverdue(ObjectionOverdue {
            objection: id.clone(),
        }),
        Due::MeasureEnd(id) => Event::MeasureDue(MeasureDue {
            measure: id.clone(),
        }),
        Due::SuspensionEnd => return resumed(rules, case, None, now).into_iter().collect(),
        Due::AftercareCheck => Event::AftercareReminded(AftercareReminded {
            review_at: review_at(),
        }),
        Due::DraftReminder => return Vec::new(),
    };
    vec![event]
}

fn unanswered(rules: &Rules, escalation: &EscalationId, now: Timestamp) -> Event {
    Event::EscalationExpired(EscalationExpired {
        escalation: escalation.clone(),
        climb_at: terms::climb(rules, now),
    })
}

fn open(case: &Underway) -> Vec<(Due, Timestamp)> {
    deadlines(&Case::Underway(Box::new(case.clone())))
}

fn is_due(open: &[(Due, Timestamp)], due: &Due, now: Timestamp) -> bool {
    open.iter().any(|(it, at)| it == due && *at <= now)
}

/// Whether a command is the clock's, with a deadline that has come.
pub(super) fn rings(case: &Underway, command: &Command, now: Timestamp) -> bool {
    matches!(command, Command::Lapse(due) if is_due(&open(case), due, now))
}
