use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ConsultationId, EscalationId, HandoffId, MeasureId, ObjectionId, RequestId};

/// A text that names no deadline.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' names no deadline")]
pub struct DueParseError(String);

macro_rules! dues {
    (
        $($(#[$doc:meta])* $plain:ident = $word:literal,)+
        ;
        $($(#[$iddoc:meta])* $of:ident($id:ident) = $idword:literal,)+
    ) => {
        /// A deadline of a case. A timer is a row that holds one; when it falls due the clock
        /// issues [`Command::Lapse`](crate::Command::Lapse) with it.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub enum Due {
            $($(#[$doc])* $plain,)+
            $($(#[$iddoc])* $of($id),)+
        }

        impl fmt::Display for Due {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$plain => f.write_str($word),)+
                    $(Self::$of(id) => write!(f, concat!($idword, "/{}"), id),)+
                }
            }
        }

        impl FromStr for Due {
            type Err = DueParseError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let refused = || DueParseError(text.chars().take(120).collect());
                match text.split_once('/') {
                    None => match text {
                        $($word => Ok(Self::$plain),)+
                        _ => Err(refused()),
                    },
                    Some((kind, id)) => match kind {
                        $($idword => $id::parse(id).map(Self::$of).map_err(|_| refused()),)+
                        _ => Err(refused()),
                    },
                }
            }
        }
    };
}

dues! {
    /// A draft has been lying for its term.
    DraftReminder = "draft-reminder",
    /// The process climbs after silence.
    Climb = "climb",
    /// The end of the term in which a second person confirms the urgency.
    UrgencyConfirmation = "urgency-confirmation",
    /// Somebody looks whether there is progress.
    Review = "review",
    /// The case has stayed long on its rung.
    StayWarning = "stay-warning",
    /// The end of the term to decide on what was proposed.
    Decision = "decision",
    /// The end of a suspension.
    SuspensionEnd = "suspension-end",
    /// A check with the citizen after the decision.
    AftercareCheck = "aftercare-check",
    ;
    /// Half of the term to answer a handoff.
    HandoffReminder(HandoffId) = "handoff-reminder",
    /// The end of the term to answer a handoff.
    HandoffAnswer(HandoffId) = "handoff-answer",
    /// The end of the term to answer a counter-offer.
    CounterFollowUp(HandoffId) = "counter-follow-up",
    /// The end of the term to give advice.
    AdviceAnswer(ConsultationId) = "advice-answer",
    /// The end of the term for a first word on a request for admission.
    EscalationAcknowledgement(EscalationId) = "escalation-acknowledgement",
    /// The end of the term to answer a request for admission.
    EscalationAnswer(EscalationId) = "escalation-answer",
    /// The review of a request that was acknowledged.
    EscalationReview(EscalationId) = "escalation-review",
    /// The end of the term to complete a returned request.
    Completion(EscalationId) = "completion",
    /// The end of the term to give or explain evidence.
    Explanation(EscalationId) = "explanation",
    /// The end of the term to settle an objection to sharing.
    Objection(ObjectionId) = "objection",
    /// The end of the day on which a commitment is due.
    CommitmentDay(RequestId) = "commitment-day",
    /// The end of a bridging measure.
    MeasureEnd(MeasureId) = "measure-end",
}

impl From<Due> for String {
    fn from(due: Due) -> Self {
        due.to_string()
    }
}

impl TryFrom<String> for Due {
    type Error = DueParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}
