//! Signals: what is wrong in the system and not in one household, from raising to its end.

use askama::Template;
use jiff::Timestamp;

use super::deed::all_fields;
use crate::page::Deed;
use crate::{Field, Frame, Input, Left};

/// A signal in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalItem {
    /// Where it is.
    pub href: String,
    /// In words, when there are any.
    pub text: Option<String>,
    /// What it is about, coded.
    pub kind: String,
    /// The theme, coded.
    pub theme: String,
    /// The state, coded.
    pub state: String,
    /// Who owns it, when somebody does.
    pub owner: Option<String>,
    /// Until when the next thing is expected, and how long that is.
    pub until: Option<(Timestamp, Left)>,
    /// How many terms ended in silence.
    pub overdue: i64,
}

impl SignalItem {
    /// Whether it is due today or tomorrow, or a term ended in silence.
    pub(crate) fn is_near(&self) -> bool {
        let left = self.until.map(|(_, left)| left);
        self.overdue > 0 || matches!(left, Some(Left::Over | Left::Today | Left::Days(1)))
    }
}

/// The page of the signals.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "signals.html")]
pub struct Signals {
    /// What is around it.
    pub frame: Frame,
    /// What waits for the reader's organisation.
    pub ours: Vec<SignalItem>,
    /// What the reader's organisation raised.
    pub raised: Vec<SignalItem>,
    /// What others raised and the reader can place.
    pub to_place: Vec<SignalItem>,
    /// What has ended.
    pub ended: Vec<SignalItem>,
    /// Whether there is more than fits.
    pub more: bool,
}

impl Signals {
    /// Whether the reader can raise one.
    fn raises(&self) -> bool {
        let user = self.frame.user.as_ref();
        user.is_some_and(|user| user.signals)
    }

    /// The lists that are there, each with the key of its heading.
    fn lists(&self) -> Vec<(&'static str, &[SignalItem])> {
        let all = [
            ("signal.ours", self.ours.as_slice()),
            ("signal.to-place", &self.to_place),
            ("signal.raised", &self.raised),
            ("signal.ended", &self.ended),
        ];
        let there = all.into_iter().filter(|(_, list)| !list.is_empty());
        there.collect()
    }
}

/// The page on which a signal is raised: one form.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "signal_new.html")]
pub struct RaiseSignal {
    /// What is around it.
    pub frame: Frame,
    /// Why it could not be raised, when no field is to blame.
    pub refusal: Option<String>,
    /// The form.
    pub deed: Deed,
}

impl RaiseSignal {
    fn fields(&self) -> &[Field] {
        &self.deed.fields
    }
}

/// A step towards a change that was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleStep {
    /// Which, coded.
    pub step: String,
    /// Whether it was taken.
    pub done: bool,
}

/// Something that happened to a signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalMoment {
    /// The kind of event.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// The answer, coded.
    pub answer: Option<String>,
    /// The step, coded.
    pub step: Option<String>,
    /// In words.
    pub text: Option<String>,
}

impl SignalMoment {
    /// How it looks on the line: something that went well, that stopped, or neither.
    fn tone(&self) -> &'static str {
        let (_, verb) = self.kind.split_once('.').unwrap_or_default();
        match verb {
            "answered" | "step-recorded" | "closed" => "good",
            "overdue" | "left-unassigned" | "stalled" => "stop",
            _ => "plain",
        }
    }
}

/// The page of one signal.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "signal.html")]
pub struct Signal {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// What stands in the list too.
    pub item: SignalItem,
    /// The rule's name.
    pub rule: Option<String>,
    /// How often it is seen, coded.
    pub often: Option<String>,
    /// Who raised it.
    pub raised_by: String,
    /// Who could change it, as whoever raised it thinks; while nobody owns it.
    pub suggested: Option<String>,
    /// The person who was asked to answer.
    pub addressee: Option<String>,
    /// How many cases show it.
    pub cases: Option<i64>,
    /// In place of that number: there are fewer than this.
    pub fewer_than: Option<u32>,
    /// Those of the reader's organisation that the reader may open.
    pub own_cases: Vec<String>,
    /// The steps towards the change that was promised, in their order.
    pub steps: Vec<CycleStep>,
    /// What happened since it was raised, in order.
    pub history: Vec<SignalMoment>,
    /// What the reader can do.
    pub deeds: Vec<Deed>,
}

impl Signal {
    fn wrong(&self) -> Vec<Field> {
        all_fields(&self.deeds)
    }
}
