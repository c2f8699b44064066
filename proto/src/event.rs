//! Every event that may cross the border, one file per event.
//!
//! Where the platform passes an event on under the same name (such as `handoff.offered` or
//! `identity.shared`), the file holds both: what the organisation sent and what the receiver
//! gets, because the second must show less.

mod access_ended;
mod advice;
mod block_recorded;
mod case_closed;
mod case_moved;
mod case_registered;
mod case_reopened;
mod case_reported;
mod checkpoint_published;
mod commitment;
mod contact_confirmed;
mod counter_answered;
mod decision_taken;
mod deescalation;
mod erasure_completed;
mod escalation_answered;
mod escalation_requested;
mod fact_reported;
mod feedback_sent;
mod handoff_answered;
mod handoff_expired;
mod handoff_offered;
mod handoff_opened;
mod handoff_reminded;
mod handoff_returned;
mod handoff_withdrawn;
mod heartbeat_sent;
mod identity_shared;
mod input;
mod measure_due;
mod meeting;
mod owner_changed;
mod pass_issued;
mod pass_review_overdue;
mod pause;
mod review_passed;
mod rung_skipped;
mod said;
mod signal;
mod silence_persisted;
mod stay_warned;
mod urgency;

use thiserror::Error;

use crate::check::InvalidParam;

pub use access_ended::AccessEnded;
pub use advice::{AdviceAsked, AdviceExpired, AdviceGiven, AdviceRelayed};
pub use block_recorded::BlockRecorded;
pub use case_closed::CaseClosed;
pub use case_moved::{CaseDeescalated, CaseEscalated};
pub use case_registered::CaseRegistered;
pub use case_reopened::CaseReopened;
pub use case_reported::{CaseReported, TriedProvision};
pub use checkpoint_published::CheckpointPublished;
pub use commitment::{
    CommitmentFulfilled, CommitmentLate, CommitmentMade, CommitmentRefused, CommitmentRequested,
};
pub use contact_confirmed::ContactConfirmed;
pub use counter_answered::{CounterAnswerRelayed, CounterAnswered, CounterExpired};
pub use decision_taken::DecisionTaken;
pub use deescalation::{DeescalationDeclined, DeescalationProposed};
pub use erasure_completed::ErasureCompleted;
pub use escalation_answered::{
    AcknowledgementOverdue, CompletionExpired, EscalationAcknowledged, EscalationExpired,
    EscalationRefused, EscalationReturned, ExplanationOverdue,
};
pub use escalation_requested::{EscalationCard, EscalationRequested, Evidence};
pub use fact_reported::FactReported;
pub use feedback_sent::FeedbackSent;
pub use handoff_answered::{AnswerRelayed, HandoffAnswered};
pub use handoff_expired::HandoffExpired;
pub use handoff_offered::{HandoffCard, HandoffOffered};
pub use handoff_opened::{HandoffOpened, KnownFact};
pub use handoff_reminded::HandoffReminded;
pub use handoff_returned::{HandoffReturned, ReturnRelayed};
pub use handoff_withdrawn::{HandoffWithdrawn, WithdrawalRelayed};
pub use heartbeat_sent::HeartbeatSent;
pub use identity_shared::{IdentityRelayed, IdentityShared};
pub use input::{InputRefused, InputStored};
pub use measure_due::MeasureDue;
pub use meeting::{MeetingCancelled, MeetingInvited, MeetingRescheduled, MinutesAdopted};
pub use owner_changed::OwnerChanged;
pub use pass_issued::PassIssued;
pub use pass_review_overdue::PassReviewOverdue;
pub use pause::{CaseResumed, CaseSuspended, MovedTerm, TermExtended};
pub use review_passed::ReviewPassed;
pub use rung_skipped::RungSkipped;
pub use said::{
    ConsentWithdrawn, ObjectionExtended, ObjectionOverdue, ObjectionRaised, ObjectionSettled,
};
pub use signal::{SignalAnswered, SignalAssigned, SignalClosed, SignalOverdue, SignalStepRecorded};
pub use silence_persisted::SilencePersisted;
pub use stay_warned::StayWarned;
pub use urgency::{ConfirmationRelayed, UrgencyClaimed, UrgencyConfirmed, UrgencyLapsed};

/// Why an envelope's data is no event of this contract.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// No event has this name in this direction.
    #[error("there is no event of this type")]
    UnknownType,
    /// The event exists, in another version.
    #[error("this version of the event is not supported; supported is version {supported}")]
    UnsupportedVersion {
        /// The version that is.
        supported: u32,
    },
    /// Everything that is wrong with the data.
    #[error("the data is invalid in {} places", .0.len())]
    Invalid(Vec<InvalidParam>),
}

impl DecodeError {
    /// A stable code for the reason, as in `input.refused`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownType => "unknown_type",
            Self::UnsupportedVersion { .. } => "unsupported_version",
            Self::Invalid(_) => "invalid_data",
        }
    }
}

/// Writes the enum of one direction from the list of its events.
macro_rules! events {
    (
        $(#[$doc:meta])*
        pub enum $name:ident in $direction:expr;
        { $( $(#[$variant_doc:meta])* $variant:ident($data:ident) = $event:literal v $version:literal, )+ }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $( $(#[$variant_doc])* $variant($crate::event::$data), )+
        }

        impl $name {
            /// Every event of this direction: its name and its newest version.
            pub const EVENTS: &'static [(&'static str, u32)] = &[$(($event, $version)),+];

            /// Reads the data of an event by its name (`<noun>.<past-verb>`) and version.
            ///
            /// # Errors
            /// [`DecodeError`](crate::DecodeError), with everything that is wrong at once.
            pub fn decode(
                event: &str,
                version: u32,
                data: &serde_json::Value,
            ) -> Result<Self, $crate::DecodeError> {
                match (event, version) {
                    $( ($event, $version) => $crate::check::<$crate::event::$data>(data)
                        .map(Self::$variant)
                        .map_err($crate::DecodeError::Invalid), )+
                    $( ($event, _) => {
                        Err($crate::DecodeError::UnsupportedVersion { supported: $version })
                    } )+
                    _ => Err($crate::DecodeError::UnknownType),
                }
            }

            /// The event's name, such as `handoff.offered`.
            pub fn event(&self) -> &'static str {
                match self { $( Self::$variant(_) => $event, )+ }
            }

            /// The version in which the data is told.
            pub fn version(&self) -> u32 {
                match self { $( Self::$variant(_) => $version, )+ }
            }

            /// The `type` of its envelope.
            pub fn event_type(&self) -> $crate::EventType {
                $crate::EventType::new(self.event(), self.version())
            }

            /// The `dataschema` of its envelope.
            pub fn dataschema(&self) -> String {
                $crate::documents::schema_url(self.event(), self.version(), $direction)
            }

            /// The data as it goes on the wire.
            pub fn data(&self) -> serde_json::Value {
                match self {
                    $( Self::$variant(data) => serde_json::to_value(data)
                        .expect("wire data has text keys and finite numbers only"), )+
                }
            }

            /// The JSON Schema of every event of this direction.
            pub(crate) fn schemas() -> Vec<(&'static str, u32, serde_json::Value)> {
                vec![$((
                    $event,
                    $version,
                    $crate::check::schema_of::<$crate::event::$data>(),
                )),+]
            }
        }

        $(
            impl From<$crate::event::$data> for $name {
                fn from(data: $crate::event::$data) -> Self {
                    Self::$variant(data)
                }
            }
        )+
    };
}
pub(crate) use events;
