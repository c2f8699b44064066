//! Urgency: one person claims it, a second one confirms it.

use jiff::Timestamp;

use super::terms;
use crate::calendar::halfway;
use crate::case::state::running;
use crate::event::{UrgencyClaimed, UrgencyConfirmed, UrgencyLapsed};
use crate::{
    ConfirmUrgency, Due, Event, File, HandoffStatus, Moved, Organisation, PersonRef, Refusal,
    RequestStatus, Rules, Underway, Urgency,
};

/// The claim that comes with something urgent, unless there is one already.
pub(super) fn claim(
    rules: &Rules,
    file: &File,
    by: &Organisation,
    person: Option<PersonRef>,
    at: Timestamp,
) -> Result<Option<Event>, Refusal> {
    match file.urgency {
        Urgency::Claimed { .. } | Urgency::Confirmed => Ok(None),
        Urgency::Ordinary => Ok(Some(Event::UrgencyClaimed(UrgencyClaimed {
            by: by.clone(),
            person: person.ok_or(Refusal::UrgencyNeedsPerson)?,
            confirm_by: rules
                .calendar
                .after(at, rules.ladder.terms.urgent_confirmation),
        }))),
    }
}

/// A second person is another (organisation, person reference).
pub(super) fn confirm(
    case: &Underway,
    second: ConfirmUrgency,
    at: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let now = case.clock(at);
    match &case.file.urgency {
        Urgency::Claimed { confirm_by, .. } if *confirm_by <= now => {
            Err(Refusal::UrgencyNotClaimed)
        }
        Urgency::Claimed { by, person, .. } if *by == second.by && *person == second.person => {
            Err(Refusal::SamePerson)
        }
        Urgency::Claimed { .. } => Ok(vec![Event::UrgencyConfirmed(UrgencyConfirmed {
            by: second.by,
            person: second.person,
        })]),
        Urgency::Ordinary | Urgency::Confirmed => Err(Refusal::UrgencyNotClaimed),
    }
}

/// What follows when a claim has come to its end, and the clock has not said so yet.
pub(super) fn ended(rules: &Rules, case: &Underway, at: Timestamp) -> Option<Event> {
    match case.file.urgency {
        Urgency::Claimed { confirm_by, .. } if confirm_by <= case.clock(at) => {
            Some(lapse(rules, case))
        }
        Urgency::Claimed { .. } | Urgency::Ordinary | Urgency::Confirmed => None,
    }
}

/// Nobody confirmed it: what was asked with the short term gets the ordinary one, counted from
/// when it was asked.
pub(super) fn lapse(rules: &Rules, case: &Underway) -> Event {
    let mut moved = Vec::new();
    for (id, handoff) in &case.file.handoffs {
        if let HandoffStatus::Offered { reminded, .. } = handoff.status
            && handoff.urgent
        {
            let term = rules.ladder.terms.handoff_answer;
            let answer_by = rules.until(handoff.since, term, &handoff.to);
            if !reminded {
                moved.push(Moved {
                    due: Due::HandoffReminder(id.clone()),
                    to: halfway(handoff.since, answer_by),
                });
            }
            moved.push(Moved {
                due: Due::HandoffAnswer(id.clone()),
                to: answer_by,
            });
        }
    }
    let mut first_word = None;
    if let Some(request) = case.pending()
        && request.urgent
        && let RequestStatus::Waiting {
            acknowledge_by,
            answer_by,
        } = request.status
        && let Some(rung) = rules.ladder.rung(&request.to)
        && let Some(term) = rung.answer
    {
        let to = rules.until(request.since, term, &request.admitting);
        moved.push(Moved {
            due: Due::EscalationAnswer(request.escalation.clone()),
            to,
        });
        // While it was urgent, the first word was due with the answer.
        first_word = terms::first_word(rules, rung, false, request.since, &request.admitting)
            .filter(|by| acknowledge_by.is_none() && answer_by < to && *by < to)
            .map(|to| Moved {
                due: Due::EscalationAcknowledgement(request.escalation.clone()),
                to,
            });
    }
    let open = running(case);
    moved.retain(|it| open.iter().any(|(due, at)| *due == it.due && *at < it.to));
    moved.extend(first_word);
    Event::UrgencyLapsed(UrgencyLapsed { moved })
}
