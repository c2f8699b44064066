//! The page of one case: where it stands, whose turn it is and until when, what happened, who takes
//! part, and who sees what and why.

mod recorded;

use askama::Template;
use jiff::{Timestamp, civil::Date};

use super::deed::all_fields;
use crate::page::{AdviceLine, Deed, Objected};
use crate::{Field, Frame, Input, Left};

pub use recorded::{Bridge, Ending, Perspective};

/// Whose turn it is, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What is expected, a word of the list `expected`.
    pub expected: String,
    /// Whether it is expected of the reader's organisation.
    pub mine: bool,
    /// Of whom, when it is expected of another.
    pub who: Option<String>,
    /// Until when.
    pub at: Timestamp,
    /// How long that is.
    pub left: Left,
}

impl Clock {
    pub(crate) fn is_near(&self) -> bool {
        self.mine && matches!(self.left, Left::Over | Left::Today | Left::Days(1 | 2))
    }
}

/// What a rung is to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The case was there.
    Done,
    /// The case passed it over.
    Skipped,
    /// The case is there.
    Now,
    /// It is asked to admit the case.
    Asked,
    /// Not reached.
    Ahead,
}

impl Place {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Skipped => "skipped",
            Self::Now => "now",
            Self::Asked => "asked",
            Self::Ahead => "ahead",
        }
    }

    pub(crate) fn is_now(self) -> bool {
        self == Self::Now
    }

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Done => "case.step-done",
            Self::Skipped => "case.step-skipped",
            Self::Now => "case.step-now",
            Self::Asked => "case.step-asked",
            Self::Ahead => "case.step-ahead",
        }
    }
}

/// A rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// What it is to this case.
    pub place: Place,
}

/// The story, as far as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What happened.
    pub told: String,
    /// What should come of it.
    pub wish: Option<String>,
    /// What the citizen says.
    pub citizens_words: Option<String>,
    /// What was tried.
    pub tried: Vec<String>,
}

/// Somebody whom the case is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// What they are in the case, coded.
    pub role: String,
    /// How old, in bands.
    pub age_band: String,
    /// Their name, when the reader may see it.
    pub name: Option<String>,
}

/// Something that the owner is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What, coded.
    pub kind: String,
    /// The item of evidence that it is about.
    pub item: Option<String>,
    /// Until when.
    pub by: Option<Timestamp>,
    /// Where the reader can do it, when that is offered.
    pub href: Option<String>,
}

/// What keeps the case from moving, and what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Why, in the reader's language.
    pub explanation: String,
    /// What can be done, the first to think of first.
    pub steps: Vec<String>,
}

/// When something happened, as precisely as the reader may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// At this moment.
    At(Timestamp),
    /// On this day.
    On(Date),
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The kind of event.
    pub kind: String,
    /// When.
    pub at: Moment,
    /// Which organisation did it, when the reader may know.
    pub who: Option<String>,
    /// Whether a deadline fell due.
    pub clock: bool,
}

impl Happening {
    /// How it looks on the line: something that went well, that stopped, or neither.
    pub(crate) fn tone(&self) -> &'static str {
        let (_, verb) = self.kind.split_once('.').unwrap_or_default();
        match verb {
            "accepted" | "made" | "fulfilled" | "completed" | "escalated" | "informed"
            | "closed" | "taken" | "confirmed" => "good",
            "declined" | "refused" | "expired" | "overdue" | "late" | "returned" | "lapsed"
            | "persisted" | "rejected" => "stop",
            _ => "plain",
        }
    }
}

/// An organisation in the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyLine {
    /// Its name.
    pub name: String,
    /// What it does in the case, words of the list `part`.
    pub parts: Vec<&'static str>,
}

/// What was asked of another organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoffLine {
    /// Of whom.
    pub to: String,
    /// `advice`, `task` or `ownership`.
    pub kind: String,
    /// How it stands.
    pub status: String,
    /// What should come of it, coded.
    pub requested: String,
    /// Until when it can be answered, while it waits.
    pub answer_by: Option<Timestamp>,
    /// Why not, coded.
    pub reason: Option<String>,
    /// The answer in words.
    pub text: Option<String>,
    /// What is offered or advised instead.
    pub alternative: Option<String>,
    /// How a counter-offer was answered, coded.
    pub counter: Option<String>,
    /// Why it was not taken, coded.
    pub counter_reason: Option<String>,
}

impl HandoffLine {
    pub(crate) fn tone(&self) -> &'static str {
        tone(&self.status)
    }
}

/// What blocks the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockLine {
    /// The kind, coded.
    pub kind: String,
    /// The names of the rules in collision.
    pub rules: Vec<String>,
    /// How it blocks.
    pub text: Option<String>,
}

/// What an organisation promised, or was asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentLine {
    /// Which organisation.
    pub of: String,
    /// How it stands.
    pub status: String,
    /// Until when.
    pub due: Option<Date>,
    /// What it promises, or what is asked of it.
    pub text: Option<String>,
}

impl CommitmentLine {
    pub(crate) fn tone(&self) -> &'static str {
        tone(&self.status)
    }
}

fn tone(status: &str) -> &'static str {
    match status {
        "accepted" | "made" | "fulfilled" => "good",
        "declined" | "refused" | "expired" | "returned" | "withdrawn" => "stop",
        _ => "plain",
    }
}

/// What was decided, or what raiser or citizen was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// `decision`, `raiser`, `citizen` or `postponed`.
    pub kind: &'static str,
    /// When.
    pub at: Option<Timestamp>,
    /// By whom.
    pub who: Option<String>,
    /// What, when the reader may see it.
    pub text: Option<String>,
    /// The room that a decision uses, coded.
    pub room: Option<String>,
    /// What a decision is for, coded.
    pub grounds: Vec<String>,
    /// The obstacle in the system that a decision names.
    pub obstacle: Option<String>,
}

/// The answer of a body that returned or refused the request for admission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Who answered.
    pub by: Option<String>,
    /// Why it was refused, coded, when it was.
    pub refused: Option<String>,
    /// What was missing, coded.
    pub missing: Vec<String>,
    /// The advice with it.
    pub text: Option<String>,
    /// Until when it can be completed.
    pub complete_by: Option<Timestamp>,
}

/// A recorded ground on which one organisation shares with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Who shares.
    pub source: String,
    /// With whom.
    pub receiver: String,
    /// On what ground, coded.
    pub ground: String,
}

impl Share {
    pub(crate) fn in_words(&self, frame: &Frame) -> String {
        frame.t2(
            "case.shares",
            ("from", self.source.as_str()),
            ("to", self.receiver.as_str()),
        )
    }
}

/// How much of a category of data the reader sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// The category.
    pub category: String,
    /// `full`, `masked`, `pseudonym` or `none`.
    pub shown: String,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "case.html")]
pub struct Case {
    /// What is around it.
    pub frame: Frame,
    /// What just succeeded, in words.
    pub done: Option<String>,
    /// What the reader's organisation calls the case.
    pub number: String,
    /// The theme, coded.
    pub theme: String,
    /// The state, coded.
    pub state: String,
    /// `claimed` or `confirmed`, when it is urgent.
    pub urgency: Option<String>,
    /// When it was reported.
    pub reported_at: Option<Timestamp>,
    /// Who owns it.
    pub owner: Option<String>,
    /// Whose turn it is.
    pub clock: Option<Clock>,
    /// The ladder, low to high.
    pub steps: Vec<Step>,
    /// What the owner is asked to do.
    pub tasks: Vec<Task>,
    /// What keeps it from moving.
    pub next: Vec<Found>,
    /// The answer to the last request for admission, when that was no.
    pub returned: Option<Returned>,
    /// Where to ask for a higher rung, when the reader may; without an address a block comes first.
    pub climb: Option<Option<String>>,
    /// Where the case is weighed, when the reader may weigh it or was told of a weighing.
    pub weigh: Option<String>,
    /// Where a weighing can be read, when there is one and the reader does not weigh.
    pub weighed: Option<String>,
    /// What the reader can do.
    pub deeds: Vec<Deed>,
    /// Why something could not be done, when no field is to blame.
    pub refusal: Option<String>,
    /// What was decided, and told to whom.
    pub said: Vec<Said>,
    /// How the case ended, and what was learnt.
    pub ended: Vec<Ending>,
    /// Who objects to sharing, and what was decided about it.
    pub objections: Vec<Objected>,
    /// The story.
    pub story: Option<Story>,
    /// How the citizen saw it, the latest first.
    pub perspectives: Vec<Perspective>,
    /// Whom it is about.
    pub persons: Vec<PersonLine>,
    /// What happened, the latest first.
    pub timeline: Vec<Happening>,
    /// Who takes part.
    pub parties: Vec<PartyLine>,
    /// What was asked of others.
    pub handoffs: Vec<HandoffLine>,
    /// What others were asked to advise on.
    pub advice: Vec<AdviceLine>,
    /// What blocks it.
    pub blocks: Vec<BlockLine>,
    /// What was promised.
    pub commitments: Vec<CommitmentLine>,
    /// What bridges the time until there is a solution.
    pub bridges: Vec<Bridge>,
    /// Who shares with whom, and why.
    pub shares: Vec<Share>,
    /// Where it is told why, and whether more may be shared.
    pub sharing: Option<String>,
    /// What the reader sees.
    pub sights: Vec<Sight>,
}

impl Case {
    /// What was filled in wrongly.
    pub(crate) fn wrong(&self) -> Vec<Field> {
        all_fields(&self.deeds)
    }

    /// How its state looks.
    pub(crate) fn tone(&self) -> &'static str {
        match self.state.as_str() {
            "blocked" | "returned" => "stop",
            "decided" | "executing" | "aftercare" | "closed" => "good",
            _ => "plain",
        }
    }
}
