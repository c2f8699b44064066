use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use crate::{Case, EscalationId, HandoffId, HandoffStatus, Stage};

/// A deadline of a case. A timer is a row that holds one; when it falls due the clock issues
/// [`Command::Lapse`](crate::Command::Lapse) with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// Half of the term to answer a handoff.
    HandoffReminder(HandoffId),
    /// The end of the term to answer a handoff.
    HandoffAnswer(HandoffId),
    /// The end of the term to answer a request for admission.
    EscalationAnswer(EscalationId),
    /// The check with the citizen after the decision.
    AftercareCheck,
}

/// A text that names no deadline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' names no deadline")]
pub struct DueParseError(String);

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HandoffReminder(id) => write!(f, "handoff-reminder/{id}"),
            Self::HandoffAnswer(id) => write!(f, "handoff-answer/{id}"),
            Self::EscalationAnswer(id) => write!(f, "escalation-answer/{id}"),
            Self::AftercareCheck => f.write_str("aftercare-check"),
        }
    }
}

impl FromStr for Due {
    type Err = DueParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || DueParseError(text.chars().take(120).collect());
        let (kind, id) = text.split_once('/').unwrap_or((text, ""));
        match kind {
            "handoff-reminder" => HandoffId::parse(id)
                .map(Self::HandoffReminder)
                .map_err(|_| refused()),
            "handoff-answer" => HandoffId::parse(id)
                .map(Self::HandoffAnswer)
                .map_err(|_| refused()),
            "escalation-answer" => EscalationId::parse(id)
                .map(Self::EscalationAnswer)
                .map_err(|_| refused()),
            "aftercare-check" => Ok(Self::AftercareCheck),
            _ => Err(refused()),
        }
    }
}

/// The deadlines that are open in this state; those of the past are simply not there.
pub fn deadlines(case: &Case) -> Vec<(Due, Timestamp)> {
    let Case::Underway(underway) = case else {
        return Vec::new();
    };
    let mut dues = Vec::new();
    for (id, handoff) in &underway.file.handoffs {
        if let HandoffStatus::Offered {
            remind_at,
            answer_by,
            reminded,
        } = &handoff.status
        {
            if !reminded {
                dues.push((Due::HandoffReminder(id.clone()), *remind_at));
            }
            dues.push((Due::HandoffAnswer(id.clone()), *answer_by));
        }
    }
    match &underway.stage {
        Stage::EscalationRequested(request) if !request.expired => {
            dues.push((
                Due::EscalationAnswer(request.escalation.clone()),
                request.answer_by,
            ));
        }
        Stage::Aftercare {
            check_at,
            reminded: false,
        } => {
            dues.push((Due::AftercareCheck, *check_at));
        }
        Stage::EscalationRequested(_)
        | Stage::Aftercare { .. }
        | Stage::Active
        | Stage::Blocked(_)
        | Stage::Admitted
        | Stage::Decided
        | Stage::Executing => {}
    }
    dues
}
