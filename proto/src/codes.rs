//! Coded values of the wire: what would be free text if it were not a short closed list.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a coded value that stays open (a theme, a rule's id, a rung) looks like. It keeps free
/// text, and with it personal data, out of the card that is read before acceptance.
pub const CODE_PATTERN: &str = "^[a-z0-9][a-z0-9_.-]{0,63}$";

/// What an identifier that the platform gave looks like.
pub const ID_PATTERN: &str = "^[A-Za-z0-9_-]{1,80}$";

/// Whether a text has the form of [`CODE_PATTERN`].
pub fn is_code(text: &str) -> bool {
    let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    (1..=64).contains(&text.len())
        && text.bytes().next().is_some_and(lower)
        && text.bytes().all(|b| lower(b) || b"_.-".contains(&b))
}

/// Writes an enum whose variants have one name on the wire, in the database and on screen.
macro_rules! codes {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $( $(#[$variant_doc:meta])* $variant:ident = $code:literal, )+ }
    ) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum $name {
            $( $(#[$variant_doc])* #[serde(rename = $code)] $variant, )+
        }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The value as it is written on the wire.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The value with this name on the wire, if there is one.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == code)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What is asked of the receiver of a handoff. Only `ownership` can move the owner.
    pub enum HandoffKind {
        /// Think along; the work stays where it is.
        Advice = "advice",
        /// Do one thing.
        Task = "task",
        /// Take the case over.
        Ownership = "ownership",
    }
}

codes! {
    /// The answer to a handoff.
    pub enum Answer {
        /// Taken on as asked.
        Accepted = "accepted",
        /// Not taken on; never without a reason.
        Declined = "declined",
        /// Something else is offered instead.
        Countered = "countered",
    }
}

codes! {
    /// Why a handoff is declined.
    pub enum DeclineReason {
        /// The rules leave this organisation no room.
        NoPower = "no_power",
        /// Another organisation is competent.
        NotCompetent = "not_competent",
        /// Nobody is free to do it in time.
        NoCapacity = "no_capacity",
        /// The persons are not in this organisation's own administration.
        NotKnownHere = "not_known_here",
        /// There is no legal basis to work on this.
        NoLegalBasis = "no_legal_basis",
        /// There is a better route.
        OtherRoute = "other_route",
    }
}

codes! {
    /// What blocks a case.
    pub enum BlockType {
        /// Money is missing.
        Financial = "financial",
        /// A law, rule or protocol.
        Rule = "rule",
        /// Culture, knowledge or organisation.
        Cooperation = "cooperation",
        /// Not enough people now.
        Capacity = "capacity",
        /// A shortage that tailoring cannot cure, such as of houses.
        Scarcity = "scarcity",
        /// No ground to share or to act.
        LegalBasis = "legal_basis",
        /// Nobody with the power to decide.
        Mandate = "mandate",
    }
}

codes! {
    /// How old a person is, as far as the card may say: borders are the ages at which Dutch
    /// social law changes (12, 18, 21, 27, pension age).
    pub enum AgeBand {
        /// Up to and including 11 years.
        To11 = "0-11",
        /// 12 to 17 years.
        From12To17 = "12-17",
        /// 18 to 20 years.
        From18To20 = "18-20",
        /// 21 to 26 years.
        From21To26 = "21-26",
        /// 27 to 66 years.
        From27To66 = "27-66",
        /// 67 years and older.
        From67 = "67+",
    }
}

codes! {
    /// What a person is in the case: it decides which column of the matrix holds for them.
    pub enum PersonRole {
        /// Somebody the case is about; every member of the household whom it concerns is one.
        DataSubject = "data_subject",
        /// Acts for somebody the case is about.
        Representative = "representative",
        /// Anybody else, such as a relative outside the household.
        ThirdParty = "third_party",
    }
}

codes! {
    /// A column of the matrix: what kind of data something is.
    pub enum Category {
        /// Name, address, birth date.
        Identity = "identity",
        /// The person number.
        Bsn = "bsn",
        /// Income and debt.
        Finance = "finance",
        /// Fiscal data.
        Tax = "tax",
        /// Health.
        Health = "health",
        /// Criminal law.
        Criminal = "criminal",
        /// About others than the data subjects.
        ThirdParty = "third_party",
        /// Who is related to whom and who cares for whom.
        Family = "family",
        /// What care confirms: need present, no diagnosis.
        Care = "care",
        /// Status, deadlines, organisations.
        Process = "process",
        /// Decision and weighing.
        Decision = "decision",
        /// Lessons.
        Lesson = "lesson",
    }
}

codes! {
    /// How high on the ladder a rung is.
    pub enum Tier {
        /// The municipality and what it can do itself.
        Local = "local",
        /// The region.
        Regional = "regional",
        /// Desk and table for the whole country.
        National = "national",
    }
}

codes! {
    /// How a case ended.
    pub enum Outcome {
        /// The rules had room enough.
        SolvedWithinRules = "solved_within_rules",
        /// A rule was deviated from.
        SolvedByDeviation = "solved_by_deviation",
        /// Free money solved it.
        SolvedByBudget = "solved_by_budget",
        /// A part is solved.
        PartlySolved = "partly_solved",
        /// What is needed does not exist.
        NotSolvedScarcity = "not_solved_scarcity",
        /// Nobody has the power.
        NotSolvedNoPower = "not_solved_no_power",
        /// Citizen or raiser stopped.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What trying a standard provision led to.
    pub enum ProvisionResult {
        /// It is not there.
        NotAvailable = "not_available",
        /// It takes too long.
        TooSlow = "too_slow",
        /// It did not fit.
        DidNotFit = "did_not_fit",
        /// There is too little of it.
        Scarcity = "scarcity",
    }
}

codes! {
    /// What led to a request to be admitted to a higher rung.
    pub enum Origin {
        /// Somebody asked.
        Asked = "asked",
        /// The raiser insists after an answer below.
        Insisted = "insisted",
        /// A handoff was never answered.
        HandoffSilence = "handoff_silence",
        /// A request for admission was never answered.
        TriageSilence = "triage_silence",
        /// The body that had taken the case up made no progress.
        NoProgress = "no_progress",
    }
}

codes! {
    /// Why a case is not admitted to a rung. That the need is disputed is not in the list.
    pub enum TriageReason {
        /// Items are missing.
        NotComplete = "not_complete",
        /// Another body is competent.
        NotCompetent = "not_competent",
        /// A shortage, not a deadlock.
        Scarcity = "scarcity",
        /// A regular provision is there.
        StandardAvailable = "standard_available",
        /// Another route fits.
        OtherRoute = "other_route",
    }
}

codes! {
    /// Why the terms of a case stand still.
    pub enum SuspensionReason {
        /// The citizen asks for it.
        CitizenAsks = "citizen_asks",
        /// The citizen cannot be reached for now.
        CitizenAbsent = "citizen_absent",
        /// A court or objection procedure has to be waited for.
        Procedure = "procedure",
        /// Information that only others have.
        Information = "information",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_no_code() {
        for code in ["plan", "national.desk", "0-11", "a", &"a".repeat(64)] {
            assert!(is_code(code), "{code}");
        }
        for text in ["", "Plan", "een plan", "_plan", "plan!", &"a".repeat(65)] {
            assert!(!is_code(text), "{text}");
        }
    }

    #[test]
    fn a_code_reads_back_as_the_value_that_wrote_it() {
        for reason in DeclineReason::ALL {
            assert_eq!(DeclineReason::from_code(reason.as_str()), Some(*reason));
            assert_eq!(
                serde_json::to_value(reason).expect("a code"),
                serde_json::Value::from(reason.as_str())
            );
        }
        assert_eq!(DeclineReason::from_code("need_disputed"), None);
    }
}
