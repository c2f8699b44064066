//! The rules of everything that is no case, as they follow from the same files.

use jiff::SignedDuration;
use ladder::Rules;
use ladder::meeting::MeetingRules;
use ladder::pass::PassRules;
use ladder::register::RegisterRules;
use ladder::signal::SignalRules;

/// A sign of life sooner than this after the last one is not stored. No policy: it only keeps the
/// log from filling up, and silence is measured in days.
const HEARTBEAT_MINIMUM: SignedDuration = SignedDuration::from_hours(1);

/// The rules of meetings, signals, passes and registers.
#[derive(Debug, Clone)]
pub struct RuleBook {
    /// Quorums of the ladder, in the calendar's time zone.
    pub meeting: MeetingRules,
    /// The calendar, and the ladder's term for signals.
    pub signal: SignalRules,
    /// The calendar, and the ladder's term and limits for passes.
    pub pass: PassRules,
    /// How often a heartbeat is stored.
    pub register: RegisterRules,
}

impl RuleBook {
    /// What ladder and calendar say about them.
    pub fn of(rules: &Rules) -> Self {
        let rungs = rules.ladder.rungs().iter();
        Self {
            meeting: MeetingRules {
                quorums: rungs
                    .filter_map(|rung| Some((rung.id.clone(), rung.quorum?)))
                    .collect(),
                zone: rules.calendar.zone().clone(),
            },
            signal: SignalRules {
                calendar: rules.calendar.clone(),
                answer: rules.ladder.terms.signal_answer,
            },
            pass: PassRules {
                calendar: rules.calendar.clone(),
                review: rules.ladder.terms.pass_review,
                emergency_hours_at_most: rules.ladder.thresholds.emergency_hours_at_most,
                temporary_days_at_most: rules.ladder.thresholds.temporary_days_at_most,
            },
            register: RegisterRules {
                heartbeat_minimum: HEARTBEAT_MINIMUM,
            },
        }
    }
}
