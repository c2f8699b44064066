use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Answer, Conclusion, MinutedCase, Obstacle};
use crate::{CaseId, ContactId, MeetingId, Organisation, PersonRef, RequestId, RungId, Sealed};

/// Everything the past of one meeting amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Meeting {
    /// There is no such meeting.
    #[default]
    Unplanned,
    /// It will meet.
    Planned(Box<Planned>),
    /// It meets.
    Open(Box<Open>),
    /// It met, and its minutes stand.
    Adopted(Box<Adopted>),
    /// It was called off.
    Cancelled(Box<Table>),
}

/// A meeting before it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Who meets about what.
    pub table: Table,
    /// The planned moment.
    pub at: Timestamp,
    /// Whether its body was reminded that this moment passed.
    pub reminded: bool,
}

/// A meeting that is going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Who meets about what.
    pub table: Table,
    /// The organisations at the table.
    pub present: BTreeSet<Organisation>,
    /// What was said about each case of the agenda.
    pub cases: BTreeMap<CaseId, CaseAtTable>,
}

/// A meeting that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// Who met about what.
    pub table: Table,
    /// Who adopted the minutes.
    pub by: PersonRef,
    /// The minutes, in the order of the agenda.
    pub minutes: Vec<MinutedCase>,
}

/// Who meets about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The meeting's id.
    pub id: MeetingId,
    /// Whose table.
    pub body: Organisation,
    /// Of which rung.
    pub rung: RungId,
    /// How many organisations must be present.
    pub quorum: u32,
    /// Who is invited, with the person in the register when known.
    pub invited: BTreeMap<Organisation, Option<ContactId>>,
    /// The cases, in no order; see [`agenda`].
    pub agenda: BTreeMap<CaseId, AgendaItem>,
    /// Who takes no part in which case. Outlives the case's place on the agenda: who has an
    /// interest in a case keeps it when the case comes back.
    pub recused: BTreeMap<CaseId, BTreeSet<Organisation>>,
    /// Whether something is written of the meeting itself that was not ordered to be erased.
    pub has_texts: bool,
}

/// What places a case on the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Whether it goes first.
    pub urgent: bool,
    /// Since when it has waited for a table.
    pub since: Timestamp,
}

/// What was said about one case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseAtTable {
    /// What collides.
    pub collision: Option<Sealed>,
    /// What was asked of whom.
    pub requests: BTreeMap<RequestId, Request>,
    /// How the table concluded, when it did.
    pub conclusion: Option<Conclusion>,
    /// What would make the next case stick.
    pub obstacles: Obstacles,
}

/// What was asked of an organisation at the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which organisation.
    pub of: Organisation,
    /// On which law or theme.
    pub law_or_theme: String,
    /// What.
    pub text: Sealed,
    /// How far it is.
    pub status: RequestStatus,
}

/// How far a request is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestStatus {
    /// Not answered yet.
    Waiting,
    /// Answered.
    Answered {
        /// When.
        at: Timestamp,
        /// By whom.
        person: PersonRef,
        /// How.
        answer: Answer,
    },
    /// The organisation takes no part any more: what it was asked and what it said do not count.
    Struck,
}

/// What is known of obstacles in the system after a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Obstacles {
    /// Nobody said.
    #[default]
    Unspoken,
    /// There is none.
    RuledOut,
    /// There are these, in the order in which they were recorded.
    Found(Vec<Obstacle>),
}

impl Meeting {
    /// Who meets, or was to meet, about what; nothing when there is no such meeting.
    pub fn table(&self) -> Option<&Table> {
        match self {
            Self::Unplanned => None,
            Self::Planned(planned) => Some(&planned.table),
            Self::Open(open) => Some(&open.table),
            Self::Adopted(adopted) => Some(&adopted.table),
            Self::Cancelled(table) => Some(table),
        }
    }

    pub(super) fn table_mut(&mut self) -> Option<&mut Table> {
        match self {
            Self::Unplanned => None,
            Self::Planned(planned) => Some(&mut planned.table),
            Self::Open(open) => Some(&mut open.table),
            Self::Adopted(adopted) => Some(&mut adopted.table),
            Self::Cancelled(table) => Some(table),
        }
    }
}

impl Table {
    /// Whether an organisation takes no part in a case.
    pub fn is_recused(&self, organisation: &Organisation, case: &CaseId) -> bool {
        self.recused
            .get(case)
            .is_some_and(|recused| recused.contains(organisation))
    }

    /// The cases in the order of the agenda.
    pub(super) fn order(&self) -> Vec<CaseId> {
        let mut items: Vec<(&CaseId, &AgendaItem)> = self.agenda.iter().collect();
        items.sort_by_key(|(case, item)| (!item.urgent, item.since, *case));
        items.into_iter().map(|(case, _)| case.clone()).collect()
    }
}

impl Open {
    /// The organisations at the table that take part in a case.
    pub fn taking_part(&self, case: &CaseId) -> usize {
        self.present
            .iter()
            .filter(|organisation| !self.table.is_recused(organisation, case))
            .count()
    }
}

impl CaseAtTable {
    /// What was asked and not answered.
    pub fn waiting(&self) -> impl Iterator<Item = &RequestId> {
        self.requests
            .iter()
            .filter(|(_, request)| request.status == RequestStatus::Waiting)
            .map(|(id, _)| id)
    }
}

/// The cases in the order in which the table takes them: urgent ones first, then who has waited
/// longest, then by id.
pub fn agenda(meeting: &Meeting) -> Vec<CaseId> {
    match meeting {
        Meeting::Unplanned | Meeting::Cancelled(_) => Vec::new(),
        Meeting::Planned(planned) => planned.table.order(),
        Meeting::Open(open) => open.table.order(),
        Meeting::Adopted(adopted) => adopted.table.order(),
    }
}
