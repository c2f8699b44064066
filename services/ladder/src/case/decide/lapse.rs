use jiff::Timestamp;

use crate::case::due::Due;
use crate::event::{AftercareReminded, EscalationExpired, HandoffExpired, HandoffReminded};
use crate::{Event, HandoffStatus, Stage, Underway};

/// A deadline that was overtaken, or has not come yet, is a fact of life: nothing follows.
pub(super) fn lapse(case: &Underway, due: &Due, now: Timestamp) -> Vec<Event> {
    let event = match due {
        Due::HandoffReminder(id) => match case.file.handoffs.get(id).map(|h| &h.status) {
            Some(HandoffStatus::Offered {
                remind_at,
                answer_by,
                reminded: false,
            }) if *remind_at <= now && now < *answer_by => {
                Some(Event::HandoffReminded(HandoffReminded {
                    handoff: id.clone(),
                }))
            }
            _ => None,
        },
        Due::HandoffAnswer(id) => match case.file.handoffs.get(id).map(|h| &h.status) {
            Some(HandoffStatus::Offered { answer_by, .. }) if *answer_by <= now => {
                Some(Event::HandoffExpired(HandoffExpired {
                    handoff: id.clone(),
                }))
            }
            _ => None,
        },
        Due::EscalationAnswer(id) => match &case.stage {
            Stage::EscalationRequested(request)
                if request.escalation == *id && !request.expired && request.answer_by <= now =>
            {
                Some(Event::EscalationExpired(EscalationExpired {
                    escalation: id.clone(),
                }))
            }
            _ => None,
        },
        Due::AftercareCheck => match case.stage {
            Stage::Aftercare {
                check_at,
                reminded: false,
            } if check_at <= now => Some(Event::AftercareReminded(AftercareReminded {})),
            _ => None,
        },
    };
    event.into_iter().collect()
}
