use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that is no identifier: empty, too long, or with a character that does not belong. Never
/// repeats the text: it may be personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a valid {kind}")]
pub struct IdentifierError {
    kind: &'static str,
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes 1 to 80 characters from `a-z A-Z 0-9 _ -`.
            ///
            /// # Errors
            /// [`IdentifierError`] names the text that is none.
            pub fn parse(text: &str) -> Result<Self, IdentifierError> {
                let fits = (1..=80).contains(&text.len())
                    && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
                if fits {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(IdentifierError { kind: $kind })
                }
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier!(
    /// The platform's own id of a case: `case_` and a UUIDv7.
    CaseId, "case id"
);
identifier!(
    /// An organisation, by its OIN.
    Organisation, "organisation"
);
identifier!(
    /// A handoff; chosen by the organisation that offers it.
    HandoffId, "handoff id"
);
identifier!(
    /// One request to be admitted to a rung.
    EscalationId, "escalation id"
);
identifier!(
    /// One consent of one person.
    ConsentId, "consent id"
);
identifier!(
    /// One objection of one person.
    ObjectionId, "objection id"
);
identifier!(
    /// One disclosure of a case to one organisation, checked and answered for.
    DisclosureId, "disclosure id"
);
identifier!(
    /// One request to one organisation to commit itself.
    RequestId, "request id"
);
identifier!(
    /// One proposal to send the case down the ladder.
    ProposalId, "proposal id"
);
identifier!(
    /// A step of the ladder, such as `local_table`.
    RungId, "rung"
);
identifier!(
    /// A meeting of a table.
    MeetingId, "meeting id"
);
identifier!(
    /// A structural signal.
    SignalId, "signal id"
);
identifier!(
    /// A pass into a case, beyond what roles allow.
    PassId, "pass id"
);
identifier!(
    /// A person in the register, by the organisation's own key.
    ContactId, "contact id"
);
identifier!(
    /// One question for advice, without personal data.
    ConsultationId, "consultation id"
);
identifier!(
    /// One weighing by one method.
    AssessmentId, "assessment id"
);
identifier!(
    /// One proposed decision.
    DecisionId, "decision id"
);
identifier!(
    /// One fund that several organisations share.
    FundId, "fund id"
);
identifier!(
    /// One bridging measure.
    MeasureId, "measure id"
);
identifier!(
    /// One erasure of personal data.
    ErasureId, "erasure id"
);
identifier!(
    /// One hold on erasing.
    HoldId, "hold id"
);
identifier!(
    /// That somebody looks at the own case.
    LinkId, "link id"
);
identifier!(
    /// A citizen with a login, by the platform's own name, which follows from the account and does not tell it.
    CitizenRef, "citizen reference"
);
identifier!(
    /// A person who acts, by the organisation's own opaque reference.
    PersonRef, "person reference"
);
