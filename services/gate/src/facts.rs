use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::entities::Resource;

/// What the gate must know of one thing to decide about it: one type per kind of thing.
pub trait Facts: Resource + Sync {
    /// To what the texts belong that are read with it, as the key vault names their owners: whoever
    /// may see this one thing opens these and no others.
    fn scope(&self) -> String {
        self.texts()
    }
}

impl<T: Resource + Sync> Facts for T {}

/// What the gate must know of a case to decide: who stands where. The caller fills it from the
/// case's state. Organisations are OINs. Everything left empty gives nobody anything.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CaseFacts {
    /// The case's id.
    pub id: String,
    /// Who owns the case.
    pub owner: String,
    /// Who raised it.
    pub raiser: String,
    /// The rung where it stands, a name from the ladder file.
    pub rung: String,
    /// `local`, `regional` or `national`; anything else matches no policy.
    pub tier: String,
    /// The case's state, for policies that need it.
    pub state: String,
    /// The case's region; empty when it has none.
    pub region: String,
    /// The case's theme; empty when it has none.
    pub theme: String,
    /// Who has the case at its rung now.
    pub handlers: BTreeSet<String>,
    /// Who had it at a rung before, and has no access from that any more.
    pub past_handlers: BTreeSet<String>,
    /// Who may admit the escalation that was asked for, if one is pending.
    pub admitting: Option<Admitting>,
    /// Whose answer to a handoff is awaited.
    pub offered: BTreeSet<String>,
    /// Who accepted a handoff and whose access has not ended.
    pub accepted: BTreeSet<String>,
    /// Who was asked for a commitment, answered or not.
    pub committed: BTreeSet<String>,
    /// Who heard of the case only because silence climbed, and may see no more than the card.
    pub card_only: BTreeSet<String>,
    /// To the sharing of which categories a person objects, as words: an objection that is open,
    /// or that was right. One that is not known closes nothing.
    pub objected: BTreeSet<String>,
    /// The token subjects of the citizens who look at their own case, each with the persons of the
    /// case whom that citizen is or represents; hidden in `Debug`.
    pub citizens: BTreeMap<String, BTreeSet<String>>,
    /// The organisation that a command is about: for `AnswerHandoff`, `ReturnHandoff` and
    /// `ShareIdentity` the handoff's receiver, for `WithdrawHandoff` and `AnswerCounter` its
    /// sender, for `AnswerCommitment` and `FulfilCommitment` whose commitment it is, for
    /// `AnswerDeEscalation` the receiver, for `GiveAdvice` who was asked; otherwise the one in
    /// whose name it is done.
    pub target: Option<String>,
    /// For a read: the organisation that the data came from (condition "own", "own part").
    pub source: Option<String>,
    /// For a read: to whom the data was disclosed on a recorded legal basis ("own law").
    pub shared_with: BTreeSet<String>,
    /// What passes that are open now let which person see.
    pub passes: BTreeSet<PassOpens>,
}

/// One category that a pass opens for one person; `Debug` hides the person.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassOpens {
    /// `emergency`, `temporary` or `accounting`.
    pub kind: String,
    /// The person's organisation.
    pub organisation: String,
    /// The person, by the token's subject.
    pub subject: String,
    /// The category's word; one that is not known opens nothing.
    pub category: String,
}

impl fmt::Debug for PassOpens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PassOpens")
            .field("kind", &self.kind)
            .field("organisation", &self.organisation)
            .field("category", &self.category)
            .finish_non_exhaustive()
    }
}

/// What the gate must know of a pass into a case.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PassFacts {
    /// The pass's id.
    pub id: String,
    /// The id of the case that it is into.
    pub case: String,
    /// The organisation of the person who has it.
    pub holder: String,
    /// That person, by the token's subject; hidden in `Debug`.
    pub person: String,
}

impl fmt::Debug for PassFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PassFacts")
            .field("id", &self.id)
            .field("holder", &self.holder)
            .finish_non_exhaustive()
    }
}

/// What the gate must know of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingFacts {
    /// The meeting's id.
    pub id: String,
    /// Whose table meets.
    pub body: String,
    /// On which rung.
    pub rung: String,
    /// That rung's tier: `local`, `regional` or `national`; anything else matches no policy.
    pub tier: String,
    /// The organisation that admits cases to that rung.
    pub admitting: String,
    /// Who is invited.
    pub invited: BTreeSet<String>,
    /// The organisation that a command is about: for `AnswerAtTable` whose answer it is, for
    /// `DeclareRecusal` who takes no part.
    pub target: Option<String>,
}

/// What the gate must know of a structural signal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignalFacts {
    /// The signal's id.
    pub id: String,
    /// Who raised it.
    pub by: String,
    /// Who owns it, when somebody does.
    pub assigned: Option<String>,
    /// The regional and national bodies that the ladder names for its theme and region.
    pub bodies: BTreeSet<String>,
    /// For `AnswerSignal`: the organisation in whose name it is answered.
    pub target: Option<String>,
}

/// What the gate must know of an organisation's register of people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterFacts {
    /// Whose register it is.
    pub organisation: String,
}

/// Who may admit a pending escalation: a role at an organisation, from the ladder file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitting {
    /// The organisation's OIN.
    pub organisation: String,
    /// The role's word.
    pub role: String,
}

impl fmt::Debug for CaseFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CaseFacts")
            .field("id", &self.id)
            .field("owner", &self.owner)
            .field("rung", &self.rung)
            .field("tier", &self.tier)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}
