use jiff::Timestamp;

use crate::{CaseId, MandateError, Organisation, RequestId, RungId};

/// Why something cannot happen at this meeting now. Each has a stable [code](Refusal::code); the
/// sentence is for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence says what it means")]
pub enum Refusal {
    #[error("this meeting is not known")]
    UnknownMeeting,
    #[error("this meeting was already planned")]
    MeetingExists,
    #[error("the meeting is open: its moment, agenda and invitations stand")]
    MeetingOpen,
    #[error("the meeting is not open")]
    MeetingNotOpen,
    #[error("the minutes were adopted; nothing about this meeting changes any more")]
    MinutesAdopted,
    #[error("the meeting was called off")]
    MeetingCancelled,
    #[error("rung {0} has no table: the ladder file gives it no quorum")]
    NoTable(RungId),
    #[error("a meeting is planned for a moment to come; {at} has passed")]
    MomentPassed { at: Timestamp },
    #[error("case {0} is on the agenda already")]
    AlreadyOnAgenda(CaseId),
    #[error("case {0} is not on the agenda")]
    NotOnAgenda(CaseId),
    #[error("{0} was invited already")]
    AlreadyInvited(Organisation),
    #[error("{0} was not invited")]
    NotInvited(Organisation),
    #[error("{organisation} already takes no part in case {case}")]
    AlreadyRecused {
        organisation: Organisation,
        case: CaseId,
    },
    #[error("there is nothing on the agenda")]
    AgendaEmpty,
    #[error("{present} organisations are present, {quorum} are needed")]
    NoQuorum { present: u32, quorum: u32 },
    #[error("{present} organisations take part in case {case}, {quorum} are needed")]
    NoCaseQuorum {
        case: CaseId,
        present: u32,
        quorum: u32,
    },
    #[error("{0} is not at the table")]
    NotPresent(Organisation),
    #[error("{organisation} takes no part in case {case}")]
    Recused {
        organisation: Organisation,
        case: CaseId,
    },
    #[error("request {0} was already made at this meeting")]
    RequestExists(RequestId),
    #[error("request {0} was not made in this case")]
    UnknownRequest(RequestId),
    #[error("this was not asked of {0}")]
    RequestNotYours(Organisation),
    #[error("already answered by {by} at {at}")]
    AlreadyAnswered { by: Organisation, at: Timestamp },
    #[error("an amount that is promised is more than nought")]
    AmountNotPositive,
    #[error(transparent)]
    Mandate(#[from] MandateError),
    #[error("the table has concluded on case {0}")]
    CaseConcluded(CaseId),
    #[error("not answered yet: {}", list(.0))]
    RequestsUnanswered(Vec<RequestId>),
    #[error("a decision says what it rests on")]
    GroundsRequired,
    #[error("a decision cannot rest on cost alone")]
    CostAlone,
    #[error("an obstacle was recorded in case {0}")]
    ObstacleKnown(CaseId),
    #[error("neither decided nor adjourned: {}", list(.0))]
    CasesUnconcluded(Vec<CaseId>),
    #[error("what would prevent repetition, or that nothing would, is not recorded: {}", list(.0))]
    ObstacleUnspoken(Vec<CaseId>),
    #[error("nothing is written of this meeting itself")]
    NothingToErase,
}

fn list(ids: &[impl ToString]) -> String {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

impl Refusal {
    /// The stable code, in snake case, of events, API and screens.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownMeeting => "unknown_meeting",
            Self::MeetingExists => "meeting_exists",
            Self::MeetingOpen => "meeting_open",
            Self::MeetingNotOpen => "meeting_not_open",
            Self::MinutesAdopted => "minutes_adopted",
            Self::MeetingCancelled => "meeting_cancelled",
            Self::NoTable(_) => "no_table",
            Self::MomentPassed { .. } => "moment_passed",
            Self::AlreadyOnAgenda(_) => "already_on_agenda",
            Self::NotOnAgenda(_) => "not_on_agenda",
            Self::AlreadyInvited(_) => "already_invited",
            Self::NotInvited(_) => "not_invited",
            Self::AlreadyRecused { .. } => "already_recused",
            Self::AgendaEmpty => "agenda_empty",
            Self::NoQuorum { .. } => "no_quorum",
            Self::NoCaseQuorum { .. } => "no_case_quorum",
            Self::NotPresent(_) => "not_present",
            Self::Recused { .. } => "recused",
            Self::RequestExists(_) => "request_exists",
            Self::UnknownRequest(_) => "unknown_request",
            Self::RequestNotYours(_) => "request_not_yours",
            Self::AlreadyAnswered { .. } => "already_answered",
            Self::AmountNotPositive => "amount_not_positive",
            Self::Mandate(error) => error.code(),
            Self::CaseConcluded(_) => "case_concluded",
            Self::RequestsUnanswered(_) => "requests_unanswered",
            Self::GroundsRequired => "grounds_required",
            Self::CostAlone => "cost_alone",
            Self::ObstacleKnown(_) => "obstacle_known",
            Self::CasesUnconcluded(_) => "cases_unconcluded",
            Self::ObstacleUnspoken(_) => "obstacle_unspoken",
            Self::NothingToErase => "nothing_to_erase",
        }
    }
}
