use jiff::civil::Date;

use crate::ContactId;

/// Why something cannot happen to a register now. Each has a stable [code](Refusal::code); the
/// sentence is for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence says what it means")]
pub enum Refusal {
    #[error("contact {0} is not in the register")]
    UnknownContact(ContactId),
    #[error("an entry names a function")]
    FunctionRequired,
    #[error("nobody is their own deputy")]
    DeputyOfSelf,
    #[error("deputy {0} is not in the register")]
    UnknownDeputy(ContactId),
    #[error("these would be each other's deputies: {}", names(.0))]
    DeputyCycle(Vec<ContactId>),
    #[error("mandate {0} is already in the register")]
    MandateExists(String),
    #[error("the amount of mandate {0} is below zero")]
    AmountBelowZero(String),
    #[error("an absence from {from} cannot end on {until}")]
    AbsenceEndsBeforeStart { from: Date, until: Date },
    #[error("still the deputy of: {}", names(.0))]
    StillDeputy(Vec<ContactId>),
}

impl Refusal {
    /// The stable code, in snake case, of events, API and screens.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownContact(_) => "unknown_contact",
            Self::FunctionRequired => "function_required",
            Self::DeputyOfSelf => "deputy_of_self",
            Self::UnknownDeputy(_) => "unknown_deputy",
            Self::DeputyCycle(_) => "deputy_cycle",
            Self::MandateExists(_) => "mandate_exists",
            Self::AmountBelowZero(_) => "amount_below_zero",
            Self::AbsenceEndsBeforeStart { .. } => "absence_ends_before_start",
            Self::StillDeputy(_) => "still_deputy",
        }
    }
}

fn names(contacts: &[ContactId]) -> String {
    let names: Vec<&str> = contacts.iter().map(ContactId::as_str).collect();
    names.join(", ")
}
