//! The table meets: how cases on an agenda become commitments, decisions and known obstacles
//! (domain, rows K1 and K2).
//!
//! A meeting changes no case. Its adopted minutes say, per case, what the cases must be told.

mod command;
mod decide;
mod due;
pub mod event;
mod evolve;
mod refusal;
mod state;
mod vocabulary;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Decider, RungId};

pub use command::{
    Adjourn, AdoptMinutes, AnswerRequest, Cancel, Command, DeclareRecusal, EraseTexts, Invite,
    NoObstacle, OpenMeeting, Plan, PutOnAgenda, RecordCollision, RecordDecision, RecordObstacle,
    RequestCommitment, Reschedule, TakeOffAgenda,
};
pub use due::{Due, DueParseError, deadlines};
pub use event::Event;
pub use refusal::Refusal;
pub use state::{
    Adopted, AgendaItem, CaseAtTable, Meeting, Obstacles, Open, Planned, Request, RequestStatus,
    Table, agenda,
};
pub use vocabulary::{Answer, Conclusion, MinutedCase, MinutedRequest, Obstacle};

/// The rules of the table, as the ladder file and the calendar give them today.
///
/// Replay never sees them: the quorum of a meeting stands in `meeting.planned`.
#[derive(Debug, Clone)]
pub struct MeetingRules {
    /// The quorum of each rung's table, in organisations; a rung that is not here, or here with
    /// nought, has no table.
    pub quorums: BTreeMap<RungId, u32>,
    /// Where the table meets: a mandate ends with the day there.
    pub zone: TimeZone,
}

impl Decider for MeetingRules {
    type Command = Command;
    type Event = Event;
    type State = Meeting;
    type Refusal = Refusal;

    fn decide(
        &self,
        meeting: &Meeting,
        command: Command,
        at: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        decide::decide(self, meeting, command, at)
    }

    fn evolve(meeting: Meeting, event: &Event, at: Timestamp) -> Meeting {
        evolve::evolve(meeting, event, at)
    }
}
