use serde::Deserialize;

use crate::{Term, TermUnit};

/// Declares the single terms of `[terms]`: the field, the key and the default in one place.
macro_rules! terms {
    ($($(#[$doc:meta])* $key:ident $field:ident = $kind:ident $count:literal $unit:ident),+ $(,)?) => {
        /// Terms that hold on every rung (`[terms]` of `deploy/ladder.toml`). A term that the file
        /// leaves out has the default of this platform (domain, section d: no public source).
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct Terms {
            $($(#[$doc])* pub $field: Term,)+
            /// From the start of aftercare to each check with the citizen; the first comes first.
            pub aftercare_checks: Vec<Term>,
        }

        impl Default for Terms {
            fn default() -> Self {
                Self {
                    $($field: Term::$kind($count, TermUnit::$unit),)+
                    aftercare_checks: vec![FIRST_CHECK, Term::platform(90, TermUnit::Days)],
                }
            }
        }

        /// The name of a single term in `[terms]`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TermKey {
            $($(#[$doc])* $key,)+
        }

        impl TermKey {
            /// Every name.
            pub const ALL: &[Self] = &[$(Self::$key),+];

            /// The name as the file writes it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$key => stringify!($field),)+ }
            }
        }

        impl Terms {
            /// The term of that name.
            pub fn get(&self, key: TermKey) -> Term {
                match key { $(TermKey::$key => self.$field,)+ }
            }
        }
    };
}

const FIRST_CHECK: Term = Term::platform(30, TermUnit::Days);

terms! {
    /// To answer an offered handoff.
    HandoffAnswer handoff_answer = platform 5 WorkingDays,
    /// To answer an urgent one.
    HandoffAnswerUrgent handoff_answer_urgent = platform 1 WorkingDays,
    /// From the first expiry until the process climbs by itself.
    ClimbAfter climb_after = platform 5 WorkingDays,
    /// For a second person to confirm that a case is urgent.
    UrgentConfirmation urgent_confirmation = platform 1 WorkingDays,
    /// To answer a question for advice without personal data.
    AdviceAnswer advice_answer = platform 2 WorkingDays,
    /// Until the raiser of a draft is reminded of it.
    DraftReminder draft_reminder = platform 30 Days,
    /// To complete a request that came back with what is missing.
    Completion completion = platform 10 WorkingDays,
    /// To decide on a proposed decision.
    Decision decision = platform 10 WorkingDays,
    /// An active case without progress for so long is a finding.
    ProgressReview progress_review = platform 20 WorkingDays,
    /// Until a block is looked at again.
    BlockReview block_review = platform 10 WorkingDays,
    /// To follow up a counter-offer.
    CounterFollowUp counter_follow_up = platform 5 WorkingDays,
    /// For the owner to explain what evidence is missing, after a climb by itself.
    Explain explain = platform 5 WorkingDays,
    /// For the owner to settle an objection to sharing: AVG 12(3), one month.
    ObjectionAnswer objection_answer = statutory 1 Months,
    /// The same in all, from the objection on, when the owner extended it: AVG 12(3), two months
    /// more.
    ObjectionAnswerExtended objection_answer_extended = statutory 3 Months,
    /// For the privacy officer to look at a pass that was taken in an emergency.
    PassReview pass_review = platform 5 WorkingDays,
    /// To answer a structural signal.
    SignalAnswer signal_answer = platform 30 Days,
    /// A contact that nobody confirmed for so long counts as stale.
    ContactStale contact_stale = platform 180 Days,
    /// A party that sends nothing for so long is silent.
    HeartbeatSilence heartbeat_silence = platform 1 Days,
}

impl Terms {
    /// From the start of aftercare to the first check.
    pub fn aftercare_check(&self) -> Term {
        self.aftercare_checks
            .first()
            .copied()
            .unwrap_or(FIRST_CHECK)
    }
}

/// Numbers that are no terms (`[thresholds]` of `deploy/ladder.toml`); all at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// So many cases of one theme with a scarcity block raise one structural signal.
    pub scarcity_pattern: u32,
    /// So many refusals of the same handoff are a finding.
    pub refusals: u32,
    /// A count below this is not shown: it could point at a person.
    pub small_cell: u32,
    /// One suspension lasts so many days at most.
    pub suspension_days_at_most: u32,
    /// A pass that was taken in an emergency lasts so many hours at most.
    pub emergency_hours_at_most: u32,
    /// A temporary pass lasts so many days at most.
    pub temporary_days_at_most: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            scarcity_pattern: 5,
            refusals: 2,
            small_cell: 5,
            suspension_days_at_most: 90,
            emergency_hours_at_most: 24,
            temporary_days_at_most: 31,
        }
    }
}

impl Thresholds {
    /// Each with its name in the file.
    pub(crate) fn named(&self) -> [(&'static str, u32); 6] {
        [
            ("scarcity_pattern", self.scarcity_pattern),
            ("refusals", self.refusals),
            ("small_cell", self.small_cell),
            ("suspension_days_at_most", self.suspension_days_at_most),
            ("emergency_hours_at_most", self.emergency_hours_at_most),
            ("temporary_days_at_most", self.temporary_days_at_most),
        ]
    }
}
