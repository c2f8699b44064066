use std::collections::BTreeSet;

use super::{AnswerKind, Artefact, Due, Often, SignalKind, Step};
use crate::{CaseId, ContactId, ErasureGround, Organisation, Sealed, SignalId};

/// What somebody asks of a signal. Who may ask it is the gate's to say; whether it can be now is
/// the rules'.
#[derive(Debug, Clone)]
pub enum Command {
    /// Raise a new signal.
    Raise(Box<Raise>),
    /// The pattern grows: more cases under the same signal.
    AddCases(AddCases),
    /// Give it to somebody who can act: the first time, or again after an owner answered that it
    /// needs another.
    Assign(Assign),
    /// The owner answers.
    Answer(Answer),
    /// It turns out to be about one household: a case takes over.
    BecomeCase(BecomeCase),
    /// The owner has taken a step towards the change that was promised.
    RecordStep(RecordStep),
    /// End it.
    Close(Close),
    /// Erase what was written of it, open or ended.
    EraseTexts(EraseTexts),
    /// A deadline fell due.
    Lapse(Due),
}

/// See [`Command::Raise`].
#[derive(Debug, Clone)]
pub struct Raise {
    /// The id that the platform gives it.
    pub signal: SignalId,
    /// What it is about.
    pub kind: SignalKind,
    /// Its theme.
    pub theme: String,
    /// Its region; absent when it holds everywhere.
    pub region: Option<String>,
    /// The rule it is about, as the catalogue names it.
    pub rule: Option<String>,
    /// What would have to change; an obstacle needs it.
    pub target: Option<Artefact>,
    /// How often whoever raises it sees it.
    pub often: Option<Often>,
    /// Who could change it, as whoever raises it thinks; whoever places it decides.
    pub suggested: Option<Organisation>,
    /// The cases that show it. Only their number leaves the platform (domain, scenario 5).
    pub cases: BTreeSet<CaseId>,
    /// Who raises it.
    pub by: Organisation,
    /// In words, without personal data.
    pub text: Option<Sealed>,
}

/// See [`Command::AddCases`].
#[derive(Debug, Clone)]
pub struct AddCases {
    /// Cases that show it too; those already there change nothing.
    pub cases: BTreeSet<CaseId>,
}

/// See [`Command::Assign`].
#[derive(Debug, Clone)]
pub struct Assign {
    /// The organisation that can act, and so owns the signal.
    pub to: Organisation,
    /// The person there, such as the alderman or the policy maker (domain, H21).
    pub contact: Option<ContactId>,
}

/// See [`Command::Answer`].
#[derive(Debug, Clone)]
pub struct Answer {
    /// Whose answer.
    pub by: Organisation,
    /// What it is.
    pub answer: AnswerKind,
    /// Why, and what the raiser may expect.
    pub text: Sealed,
}

/// See [`Command::BecomeCase`].
#[derive(Debug, Clone)]
pub struct BecomeCase {
    /// The case that takes over.
    pub case: CaseId,
}

/// See [`Command::RecordStep`].
#[derive(Debug, Clone)]
pub struct RecordStep {
    /// Who took it.
    pub by: Organisation,
    /// Which step.
    pub step: Step,
    /// What was done.
    pub text: Option<Sealed>,
}

/// See [`Command::Close`].
#[derive(Debug, Clone)]
pub struct Close {
    /// What came of it, for the raiser and for all whose cases it counts.
    pub result: Sealed,
}

/// See [`Command::EraseTexts`].
#[derive(Debug, Clone)]
pub struct EraseTexts {
    /// Who orders it; nobody when a term of keeping has ended.
    pub by: Option<Organisation>,
    /// Why.
    pub ground: ErasureGround,
}
