use jiff::Timestamp;

use super::Step;
use crate::Organisation;

/// Why something cannot happen to a signal now. Each has a stable [code](Refusal::code); the
/// sentence is for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence says what it means")]
pub enum Refusal {
    #[error("this signal is not known")]
    UnknownSignal,
    #[error("this signal was already raised")]
    SignalExists,
    #[error("this signal has ended")]
    SignalEnded,
    #[error("a signal names its theme")]
    ThemeRequired,
    #[error("an obstacle says what would have to change")]
    TargetRequired,
    #[error("this signal was already assigned to {0}")]
    AlreadyAssigned(Organisation),
    #[error("{0} answered that this signal needs another owner")]
    NeedsOtherOwner(Organisation),
    #[error("this signal has no owner yet")]
    NotAssigned,
    #[error("this signal was not assigned to {0}")]
    SignalNotYours(Organisation),
    #[error("already answered so by {by} at {at}")]
    SignalAnswered { by: Organisation, at: Timestamp },
    #[error("a signal ends only after it was answered")]
    NotAnswered,
    #[error("steps are recorded only when the answer is that something will change")]
    NoChangePromised,
    #[error("the next step is {}", .0.as_str())]
    StepOutOfOrder(Step),
    #[error("every step has been recorded")]
    StepsDone,
    #[error("a promised change ends only after somebody checked its effect")]
    NotChecked,
    #[error("only an unease becomes a case")]
    NotUnease,
    #[error("nothing is written of this signal")]
    NothingToErase,
}

impl Refusal {
    /// The stable code, in snake case, of events, API and screens.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownSignal => "unknown_signal",
            Self::SignalExists => "signal_exists",
            Self::SignalEnded => "signal_ended",
            Self::ThemeRequired => "theme_required",
            Self::TargetRequired => "target_required",
            Self::AlreadyAssigned(_) => "already_assigned",
            Self::NeedsOtherOwner(_) => "needs_other_owner",
            Self::NotAssigned => "not_assigned",
            Self::SignalNotYours(_) => "signal_not_yours",
            Self::SignalAnswered { .. } => "signal_answered",
            Self::NotAnswered => "not_answered",
            Self::NoChangePromised => "no_change_promised",
            Self::StepOutOfOrder(_) => "step_out_of_order",
            Self::StepsDone => "steps_done",
            Self::NotChecked => "not_checked",
            Self::NotUnease => "not_unease",
            Self::NothingToErase => "nothing_to_erase",
        }
    }
}
